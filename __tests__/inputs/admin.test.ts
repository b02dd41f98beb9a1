import { describe, expect, test } from '@jest/globals';
import type { Given } from './settings.ts';
import { refusalFor, settingsFor } from './settings.ts';

const environmentId = '11111111-1111-4111-8111-111111111111';
const noInputs: Given = { 'admin-client-id': '', 'admin-client-secret': '', 'admin-environment-id': '' };
const inputs: Given = { 'admin-client-id': 'i', 'admin-client-secret': 's', 'admin-environment-id': environmentId };
const terraform: Given = {
  PINGONE_CLIENT_ID: 'ti',
  PINGONE_CLIENT_SECRET: 'ts',
  PINGONE_ENVIRONMENT_ID: environmentId,
};
const cli: Given = {
  PINGONE_CLIENT_CREDENTIALS_CLIENT_ID: 'ci',
  PINGONE_CLIENT_CREDENTIALS_CLIENT_SECRET: 'cs',
  PINGONE_ENVIRONMENT_ID: environmentId,
};
const pingCli: Given = {
  PINGCLI_PINGONE_CLIENT_CREDENTIALS_CLIENT_ID: 'pi',
  PINGCLI_PINGONE_CLIENT_CREDENTIALS_CLIENT_SECRET: 'ps',
  PINGCLI_PINGONE_ENVIRONMENT_ID: environmentId,
};
const token: Given = { PINGONE_API_ACCESS_TOKEN: 'at' };
const client = (clientId: string, clientSecret: string) => ({ kind: 'client', clientId, clientSecret, environmentId });

describe('the admin credentials come from the first source that has any', () => {
  test.each<[string, Given, object, RegExp]>([
    ['the inputs', { ...inputs, ...terraform, ...cli, ...token }, client('i', 's'), /^the inputs `admin-client-id`/],
    [
      'the input access-token',
      { ...noInputs, 'access-token': 'x', ...terraform, ...cli, ...token },
      { kind: 'token', accessToken: 'x' },
      /^the input `access-token`$/,
    ],
    [
      'the names of the Terraform provider',
      { ...noInputs, ...terraform, ...cli, ...token },
      client('ti', 'ts'),
      /PINGONE_CLIENT_ID/,
    ],
    [
      'the names of the newer SDK',
      { ...noInputs, ...cli, ...token },
      client('ci', 'cs'),
      /PINGONE_CLIENT_CREDENTIALS_CLIENT_ID/,
    ],
    [
      'the names of the Ping CLI',
      { ...noInputs, ...pingCli, ...token },
      client('pi', 'ps'),
      /PINGCLI_PINGONE_CLIENT_CREDENTIALS_CLIENT_ID/,
    ],
    [
      'the token',
      { ...noInputs, ...token },
      { kind: 'token', accessToken: 'at' },
      /variable PINGONE_API_ACCESS_TOKEN$/,
    ],
    [
      'the token, if an environment is set, too',
      { ...noInputs, ...token, PINGONE_ENVIRONMENT_ID: environmentId },
      { kind: 'token', accessToken: 'at' },
      /PINGONE_API_ACCESS_TOKEN/,
    ],
  ])('%s', (_, given, admin, source) => {
    expect(settingsFor(given).admin).toMatchObject({ ...admin, source: expect.stringMatching(source) });
  });
});

describe('an incomplete set is refused, and not completed from another source', () => {
  test.each<[Given, string]>([
    [
      { ...noInputs, 'admin-client-id': 'i', ...terraform },
      '`admin-client-secret` and `admin-environment-id` are missing',
    ],
    [
      { ...noInputs, 'admin-environment-id': environmentId, ...terraform },
      '`admin-client-id` and `admin-client-secret` are missing',
    ],
    [{ ...inputs, 'admin-environment-id': '', ...terraform }, '`admin-environment-id` is missing'],
    [{ ...noInputs, ...terraform, PINGONE_CLIENT_SECRET: '', ...cli }, 'PINGONE_CLIENT_SECRET is missing'],
    [{ ...noInputs, ...terraform, PINGONE_ENVIRONMENT_ID: '', ...token }, 'PINGONE_ENVIRONMENT_ID is missing'],
    [
      { ...noInputs, ...cli, PINGONE_CLIENT_CREDENTIALS_CLIENT_ID: ' ' },
      'PINGONE_CLIENT_CREDENTIALS_CLIENT_ID is missing',
    ],
  ])('%j', (given, missing) => {
    const { what, cause, fix } = refusalFor(given);
    expect(what).toBe(`The admin credentials are incomplete: ${missing}.`);
    expect(cause).toContain('only part of');
    expect(fix).toContain(' as well. If they are secrets of a GitHub environment');
  });

  const blank = 'contains a blank or a line break';
  const character = 'contains a character that a token cannot have';
  test.each<[Given, string]>([
    [{ ...noInputs, 'access-token': 'a\nb' }, `\`access-token\` ${blank}`],
    [{ ...noInputs, 'access-token': 'eyJhbGciOi…' }, `\`access-token\` ${character}`],
    [{ ...noInputs, PINGONE_API_ACCESS_TOKEN: 'a b' }, `PINGONE_API_ACCESS_TOKEN ${blank}`],
    [{ ...noInputs, PINGONE_API_ACCESS_TOKEN: 'a\u0001b' }, `PINGONE_API_ACCESS_TOKEN ${character}`],
  ])('an invalid token is refused: %j', (given, what) => {
    expect(refusalFor(given).what).toBe(`${what}.`);
  });

  test('the message about a wrong environment ID names its variable', () => {
    const given = { ...noInputs, ...terraform, PINGONE_ENVIRONMENT_ID: 'Production' };
    expect(refusalFor(given).what).toMatch(/^`PINGONE_ENVIRONMENT_ID` must be .+; got `Production`\.$/);
  });
});

const pullRequest = (head: unknown) => ({ pull_request: { head: { repo: head }, base: { repo: { id: 1 } } } });
const onPullRequest: Given = { ...noInputs, GITHUB_EVENT_NAME: 'pull_request' };

describe('without credentials, the message names the cause', () => {
  const typo = /not set, their names have a typo, or they belong to a GitHub environment that the job does not name/;
  const fork = /pull request from a fork, and GitHub gives such runs no secrets/;
  const dependabot = /Dependabot started this run/;

  test.each<[string, Given, unknown, RegExp]>([
    ['a typo', { ...noInputs, GITHUB_EVENT_NAME: 'push' }, {}, typo],
    ['a typo, on a pull request of the repository itself', onPullRequest, pullRequest({ id: 1 }), typo],
    ['a typo, without the payload of the event', onPullRequest, undefined, typo],
    [
      'a typo, on pull_request_target',
      { ...onPullRequest, GITHUB_EVENT_NAME: 'pull_request_target' },
      pullRequest({ id: 2 }),
      typo,
    ],
    ['a fork', onPullRequest, pullRequest({ id: 2 }), fork],
    ['a fork that was deleted', onPullRequest, pullRequest(null), fork],
    [
      'a fork, in a review',
      { ...onPullRequest, GITHUB_EVENT_NAME: 'pull_request_review' },
      pullRequest({ id: 2 }),
      fork,
    ],
    ['Dependabot', { ...noInputs, GITHUB_ACTOR: 'dependabot[bot]' }, {}, dependabot],
    [
      'Dependabot, on its pull request',
      { ...onPullRequest, GITHUB_ACTOR: 'dependabot[bot]' },
      pullRequest({ id: 1 }),
      dependabot,
    ],
  ])('%s', (_, given, event, cause) => {
    const refusal = refusalFor(given, event);
    expect(refusal.what).toMatch(/^There are no admin credentials: `admin-client-id`, /);
    expect(refusal.cause).toMatch(cause);
    expect(refusal.fix).toMatch(
      cause === typo
        ? /set these inputs to the client ID.*`environment:` on the job\. In a reusable workflow, pass the secrets in the calling job, /
        : /For Dependabot, store the credentials as Dependabot secrets/,
    );
  });

  test('a fork, if the IDs are repository variables and only the secret is missing', () => {
    const refusal = refusalFor({ ...onPullRequest, ...inputs, 'admin-client-secret': '' }, pullRequest({ id: 2 }));
    expect(refusal.what).toContain('`admin-client-secret` is missing');
    expect(refusal.cause).toMatch(fork);
    expect(refusal.fix).toContain('on another event, such as `push`');
  });

  test.each([{ GITHUB_ACTOR: 'dependabot[bot]' }, { GITHUB_EVENT_NAME: 'pull_request' }])(
    'none if there are credentials: %j',
    (given) => {
      expect(settingsFor(given, pullRequest({ id: 2 })).admin).toMatchObject({ kind: 'client' });
    },
  );
});
