import { dataSyncFiles } from '../datasync/files.ts';
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
  const { workspace, directory, prefix } = settings.dataSync;
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
  return paths;
}
