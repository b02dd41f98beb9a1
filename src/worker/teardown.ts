import type { RecordState } from './record.ts';

/** What stands in the way of deleting a worker. */
export type TeardownObstacle = 'production' | 'adopted' | 'foreign' | 'unrecorded';

/** What a person allowed on top. */
export interface DeleteOptions {
  /** `force-delete`: also what this repository did not create. */
  readonly force: boolean;
  /** `allow-production-delete`: also in a PingOne environment of type PRODUCTION. */
  readonly production: boolean;
}

/**
 * Why a worker may not be deleted; undefined where it may: this repository created it, or it was forced. A production
 * environment needs an option of its own.
 *
 * @param environmentType of the PingOne environment: PRODUCTION or SANDBOX
 */
export function teardownObstacle(
  record: RecordState,
  environmentType: string,
  options: DeleteOptions,
): TeardownObstacle | undefined {
  if (environmentType === 'PRODUCTION' && !options.production) return 'production';
  if (options.force || (record.kind === 'own' && record.record.origin === 'created')) return undefined;
  if (record.kind === 'own') return 'adopted';
  return record.kind === 'foreign' ? 'foreign' : 'unrecorded';
}
