import { PingOneError } from '../pingone/errors.ts';
import { explainPingOne } from '../pingone/explain.ts';
import { deleteImage, uploadImage } from '../pingone/images.ts';
import type { RecordState } from '../worker/record.ts';
import type { StepContext } from './context.ts';

/** An image that this run uploaded: what the application points to, and what the record keeps of it. */
export interface UploadedIcon {
  readonly sha256: string;
  readonly imageId: string;
  readonly href: string;
}

/**
 * Uploads the file of the input `icon`.
 *
 * @throws ActionError where PingOne does not take it
 */
export async function uploadIcon(
  { session, pingone }: StepContext,
  environmentId: string,
): Promise<UploadedIcon | undefined> {
  const { icon } = session.settings;
  if (!icon) return undefined;
  const image = await uploadImage(pingone, environmentId, icon).catch((error: unknown) => {
    throw explainPingOne(error, 'uploading the image in `icon`', ({ status }) =>
      [400, 413, 415].includes(status)
        ? { cause: 'PingOne cannot read this image.', fix: 'save it again as a plain PNG of at most 1 MB.' }
        : undefined,
    );
  });
  return { sha256: icon.sha256, imageId: image.id, href: image.href };
}

/**
 * Deletes the image that the record names, once the application points elsewhere; somebody else's is never in a record.
 * So one that a killed run had no time for goes as well. A failure does no harm.
 */
export async function removeObsoleteImage(
  { session, pingone }: StepContext,
  environmentId: string,
  record: RecordState,
): Promise<void> {
  const imageId = record.kind === 'own' ? record.record.icon?.imageId : undefined;
  if (imageId === undefined) return;
  try {
    await deleteImage(pingone, environmentId, imageId);
  } catch (error) {
    if (!(error instanceof PingOneError)) throw explainPingOne(error, 'deleting the image of the old icon');
    session.runner.notice(`The image of the old icon stays in PingOne, where nothing points to it: ${error.message}`);
  }
}
