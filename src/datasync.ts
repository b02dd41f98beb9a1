// The files for PingDataSync: what is in them, where they may be written, and writing them.
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

/** A folder that may be written to, or why it may not: a clause without a full stop. */
export type FolderCheck = { readonly directory: string } | { readonly refused: string };

/**
 * Whether a folder, which need not exist yet, lies inside the workspace: by its path as written, and again after every
 * link on the way to it is followed.
 *
 * @param workspace an absolute path
 * @param path relative to the workspace, or absolute
 */
export function checkFolder(workspace: string, path: string): FolderCheck {
  const directory = resolve(workspace, path);
  if (!isInside(resolve(workspace), directory)) return { refused: 'it leads out of the workspace' };
  try {
    const existing = deepestExisting(directory);
    if (!isInside(realpathSync(workspace), realpathSync(existing))) {
      return { refused: 'a link on the way to it leads out of the workspace' };
    }
    if (!statSync(existing).isDirectory()) return { refused: 'a file is in its place' };
    accessSync(existing, constants.W_OK);
    return { directory };
  } catch (error) {
    // A link to nowhere, a folder that may not be entered: named by the system's own code, e.g. EACCES.
    return { refused: `it cannot be written to (${String((error as NodeJS.ErrnoException).code)})` };
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
    // The root of another drive, which does not exist.
    if (parent === existing) break;
    existing = parent;
  }
  return existing;
}

/** A link to nowhere is there: `realpath` refuses it, and must get to see it. */
function isThere(path: string): boolean {
  if (existsSync(path)) return true;
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

/** What a PingOne sync source or destination is configured with. */
export interface DataSyncValues {
  /** The region's API with `/v1`: the property `api-url`. */
  readonly apiUrl: string;
  /** The whole token endpoint, not the bare host: the property `auth-url`. */
  readonly tokenEndpoint: string;
  readonly environmentId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A file to be written. */
export interface DataSyncFile {
  readonly name: string;
  readonly content: string;
  /** Permissions, e.g. `0o600`. */
  readonly mode: number;
  readonly isSecret: boolean;
}

/** Whether this may begin the names: a name of an environment variable, with a letter or digit for the file names. */
export function isDataSyncPrefix(prefix: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(prefix) && /[A-Za-z0-9]/.test(prefix);
}

/**
 * Whether every reader takes the value as it is: unquoted, it has no character that means anything to a shell, which
 * sources such a file in Ping Identity's images, and none that `docker run --env-file`, `kubectl create secret
 * --from-env-file` or `manage-profile --profileVariablesFile` would keep but a shell drops it, such as quotes.
 */
export function isPlainValue(value: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._~:/-]*$/.test(value);
}

/**
 * The two files of a worker: `ping-one.env` with what is no secret, and `ping-one-oauth-client-secret` with the secret
 * alone and no newline after it. The secret is kept out of the variables on purpose: Ping Identity's images write their
 * environment to disk.
 * Source: PingDataSync docs, "Creating a PingOne sync source"; Ping Identity docker images, pingsecrets.lib.sh.
 *
 * @throws ActionError if a value cannot stand unquoted
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
    what: `\`datasync-dir\`: the value of ${name} holds a character that not every reader of such a file takes alike.`,
    cause: 'the worker has an imported client id, or `api-url`, `auth-url` or `custom-domain` is unusual.',
    fix: 'leave `datasync-dir` out and hand the values on by the outputs.',
  });
}

/**
 * Writes the files into a folder of the workspace, which is made if it is missing. Each appears at once and whole,
 * and a link that lies in its place is replaced, not followed.
 *
 * @returns the absolute paths
 * @throws ActionError if the folder has come to lead out of the workspace, or cannot be written to
 */
export function writeDataSyncFiles(
  workspace: string,
  directory: string,
  files: readonly DataSyncFile[],
): readonly string[] {
  try {
    // Between the check of the inputs and now, an earlier step's process may have put a link there.
    refuseFolder(checkFolder(workspace, directory));
    mkdirSync(directory, { recursive: true });
    refuseFolder(checkFolder(workspace, directory));
    return files.map((file) => writeWhole(directory, file));
  } catch (error) {
    if (error instanceof ActionError) throw error;
    throw refusedFolder(`the system says ${String((error as NodeJS.ErrnoException).code)}`, error);
  }
}

function writeWhole(directory: string, { name, content, mode }: DataSyncFile): string {
  const path = join(directory, name);
  const temporary = join(directory, `.${name}.${randomUUID()}`);
  try {
    // `wx`: never what somebody else has put there. The mode holds from the first byte on.
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
      fix: 'name another folder in `datasync-dir`, and run again.',
    },
    { cause },
  );
}

const largestFile = 65_536;

/**
 * Whether a file that would be replaced holds the values of another worker: two steps that write with one prefix into
 * one folder leave only the last worker's files. Files that are missing, or that nobody could have written so, are none.
 */
export function replacesAnotherWorker(directory: string, files: readonly DataSyncFile[]): boolean {
  return files.some(({ name, content }) => {
    const [old, fresh] = [linesOf(join(directory, name)), content.split('\n')];
    // Each line of the file with the variables is a name and a value; the other file is the secret alone.
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
