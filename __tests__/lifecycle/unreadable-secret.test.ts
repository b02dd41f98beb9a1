import { describe, expect, test } from '@jest/globals';
import { adminInputs } from '../bundle/control.ts';
import type { Lab } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import { failureOf, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { byHand, grantByHand, storedIn } from './scenes.ts';

const limited = (lab: Lab) => adminInputs(lab.ready.admins.applicationsOnly);
const secretRequests = async (lab: Lab) => (await lab.requests()).filter(({ path }) => path.endsWith('/secret'));

/** A worker to repair, which holds a role that the admin credentials lack. */
function withStrongerWorker(body: (lab: Lab) => Promise<void>) {
  return inSandbox(async (lab) => {
    const { id } = await byHand(lab, { enabled: false });
    await grantByHand(lab, id, 'Identity Data Admin');
    await body(lab);
  });
}

describe('a secret that PingOne does not return', () => {
  test.concurrent.each([[{}], [{ verify: 'false', 'output-secret': 'false', 'store-in': 'repository' }]])(
    'fails the step after the worker is updated, and the message names both causes (%j)',
    (inputs) =>
      withStrongerWorker(async (lab) => {
        const given = { ...limited(lab), ...inputs, 'github-token': lab.ready.github.token };
        const { what, cause, fix } = failureOf(await lab.run(given));
        expect(what).toMatch(/^PingOne refused reading the worker's client secret: .* 403 /);
        expect(cause).toMatch(
          /the worker holds a role that the admin application does not hold.*, or .* lacks \*Client Application Developer\*/,
        );
        expect(fix).toContain('every role that the worker holds');
        expect(await lab.theOnly(workerName)).toMatchObject({ enabled: true });
        expect(await storedIn(lab)).toEqual({});
      }),
  );

  test.concurrent('is not rotated', () =>
    withStrongerWorker(async (lab) => {
      const { secret } = await lab.theOnly(workerName);
      failureOf(await lab.run({ ...limited(lab), 'rotate-secret': 'true', 'output-secret': 'false', verify: 'false' }));
      expect((await lab.theOnly(workerName)).secret).toBe(secret);
      expect((await secretRequests(lab)).map(({ method }) => method)).not.toContain('POST');
    }),
  );
});

describe('a secret that no input needs is not read', () => {
  const unasked = { 'output-secret': 'false', verify: 'false' };

  test.concurrent('so admin credentials with fewer roles are enough', () =>
    withStrongerWorker(async (lab) => {
      const result = await lab.run({ ...limited(lab), ...unasked });
      const outputs = outputsOf(result);
      expect(outputs).toMatchObject({ result: 'updated', 'credentials-version': '', 'secret-rotated': 'false' });
      expect(outputs).not.toHaveProperty('client-secret');
      expect(outputs['client-id']).toBe((await lab.theOnly(workerName)).id);
      expect(await secretRequests(lab)).toEqual([]);
    }),
  );

  test.concurrent('also after a creation', () =>
    inSandbox(async (lab) => {
      expect(outputsOf(await lab.run(unasked))).toMatchObject({ result: 'created', 'credentials-version': '' });
      expect(await secretRequests(lab)).toEqual([]);
    }),
  );

  test.concurrent.each([
    ['an output', { verify: 'false' }],
    ['needed for the verification', { 'output-secret': 'false' }],
  ])('but it is read if it is %s', (_, inputs) =>
    inSandbox(async (lab) => {
      const outputs = outputsOf(await lab.run(inputs));
      expect(outputs['credentials-version']).toMatch(/^[0-9a-f]{12}$/);
      expect('client-secret' in outputs).toBe(!('output-secret' in inputs));
      expect((await secretRequests(lab)).length).toBeGreaterThan(0);
    }),
  );
});
