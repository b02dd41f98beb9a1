import { describe, expect, test } from '@jest/globals';
import { ActionError } from '../../src/errors.ts';
import { explainGitHub, failedPart, GitHubError, permissionFor } from '../../src/github/errors.ts';
import { NetworkError } from '../../src/http/errors.ts';
import { shown } from '../../src/text.ts';

const permission = permissionFor('repository', 'secret');
const explain = (error: unknown) => explainGitHub(error, 'reading the public key of octo/sync', permission);
const accepts = { 'x-accepted-github-permissions': 'secrets=write' };

describe('a refusal of GitHub', () => {
  test.each<[number, string, RegExp, RegExp]>([
    [401, 'Bad credentials', /expired or was revoked/, /create a new token/],
    [
      403,
      'Resource not accessible by integration',
      /`GITHUB_TOKEN`, which cannot write secrets/,
      /GitHub App.*fine-grained.*"Secrets: write" \(GitHub would accept: secrets=write\)/,
    ],
    [
      403,
      'Resource not accessible by personal access token',
      /`github-token` lacks a permission/,
      /"Secrets: write" \(GitHub would accept: secrets=write\)/,
    ],
    [
      404,
      'Not Found',
      /`github-token` has no access to the repository, or `repository` does not exist/,
      /check the name in `repository`.*"Secrets: write"/,
    ],
    [
      403,
      'Although you appear to have the correct authorization credentials, the `octo` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.',
      /IP allow list does not contain the address of this runner/,
      /a runner whose address is on the list.*more permissions does not help/,
    ],
    [
      403,
      'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.',
      /SAML single sign-on/,
      /Configure SSO/,
    ],
    [
      403,
      'Repository was archived so is read-only.',
      /archived, so it is read-only/,
      /unarchive it.*more permissions does not help/,
    ],
    [
      403,
      "The 'octo' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 366 days. Please adjust your token's lifetime at the following URL: https://github.com/settings",
      /lifetime of `github-token` is longer/,
      /expires earlier/,
    ],
    [
      403,
      '`octo` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal access token with fine-grained permissions.',
      /does not accept classic/,
      /fine-grained personal access token/,
    ],
    [403, 'Sorry. Your account was suspended.', /suspended or blocked/, /support/],
    [403, 'Repository access blocked', /suspended or blocked/, /support/],
    [
      403,
      'You have triggered an abuse detection mechanism. Please wait a few minutes before you try again.',
      /rate limit/,
      /later/,
    ],
    [403, 'You have exceeded a secondary rate limit', /rate limit/, /later/],
    [429, 'API rate limit exceeded', /rate limit/, /later/],
    [301, 'a redirect, which is not followed', /renamed or transferred/, /set `repository` to its current name/],
    [500, 'no message', /unavailable/, /later/],
    [422, 'Validation Failed', /does not accept a value in the request/, /see GitHub's text above/],
  ])('%i "%s" is explained in three parts', (status, text, cause, fix) => {
    const error = explain(new GitHubError(status, text, accepts));
    expect(error).toBeInstanceOf(ActionError);
    expect((error as ActionError).explanation).toEqual({
      what: shown(`GitHub refused reading the public key of octo/sync: ${status} "${text}"`),
      cause: expect.stringMatching(cause),
      fix: expect.stringMatching(fix),
    });
  });

  test('without a permission: the message names none', () => {
    const { explanation } = explain(new GitHubError(403, 'no', {})) as ActionError;
    expect(explanation.fix).toBe('give the token the repository permission "Secrets: write".');
  });

  test('has its text on one line, without runner commands', () => {
    const { message } = explain(
      new GitHubError(403, 'a\n::error::b\r\u2028c', { 'x-accepted-github-permissions': 'x\ny' }),
    ) as ActionError;
    expect(shown(message).split(/[\n\r\u2028]/)).toHaveLength(3);
  });
});

test.each([
  ['repository', 'secret', 'the repository permission "Secrets: write"'],
  ['repository', 'key', 'the repository permission "Secrets: write"'],
  ['repository', 'variable', 'the repository permission "Variables: write"'],
  ['organization', 'secret', 'the organization permission "Secrets: write"'],
  ['organization', 'variable', 'the organization permission "Variables: write"'],
  ['github-environment:dev', 'secret', 'the repository permission "Environments: write"'],
  ['github-environment:dev', 'list', 'the repository permission "Actions: read"'],
  ['repository', 'repository', 'the repository permission "Metadata: read"'],
  ['github-environment:dev', 'creation', 'the repository permission "Administration: write"'],
] as const)('the permission for %s (%s) is %s', (target, part, needed) => {
  expect(permissionFor(target, part)).toBe(needed);
});

test.each([
  ['/repos/octo/sync/actions/variables/A', 'variable'],
  ['/api/v3/orgs/octo/actions/variables', 'variable'],
  ['/repos/octo/sync/environments', 'list'],
  ['/repos/octo/sync/environments/qa', 'list'],
  ['/repos/octo/sync/environments/qa/variables/A', 'variable'],
  ['/repos/octo/sync/environments/qa/secrets/public-key', 'key'],
  ['/api/v3/orgs/octo/actions/secrets/public-key', 'key'],
  ['/orgs/octo/actions/secrets/A', 'secret'],
  ['/repos/octo/sync/actions/secrets', 'secret'],
] as const)('a refusal of %s is about the %s', (path, part) => {
  expect(failedPart(new GitHubError(403, 'no', {}, { path }))).toBe(part);
});

test.each<[string, number, Record<string, string>, boolean]>([
  ['no', 403, {}, false],
  ['no', 403, { 'x-ratelimit-remaining': '5' }, false],
  ['no', 403, { 'x-ratelimit-remaining': '0' }, true],
  ['no', 403, { 'retry-after': '3' }, true],
  ['API rate limit exceeded', 403, {}, true],
  ['no', 429, {}, true],
  ['rate limit', 404, {}, false],
  ['You have triggered an abuse detection mechanism', 403, {}, true],
])('"%s" %i %j is a rate limit: %p', (text, status, headers, isRateLimit) => {
  expect(new GitHubError(status, text, headers)).toMatchObject({ isRateLimit });
});

test('a network error is explained with its cause', () => {
  const { explanation } = explain(new NetworkError('unreachable', 'ECONNREFUSED')) as ActionError;
  expect(explanation.what).toBe('GitHub could not be reached for reading the public key of octo/sync: ECONNREFUSED');
  expect(explanation.fix).toContain('GITHUB_API_URL');
});

test('another error is not changed', () => {
  const error = new RangeError('mine');
  expect(explain(error)).toBe(error);
});
