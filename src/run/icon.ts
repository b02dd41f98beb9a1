import { isOutcomeUnknown, PingOneError } from '../pingone/errors.ts';
import { explainPingOne } from '../pingone/explain.ts';
import { deleteImage, uploadImage } from '../pingone/images.ts';
import type { RecordState } from '../reconcile/ownership.ts';
import type { StepContext } from './worker.ts';

/** An image that this run uploaded: what the application points to, and what the record keeps of it. */
export interface UploadedIcon {
  readonly sha256: string;
  readonly imageId: string;
  readonly href: string;
}

/**
 * Uploads the file of the input `icon`. An upload whose response is lost is repeated once: each may leave an image that
 * nobody can find.
 *
 * @throws ActionError if PingOne does not accept it
 */
export async function uploadIcon(
  { session, pingone }: StepContext,
  environmentId: string,
): Promise<UploadedIcon | undefined> {
  const { icon } = session.settings;
  if (!icon) return undefined;
  const upload = (): ReturnType<typeof uploadImage> => uploadImage(pingone, environmentId, icon);
  const image = await upload()
    .catch((error: unknown) => {
      if (!isOutcomeUnknown(error)) throw error;
      session.runner.info('The response to the icon upload was lost; uploading it once more');
      return upload();
    })
    .catch((error: unknown) => {
      throw explainPingOne(error, 'uploading the image in `icon`', ({ status }) =>
        [400, 413, 415].includes(status)
          ? { cause: 'PingOne cannot read this image.', fix: 'save it again as a plain PNG of at most 1 MB.' }
          : undefined,
      );
    });
  return { sha256: icon.sha256, imageId: image.id, href: image.href };
}

/** Deletes an upload that no application points to. A failure leaves the image in PingOne, with a notice. */
export async function discardUpload(
  { session, pingone }: StepContext,
  environmentId: string,
  { imageId }: Pick<UploadedIcon, 'imageId'>,
): Promise<void> {
  try {
    await deleteImage(pingone, environmentId, imageId);
  } catch (error) {
    const why = error instanceof PingOneError ? `: ${error.message}` : '.';
    session.runner.notice(`An unused icon image stays in PingOne, because it could not be deleted${why}`);
  }
}

/**
 * Deletes the image that the record names, once the application points elsewhere; somebody else's is never in a record.
 * This includes an image that a killed run did not delete.
 */
export async function removeObsoleteImage(
  context: StepContext,
  environmentId: string,
  record: RecordState,
): Promise<void> {
  const imageId = record.kind === 'own' ? record.record.icon?.imageId : undefined;
  if (imageId !== undefined) await discardUpload(context, environmentId, { imageId });
}
