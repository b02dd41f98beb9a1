/** The post step as the runner starts it: a process with the action's state in its environment. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { describeSecretFile, secretFileState } from '../../src/secret-file.ts';
import { temporaryDirectory } from '../runner/action-fixture.ts';

const script = join(import.meta.dirname, '../../src/cleanup.ts');
const secret = 'made-up~secret';
const digest = createHash('sha256').update(secret).digest('hex');

function post(state: string | undefined) {
  const env = { PATH: process.env['PATH'], ...(state === undefined ? {} : { [`STATE_${secretFileState}`]: state }) };
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { env, encoding: 'utf8', timeout: 60_000 });
  return { status, stdout, stderr };
}

/** A file with the secret in a folder of its own, and the state that the main step saves of it. */
function written() {
  const root = temporaryDirectory();
  const folder = join(root, 'datasync');
  mkdirSync(folder);
  const path = join(folder, 'ping-one-oauth-client-secret');
  writeFileSync(path, secret, { mode: 0o600 });
  return { root, folder, path, state: JSON.stringify(describeSecretFile(path, digest)) };
}

test('removes the file, and the log does not contain the secret', () => {
  const { path, state } = written();
  const { status, stdout, stderr } = post(state);
  expect([status, stderr, existsSync(path)]).toEqual([0, '', false]);
  expect(stdout).toMatch(/^Removed the file with the client secret .*`datasync-keep: true`\.\n$/);
});

test('does nothing if no file was written', () => {
  expect(post(undefined)).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(post('')).toEqual({ status: 0, stdout: '', stderr: '' });
});

describe('does not remove', () => {
  type Written = ReturnType<typeof written>;

  test.each<[string, (at: Written) => void]>([
    ['a file that was changed', ({ path }) => appendFileSync(path, 'more')],
    ['a file of the same size with another content', ({ path }) => writeFileSync(path, secret.toUpperCase())],
    [
      'another file with the same content',
      ({ path, folder }) => {
        writeFileSync(join(folder, 'other'), secret);
        renameSync(join(folder, 'other'), path);
      },
    ],
    [
      'a link to the same file',
      ({ path, folder }) => {
        renameSync(path, join(folder, 'moved'));
        symlinkSync('moved', path);
      },
    ],
    [
      'the file behind a link in place of its folder',
      ({ folder, root }) => {
        renameSync(folder, join(root, 'moved'));
        symlinkSync('moved', folder);
      },
    ],
    [
      'a pipe',
      ({ path }) => {
        rmSync(path);
        execFileSync('mkfifo', [path]);
      },
    ],
    [
      'a folder',
      ({ path }) => {
        rmSync(path);
        mkdirSync(path);
      },
    ],
    ['a file that grows without end', ({ path }) => writeFileSync(path, 'x'.repeat(1_000_000))],
  ])('%s', (_, tamper) => {
    const at = written();
    // A second name, to see that the content survives.
    linkSync(at.path, join(at.root, 'witness'));
    tamper(at);
    const { status, stdout, stderr } = post(at.state);
    expect([status, stderr, existsSync(at.path)]).toEqual([0, '', true]);
    expect(stdout).toContain('Not removed');
    expect(readFileSync(join(at.root, 'witness')).length).toBeGreaterThan(0);
  });
});

describe('never fails the job', () => {
  test.each<[string, (at: ReturnType<typeof written>) => void]>([
    ['a deleted file', ({ path }) => rmSync(path)],
    ['a deleted folder', ({ folder }) => rmSync(folder, { recursive: true })],
    [
      'a file in place of the folder',
      ({ folder }) => {
        rmSync(folder, { recursive: true });
        writeFileSync(folder, '');
      },
    ],
  ])('%s', (_, tamper) => {
    const at = written();
    tamper(at);
    const { status, stdout } = post(at.state);
    expect([status, stdout]).toEqual([0, expect.stringMatching(/was removed before|Not removed/)]);
  });

  test.each(['{', '{}', '[]', 'null', '{"path":7}'])('if the state is %s', (state) => {
    const { status, stdout, stderr } = post(state);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /^::warning title=PingOne Worker App::The file with the client secret .* could not be removed .*\n$|gone already/,
    );
  });
});
