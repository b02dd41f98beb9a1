import { describe, expect, test } from '@jest/globals';
import { workerName } from '../bundle/harness.ts';
import type { Lab } from '../bundle/harness.ts';
import { failureOf, messages, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';

const sandboxId = (lab: Lab): string => lab.ready.environments.find(({ name }) => name === 'Sandbox')!.id;
/** A fault of the worker's own token requests: the admin credentials live in another environment. */
const onToken = (lab: Lab, status: number, error: string, times: number) => ({
  match: { method: 'POST', path: `/${sandboxId(lab)}/as/token` },
  times,
  do: { status, body: { error, error_description: 'Request denied' } },
});
const tokenRequests = async (lab: Lab) =>
  (await lab.requests()).filter(({ path }) => path === `/${sandboxId(lab)}/as/token`).length;

describe('after a change', () => {
  test.concurrent('a refusal may only be delayed, so the step retries', () =>
    inSandbox(async (lab) => {
      await lab.faults(onToken(lab, 403, 'access_denied', 1), onToken(lab, 401, 'invalid_client', 1));
      const result = await lab.run();
      expect(outputsOf(result)).toMatchObject({ result: 'created' });
      expect(await tokenRequests(lab)).toBe(3);
      // Such a short wait is no line of the log.
      expect(result.log).not.toMatch(/not accept the credentials/);
    }),
  );

  test.concurrent('a refusal that lasts fails the step, and nothing is delivered', () =>
    inSandbox(async (lab) => {
      await lab.faults(onToken(lab, 401, 'invalid_client', 99));
      const { what, cause, fix } = failureOf(await lab.run({ ...lab.storing, timeout: '10' }));
      expect(what).toMatch(/^PingOne did not issue a token for the worker's credentials: 401 invalid_client/);
      expect(cause).toContain('not propagated a change yet');
      expect(fix).toContain('No credentials were delivered');
      expect((await lab.state()).github.secrets).toEqual([]);
    }),
  );

  test.concurrent('the token is tested with the populations, which can be delayed, too', () =>
    inSandbox(async (lab) => {
      const late = { status: 403, body: { code: 'ACCESS_FAILED', details: [{ code: 'INSUFFICIENT_PERMISSIONS' }] } };
      await lab.faults({ match: { path: 're:/populations$' }, times: 2, do: late });
      const result = await lab.run();
      expect(outputsOf(result)).toMatchObject({ result: 'created' });
      expect(messages(result, 'warning')).toEqual([]);
      const reads = (await lab.requests()).filter(({ path }) => path.includes('/populations'));
      expect(reads.map(({ path, status }) => [path.split('?')[1], status])).toEqual([
        ['limit=1', 403],
        ['limit=1', 403],
        ['limit=1', 200],
      ]);
    }),
  );

  test.concurrent('refused populations give a warning, not a failure', () =>
    inSandbox(async (lab) => {
      const refused = { status: 403, body: { code: 'ACCESS_FAILED', details: [{ code: 'INSUFFICIENT_PERMISSIONS' }] } };
      await lab.faults({ match: { path: 're:/populations$' }, times: 99, do: refused });
      const result = await lab.run({ timeout: '10' });
      expect(outputsOf(result)).toMatchObject({ result: 'created' });
      expect(messages(result, 'warning')).toEqual([expect.stringContaining('cannot read populations yet')]);
    }),
  );
});

describe('populations that', () => {
  test.concurrent.each([
    ['answer 503', { status: 503 }],
    ['do not answer', { stall: 'headers' }],
  ])('%s give a warning, and the credentials are delivered', (_, fault) =>
    inSandbox(async (lab) => {
      await lab.faults({ match: { path: 're:/populations$' }, times: 999, do: fault });
      const result = await lab.run({ ...lab.storing, timeout: '20' });
      expect(outputsOf(result)).toMatchObject({ result: 'created' });
      expect(messages(result, 'warning')).toEqual([expect.stringContaining('cannot read populations yet')]);
      expect((await lab.state()).github.secrets).toHaveLength(3);
    }),
  );

  test.concurrent('do not answer are not read by a rotation alone, and leave the time to store after a grant', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(lab.storing));
      await lab.faults({ match: { path: 're:/populations$' }, times: 999, do: { stall: 'headers' } });
      const rotating = { ...lab.storing, 'rotate-secret': 'true', 'secret-overlap': '0', timeout: '20' };
      const before = (await lab.requests()).length;
      const alone = await lab.run(rotating);
      expect(outputsOf(alone)).toMatchObject({ 'secret-rotated': 'true' });
      expect((await lab.requests()).slice(before).filter(({ path }) => path.includes('/populations'))).toEqual([]);

      const roles = 'Identity Data Admin\nIdentity Data Read Only';
      const granting = await lab.run({ ...rotating, roles });
      expect(outputsOf(granting)).toMatchObject({ 'secret-rotated': 'true' });
      expect(messages(granting, 'warning')).toEqual([expect.stringContaining('cannot read populations yet')]);
      const { secret } = await lab.theOnly(workerName);
      expect((await lab.state()).github.secrets.map(({ value }) => value)).toContain(secret);
    }),
  );
});

describe('without a change', () => {
  test.concurrent('a refusal is final: one request, and nothing is delivered', () =>
    inSandbox(async (lab) => {
      await lab.run();
      const before = await tokenRequests(lab);
      await lab.faults(onToken(lab, 401, 'invalid_client', 99));
      failureOf(await lab.run(lab.storing));
      expect((await tokenRequests(lab)) - before).toBe(1);
      expect((await lab.state()).github.secrets).toEqual([]);
    }),
  );

  test.concurrent('no population is read', () =>
    inSandbox(async (lab) => {
      await lab.run();
      const before = (await lab.requests()).length;
      outputsOf(await lab.run());
      const paths = (await lab.requests()).slice(before).map(({ path }) => path);
      expect(paths.filter((path) => path.includes('/populations'))).toEqual([]);
    }),
  );
});

test.concurrent("the worker's own method is used", () =>
  inSandbox(async (lab) => {
    const result = await lab.run({ 'token-endpoint-auth-method': 'CLIENT_SECRET_BASIC' });
    expect(outputsOf(result)).toMatchObject({ result: 'created' });
    expect(result.log).toContain('Verified');
    expect(await tokenRequests(lab)).toBe(1);
    expect(await lab.theOnly(workerName)).toMatchObject({ tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC' });
  }),
);

test.concurrent('a worker with another method is not verified, and the step says so', () =>
  inSandbox(async (lab) => {
    const set = { name: workerName, enabled: true, tokenEndpointAuthMethod: 'PRIVATE_KEY_JWT' };
    await lab.console({ create: set });
    const result = await lab.run({ 'token-endpoint-auth-method': 'keep' });
    expect(messages(result, 'notice')).toEqual([expect.stringContaining('the authentication method PRIVATE_KEY_JWT')]);
    expect(await tokenRequests(lab)).toBe(0);
  }),
);

test.concurrent('a worker without a role that gets a token gives a notice', () =>
  inSandbox(async (lab) => {
    const answer = { access_token: 'given-all-the-same', token_type: 'Bearer', expires_in: 3600 };
    await lab.faults({ match: { path: `/${sandboxId(lab)}/as/token` }, do: { status: 200, body: answer } });
    const result = await lab.run({ roles: 'none' });
    outputsOf(result);
    expect(messages(result, 'notice')).toEqual([expect.stringContaining('no role')]);
    expect(result.masks).toContain('given-all-the-same');
  }),
);
