import { describe, expect, test } from '@jest/globals';
import { NetworkError } from '../../src/http/errors.ts';
import { isOutcomeUnknown, OAuthError, PingOneError } from '../../src/pingone/errors.ts';
import { shown } from '../../src/text.ts';
import { json } from '../http/fakes.ts';
import { errorBody } from './fake-pingone.ts';

const errorOf = (status: number, body: unknown, headers = {}) =>
  new PingOneError(json(body, status, headers), 'GET /v1/x');
const invalidToken = errorBody('ACCESS_FAILED', { code: 'INVALID_TOKEN', message: 'expired' });
const forbidden = errorBody('ACCESS_FAILED', { code: 'INSUFFICIENT_PERMISSIONS', message: 'not you' });
const gateway = { message: 'Invalid key=value pair (missing equal-sign) in Authorization header' };

describe('the message of a refusal', () => {
  test.each<[string, unknown, Record<string, string>, string]>([
    [
      'all parts',
      forbidden,
      {},
      'GET /v1/x: 403 ACCESS_FAILED/INSUFFICIENT_PERMISSIONS "not you" (correlation ID an-id)',
    ],
    [
      'the ID of the header first',
      forbidden,
      { 'correlation-id': 'c-1' },
      'GET /v1/x: 403 ACCESS_FAILED/INSUFFICIENT_PERMISSIONS "not you" (correlation ID c-1)',
    ],
    [
      'no details',
      errorBody('NOT_FOUND'),
      {},
      'GET /v1/x: 403 NOT_FOUND "The request could not be completed." (correlation ID an-id)',
    ],
    ['the gateway', gateway, {}, `GET /v1/x: 403 "${gateway.message}"`],
    ['nothing', {}, {}, 'GET /v1/x: 403'],
    ['a list', [1], {}, 'GET /v1/x: 403'],
    ['other types', { code: 7, details: 'x' }, {}, 'GET /v1/x: 403'],
  ])('has %s', (_, body, headers, message) => {
    expect(errorOf(403, body, headers).message).toBe(message);
  });

  test('of an HTML page contains nothing of the page', () => {
    const error = new PingOneError({ status: 502, headers: {}, body: '<html>secret</html>' }, 'GET /v1/x');
    expect(error.message).toBe('GET /v1/x: 502');
  });

  test('is one line of limited length, whatever PingOne returns', () => {
    const nasty = `a\n::error::b\r\u2028${'x'.repeat(9999)}`;
    const message = shown(errorOf(400, errorBody(nasty, { message: nasty }), { 'correlation-id': nasty }).message);
    expect(message).not.toMatch(/[\n\r\u2028]/);
    expect(message.length).toBeLessThan(600);
  });
});

describe('a refusal is', () => {
  test.each<[number, unknown, object]>([
    [401, invalidToken, { isInvalidToken: true, isAccessDenied: false }],
    [401, errorBody('ACCESS_FAILED'), { isInvalidToken: true, isAccessDenied: false }],
    [401, forbidden, { isInvalidToken: false, isAccessDenied: true }],
    [403, forbidden, { isInvalidToken: false, isAccessDenied: true, isFromGateway: false }],
    [403, invalidToken, { isInvalidToken: false, isAccessDenied: true }],
    [403, errorBody('REQUEST_FAILED', { code: 'LICENSE_EXCEEDED' }), { isAccessDenied: false }],
    [403, gateway, { isFromGateway: true }],
    [404, errorBody('NOT_FOUND'), { isInvalidToken: false, isAccessDenied: false, isFromGateway: false }],
  ])('%i %j', (status, body, kind) => {
    expect(errorOf(status, body)).toMatchObject(kind);
  });

  test('searched by code and by text', () => {
    const error = errorOf(
      400,
      errorBody('INVALID_DATA', { code: 'A' }, { code: 'B', target: 'role', message: 'Must HAVE' }),
    );
    expect([error.hasDetail('B'), error.hasDetail('INVALID_DATA')]).toEqual([true, false]);
    expect([error.says('must have'), error.says('may have')]).toEqual([true, false]);
  });
});

test.each<[unknown, boolean]>([
  [new NetworkError('timeout', 'x'), true],
  [new NetworkError('interrupted', 'x'), true],
  [new NetworkError('garbled', 'x'), true],
  [new NetworkError('unreachable', 'x'), false],
  [new NetworkError('untrusted', 'x'), false],
  [errorOf(500, {}), true],
  [errorOf(503, {}), true],
  [errorOf(408, {}), true],
  [errorOf(400, {}), false],
  [errorOf(429, {}), false],
  [new RangeError('x'), false],
])('(%#) whether %s leaves the outcome unknown', (error, unknown) => {
  expect(isOutcomeUnknown(error)).toBe(unknown);
});

describe('a refusal of the token endpoint', () => {
  test('contains the OAuth error', () => {
    const error = new OAuthError(json({ error: 'invalid_client', error_description: 'Request denied: no' }, 401));
    expect(error).toMatchObject({
      status: 401,
      error: 'invalid_client',
      message: '401 invalid_client Request denied: no',
    });
  });

  test.each([
    ['Request denied: Unsupported authentication method (Correlation ID: x)', true],
    ['Request denied: unsupported AUTHENTICATION method', true],
    ['Request denied: Invalid client credentials', false],
    ['', false],
  ])('is about the method: %p', (description, isUnsupportedMethod) => {
    const error = new OAuthError(json({ error: 'invalid_client', error_description: description }, 401));
    expect(error).toMatchObject({ isUnsupportedMethod });
  });

  test('of an HTML page contains nothing of the page', () => {
    expect(new OAuthError({ status: 403, headers: {}, body: '<html>' })).toMatchObject({ message: '403', error: '' });
  });
});
