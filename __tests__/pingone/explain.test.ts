import { describe, expect, test } from '@jest/globals';
import type { ActionError } from '../../src/errors.ts';
import type { HttpResponse } from '../../src/http/errors.ts';
import { NetworkError } from '../../src/http/errors.ts';
import { explainPingOne, OAuthError, PingOneError } from '../../src/pingone/errors.ts';
import { adminSecret, explainSignIn } from '../../src/pingone/token.ts';
import { json } from '../http/fakes.ts';
import { errorBody } from './fake-pingone.ts';

const errorOf = (status: number, body: unknown) => new PingOneError(json(body, status), 'GET /v1/x');
const detail = (code: string) => errorBody('X', { code });
const explain = (error: unknown) => (explainPingOne(error, 'reading the roles') as ActionError).explanation;

describe('a refusal of PingOne is explained', () => {
  test.each<[string, number, unknown, RegExp, RegExp]>([
    [
      'wrong address',
      403,
      { message: 'Invalid key=value pair' },
      /not the address of the PingOne API/,
      /`api-url`.*`region`/,
    ],
    ['wrong address', 302, {}, /not the address of the PingOne API/, /`api-url`/],
    ['wrong token', 401, detail('INVALID_TOKEN'), /access token has expired/, /`region`.*`access-token`/],
    ['the licence', 403, detail('LICENSE_EXCEEDED'), /license/, /delete applications/],
    [
      'a missing role',
      403,
      detail('INSUFFICIENT_PERMISSIONS'),
      /lack a role on this environment/,
      /Environment Admin.*Client Application Developer/,
    ],
    ['the rate limit', 429, {}, /rate limit/, /later/],
    ['an outage', 503, {}, /unavailable/, /raise `timeout`/],
    ['a wrong request', 400, detail('INVALID_VALUE'), /does not accept a value in the request/, /correlation ID/],
  ])('%s (%i)', (_, status, body, cause, fix) => {
    const explanation = explain(errorOf(status, body));
    expect(explanation.what).toMatch(/^PingOne refused reading the roles: GET \/v1\/x: /);
    expect(explanation).toMatchObject({ cause: expect.stringMatching(cause), fix: expect.stringMatching(fix) });
  });

  test('with more details if the caller knows them', () => {
    const special = ({ status }: PingOneError) => (status === 400 ? { cause: 'mine.', fix: 'ours.' } : undefined);
    const of = (status: number) => (explainPingOne(errorOf(status, {}), 'x', special) as ActionError).explanation;
    expect(of(400)).toMatchObject({ cause: 'mine.', fix: 'ours.' });
    expect(of(500).cause).toContain('unavailable');
  });

  test('as a network error if there was no response, and not at all for other errors', () => {
    expect(explain(new NetworkError('timeout', 'x')).what).toBe(
      'PingOne could not be reached for reading the roles: x',
    );
    const error = new RangeError('mine');
    expect(explainPingOne(error, 'x')).toBe(error);
  });
});

describe('a sign-in that fails is explained', () => {
  const endpoint = 'https://auth.pingone.eu/e-1/as/token';
  const explainAnswer = (answer: HttpResponse) =>
    (explainSignIn(new OAuthError(answer), adminSecret, 'the inputs', endpoint) as ActionError).explanation;
  const signIn = (status: number, error: string, description = '') =>
    explainAnswer(json({ error, error_description: description }, status));

  test.each<[number, string, string, RegExp, RegExp]>([
    [
      401,
      'invalid_client',
      'Invalid client credentials',
      /secret is wrong.*auth\.pingone\.eu belongs to another region/,
      /^check `region` first/,
    ],
    [
      401,
      'invalid_client',
      'Unsupported authentication method',
      /^`admin-auth-method` is wrong, or the admin application uses .* Private Key JWT/,
      /^remove `admin-auth-method` if it is set.*`admin-private-key` or `admin-client-assertion`/,
    ],
    [500, '', '', /unavailable/, /later/],
    [429, '', '', /rate limit/, /later/],
  ])('%i %s %s', (status, error, description, cause, fix) => {
    const explanation = signIn(status, error, description);
    expect(explanation.what).toMatch(/^PingOne \(auth\.pingone\.eu\) refused the admin credentials from the inputs: /);
    expect(explanation).toMatchObject({ cause: expect.stringMatching(cause), fix: expect.stringMatching(fix) });
  });

  test("an environment that PingOne does not know is explained by PingOne's own error", () => {
    expect(explainAnswer(json(errorBody('NOT_FOUND'), 404)).cause).toMatch(
      /`admin-environment-id` is not the environment of/,
    );
  });

  test.each([
    ['a redirect', 302, ''],
    ['a redirect with an OAuth error', 302, '{"error":"invalid_client"}'],
    ['a page', 403, '<html>Please log in</html>'],
    ['JSON of another API', 404, '{"message":"Not Found"}'],
    ['JSON that is no object', 400, '[]'],
  ])('%s is not called a wrong secret', (_, status, body) => {
    const { what, cause, fix } = explainAnswer({ status, headers: {}, body });
    expect(what).toMatch(
      new RegExp(`^PingOne could not be reached for a token .*: auth.pingone.eu returned ${status}`),
    );
    expect(cause).toMatch(/login page, or the address is wrong/);
    expect(fix).toMatch(/^check `region`, `api-url` and `auth-url`, and the proxy variables/);
  });

  test('correct credentials of an application without roles are not called refused', () => {
    expect(signIn(403, 'access_denied', 'Application does not have any role assignments')).toEqual({
      what: expect.stringMatching(
        /^PingOne \(auth\.pingone\.eu\) issued no token for the admin credentials from the inputs: /,
      ),
      cause: expect.stringMatching(/^the credentials are correct, but the admin application holds no role/),
      fix: expect.stringMatching(/Environment Admin.*Client Application Developer\* and .*Identity Data Admin/),
    });
  });
});
