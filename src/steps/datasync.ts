import { createHash } from 'node:crypto';
import { dataSyncFiles } from '../datasync/files.ts';
import { describeSecretFile, secretFileState } from '../datasync/secret-file.ts';
import { replacesAnotherWorker, writeDataSyncFiles } from '../datasync/write.ts';
import { deliveredAddresses } from '../pingone/delivered.ts';
import { inline, sentenceList } from '../text.ts';
import type { WorkerCredentials } from './credentials.ts';
import type { Session } from './session.ts';

/**
 * Writes the files for PingDataSync, where the inputs ask for them. May be called again with newer credentials.
 *
 * @returns the absolute paths, none where no files are asked for
 * @throws ActionError where they cannot be written
 */
export function deliverDataSyncFiles(
  { settings, runner }: Session,
  { clientId, clientSecret, environmentId }: WorkerCredentials,
): readonly string[] {
  if (!settings.dataSync) return [];
  const { workspace, directory, prefix, keep } = settings.dataSync;
  const files = dataSyncFiles(prefix, {
    apiUrl: settings.apiUrl,
    tokenEndpoint: deliveredAddresses(settings, environmentId).tokenEndpoint,
    environmentId,
    clientId,
    clientSecret,
  });
  if (replacesAnotherWorker(directory, files)) {
    runner.warning(
      `The files for PingDataSync in ${inline(directory, 100)} belonged to another worker and are replaced.
Likely cause: two steps have the same \`datasync-dir\` and \`datasync-prefix\`, or the worker was created anew.
What to do: if both workers are needed, give each step its own \`datasync-prefix\`, e.g. PING_ONE_SOURCE_.`,
    );
  }
  const paths = writeDataSyncFiles(workspace, directory, files);
  runner.info(`Written for PingDataSync: ${sentenceList(files.map(({ name }) => name))} in ${inline(directory)}`);
  const secret = paths[files.findIndex(({ isSecret }) => isSecret)];
  if (!keep && secret !== undefined) removeAfterJob(runner, secret, clientSecret);
  return paths;
}

/** Tells the post step which file holds the secret. The credentials are delivered: a failure here is no failure. */
function removeAfterJob(runner: Session['runner'], path: string, content: string): void {
  try {
    const digest = createHash('sha256').update(content).digest('hex');
    runner.saveState(secretFileState, JSON.stringify(describeSecretFile(path, digest)));
    runner.info('The file with the client secret is removed at the end of the job (`datasync-keep`).');
  } catch (error) {
    runner.warning(
      `\`datasync-keep\`: the file with the client secret stays after the job: ${inline(String(error), 200)}\n` +
        'Likely cause: the file that GITHUB_STATE names cannot be written.\n' +
        'What to do: remove the file in a later step.',
    );
  }
}
