// What a runner downloads: `git archive` of the commit. .gitattributes lists what it excludes.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { temporaryDirectory } from '../runner/action-fixture.ts';
import { runStep } from '../../sandbox/runner/step.ts';
import { root } from '../../scripts/child.mjs';

describe('the archive of the commit', () => {
  const action = temporaryDirectory();
  let tar: Buffer;

  beforeAll(() => {
    const archive = ['archive', '--worktree-attributes', '--format=tar', 'HEAD'];
    tar = execFileSync('git', archive, { cwd: root, maxBuffer: 64 * 2 ** 20 });
    execFileSync('tar', ['-x', '-f', '-', '-C', action], { input: tar });
  });

  test('is smaller than 400 kB', () => {
    expect(gzipSync(tar).length).toBeLessThan(400_000);
  });

  test('contains only the action and documents', () => {
    const names = readdirSync(action);
    expect(names).toEqual(expect.arrayContaining(['LICENSE', 'action.yml', 'dist']));
    const known = [
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'action.yml',
      'dist',
      'docs',
      'token',
    ];
    expect(known).toEqual(expect.arrayContaining(names));
  });

  test('runs', async () => {
    const { conclusion, log, stderr } = await runStep({ action });
    expect({ conclusion, stderr }).toEqual({ conclusion: 'failure', stderr: '' });
    expect(log).toContain('`name` is missing');
  });
});
