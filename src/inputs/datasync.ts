import { isDataSyncPrefix, isPlainValue } from '../datasync/files.ts';
import { checkFolder } from '../datasync/folder.ts';
import type { DataSyncSettings } from '../settings.ts';
import { inline } from '../text.ts';
import type { Problem } from './problems.ts';
import { mustBe } from './problems.ts';
import type { InputReader } from './reader.ts';

/** The inputs that say where the files for PingDataSync are written; undefined where they are not. */
export function readDataSync(reader: InputReader): DataSyncSettings | undefined {
  const path = reader.text('datasync-dir');
  const prefix = reader.text('datasync-prefix') || 'PING_ONE_';
  if (!isDataSyncPrefix(prefix)) {
    const form = 'the start of a variable name: letters, digits and underscores, not starting with a digit';
    reader.problems.push(mustBe('datasync-prefix', prefix, form));
  }
  const keep = reader.boolean('datasync-keep', false);
  if (path === '') return undefined;
  const workspace = reader.variable('GITHUB_WORKSPACE');
  const check = workspace === '' ? { refused: 'GITHUB_WORKSPACE is not set' } : checkFolder(workspace, path);
  if ('directory' in check) return { workspace, directory: check.directory, prefix, keep };
  reader.problems.push({
    what: `\`datasync-dir\` "${inline(path, 80)}" is refused: ${check.refused}`,
    cause: 'the action writes secrets there, so it must be a folder of the workspace, and no link may lead out of it',
    fix: 'set `datasync-dir` to a folder relative to the workspace, e.g. `datasync`',
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
    mustBe(input, value, 'an address of letters, digits and . _ ~ : / - only if `datasync-dir` is set'),
  );
}
