import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { insistOnDiscretion } from '../bundle/leaks.ts';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import { runStep } from '../../sandbox/runner/step.ts';
import { root } from '../../scripts/child.mjs';

const id = '00000000-0000-4000-8000-000000000000';
const secret = { label: 'the admin secret', value: 'not-a-real-secret', clientId: id };

/** Runs the action with an API at this address. `atFirstRequest` is code that its process runs at the first request. */
async function runWith(origin: string, atFirstRequest: string): Promise<StepResult> {
  const code = `
    import fs from 'node:fs';
    import http from 'node:http';
    const { request } = http;
    http.request = (...given) => {
      http.request = request;
      ${atFirstRequest}
      return request(...given);
    };
  `;
  const step = await runStep({
    action: root,
    with: {
      name: 'PingDataSync',
      environment: id,
      'admin-client-id': id,
      'admin-client-secret': secret.value,
      'admin-environment-id': id,
      'api-url': `${origin}/v1`,
      'auth-url': origin,
    },
    env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` },
    timeoutMs: 30_000,
  });
  insistOnDiscretion(step, [secret]);
  return step;
}

test.each([
  ['ends', '', 'The step stopped before its work was done'],
  ['is cancelled and ends', "process.emit('SIGINT');", 'The step was cancelled: before its work was done'],
])('a run that %s before its work is done fails with a message', async (_, before, message) => {
  // With the exit code of success.
  const { conclusion, exitCode, log, outputs } = await runWith('http://127.0.0.1:1', `${before} process.exit(0);`);
  expect({ conclusion, exitCode, outputs: [...outputs] }).toEqual({ conclusion: 'failure', exitCode: 1, outputs: [] });
  expect(log).toContain(message);
});

test('a cancelled run ends although a task in the thread pool does not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fifo-'));
  const fifo = join(folder, 'fifo');
  execFileSync('mkfifo', [fifo]);
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  try {
    // Opening a FIFO that nobody writes to occupies a thread, as a DNS lookup without a response does.
    const occupy = `fs.open(${JSON.stringify(fifo)}, () => undefined); process.kill(process.pid, 'SIGINT');`;
    const { conclusion, log } = await runWith(`http://127.0.0.1:${port}`, occupy);
    expect(conclusion).toBe('failure');
    expect(log).toContain('The step was cancelled: during POST');
    expect(log).not.toContain('The step was killed after');
  } finally {
    silent.close();
    rmSync(folder, { recursive: true });
  }
});
