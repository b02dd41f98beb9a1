import type { Application } from '../pingone/applications.ts';
import type { Change } from './changes.ts';
import type { DesiredWorker } from './desired.ts';
import type { WorkerRecord } from './record.ts';

/** What is known about the icon that the worker has. */
export interface ObservedIcon {
  /** Whether there can be a record of what was uploaded. */
  readonly canBeRecorded: boolean;
  /** What the record says was uploaded last. */
  readonly recorded: WorkerRecord['icon'];
  /** True if PingOne no longer has the image that the application points to. */
  readonly isMissing?: boolean;
}

/** The id of the image that an application points to. */
export function imageIdOf(application: Application): string | undefined {
  const { icon } = application;
  const id: unknown = typeof icon === 'object' && icon !== null && 'id' in icon ? icon.id : undefined;
  return typeof id === 'string' ? id : undefined;
}

/**
 * Whether the icon is uploaded or removed. PingOne re-encodes images and cannot list them, so the file's digest in the
 * record is all there is to compare with; without a record an icon that is there is taken for the right one.
 */
export function iconChanges(
  desired: DesiredWorker,
  application: Application | undefined,
  { canBeRecorded, recorded, isMissing = false }: ObservedIcon,
): readonly Change[] {
  const present = application && imageIdOf(application);
  const wanted = desired.iconSha256;
  if (wanted === undefined) {
    return desired.clear.has('icon') && present !== undefined ? [{ kind: 'remove-icon' }] : [];
  }
  const isUploaded = recorded?.sha256 === wanted && recorded.imageId === present && !isMissing;
  const upload = present === undefined || (canBeRecorded && !isUploaded);
  return upload ? [{ kind: 'upload-icon', sha256: wanted }] : [];
}
