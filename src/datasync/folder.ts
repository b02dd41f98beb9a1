import { accessSync, constants, existsSync, lstatSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';

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
