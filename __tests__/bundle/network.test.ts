import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { inSandbox, workerName } from './harness.ts';
import { failureOf, outputsOf } from './outcome.ts';

/** An address of loopback on which nobody listens. */
async function closedOrigin(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

describe('unreachable', () => {
  test.concurrent('PingOne: the message names the inputs that say where it is, and each wait was logged', () =>
    inSandbox(async (lab) => {
      const origin = await closedOrigin();
      const result = await lab.run({ 'api-url': `${origin}/v1`, 'auth-url': origin, timeout: '5' });
      const { what, cause, fix } = failureOf(result);
      expect(what).toMatch(/^PingOne could not be reached for a token for the admin credentials: .*ECONNREFUSED/);
      expect(cause).toContain("the host's name is wrong, or the runner's network or proxy");
      expect(fix).toMatch(/`region`, `api-url` and `auth-url`.*https_proxy/);
      expect(result.log.match(/unreachable; trying again in \d\.\d s/g)).toHaveLength(5);
    }),
  );

  test.concurrent('GitHub: PingOne sees no write', () =>
    inSandbox(async (lab) => {
      const env = { GITHUB_API_URL: await closedOrigin() };
      const { what, fix } = failureOf(await lab.run({ ...lab.storing, timeout: '5' }, { env }));
      expect(what).toMatch(/^GitHub could not be reached for reading the public key of the repository octo\/sync/);
      expect(fix).toContain('GITHUB_API_URL');
      expect(await lab.writes('pingone')).toEqual([]);
    }),
  );

  test.concurrent('a proxy: the message names the variables that say where it is', () =>
    inSandbox(async (lab) => {
      const env = { https_proxy: await closedOrigin() };
      const addresses = { 'api-url': 'https://api.pingone.test/v1', 'auth-url': 'https://auth.pingone.test' };
      const { what, fix } = failureOf(await lab.run({ ...addresses, timeout: '5' }, { env }));
      expect(what).toMatch(/^PingOne could not be reached .*tunneling socket/);
      expect(fix).toContain('the proxy variables of the runner (https_proxy, no_proxy)');
      expect(await lab.requests()).toEqual([]);
    }),
  );
});

describe('a disturbance', () => {
  test.concurrent.each([
    ['is answered 503', { status: 503 }],
    ['is a page of a captive proxy', { status: 200, body: '<html>Please log in</html>' }],
    ['is limited, and says for how long', { status: 429, headers: { 'Retry-After': 1 } }],
  ])('of a read that %s is waited out', (_, effect) =>
    inSandbox(async (lab) => {
      await lab.faults({ match: { method: 'GET', path: '/v1/roles' }, do: effect });
      const result = await lab.run();
      expect(outputsOf(result)).toMatchObject({ result: 'created' });
      expect(result.log.match(/^GET \S+\/v1\/roles: .*; trying again in \d+\.\d s$/gm)).toHaveLength(1);
    }),
  );

  test.concurrent.each([
    ['stalls before', 'headers'],
    ['stalls in', 'body'],
  ])('that %s the %s is given up in time', (_, stall) =>
    inSandbox(async (lab) => {
      await lab.faults({ match: { path: '/v1/roles' }, times: 99, do: { stall } });
      const { what, fix } = failureOf(await lab.run({ timeout: '5' }));
      expect(what).toMatch(/^PingOne could not be reached for reading the roles .* no whole answer within 0\.\d+ s/);
      expect(fix).toContain('`timeout`');
    }),
  );

  test.concurrent('that lasts ends the step with a message of three lines and no page of HTML', () =>
    inSandbox(async (lab) => {
      const page = '<html><body>upstream connect error</body></html>';
      await lab.faults({ match: { path: '/v1/roles' }, times: 99, do: { status: 502, body: page } });
      const result = await lab.run({ timeout: '5' });
      const { what, cause } = failureOf(result);
      expect(what).toMatch(/^PingOne refused reading the roles .*: GET \/v1\/roles: 502$/);
      expect(cause).toBe('PingOne has a disturbance.');
      expect(result.stdout).not.toContain('upstream');
    }),
  );
});

describe('a service that is overloaded', () => {
  test.concurrent('and asks to wait for longer than is obeyed: the step stops, and says so', () =>
    inSandbox(async (lab) => {
      await lab.faults({
        match: { path: '/v1/roles' },
        times: 9,
        do: { status: 429, headers: { 'Retry-After': 300 } },
      });
      const result = await lab.run({ timeout: '20' });
      expect(failureOf(result).cause).toContain('rate limit');
      expect(result.log).toContain('300 s');
      expect((await lab.requests()).filter(({ path }) => path === '/v1/roles')).toHaveLength(1);
    }),
  );

  test.concurrent('and asks for no pause gets one all the same', () =>
    inSandbox(async (lab) => {
      const effect = { status: 429, headers: { 'Retry-After': 0 } };
      await lab.faults({ match: { path: '/v1/roles' }, times: 9999, do: effect });
      failureOf(await lab.run({ timeout: '5' }));
      expect((await lab.requests()).length).toBeLessThan(100);
    }),
  );
});

test.concurrent('a bearer token goes to no other host, whatever a link says', () =>
  inSandbox(async (lab) => {
    const trap = lab.ready.github.apiUrl;
    const page = { _links: { next: { href: `${trap}/v1/roles?cursor=x` } }, _embedded: { roles: [] } };
    await lab.faults({ match: { path: '/v1/roles' }, do: { status: 200, body: page } });
    expect(failureOf(await lab.run()).what).toContain('leads to another host');
    expect((await lab.requests()).filter(({ server }) => server === 'github')).toEqual([]);
    expect(await lab.named(workerName)).toEqual([]);
  }),
);

test.concurrent('text of PingOne that looks like a command of the runner is none', () =>
  inSandbox(async (lab) => {
    const message = 'x\n::error::injected\r::add-mask::Worker\n##[error]injected';
    await lab.faults({ match: { path: '/v1/roles' }, do: { status: 400, body: { code: '::error::', message } } });
    const result = await lab.run({}, { env: { RUNNER_DEBUG: '1' } });
    failureOf(result);
    expect(result.masks).not.toContain('Worker');
    expect(result.log).not.toMatch(/^(::error::|##\[error\])injected/m);
  }),
);
