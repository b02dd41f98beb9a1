import { describe, expect, test } from '@jest/globals';
import { ActionError } from '../../src/errors.ts';
import { GitHubError } from '../../src/github/errors.ts';
import { explainGitHub, permissionFor } from '../../src/github/explain.ts';
import { NetworkError } from '../../src/http/message.ts';
import { shown } from '../../src/text.ts';

const permission = permissionFor('repository', 'secret');
const explain = (error: unknown) => explainGitHub(error, 'reading the public key of octo/sync', permission);
const accepts = { 'x-accepted-github-permissions': 'secrets=write' };

describe('a refusal of GitHub', () => {
  test.each<[number, string, RegExp, RegExp]>([
    [401, 'Bad credentials', /expired or was revoked/, /make a new token/],
    [
      403,
      'Resource not accessible by integration',
      /job's own token.*may never write secrets, whatever `permissions:` says/,
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
      /`repository` does not exist, or `github-token` does not see it/,
      /check `repository`.*"Secrets: write"/,
    ],
    [403, 'You have exceeded a secondary rate limit', /rate limit/, /later/],
    [429, 'API rate limit exceeded', /rate limit/, /later/],
    [301, 'a redirect, which is not followed', /renamed or moved/, /the name that `repository` has now/],
    [500, 'no message', /disturbance/, /later/],
    [422, 'Validation Failed', /does not accept what was sent/, /see the text above/],
  ])('%i "%s" is explained in three parts', (status, text, cause, fix) => {
    const error = explain(new GitHubError(status, text, accepts));
    expect(error).toBeInstanceOf(ActionError);
    expect((error as ActionError).explanation).toEqual({
      what: `GitHub refused reading the public key of octo/sync: ${status} "${text}"`,
      cause: expect.stringMatching(cause),
      fix: expect.stringMatching(fix),
    });
  });

  test('that names no permission leaves that out', () => {
    const { explanation } = explain(new GitHubError(403, 'no', {})) as ActionError;
    expect(explanation.fix).toBe('give it the repository permission "Secrets: write".');
  });

  test('has its text on one line, without what could be a command', () => {
    const { message } = explain(
      new GitHubError(403, 'a\n::error::b\r\u2028c', { 'x-accepted-github-permissions': 'x\ny' }),
    ) as ActionError;
    expect(shown(message).split(/[\n\r\u2028]/)).toHaveLength(3);
  });
});

test.each([
  ['repository', 'secret', 'the repository permission "Secrets: write"'],
  ['repository', 'variable', 'the repository permission "Variables: write"'],
  ['organization', 'secret', 'the organization permission "Secrets: write"'],
  ['organization', 'variable', 'the organization permission "Variables: write"'],
  ['github-environment:dev', 'secret', 'the repository permission "Environments: write"'],
  ['github-environment:dev', 'creation', 'the repository permission "Administration: write"'],
] as const)('what a token needs for %s (%s) is %s', (target, part, needed) => {
  expect(permissionFor(target, part)).toBe(needed);
});

test.each<[string, number, Record<string, string>, boolean]>([
  ['no', 403, {}, false],
  ['no', 403, { 'x-ratelimit-remaining': '5' }, false],
  ['no', 403, { 'x-ratelimit-remaining': '0' }, true],
  ['no', 403, { 'retry-after': '3' }, true],
  ['API rate limit exceeded', 403, {}, true],
  ['no', 429, {}, true],
  ['rate limit', 404, {}, false],
])('"%s" %i %j is a limit on requests: %p', (text, status, headers, isRateLimit) => {
  expect(new GitHubError(status, text, headers)).toMatchObject({ isRateLimit });
});

test('GitHub that was not reached is explained by the network', () => {
  const { explanation } = explain(new NetworkError('unreachable', 'ECONNREFUSED')) as ActionError;
  expect(explanation.what).toBe('GitHub could not be reached for reading the public key of octo/sync: ECONNREFUSED');
  expect(explanation.fix).toContain('GITHUB_API_URL');
});

test('what is neither is passed on as it is', () => {
  const error = new RangeError('mine');
  expect(explain(error)).toBe(error);
});
