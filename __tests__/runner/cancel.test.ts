import { describe, expect, test } from '@jest/globals';
import { startStep } from '../../sandbox/runner/step.ts';
import type { RunningStep } from '../../sandbox/runner/step.ts';
import type { StepOptions } from '../../sandbox/runner/step-options.ts';
import { createAction } from './action-fixture.ts';

const FAST = { interrupt: 300, terminate: 300 };
const WAIT = `console.log('ready'); setInterval(() => {}, 1000);`;

/** Starts a step and does something to it when it says that it is ready. */
function whenReady(options: StepOptions, act: (step: RunningStep) => void): RunningStep['result'] {
  const step = startStep({
    graceMs: FAST,
    ...options,
    onLine: (text) => {
      if (text === 'ready') act(step);
    },
  });
  return step.result;
}

describe('cancelling', () => {
  test('sends SIGINT first, and counts as cancelled whatever the exit code is', async () => {
    const main = `process.on('SIGINT', () => { console.log('stopping'); process.exit(0); }); ${WAIT}`;
    const result = await whenReady({ action: createAction({ main }) }, (step) => step.cancel());
    expect(result).toMatchObject({ conclusion: 'cancelled', exitCode: 0, signal: null, stdout: 'ready\nstopping\n' });
  });

  test('sends SIGTERM to a process that ignores SIGINT', async () => {
    const main = `process.on('SIGINT', () => console.log('no')); process.on('SIGTERM', () => process.exit(7)); ${WAIT}`;
    const result = await whenReady({ action: createAction({ main }) }, (step) => step.cancel());
    expect(result).toMatchObject({ conclusion: 'cancelled', exitCode: 7, stdout: 'ready\nno\n' });
    expect(result.durationMs).toBeGreaterThanOrEqual(FAST.interrupt);
  });

  test('kills a process that ignores both, with its child processes', async () => {
    const child = `process.on('SIGINT', () => {}); process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);`;
    const main = `
      import { spawn } from 'node:child_process';
      spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' });
      ${child} ${WAIT}`;
    const result = await whenReady({ action: createAction({ main }) }, (step) => step.cancel());
    expect(result).toMatchObject({ conclusion: 'cancelled', exitCode: null, signal: 'SIGKILL' });
    // The child holds the streams: had it lived on, the result would have waited five seconds for them.
    expect(result.durationMs).toBeLessThan(4000);
  });

  test('still runs post, which reads what main wrote', async () => {
    const main = `appendFileSync(process.env.GITHUB_STATE, 'a=1\\n'); ${WAIT}`;
    const action = createAction({ main, post: `console.log('post', process.env.STATE_a);` });
    const result = await whenReady({ action }, (step) => step.cancel());
    expect(result).toMatchObject({ conclusion: 'cancelled', signal: 'SIGINT', stdout: 'ready\npost 1\n' });
  });

  test('after the end changes nothing', async () => {
    const step = startStep({ action: createAction({ main: '' }) });
    const result = await step.result;
    step.cancel();
    expect(result.conclusion).toBe('success');
  });
});

describe('a signal', () => {
  test('alone does not count as a cancel', async () => {
    const main = `process.on('SIGTERM', () => process.exit(9)); ${WAIT}`;
    const result = await whenReady({ action: createAction({ main }) }, (step) => step.send('SIGTERM'));
    expect(result).toMatchObject({ conclusion: 'failure', exitCode: 9 });
  });
});

describe('no step hangs', () => {
  test('a step is killed after its timeout', async () => {
    const result = await startStep({ action: createAction({ main: WAIT }), timeoutMs: 500 }).result;
    expect(result).toMatchObject({ conclusion: 'failure', timedOut: true, signal: 'SIGKILL' });
    expect(result.log).toContain('##[error]The step was killed after 500 ms.');
  });

  test('a grandchild that keeps the streams open is waited for only for a limited time', async () => {
    const main = `
      import { spawn } from 'node:child_process';
      spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' }).unref();
      console.log('done');`;
    const result = await startStep({ action: createAction({ main }), graceMs: { streams: 300 } }).result;
    expect(result).toMatchObject({ conclusion: 'success', exitCode: 0, stdout: 'done\n' });
  });
});
