import { describe, expect, test } from '@jest/globals';
import { noAdminInputs } from './control.ts';
import { inSandbox } from './harness.ts';
import { failureOf } from './outcome.ts';

test.concurrent('all wrong inputs are reported in one message, before any request', () =>
  inSandbox(async (lab) => {
    const wrong = {
      name: '',
      environment: ' ',
      enabled: 'yes',
      'token-endpoint-auth-method': 'NONE',
      roles: 'Some Role @ everywhere',
      'admin-auth-method': 'PRIVATE_KEY_JWT',
      region: 'Atlantis',
      verify: '1',
      'store-in': 'vault',
      'secret-prefix': '1_',
      timeout: '5m',
      'admin-client-secret': undefined,
    };
    const { what, cause, fix } = failureOf(await lab.run(wrong));
    expect(what).toMatch(/^\d\d inputs are not valid:\n- /);
    for (const input of [...Object.keys(wrong), 'github-token']) expect(what).toContain(`\`${input}\``);
    expect(what).toContain('`timeout` must be a whole number of seconds');
    expect(what).toContain('Did you mean `300`?');
    expect(cause).toContain('typo');
    expect(fix).toContain('correct each input in this list');
    expect(await lab.requests()).toEqual([]);
  }),
);

const fromFork = { pull_request: { head: { repo: { id: 7 } }, base: { repo: { id: 1001 } } } };

describe('without credentials', () => {
  test.concurrent.each([
    [
      'on a pull request from a fork',
      { GITHUB_EVENT_NAME: 'pull_request' },
      fromFork,
      /pull request from a fork, and GitHub gives such runs no secrets/,
      /on another event, such as `push`/,
    ],
    ['started by Dependabot', { GITHUB_ACTOR: 'dependabot[bot]' }, {}, /Dependabot started this run/, /> Dependabot/],
  ])('%s the message explains why there may be none', (_, env, event, cause, fix) =>
    inSandbox(async (lab) => {
      const failure = failureOf(await lab.run(noAdminInputs, { env, event }));
      expect(failure.what).toContain('There are no admin credentials: `admin-client-id`, `admin-client-secret`');
      expect(failure).toMatchObject({ cause: expect.stringMatching(cause), fix: expect.stringMatching(fix) });
      expect(await lab.requests()).toEqual([]);
    }),
  );
});

test.concurrent('`api-url` without /v1 is refused, and the message contains the corrected address', () =>
  inSandbox(async (lab) => {
    const { origin } = new URL(lab.ready.pingone.apiUrl);
    const { what, fix } = failureOf(await lab.run({ 'api-url': `${origin}/` }));
    expect(what).toBe(`\`api-url\` must be the address of the API with its path \`/v1\`; got \`${origin}\`.`);
    expect(fix).toBe(`did you mean \`${origin}/v1\`?`);
    expect(await lab.requests()).toEqual([]);
  }),
);

test.concurrent('http without TLS is refused for PingOne, except on loopback', () =>
  inSandbox(async (lab) => {
    const { what } = failureOf(await lab.run({ 'api-url': 'http://api.pingone.eu/v1', 'auth-url': 'http://10.0.0.1' }));
    expect(what).toMatch(/`api-url` must be an `https:\/\/` address .*; got `http:\/\/api\.pingone\.eu…`/);
    expect(what).toMatch(/`auth-url` must be an `https:\/\/` address .*; got `http:\/\/10\.0\.0\.1…`/);
  }),
);
