// The post step loads this too, and has to start fast: only modules of Node are imported.
import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, realpathSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The name under which the action's state keeps the file with the secret for the post step. */
export const secretFileState = 'datasyncSecretFile';

/** A file as it was written: the post step removes this one, and no other that has taken its place. */
export interface SecretFile {
  /** Without a link on the way to it. */
  readonly path: string;
  readonly device: string;
  readonly inode: string;
  /** SHA-256 of the content, in hex. */
  readonly digest: string;
}

/** @param digest SHA-256 of what the file holds, in hex */
export function describeSecretFile(path: string, digest: string): SecretFile {
  const { dev, ino } = lstatSync(path, { bigint: true });
  return { path: join(realpathSync(dirname(path)), basename(path)), device: `${dev}`, inode: `${ino}`, digest };
}

/**
 * Removes the file if it is still the one that was written.
 *
 * @param digestOf SHA-256 in hex
 * @returns what became of it
 */
export function removeSecretFile(
  file: SecretFile,
  digestOf: (content: Buffer) => string,
): 'removed' | 'changed' | 'gone' {
  const { path } = file;
  try {
    if (!isSame(file, digestOf)) return 'changed';
    unlinkSync(path);
    return 'removed';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'gone';
    // O_NOFOLLOW at a link: ELOOP, and EMLINK on some systems.
    if (code === 'ELOOP' || code === 'EMLINK') return 'changed';
    throw error;
  }
}

function isSame({ path, device, inode, digest }: SecretFile, digestOf: (content: Buffer) => string): boolean {
  // A link that was put in place of a folder on the way: what lies behind it is not ours.
  if (realpathSync(dirname(path)) !== dirname(path) || !lstatSync(path).isFile()) return false;
  // Without O_NONBLOCK a pipe that took the file's place would wait for a writer. Windows has neither flag, which is 0.
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { dev, ino, isRegular, size } = statusOf(descriptor);
    if (!isRegular || `${dev}` !== device || `${ino}` !== inode || size > largest) return false;
    return digestOf(readFileSync(descriptor)) === digest;
  } finally {
    closeSync(descriptor);
  }
}

/** A secret is some hundred bytes; a file that grew beyond this is not the one that was written. */
const largest = 65_536n;

function statusOf(descriptor: number) {
  const status = fstatSync(descriptor, { bigint: true });
  return { dev: status.dev, ino: status.ino, size: status.size, isRegular: status.isFile() };
}
