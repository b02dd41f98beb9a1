import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ReadFile } from './icon.ts';

/** Reads files below a folder, of a limited size: more is not even read. */
export function readFileOf(folder: string): ReadFile {
  return (path, mostBytes) => {
    try {
      const file = resolve(folder, path);
      const stat = statSync(file);
      if (!stat.isFile()) return { unreadable: 'not a file' };
      return stat.size > mostBytes ? { unreadable: 'too large' } : readFileSync(file);
    } catch (error) {
      return { unreadable: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'not permitted' };
    }
  };
}
