import { describe, expect, test } from '@jest/globals';
import { failureOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { isGivenUp, isWaitedOut } from './disturbances.ts';

describe('an outage', () => {
  test.concurrent.each([
    ['is answered 503', { status: 503 }],
    ['is the HTML page of a captive proxy', { status: 200, body: '<html>Please log in</html>' }],
    ['is rate-limited, with a wait', { status: 429, headers: { 'Retry-After': 1 } }],
  ])('of a read that %s: the step waits and succeeds', (_, effect) => inSandbox((lab) => isWaitedOut(lab, effect)));

  test.concurrent.each([
    ['stalls before', 'headers'],
    ['stalls in', 'body'],
  ])('that %s the %s: the step stops in time', (_, stall) => inSandbox((lab) => isGivenUp(lab, stall)));

  test.concurrent('that lasts ends the step with a message of three lines, without HTML', () =>
    inSandbox(async (lab) => {
      const page = '<html><body>upstream connect error</body></html>';
      await lab.faults({ match: { path: '/v1/roles' }, times: 99, do: { status: 502, body: page } });
      const result = await lab.run({ timeout: '5' });
      const { what, cause } = failureOf(result);
      expect(what).toMatch(/^PingOne refused reading the roles: GET \/v1\/roles: 502$/);
      expect(cause).toBe('PingOne is unavailable.');
      expect(result.stdout).not.toContain('upstream');
    }),
  );
});

describe('an overloaded service', () => {
  test.concurrent('that asks for a longer wait than the maximum: the step stops and says so', () =>
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

  test.concurrent('that asks for no wait: the step waits all the same', () =>
    inSandbox(async (lab) => {
      const effect = { status: 429, headers: { 'Retry-After': 0 } };
      await lab.faults({ match: { path: '/v1/roles' }, times: 9999, do: effect });
      failureOf(await lab.run({ timeout: '5' }));
      expect((await lab.requests()).length).toBeLessThan(100);
    }),
  );
});
