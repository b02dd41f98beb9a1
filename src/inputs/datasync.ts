import { isDataSyncPrefix, isPlainValue } from '../datasync/files.ts';
import { checkFolder } from '../datasync/folder.ts';
import type { DataSyncSettings } from '../settings.ts';
import { inline } from '../text.ts';
import type { Problem } from './problems.ts';
import { notTaken } from './problems.ts';
import type { InputReader } from './reader.ts';

/** The inputs that say where the files for PingDataSync are written; undefined where they are not. */
export function readDataSync(reader: InputReader): DataSyncSettings | undefined {
  const path = reader.text('datasync-dir');
  const prefix = reader.text('datasync-prefix') || 'PING_ONE_';
  if (!isDataSyncPrefix(prefix)) {
    const taken = 'the beginning of a variable: letters, digits and underscores, no digit first';
    reader.problems.push(notTaken('datasync-prefix', prefix, taken));
  }
  const keep = reader.boolean('datasync-keep', false);
  if (path === '') return undefined;
  const workspace = reader.variable('GITHUB_WORKSPACE');
  const check = workspace === '' ? { refused: 'GITHUB_WORKSPACE is not set' } : checkFolder(workspace, path);
  if ('directory' in check) return { workspace, directory: check.directory, prefix, keep };
  reader.problems.push({
    what: `\`datasync-dir\` "${inline(path, 80)}" is refused: ${check.refused}`,
    cause: 'secrets are written there, so it has to be a folder of the workspace that no link leads out of',
    fix: 'name a folder relative to the workspace, e.g. `datasync`',
  });
  return undefined;
}

/** An address that not every reader of the files would take alike, found before any request instead of at the end. */
export function dataSyncProblems(
  dataSync: DataSyncSettings | undefined,
  addresses: { readonly apiUrl: string; readonly authUrl: string },
): Problem[] {
  if (!dataSync) return [];
  const odd = [
    ['api-url', addresses.apiUrl],
    ['auth-url', addresses.authUrl],
  ].filter(([, value = '']) => !isPlainValue(value));
  return odd.map(([input = '', value = '']) =>
    notTaken(input, value, 'an address of letters, digits and . _ ~ : / - only, as `datasync-dir` is given'),
  );
}
