// Runs the script of docs/setup.md. It uses `dist/`.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from '../../scripts/child.mjs';

test('the scripts that run the action by hand create, rotate, prove and delete a worker in the sandbox', () => {
  const section = readFileSync(join(root, 'docs/setup.md'), 'utf8').split('## Run it by hand')[1] ?? '';
  const script = [...section.matchAll(/```sh\n(.*?)```/gs)].map(([, commands]) => commands).join('');
  const { PATH, HOME } = process.env;
  const { stdout, status } = spawnSync('bash', ['-c', script], { cwd: root, encoding: 'utf8', env: { PATH, HOME } });
  const outcomes = [...stdout.matchAll(/^### \S+ (.*): PingOne worker pingdatasync$/gm)].map(([, outcome]) => outcome);
  expect({ status, outcomes }).toEqual({
    status: 0,
    outcomes: ['Created', 'Would update', 'Unchanged', 'Rotated', 'Failed', 'Deleted'],
  });
  expect(stdout).toMatch(/^expires-at<<.*\n\d{4}-\d\d-/m);
  expect(stdout).toContain('Verified: PingOne issues an access token for the credentials');
});
