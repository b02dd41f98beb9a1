import { randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ActionError } from '../errors.ts';
import type { DataSyncFile } from './files.ts';
import { checkFolder } from './folder.ts';

/**
 * Writes the files into a folder of the workspace, which is made where it is missing. Each appears at once and whole,
 * and a link that lies in its place is replaced, not followed.
 *
 * @returns the absolute paths
 * @throws ActionError where the folder has come to lead out of the workspace, or cannot be written to
 */
export function writeDataSyncFiles(
  workspace: string,
  directory: string,
  files: readonly DataSyncFile[],
): readonly string[] {
  try {
    // Between the check of the inputs and now, an earlier step's process may have put a link there.
    refuse(checkFolder(workspace, directory));
    mkdirSync(directory, { recursive: true });
    refuse(checkFolder(workspace, directory));
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

function refuse(check: ReturnType<typeof checkFolder>): void {
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

const mostBytes = 65_536;

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
    return stat.isFile() && stat.size <= mostBytes ? readFileSync(path, 'utf8').split('\n') : [];
  } catch {
    return [];
  }
}
