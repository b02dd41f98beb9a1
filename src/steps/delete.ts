import { explained } from '../errors.ts';
import { deleteApplication } from '../pingone/applications.ts';
import type { PingOne } from '../pingone/client.ts';
import { PingOneError } from '../pingone/errors.ts';
import { explainPingOne } from '../pingone/explain.ts';
import { deleteImage } from '../pingone/images.ts';
import type { Stored } from '../worker/record.ts';
import type { StepContext } from './context.ts';
import { deleteSecrets } from './forget.ts';
import type { ObservedApplication } from './observe.ts';

/**
 * Deletes the GitHub secrets of these entries, then the application, then the image of its icon where its record names
 * one. An image that PingOne keeps is only a notice.
 *
 * @throws ActionError for the first that cannot be deleted, saying what is gone already
 */
export async function deleteWorker(
  { session, pingone }: StepContext,
  environmentId: string,
  { application, record }: ObservedApplication,
  entries: readonly Stored[],
): Promise<void> {
  await deleteSecrets(session, entries);
  // Before the application, since the record that names the image goes with it.
  const imageId = record.kind === 'own' ? record.record.icon?.imageId : undefined;
  const isImageLeft = imageId !== undefined && !(await isImageDeleted(pingone, environmentId, imageId));

  const ref = { environmentId, applicationId: application.id, isNew: false };
  await deleteApplication(pingone, ref).catch((error: unknown) => {
    throw explained(explainPingOne(error, 'deleting the application')).withAdvice(
      entries.length > 0 ? 'Its secrets in GitHub are deleted already; run again to delete the application.' : '',
    );
  });
  session.progress.finish('delete the application');
  session.runner.info('Done: delete the application');
  if (isImageLeft && !(await isImageDeleted(pingone, environmentId, imageId))) {
    session.runner.notice(
      'The image of the icon stays in PingOne, where nothing points to it: PingOne refused to delete it.',
    );
  }
}

/** PingOne does not say whether it deletes an image that is still pointed to. */
async function isImageDeleted(pingone: PingOne, environmentId: string, imageId: string): Promise<boolean> {
  try {
    await deleteImage(pingone, environmentId, imageId);
    return true;
  } catch (error) {
    if (error instanceof PingOneError) return false;
    throw explainPingOne(error, 'deleting the image of the icon');
  }
}
