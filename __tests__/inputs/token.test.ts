// The inputs of the action `token`.
import { describe, expect, test } from '@jest/globals';
import type { ActionError } from '../../src/errors.ts';
import type { TokenSettings } from '../../src/get-token.ts';
import { readTokenSettings } from '../../src/get-token.ts';
import { brokenAppend } from './broken-rules.ts';
import { brokenTokenRules, leastForToken } from './broken-token-rules.ts';
import type { Given } from './settings.ts';
import { environmentFor } from './settings.ts';

const read = (given: Given, mask: (value: string) => void = () => undefined, event?: unknown): TokenSettings =>
  readTokenSettings({
    env: environmentFor({ ...leastForToken, ...given }),
    event: () => event,
    appendProblem: brokenAppend,
    mask,
  });

function refusal(given: Given, event?: unknown): ActionError {
  try {
    read(given, undefined, event);
  } catch (error) {
    return error as ActionError;
  }
  throw new Error('nothing was refused');
}

describe('a wrong input is refused', () => {
  test.each(brokenTokenRules)('%j', (given, what) => {
    const { message } = refusal(given);
    const [start = '', end = ''] = what.split('<form>');
    const line = message.split('\n')[0]!;
    expect([line.slice(0, start.length), line.slice(-end.length - 1)]).toEqual([start, `${end}.`]);
    expect(message).toMatch(/^.+\nLikely cause: \S.*[^.]\.\nWhat to do: \S.*[^.][.?]$/);
  });

  test('empty inputs on a pull request from a fork have their own cause', () => {
    const event = { pull_request: { head: { repo: { id: 2 } }, base: { repo: { id: 1 } } } };
    const { cause } = refusal({ 'client-secret': '', GITHUB_EVENT_NAME: 'pull_request' }, event).explanation;
    expect(cause).toContain('pull request from a fork');
  });

  test('the secret is masked before inputs are refused', () => {
    const masks: string[] = [];
    expect(() => read({ 'client-id': '', 'client-secret': 'a~b' }, (value) => masks.push(value))).toThrow();
    expect(masks).toEqual(expect.arrayContaining(['a~b', 'a%7Eb']));
  });
});

describe('the token endpoint comes from', () => {
  const id = leastForToken['environment-id']!;

  test.each<[Given, string]>([
    [{}, `https://auth.pingone.com/${id}/as/token`],
    [{ region: 'EU' }, `https://auth.pingone.eu/${id}/as/token`],
    [{ PINGONE_REGION_CODE: 'AP' }, `https://auth.pingone.asia/${id}/as/token`],
    [{ 'auth-url': 'http://127.0.0.1:1/', PINGONE_REGION_CODE: 'XX' }, `http://127.0.0.1:1/${id}/as/token`],
    [{ 'environment-id': '', 'token-endpoint': 'https://a.example.com/as/token' }, 'https://a.example.com/as/token'],
  ])('%j: %s', (given, endpoint) => {
    expect(read(given)).toMatchObject({ endpoint, method: 'CLIENT_SECRET_POST' });
  });

  test('no admin credentials are read', () => {
    const variables = { PINGONE_CLIENT_ID: 'x', PINGONE_CLIENT_SECRET: 'y', PINGONE_ENVIRONMENT_ID: id };
    expect(read({ ...variables, 'admin-client-id': 'z' }).credentials).toEqual({
      clientId: 'an-id',
      clientSecret: 'a~secret',
    });
  });
});
