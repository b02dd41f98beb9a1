import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { Lab } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import { failureOf, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { startWithoutWaiting as startProcess } from '../in-process/start.ts';
import { environmentId, forbidden, getsToken, lineOf, storedIn, storedWorks } from './scenes.ts';

const rotating = (lab: Lab) => ({ ...lab.storing, 'rotate-secret': 'true' });
const onRotation = { method: 'POST', path: 're:/secret$' };
const onVerification = (lab: Lab) => ({ method: 'POST', path: `/${environmentId(lab)}/as/token` });
const rotations = async (lab: Lab) => (await lab.requests()).filter((request) => lineOf(request) === 'POST secret');
const secretOf = async (lab: Lab) => (await lab.theOnly(workerName)).secret!;
const storedSecret = async (lab: Lab) => (await storedIn(lab))['PINGONE_WORKER_CLIENT_SECRET'];
const previousExpiry = async (lab: Lab) =>
  ((await lab.theOnly(workerName)).previous as { expiresAt: string } | undefined)?.expiresAt;

/** A worker whose credentials are stored; `old` is its secret. */
function withWorker(body: (lab: Lab, old: string) => Promise<void>) {
  return inSandbox(async (lab) => {
    outputsOf(await lab.run(lab.storing));
    await body(lab, await secretOf(lab));
  });
}

describe('not rotated, and the stored secret still works:', () => {
  test.concurrent('the GitHub token has no write permission', () =>
    withWorker(async (lab, old) => {
      const { what, fix } = failureOf(
        await lab.run({ ...rotating(lab), 'github-token': lab.ready.github.readOnlyToken }),
      );
      expect(what).toContain('GitHub refused writing PINGONE_WORKER_CLIENT_ID');
      expect(fix).toContain('Not done: rotate the secret; store PINGONE_WORKER_CLIENT_ID, ');
      expect([await rotations(lab), await secretOf(lab)]).toEqual([[], old]);
      expect(await storedWorks(lab)).toBe(true);
    }),
  );

  test.concurrent.each([
    ['is lost', { reset: true }],
    ['is a server error', { status: 503 }],
    ['is an HTML page of a proxy', { status: 200, body: '<html>' }],
    ['never arrives', { stall: 'headers' }],
  ])('the response to the rotation %s, and it did not happen', (_, fault) =>
    withWorker(async (lab, old) => {
      await lab.faults({ match: onRotation, do: fault });
      const { what, fix } = failureOf(await lab.run({ ...rotating(lab), timeout: '15' }));
      expect(what).toContain('rotating the secret');
      expect(fix).toContain('The secret was not rotated, and the stored one still works.');
      expect(await rotations(lab)).toHaveLength(1);
      expect([await secretOf(lab), await storedSecret(lab)]).toEqual([old, old]);
      expect(await storedWorks(lab)).toBe(true);
    }),
  );

  test.concurrent('PingOne refuses it', () =>
    withWorker(async (lab, old) => {
      await lab.faults({ match: onRotation, do: forbidden });
      const { what, cause } = failureOf(await lab.run(rotating(lab)));
      expect(what).toMatch(/^PingOne refused rotating the secret: .* 403 /);
      expect(cause).toMatch(/a role that the admin application does not hold/);
      expect(await secretOf(lab)).toBe(old);
      expect(await storedWorks(lab)).toBe(true);
    }),
  );

  test.concurrent('too little of `timeout` is left', () =>
    withWorker(async (lab, old) => {
      // GitHub asks to wait: 9.7 of 12 seconds, where a rotation needs the last 2.4.
      const wait = (seconds: number) => ({ status: 429, headers: { 'retry-after': seconds } });
      const put = { server: 'github', method: 'PUT' };
      await lab.faults({ match: put, times: 3, do: wait(3) }, { match: put, do: wait(0.7) });
      const { what, fix } = failureOf(await lab.run({ ...rotating(lab), timeout: '12' }, { startProcess }));
      expect(what).toContain('The secret was not rotated: the time in `timeout` is not enough');
      expect(fix).toContain('The stored secret still works.');
      expect([await rotations(lab), await secretOf(lab)]).toEqual([[], old]);
    }),
  );
});

describe('rotated once, and confirmed by reading the secret: the response', () => {
  test.concurrent.each([
    ['is lost', { reset: true, when: 'after' }],
    ['is a server error', { status: 502, when: 'after' }],
    ['is incomplete', { cut: 20 }],
  ])('%s after it happened', (_, fault) =>
    withWorker(async (lab, old) => {
      await lab.faults({ match: onRotation, do: fault });
      const outputs = outputsOf(await lab.run(rotating(lab)));
      expect(outputs).toMatchObject({ 'secret-rotated': 'true', 'client-secret': await secretOf(lab) });
      expect(outputs['previous-secret-expires-at']).toBe(await previousExpiry(lab));
      expect(await secretOf(lab)).not.toBe(old);
      expect(await rotations(lab)).toHaveLength(1);
      expect([await storedSecret(lab), await storedWorks(lab)]).toEqual([await secretOf(lab), true]);
    }),
  );

  test.concurrent('is lost, and the secret cannot be read either: the message says how to continue', () =>
    withWorker(async (lab) => {
      await lab.faults({ match: onRotation, do: { reset: true, when: 'after', delay: 1_000 } });
      const running = lab.run(rotating(lab), { answersAreLost: true });
      while ((await rotations(lab)).length === 0) await sleep(20);
      await lab.faults({ match: { method: 'GET', path: 're:/secret$' }, times: 9, do: forbidden });
      const { what, fix } = failureOf(await running);
      await lab.faults();
      expect(what).toContain('reading the secret after a rotation with a lost response');
      expect(fix).toContain('Run the workflow again without `rotate-secret`');
      expect(await storedWorks(lab)).toBe(true);
      expect(outputsOf(await lab.run(lab.storing))).toMatchObject({ 'client-secret': await secretOf(lab) });
    }),
  );
});

describe('rotated, but', () => {
  test.concurrent('the token endpoint is unavailable: the secret is stored, and the step fails', () =>
    withWorker(async (lab, old) => {
      await lab.faults({ match: onVerification(lab), times: 999, do: { reset: true } });
      const { what, fix } = failureOf(await lab.run(rotating(lab), { startProcess }));
      expect(what).toContain("verifying the worker's credentials");
      expect(fix).toContain(`The secret was rotated, and the new one is stored. The previous secret works until`);
      expect(fix).toContain((await previousExpiry(lab))!);
      const secret = await secretOf(lab);
      expect(secret).not.toBe(old);
      expect(await storedSecret(lab)).toBe(secret);
      await lab.faults();
      expect(await storedWorks(lab)).toBe(true);
    }),
  );

  test.concurrent(
    'PingOne says `invalid_client`: nothing is stored, and the message says until when the old secret works',
    () =>
      withWorker(async (lab, old) => {
        const invalid = { status: 401, body: { error: 'invalid_client', error_description: 'Request denied' } };
        await lab.faults({ match: onVerification(lab), times: 99, do: invalid });
        const { what, fix } = failureOf(await lab.run(rotating(lab), { startProcess }));
        expect(what).toContain('401 invalid_client');
        expect(fix).toContain(`works until ${(await previousExpiry(lab))!}`);
        expect(await storedSecret(lab)).toBe(old);
        await lab.faults();
        expect(await storedWorks(lab)).toBe(true);
      }),
  );

  test.concurrent.each([
    ['24h', 'works until'],
    ['0', 'Run the workflow again without `rotate-secret` to deliver the new one'],
  ])('GitHub refuses the new secret (overlap %s): the message says %s, and the next run delivers', (overlap, says) =>
    withWorker(async (lab) => {
      const { id } = await lab.theOnly(workerName);
      const refused = { status: 403, body: { message: 'Resource not accessible by personal access token' } };
      await lab.faults({ match: { server: 'github', method: 'PUT', n: 5 }, times: 99, do: refused });
      const { what, fix } = failureOf(await lab.run({ ...rotating(lab), 'secret-overlap': overlap }));
      expect(what).toContain('GitHub refused writing PINGONE_WORKER_CLIENT_SECRET');
      expect(fix).toContain(says);
      expect(await getsToken(lab, id, (await storedSecret(lab))!)).toBe(overlap !== '0');
      await lab.faults();
      outputsOf(await lab.run(lab.storing));
      expect([await storedSecret(lab), await storedWorks(lab)]).toEqual([await secretOf(lab), true]);
    }),
  );
});
