import { explained } from '../errors.ts';
import { deleteApplication } from '../pingone/applications.ts';
import type { PingOne } from '../pingone/client.ts';
import { PingOneError } from '../pingone/errors.ts';
import { explainPingOne } from '../pingone/explain.ts';
import { deleteImage } from '../pingone/images.ts';
import type { RecordState, Stored } from '../worker/record.ts';
import { entriesOf, recordOf } from '../worker/record.ts';
import type { StepContext } from './context.ts';
import { deleteSecrets } from './forget.ts';
import { discardUpload } from './icon.ts';
import { release } from './intent.ts';
import type { ObservedApplication } from './observe.ts';
import { observeRecord } from './record.ts';

/**
 * Deletes the GitHub secrets that the record lists, then the application, then the image of its icon if the record names
 * one. An image that PingOne keeps is only a notice.
 *
 * @param chosen which of the entries are deleted
 * @throws ActionError for the first that cannot be deleted, saying what is gone already
 */
export async function deleteWorker(
  context: StepContext,
  environmentId: string,
  { application, record }: ObservedApplication,
  chosen: (state: RecordState) => readonly Stored[],
): Promise<void> {
  const { session, pingone } = context;
  const ref = { environmentId, applicationId: application.id, isNew: false };
  const imageId = recordOf(record)?.icon?.imageId;
  let isImageLeft: boolean;
  try {
    const last = await deleteAllSecrets(context, ref, record, chosen);
    // Before the application, since the record that names the image goes with it.
    isImageLeft = imageId !== undefined && !(await isImageDeleted(pingone, environmentId, imageId));
    await deleteApplication(pingone, ref).catch((error: unknown) => {
      throw explained(explainPingOne(error, 'deleting the application')).withAdvice(
        entriesOf(last).length > 0
          ? 'Its secrets in GitHub are deleted already; run again to delete the application.'
          : '',
      );
    });
  } catch (error) {
    await release(context, ref, record);
    throw error;
  }
  session.progress.finish('delete the application');
  session.runner.info('Done: delete the application');
  if (imageId !== undefined && isImageLeft) await discardUpload(context, environmentId, { imageId });
}

/** PingOne does not say whether it deletes an image that an application points to. */
async function isImageDeleted(pingone: PingOne, environmentId: string, imageId: string): Promise<boolean> {
  try {
    await deleteImage(pingone, environmentId, imageId);
    return true;
  } catch (error) {
    if (error instanceof PingOneError) return false;
    throw explainPingOne(error, 'deleting the image of the icon');
  }
}

/** Another run may store the credentials somewhere else meanwhile: the record is read until it lists nothing new. */
async function deleteAllSecrets(
  { session, pingone }: StepContext,
  ref: Parameters<typeof observeRecord>[2],
  record: RecordState,
  chosen: (state: RecordState) => readonly Stored[],
): Promise<RecordState> {
  let state = record;
  const done: string[] = [];
  for (;;) {
    const open = chosen(state).filter((entry) => !done.includes(keyOf(entry)));
    if (open.length === 0) return state;
    await deleteSecrets(session, open);
    done.push(...open.map(keyOf));
    state = await observeRecord(session, pingone, ref);
  }
}

function keyOf({ server, repositoryId, target, prefix }: Stored): string {
  return JSON.stringify([server, repositoryId, target, prefix]);
}
