// Runs the script of docs/setup.md. It uses `dist/`.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from '../../scripts/child.mjs';

test('the script that runs the action by hand creates a worker in the sandbox and shows the summary', () => {
  const section = readFileSync(join(root, 'docs/setup.md'), 'utf8').split('## Run it by hand')[1] ?? '';
  const script = /```sh\n(.*?)```/s.exec(section)?.[1] ?? '';
  const { PATH, HOME } = process.env;
  const { stdout, status } = spawnSync('bash', ['-c', script], { cwd: root, encoding: 'utf8', env: { PATH, HOME } });
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: expect.stringContaining('Created: PingOne worker pingdatasync'),
  });
  expect(stdout).toContain('Verified: PingOne issues an access token for the credentials');
});
