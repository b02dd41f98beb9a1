// The worker's icon: whether PingOne still has its image, the upload, and the deletion of images that nobody uses.
import type { Application } from '../pingone/applications.ts';
import { readApplication } from '../pingone/applications.ts';
import type { PingOne } from '../pingone/client.ts';
import { explainPingOne, isOutcomeUnknown, PingOneError } from '../pingone/errors.ts';
import { deleteImage, isImageGone, uploadImage } from '../pingone/images.ts';
import { imageIdOf } from '../reconcile/diff.ts';
import type { RecordState } from '../reconcile/ownership.ts';
import type { StepContext } from './context.ts';

/** If PingOne refuses, the image is assumed to exist, since an upload would replace it. */
export async function isImageMissing(
  { run, pingone }: StepContext,
  environmentId: string,
  application: Application,
): Promise<boolean> {
  const imageId = imageIdOf(application);
  if (run.settings.desired.icon === undefined || imageId === undefined) return false;
  return isImageGone(pingone, environmentId, imageId).catch((error: unknown) => {
    if (error instanceof PingOneError) return false;
    throw explainPingOne(error, 'reading the image of the icon');
  });
}

/** An image that this run uploaded. */
export interface UploadedIcon {
  readonly sha256: string;
  readonly imageId: string;
  readonly href: string;
}

/**
 * Uploads the file of the input `icon`. If the response is lost, the upload is retried once: the first image may remain
 * in PingOne, which cannot list images.
 *
 * @throws ActionError if PingOne does not accept it
 */
export async function uploadIcon(
  { run, pingone }: StepContext,
  environmentId: string,
): Promise<UploadedIcon | undefined> {
  const { icon } = run.settings.desired;
  if (!icon) return undefined;
  const upload = (): ReturnType<typeof uploadImage> => uploadImage(pingone, environmentId, icon);
  const image = await upload()
    .catch((error: unknown) => {
      if (!isOutcomeUnknown(error)) throw error;
      run.runner.info('The response to the icon upload was lost. Uploading the icon again');
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

/** Whether the application has this icon, even though the request that set it failed. */
export async function pointsTo(
  { pingone }: StepContext,
  environmentId: string,
  application: Application | undefined,
  { imageId }: UploadedIcon,
): Promise<boolean> {
  if (!application) return false;
  const ref = { environmentId, applicationId: application.id, isNew: false };
  // If the application cannot be read, it may have the icon, so the image is not deleted.
  return readApplication(pingone, ref).then(
    (current) => imageIdOf(current) === imageId,
    () => true,
  );
}

/**
 * Deletes the image in the record after the application has another one. The record only contains images that this
 * action uploaded, also by a run that was killed.
 */
export async function removeObsoleteImage(
  context: StepContext,
  environmentId: string,
  record: RecordState,
): Promise<void> {
  const imageId = record.kind === 'own' ? record.record.icon?.imageId : undefined;
  if (imageId !== undefined) await discardUpload(context, environmentId, { imageId });
}

/** Deletes an unused image. If that fails, the image stays in PingOne, with a notice. */
export async function discardUpload(
  { run, pingone }: StepContext,
  environmentId: string,
  { imageId }: Pick<UploadedIcon, 'imageId'>,
): Promise<void> {
  try {
    await deleteImage(pingone, environmentId, imageId);
  } catch (error) {
    const why = error instanceof PingOneError ? `: ${error.message}` : '.';
    run.runner.notice(`An unused icon image could not be deleted and stays in PingOne${why}`);
  }
}

/** PingOne does not say whether it deletes an image that an application points to. */
export async function isImageDeleted(pingone: PingOne, environmentId: string, imageId: string): Promise<boolean> {
  try {
    await deleteImage(pingone, environmentId, imageId);
    return true;
  } catch (error) {
    if (error instanceof PingOneError) return false;
    throw explainPingOne(error, 'deleting the image of the icon');
  }
}
