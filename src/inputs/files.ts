import type { BigIntStats } from 'node:fs';
import { closeSync, constants, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { isInside } from '../datasync/folder.ts';
import { systemCode } from '../errors.ts';
import { resolve } from 'node:path';
import type { ReadFile, Unreadable } from './icon.ts';

/**
 * Reads regular files of a limited size inside a folder. Nothing else is even opened: opening a pipe waits for its
 * other end, and a device may act on it.
 */
export function readFileOf(folder: string): ReadFile {
  return (path, mostBytes) => {
    try {
      const file = resolve(folder, path);
      const root = realpathSync(folder);
      const refused = whyNot(root, file, mostBytes);
      return refused ?? readOpened(root, file, mostBytes);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return { unreadable: code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'not permitted' };
    }
  };
}

function whyNot(root: string, file: string, mostBytes: number): Unreadable | undefined {
  if (!isInside(root, realpathSync(file))) return { unreadable: 'outside of the workspace' };
  const stat = statSync(file, { bigint: true });
  if (!stat.isFile()) return { unreadable: 'not a file' };
  return stat.size > mostBytes ? { unreadable: 'too large' } : undefined;
}

/**
 * The path may lead elsewhere by the time it is opened, so what counts is what was opened. `O_NONBLOCK` does not wait
 * for the other end of a pipe; Windows has neither.
 */
function readOpened(root: string, file: string, mostBytes: number): Uint8Array | Unreadable {
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- undefined on Windows
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const opened = fstatSync(descriptor, { bigint: true });
    const refused = whyNot(root, file, mostBytes);
    if (refused) return refused;
    if (!opened.isFile() || !isSame(opened, statSync(file, { bigint: true }))) return { unreadable: 'not a file' };
    const bytes = Buffer.alloc(Math.min(Number(opened.size), mostBytes));
    return bytes.subarray(0, readSync(descriptor, bytes));
  } finally {
    closeSync(descriptor);
  }
}

function isSame(a: BigIntStats, b: BigIntStats): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}

/**
 * Why nothing can be appended to a file of the runner, as a code of the system; undefined where it can. Nothing is
 * written, and a file that is missing stays so: the toolkit creates none either.
 */
export function appendProblem(path: string): string | undefined {
  try {
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- undefined on Windows
    closeSync(openSync(path, constants.O_WRONLY | constants.O_APPEND | (constants.O_NONBLOCK ?? 0)));
    return undefined;
  } catch (error) {
    return systemCode(error);
  }
}
