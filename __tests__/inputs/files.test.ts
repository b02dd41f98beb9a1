// Files of a real workspace. Only regular files inside it are accepted, and reading never blocks.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { appendProblem, readFileOf } from '../../src/inputs/run.ts';

const root = mkdtempSync(join(tmpdir(), 'files-'));
const workspace = join(root, 'workspace');
const inside = (name: string): string => join(workspace, name);
mkdirSync(inside('folder'), { recursive: true });
writeFileSync(inside('icon.png'), 'image');
writeFileSync(join(root, 'secret'), 'secret');
symlinkSync('icon.png', inside('link.png'));
symlinkSync(join(root, 'secret'), inside('out'));
symlinkSync('..', inside('up'));
symlinkSync('/dev/zero', inside('zero'));
symlinkSync('/proc/self/environ', inside('environ'));
symlinkSync('nowhere', inside('dangling'));
symlinkSync('loop', inside('loop'));
execFileSync('mkfifo', [inside('pipe')]);
const server = createServer();
writeFileSync(inside('large.png'), '');
truncateSync(inside('large.png'), 101);
afterAll(() => {
  server.close();
  rmSync(root, { recursive: true });
});

const read = readFileOf(workspace);

describe('the file that `icon` names', () => {
  test.each(['icon.png', 'link.png', 'folder/../icon.png', inside('icon.png'), 'up/workspace/icon.png'])(
    '%s is a regular file of the workspace and is read',
    (path) => {
      expect(Buffer.from(read(path, 100) as Uint8Array).toString()).toBe('image');
    },
  );

  test.each([
    ['/etc/passwd', 'outside of the workspace'],
    ['../secret', 'outside of the workspace'],
    ['out', 'outside of the workspace'],
    ['up/secret', 'outside of the workspace'],
    ['/proc/kmsg', 'outside of the workspace'],
    ['/proc/self/environ', 'outside of the workspace'],
    ['environ', 'outside of the workspace'],
    ['/dev/zero', 'outside of the workspace'],
    ['zero', 'outside of the workspace'],
    ['pipe', 'not a file'],
    ['socket', 'not a file'],
    ['folder', 'not a file'],
    ['.', 'not a file'],
    ['large.png', 'too large'],
    ['missing.png', 'missing'],
    ['icon.png/x', 'missing'],
    ['dangling', 'missing'],
    ['loop', 'not permitted'],
    ['a\u0000b', 'not permitted'],
  ])('%s is refused immediately: %s', async (path, unreadable) => {
    if (path === 'socket') await new Promise<void>((done) => server.listen(inside('socket'), done));
    expect(read(path, 100)).toEqual({ unreadable });
  });
});

describe('the file for outputs', () => {
  test.each([
    [inside('icon.png'), undefined],
    ['/dev/null', undefined],
    [inside('folder'), 'EISDIR'],
    [inside('missing'), 'ENOENT'],
    [inside('pipe'), 'ENXIO'],
  ])('%s: %s', (path, problem) => {
    expect(appendProblem(path)).toBe(problem);
  });

  test('is not changed by the check', () => {
    appendProblem(inside('icon.png'));
    expect(Buffer.from(read('icon.png', 100) as Uint8Array).toString()).toBe('image');
  });

  test('is refused if it is read-only', () => {
    chmodSync(inside('icon.png'), 0o444);
    const isRoot = process.getuid?.() === 0;
    expect(appendProblem(inside('icon.png'))).toBe(isRoot ? undefined : 'EACCES');
  });
});
