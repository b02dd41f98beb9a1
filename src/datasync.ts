// The files for PingDataSync: their content, the check of their folder, and writing them.
import { randomUUID } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ActionError } from './errors.ts';

/** A writable folder, or why it cannot be used: a clause without a full stop. */
export type FolderCheck = { readonly directory: string } | { readonly refused: string };

/**
 * Checks that a folder is in the workspace, by its path and after following symbolic links. It need not exist.
 *
 * @param workspace an absolute path
 * @param path relative to the workspace, or absolute
 */
export function checkFolder(workspace: string, path: string): FolderCheck {
  const directory = resolve(workspace, path);
  if (!isInside(resolve(workspace), directory)) return { refused: 'it is outside of the workspace' };
  try {
    const existing = deepestExisting(directory);
    if (!isInside(realpathSync(workspace), realpathSync(existing))) {
      return { refused: 'a symbolic link in its path points out of the workspace' };
    }
    if (!statSync(existing).isDirectory()) return { refused: 'it is a file' };
    accessSync(existing, constants.W_OK);
    return { directory };
  } catch (error) {
    // For example a broken link, or a folder without permission: the message contains the system's code, e.g. EACCES.
    return { refused: `it is not writable (${String((error as NodeJS.ErrnoException).code)})` };
  }
}

/** Whether a path is this folder or below it; both absolute. */
export function isInside(parent: string, child: string): boolean {
  const way = relative(parent, child);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function deepestExisting(path: string): string {
  let existing = path;
  while (!isThere(existing)) {
    const parent = dirname(existing);
    // The root of a drive that does not exist.
    if (parent === existing) break;
    existing = parent;
  }
  return existing;
}

/** A broken link exists: `realpath` must see it to refuse it. */
function isThere(path: string): boolean {
  if (existsSync(path)) return true;
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

/** The configuration of a PingOne sync source or destination. */
export interface DataSyncValues {
  /** The API's base URL with `/v1`: the property `api-url`. */
  readonly apiUrl: string;
  /** The complete token endpoint: the property `auth-url`. */
  readonly tokenEndpoint: string;
  readonly environmentId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A file to write. */
export interface DataSyncFile {
  readonly name: string;
  readonly content: string;
  /** Permissions, e.g. `0o600`. */
  readonly mode: number;
  readonly isSecret: boolean;
}

/** Whether this can be the prefix: the start of a variable's name, with a letter or digit for the file names. */
export function isDataSyncPrefix(prefix: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(prefix) && /[A-Za-z0-9]/.test(prefix);
}

/**
 * Whether all readers of the file parse the unquoted value alike: the shell in Ping Identity's images, `docker run
 * --env-file`, `kubectl create secret --from-env-file` and `manage-profile --profileVariablesFile`.
 */
export function isPlainValue(value: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._~:/-]*$/.test(value);
}

/**
 * The two files of a worker: `ping-one.env` without the secret, and `ping-one-oauth-client-secret` with only the secret
 * and no newline. The secret is not a variable, since Ping Identity's images write their environment to disk.
 * Source: PingDataSync docs, "Creating a PingOne sync source"; Ping Identity docker images, pingsecrets.lib.sh.
 *
 * @throws ActionError if readers would not parse a value alike
 */
export function dataSyncFiles(prefix: string, values: DataSyncValues): readonly DataSyncFile[] {
  const variables = {
    API_URL: values.apiUrl,
    AUTH_URL: values.tokenEndpoint,
    ENV_ID: values.environmentId,
    OAUTH_CLIENT_ID: values.clientId,
  };
  const odd = Object.entries(variables).find(([, value]) => !isPlainValue(value));
  if (odd) throw notPlain(prefix + odd[0]);
  const lines = Object.entries(variables).map(([name, value]) => `${prefix}${name}=${value}\n`);
  const stem = fileStem(prefix);
  return [
    { name: `${stem}.env`, content: lines.join(''), mode: 0o644, isSecret: false },
    { name: `${stem}-oauth-client-secret`, content: values.clientSecret, mode: 0o600, isSecret: true },
  ];
}

/** `PING_ONE_SOURCE_` becomes `ping-one-source`. */
function fileStem(prefix: string): string {
  return prefix
    .toLowerCase()
    .replaceAll('_', '-')
    .replace(/^-+|-+$/g, '');
}

/** The value itself is not shown: it may be masked. */
function notPlain(name: string): ActionError {
  return new ActionError({
    what: `\`datasync-dir\`: the value of ${name} contains a character that tools read differently in such a file.`,
    cause: 'the worker has an imported client ID, or `api-url`, `auth-url` or `custom-domain` is unusual.',
    fix: 'remove `datasync-dir`, and pass the values to PingDataSync by the outputs.',
  });
}

/**
 * Writes the files to a folder of the workspace, and creates the folder if it is missing. Each file is written
 * atomically, and a link in its place is replaced, not followed.
 *
 * @returns the absolute paths
 * @throws ActionError if the folder is now outside of the workspace, or is not writable
 */
export function writeDataSyncFiles(
  workspace: string,
  directory: string,
  files: readonly DataSyncFile[],
): readonly string[] {
  try {
    // A process of an earlier step may have created a link after the check of the inputs.
    refuseFolder(checkFolder(workspace, directory));
    mkdirSync(directory, { recursive: true });
    refuseFolder(checkFolder(workspace, directory));
    return files.map((file) => writeWhole(directory, file));
  } catch (error) {
    if (error instanceof ActionError) throw error;
    throw refusedFolder(String((error as NodeJS.ErrnoException).code), error);
  }
}

function writeWhole(directory: string, { name, content, mode }: DataSyncFile): string {
  const path = join(directory, name);
  const temporary = join(directory, `.${name}.${randomUUID()}`);
  try {
    // `wx` never opens an existing file. The mode applies from the first byte on.
    writeFileSync(temporary, content, { flag: 'wx', mode });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  return path;
}

function refuseFolder(check: ReturnType<typeof checkFolder>): void {
  if ('refused' in check) throw refusedFolder(check.refused);
}

function refusedFolder(why: string, cause?: unknown): ActionError {
  return new ActionError(
    {
      what: `The files for PingDataSync could not be written to the folder in \`datasync-dir\`: ${why}.`,
      cause: 'another step changed the folder, or the disk is full or read-only.',
      fix: 'free the disk, or set `datasync-dir` to another folder. Then run the workflow again.',
    },
    { cause },
  );
}

const largestFile = 65_536;

/**
 * Whether the files in the folder belong to another worker: if two steps use the same folder and prefix, only the last
 * worker's files remain.
 */
export function replacesAnotherWorker(directory: string, files: readonly DataSyncFile[]): boolean {
  return files.some(({ name, content }) => {
    const [old, fresh] = [linesOf(join(directory, name)), content.split('\n')];
    // The file with the variables has lines of name and value. The other file contains only the secret.
    const owner = (lines: readonly string[]): string | undefined => lines.find((line) => /OAUTH_CLIENT_ID=/.test(line));
    return owner(old) !== undefined && owner(old) !== owner(fresh);
  });
}

function linesOf(path: string): readonly string[] {
  try {
    const stat = lstatSync(path);
    return stat.isFile() && stat.size <= largestFile ? readFileSync(path, 'utf8').split('\n') : [];
  } catch {
    return [];
  }
}
