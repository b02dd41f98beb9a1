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
  if (path === '') return undefined;
  const workspace = reader.variable('GITHUB_WORKSPACE');
  const check = workspace === '' ? { refused: 'GITHUB_WORKSPACE is not set' } : checkFolder(workspace, path);
  if ('directory' in check) return { workspace, directory: check.directory, prefix };
  reader.problems.push({
    what: `\`datasync-dir\` "${inline(path, 80)}" is refused: ${check.refused}`,
    cause: 'secrets are written there, so it has to be a folder of the workspace that no link leads out of',
    fix: 'name a folder relative to the workspace, e.g. `datasync`',
  });
  return undefined;
}

/**
 * The input `custom-domain` as a host name; undefined where it is not given. An address is taken as well, as people
 * copy it from the browser.
 */
export function readCustomDomain(reader: InputReader): string | undefined {
  const text = reader.text('custom-domain');
  if (text === '') return undefined;
  const host = text
    .replace(/^https:\/\//i, '')
    .replace(/\/+$/, '')
    .toLowerCase();
  const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
  if (host.length > 253 || !new RegExp(`^${label}(?:\\.${label})+$`).test(host)) {
    reader.problems.push(notTaken('custom-domain', text, "the environment's own host, e.g. `auth.example.com`"));
  }
  return host;
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
