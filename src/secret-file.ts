// The post step loads this file and must start fast, so it only imports modules of Node.
import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, realpathSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The key of the file with the secret in the action's state, for the post step. */
export const secretFileState = 'datasyncSecretFile';

/** The identity of the written file. The post step does not remove another file in its place. */
export interface SecretFile {
  /** With symbolic links resolved. */
  readonly path: string;
  readonly device: string;
  readonly inode: string;
  /** SHA-256 of the content, in hex. */
  readonly digest: string;
}

/** @param digest SHA-256 of the content, in hex */
export function describeSecretFile(path: string, digest: string): SecretFile {
  const { dev, ino } = lstatSync(path, { bigint: true });
  return { path: join(realpathSync(dirname(path)), basename(path)), device: `${dev}`, inode: `${ino}`, digest };
}

/**
 * Removes the file if it is still the one that was written.
 *
 * @param digestOf SHA-256 in hex
 * @returns the result
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
  // If a folder in the path was replaced by a link, the file behind it is another one.
  if (realpathSync(dirname(path)) !== dirname(path) || !lstatSync(path).isFile()) return false;
  // Without O_NONBLOCK, opening a pipe in the file's place would block. On Windows both flags are undefined.
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { dev, ino, isRegular, size } = statusOf(descriptor);
    if (!isRegular || `${dev}` !== device || `${ino}` !== inode || size > largest) return false;
    return digestOf(readFileSync(descriptor)) === digest;
  } finally {
    closeSync(descriptor);
  }
}

/** A secret has some hundred bytes, so a larger file is another one. */
const largest = 65_536n;

function statusOf(descriptor: number) {
  const status = fstatSync(descriptor, { bigint: true });
  return { dev: status.dev, ino: status.ino, size: status.size, isRegular: status.isFile() };
}
