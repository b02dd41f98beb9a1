import { describe, expect, test } from '@jest/globals';
import { adminInputs, noAdminInputs } from '../bundle/control.ts';
import { workerName } from '../bundle/harness.ts';
import type { Lab } from '../bundle/harness.ts';
import { failureOf, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';

const signIns = async (lab: Lab) => (await lab.requests()).filter(({ path }) => path.endsWith('/as/token'));
const useMethod = (lab: Lab, tokenEndpointAuthMethod: string) =>
  lab.console({ application: lab.ready.admin.clientId, set: { tokenEndpointAuthMethod } });

describe('admin credentials with too few roles', () => {
  test.concurrent('read-only: the application cannot be created', () =>
    inSandbox(async (lab) => {
      const { what, cause, fix } = failureOf(await lab.run(adminInputs(lab.ready.admins.readOnly)));
      expect(what).toMatch(/^PingOne refused creating the application: .* 403 .*\(correlation ID \S+\)$/);
      expect(cause).toContain('can read applications in this environment, but not create them');
      expect(fix).toMatch(/Environment Admin.*Client Application Developer\* and .*Identity Data Admin/);
      expect(fix).toContain('Done before: nothing.');
      expect(await lab.named(workerName)).toEqual([]);
    }),
  );

  test.concurrent('read-only: the secret of a worker that matches the inputs cannot be read', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run());
      const written = await lab.writes('pingone');
      const { what, cause } = failureOf(await lab.run(adminInputs(lab.ready.admins.readOnly)));
      expect(what).toContain("reading the worker's client secret");
      expect(cause).toContain('lacks *Client Application Developer*');
      expect(await lab.writes('pingone')).toEqual(written);
    }),
  );

  test.concurrent('without any role: no token', () =>
    inSandbox(async (lab) => {
      const { what, cause, fix } = failureOf(await lab.run(adminInputs(lab.ready.admins.noRoles)));
      expect(what).toMatch(/issued no token for the admin credentials from the inputs .*access_denied/);
      expect(cause).toMatch(/^the credentials are correct, but the admin application holds no role/);
      expect(fix).toMatch(/Environment Admin.*Client Application Developer\* and .*Identity Data Admin/);
    }),
  );
});

describe('wrong admin credentials', () => {
  test.concurrent.each([
    ['the secret', { 'admin-client-secret': 'not~this~one' }],
    ['the client ID', { 'admin-client-id': '00000000-0000-4000-8000-000000000000' }],
  ])('%s: one request, and a message that names the region first', (_, inputs) =>
    inSandbox(async (lab) => {
      const { what, cause, fix } = failureOf(await lab.run(inputs));
      const { host } = new URL(lab.ready.pingone.authUrl);
      expect(what).toMatch(
        /^PingOne \(127\.0\.0\.1:\d+\) refused the admin credentials from the inputs .*invalid_client/,
      );
      expect(cause).toContain(`or ${host} belongs to another region.`);
      expect(fix).toMatch(/^check `region` first/);
      expect(await lab.requests()).toHaveLength(1);
    }),
  );

  test.concurrent('with the wrong environment ID', () =>
    inSandbox(async (lab) => {
      const { id } = lab.ready.environments.find(({ name }) => name === 'Sandbox')!;
      const { cause } = failureOf(await lab.run({ 'admin-environment-id': id }));
      expect(cause).toContain('`admin-environment-id` is not the environment of the admin application');
    }),
  );
});

describe('the sign-in method', () => {
  test.concurrent('is detected: Basic, then Post', () =>
    inSandbox(async (lab) => {
      await useMethod(lab, 'CLIENT_SECRET_POST');
      expect(outputsOf(await lab.run({ verify: 'false' }))).toMatchObject({ result: 'created' });
      expect((await signIns(lab)).map(({ status }) => status)).toEqual([401, 200]);
    }),
  );

  test.concurrent('is tried only once if the input is set', () =>
    inSandbox(async (lab) => {
      await useMethod(lab, 'CLIENT_SECRET_POST');
      const inputs = { verify: 'false', 'admin-auth-method': 'CLIENT_SECRET_POST' };
      expect(outputsOf(await lab.run(inputs))).toMatchObject({ result: 'created' });
      expect(await signIns(lab)).toHaveLength(1);
    }),
  );

  test.concurrent.each([
    ['CLIENT_SECRET_POST', 'CLIENT_SECRET_BASIC'],
    ['CLIENT_SECRET_BASIC', 'CLIENT_SECRET_POST'],
  ])('is refused if %s is given and %s is configured', (given, configured) =>
    inSandbox(async (lab) => {
      await useMethod(lab, configured);
      const { cause, fix } = failureOf(await lab.run({ 'admin-auth-method': given }));
      expect(cause).toContain('`admin-auth-method` is wrong');
      expect(fix).toContain('`admin-auth-method`');
      expect(await signIns(lab)).toHaveLength(1);
    }),
  );
});

const expired = {
  status: 401,
  body: { code: 'ACCESS_FAILED', message: 'No access.', details: [{ code: 'INVALID_TOKEN', message: 'expired' }] },
};

describe('an access token', () => {
  test.concurrent('in the input is used instead of signing in', () =>
    inSandbox(async (lab) => {
      const token = await lab.token(lab.ready.admin);
      const before = (await signIns(lab)).length;
      const result = await lab.run({ ...noAdminInputs, 'access-token': token, verify: 'false' });
      expect(outputsOf(result)).toMatchObject({ result: 'created' });
      expect(await signIns(lab)).toHaveLength(before);
      expect(result.log).toContain('Signing in with the input `access-token`');
    }),
  );

  test.concurrent('that expires during the run is replaced once', () =>
    inSandbox(async (lab) => {
      await lab.faults({ match: { path: '/v1/roles' }, do: expired });
      const result = await lab.run({ verify: 'false' });
      expect(outputsOf(result)).toMatchObject({ result: 'created' });
      expect(await signIns(lab)).toHaveLength(2);
      expect(result.log).toContain('Signing in again to get a new access token');
    }),
  );

  test.concurrent('that is refused repeatedly ends the step', () =>
    inSandbox(async (lab) => {
      await lab.faults({ match: { path: '/v1/roles' }, times: 9, do: expired });
      const { what, cause, fix } = failureOf(await lab.run());
      expect(what).toContain('reading the roles');
      expect(cause).toContain('the access token has expired');
      expect(fix).toMatch(/`region`.*`access-token`/);
      expect(await signIns(lab)).toHaveLength(2);
    }),
  );

  test.concurrent.each(['expired', 'not accepted'])('that is %s cannot be replaced', (which) =>
    inSandbox(async (lab) => {
      const token = which === 'expired' ? await lab.token(lab.ready.admin) : 'not-a-token';
      await lab.advance(3700);
      const { cause, fix } = failureOf(await lab.run({ ...noAdminInputs, 'access-token': token }));
      expect(cause).toContain('the access token has expired');
      expect(fix).toContain('`access-token`');
      expect(await lab.writes('pingone')).toEqual([]);
    }),
  );
});

describe('credentials from environment variables', () => {
  test.concurrent.each([
    ['PINGONE_CLIENT_ID', 'PINGONE_CLIENT_SECRET'],
    ['PINGONE_CLIENT_CREDENTIALS_CLIENT_ID', 'PINGONE_CLIENT_CREDENTIALS_CLIENT_SECRET'],
  ])('%s and the related variables', (id, secret) =>
    inSandbox(async (lab) => {
      const { clientId, clientSecret, environmentId } = lab.ready.admin;
      const env = { [id]: clientId, [secret]: clientSecret, PINGONE_ENVIRONMENT_ID: environmentId };
      const result = await lab.run(noAdminInputs, { env });
      expect(outputsOf(result)).toMatchObject({ result: 'created' });
      expect(result.log).toContain(`Signing in with the environment variables ${id}, ${secret}`);
    }),
  );

  test.concurrent('PINGONE_API_ACCESS_TOKEN', () =>
    inSandbox(async (lab) => {
      const env = { PINGONE_API_ACCESS_TOKEN: await lab.token(lab.ready.admin) };
      expect(outputsOf(await lab.run(noAdminInputs, { env }))).toMatchObject({ result: 'created' });
    }),
  );
});

test.concurrent('every request to PingOne contains the ID of the workflow run, token requests too', () =>
  inSandbox(async (lab) => {
    await lab.run(lab.storing, { env: { GITHUB_RUN_ID: '77', GITHUB_RUN_ATTEMPT: '2' } });
    const calls = (await lab.requests()).filter(({ server }) => server === 'pingone');
    expect(calls.filter(({ path }) => path.endsWith('/as/token'))).toHaveLength(2);
    expect(calls.length).toBeGreaterThan(7);
    for (const { headers } of calls) {
      expect(headers).toMatchObject({
        'x-ping-external-transaction-id': '1001/77/2',
        'x-ping-external-session-id': 'octo/sync',
        'user-agent': expect.stringMatching(/^pingone-worker-app\//),
      });
    }
  }),
);
