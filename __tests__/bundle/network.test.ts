import { describe, expect, test } from '@jest/globals';
import { closedOrigin } from '../network/closed-origin.ts';
import { isGivenUp, isWaitedOut } from '../network/disturbances.ts';
import { inSandbox, workerName } from './harness.ts';
import { failureOf } from './outcome.ts';

describe('unreachable', () => {
  test.concurrent(
    'PingOne: the message names the inputs with its addresses, and the log has one line for the wait and one for its end',
    () =>
      inSandbox(async (lab) => {
        const addresses = { 'api-url': `${closedOrigin}/v1`, 'auth-url': closedOrigin };
        const result = await lab.run({ ...addresses, timeout: '5' });
        const { what, cause, fix } = failureOf(result);
        expect(what).toMatch(/^PingOne could not be reached for a token for the admin credentials: .*ECONNREFUSED/);
        expect(cause).toContain("the address of the host is wrong, or the runner's network or proxy");
        expect(fix).toMatch(/`region`, `api-url` and `auth-url`.*https_proxy/);
        expect(result.log.match(/unreachable; retrying in \d\.\d s/g)).toHaveLength(1);
        expect(result.log.match(/unreachable; gave up after 5 retries in \d+\.\d s/g)).toHaveLength(1);
      }),
  );

  test.concurrent('GitHub: nothing is written to PingOne', () =>
    inSandbox(async (lab) => {
      const env = { GITHUB_API_URL: closedOrigin };
      const { what, fix } = failureOf(await lab.run({ ...lab.storing, timeout: '5' }, { env }));
      expect(what).toMatch(/^GitHub could not be reached for reading the repository octo\/sync/);
      expect(fix).toContain('GITHUB_API_URL');
      expect(await lab.writes('pingone')).toEqual([]);
    }),
  );

  test.concurrent('a proxy: the message names the variables with its address', () =>
    inSandbox(async (lab) => {
      const env = { https_proxy: closedOrigin };
      const addresses = { 'api-url': 'https://api.pingone.test/v1', 'auth-url': 'https://auth.pingone.test' };
      const { what, fix } = failureOf(await lab.run({ ...addresses, timeout: '5' }, { env }));
      expect(what).toMatch(/^PingOne could not be reached .*the proxy 127\.0\.0\.1:1: ECONNREFUSED/);
      expect(fix).toContain('the proxy variables of the runner (https_proxy, no_proxy)');
      expect(await lab.requests()).toEqual([]);
    }),
  );
});

describe('an outage (more cases in __tests__/network/disturbance.test.ts)', () => {
  test.concurrent('that ends soon: the step waits and succeeds', () =>
    inSandbox((lab) => isWaitedOut(lab, { status: 503 })),
  );
  test.concurrent('that leaves a socket open: the step stops in time, and the process ends', () =>
    inSandbox((lab) => isGivenUp(lab, 'body')),
  );
});

test.concurrent('the bearer token is not sent to another host, even if a link points there', () =>
  inSandbox(async (lab) => {
    const trap = lab.ready.github.apiUrl;
    const page = { _links: { next: { href: `${trap}/v1/roles?cursor=x` } }, _embedded: { roles: [] } };
    await lab.faults({ match: { path: '/v1/roles' }, do: { status: 200, body: page } });
    expect(failureOf(await lab.run()).what).toContain('points to another host');
    expect((await lab.requests()).filter(({ server }) => server === 'github')).toEqual([]);
    expect(await lab.named(workerName)).toEqual([]);
  }),
);

test.concurrent('text from PingOne that looks like a runner command is not executed', () =>
  inSandbox(async (lab) => {
    const message = 'x\n::error::injected\r::add-mask::Worker\n##[error]injected';
    await lab.faults({ match: { path: '/v1/roles' }, do: { status: 400, body: { code: '::error::', message } } });
    const result = await lab.run({}, { env: { RUNNER_DEBUG: '1' } });
    failureOf(result);
    expect(result.masks).not.toContain('Worker');
    expect(result.log).not.toMatch(/^(::error::|##\[error\])injected/m);
  }),
);
