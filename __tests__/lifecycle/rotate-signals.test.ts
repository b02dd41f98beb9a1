import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { startProcess } from '../../sandbox/runner/process.ts';
import type { RunningStep } from '../../sandbox/runner/step.ts';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import type { Inputs, Lab } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import { failureOf, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { environmentId, lineOf, storedIn, storedWorks } from './scenes.ts';

const rotations = async (lab: Lab) => (await lab.requests()).filter((request) => lineOf(request) === 'POST secret');

interface Interrupted {
  readonly result: StepResult;
  /** From the signal to the end of the step, in milliseconds. */
  readonly tookMs: number;
}

/** Runs a rotation, and interrupts it once this request is seen for the nth time, by these signals 100 ms apart. */
async function interruptedAt(
  lab: Lab,
  request: string,
  n = 1,
  inputs: Inputs = {},
  signals: readonly NodeJS.Signals[] = ['SIGINT'],
): Promise<Interrupted> {
  const before = (await lab.requests()).length;
  let step: RunningStep | undefined;
  const rotating = { ...lab.storing, 'rotate-secret': 'true', ...inputs };
  const running = lab.run(rotating, { startProcess, onStart: (it) => (step = it) });
  const count = async () => (await lab.requests()).slice(before).filter((seen) => lineOf(seen) === request).length;
  const giveUpAt = Date.now() + 20_000;
  while ((await count()) < n && Date.now() < giveUpAt) await sleep(20);
  const signalled = performance.now();
  for (const signal of signals) {
    step!.send(signal);
    await sleep(100);
  }
  const result = await running;
  return { result, tookMs: performance.now() - signalled };
}

function withWorker(body: (lab: Lab, old: string) => Promise<void>) {
  return inSandbox(async (lab) => {
    outputsOf(await lab.run(lab.storing));
    await body(lab, (await lab.theOnly(workerName)).secret!);
  });
}

async function expectStored(lab: Lab, old: string): Promise<void> {
  const { secret } = await lab.theOnly(workerName);
  expect(secret).not.toBe(old);
  expect((await storedIn(lab))['PINGONE_WORKER_CLIENT_SECRET']).toBe(secret);
  await lab.faults();
  expect(await storedWorks(lab)).toBe(true);
}

describe('SIGINT', () => {
  test.concurrent.each([
    ['while PingOne rotates', 'POST secret', 1],
    ['while the new secret is verified', 'POST token', 2],
    ['while the new secret is stored', 'PUT PINGONE_WORKER_CLIENT_ID', 2],
  ])('%s: the secret is stored immediately, and the step fails within 7 s', (_, request, n) =>
    withWorker(async (lab, old) => {
      await lab.faults(
        { match: { method: 'POST', path: 're:/secret$' }, do: { delay: 600 } },
        { match: { method: 'POST', path: `/${environmentId(lab)}/as/token` }, times: 99, do: { stall: 'headers' } },
        { match: { server: 'github', path: 're:CLIENT_ID$', n: 2 }, do: { delay: 600 } },
      );
      const interrupted = await interruptedAt(lab, request, n, {
        timeout: '20',
        verify: n === 2 && request === 'PUT PINGONE_WORKER_CLIENT_ID' ? 'false' : 'true',
      });
      const { what, fix } = failureOf(interrupted.result);
      expect(what).toMatch(/^The step was cancelled: /);
      expect(fix).toMatch(/The secret was rotated, and the new one is stored. The previous secret works until \d{4}-/);
      expect(interrupted.tookMs).toBeLessThan(7_000);
      expect(await rotations(lab)).toHaveLength(1);
      await expectStored(lab, old);
    }),
  );

  test.concurrent.each<[NodeJS.Signals[]]>([[['SIGINT', 'SIGINT']], [['SIGINT', 'SIGTERM', 'SIGINT']]])(
    'a second time (%j) during the rotation changes nothing: the secret is stored, and the message says so',
    (signals) =>
      withWorker(async (lab, old) => {
        await lab.faults({ match: { method: 'POST', path: 're:/secret$' }, do: { delay: 1_500 } });
        const { result, tookMs } = await interruptedAt(lab, 'POST secret', 1, { timeout: '60' }, signals);
        const { what, fix } = failureOf(result);
        expect(what).toMatch(/^The step was cancelled: /);
        expect(fix).toMatch(/The secret was rotated, and the new one is stored/);
        expect(tookMs).toBeLessThan(7_000);
        await expectStored(lab, old);
      }),
  );

  test.concurrent('before the rotation: the current write is finished, and no other starts', () =>
    withWorker(async (lab, old) => {
      await lab.faults({ match: { server: 'github', path: 're:CLIENT_ID$', method: 'PUT' }, do: { delay: 600 } });
      const { result, tookMs } = await interruptedAt(lab, 'PUT PINGONE_WORKER_CLIENT_ID');
      expect(failureOf(result).what).toMatch(/^The step was cancelled: /);
      expect(tookMs).toBeLessThan(7_000);
      expect(await rotations(lab)).toEqual([]);
      expect((await lab.theOnly(workerName)).secret).toBe(old);
      expect(await storedWorks(lab)).toBe(true);
    }),
  );

  test.concurrent('during the last write before the rotation: the rotation does not start', () =>
    withWorker(async (lab, old) => {
      await lab.faults({ match: { server: 'github', path: 're:ENVIRONMENT_ID$', method: 'PUT' }, do: { delay: 800 } });
      const { result } = await interruptedAt(lab, 'PUT PINGONE_WORKER_ENVIRONMENT_ID');
      failureOf(result);
      expect(await rotations(lab)).toEqual([]);
      expect((await lab.theOnly(workerName)).secret).toBe(old);
    }),
  );
});
