import type { RecordState } from './record.ts';

/** What stands in the way of deleting a worker. */
export type TeardownObstacle = 'production' | 'adopted' | 'foreign' | 'unrecorded';

/** What a person allowed on top. */
export interface TeardownLeave {
  /** `force-delete`: also what this repository did not create. */
  readonly force: boolean;
  /** `allow-production-delete`: also in a PingOne environment of type PRODUCTION. */
  readonly production: boolean;
}

/**
 * Why a worker may not be deleted; undefined where it may: this repository created it, or it was forced. A production
 * environment has a leave of its own.
 *
 * @param environmentType of the PingOne environment: PRODUCTION or SANDBOX
 */
export function teardownObstacle(
  record: RecordState,
  environmentType: string,
  leave: TeardownLeave,
): TeardownObstacle | undefined {
  if (environmentType === 'PRODUCTION' && !leave.production) return 'production';
  if (leave.force || (record.kind === 'own' && record.record.origin === 'created')) return undefined;
  if (record.kind === 'own') return 'adopted';
  return record.kind === 'foreign' ? 'foreign' : 'unrecorded';
}
