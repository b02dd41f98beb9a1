import { describe, expect, test } from '@jest/globals';
import { basicCredentials, formEncode, requestGrant, requestToken, tokenEndpoint } from '../../src/pingone/token.ts';
import { fakeWorld, json } from '../http/fakes.ts';

const credentials = { clientId: 'an id', clientSecret: 'a~b+c/d=e&f:ü%' };
const endpoint = tokenEndpoint('https://auth.pingone.eu', 'e-1');
const granted = json({ access_token: 'a-token', token_type: 'Bearer', expires_in: 3600 });
const decodeForm = (text: string): string => new URLSearchParams(`a=${text}`).get('a')!;

test('the endpoint contains the environment ID', () => {
  expect(endpoint).toBe('https://auth.pingone.eu/e-1/as/token');
});

describe('a token request', () => {
  test('by Basic has the form-encoded credentials in the header only (RFC 6749, 2.3.1)', async () => {
    const { send, sent } = fakeWorld(granted);
    expect(await requestToken(send, endpoint, credentials, 'CLIENT_SECRET_BASIC')).toBe('a-token');
    const { method, url, headers, body } = sent[0]!.request;
    expect({ method, url, body }).toEqual({ method: 'POST', url: endpoint, body: 'grant_type=client_credentials' });
    const [id = '', secret = ''] = Buffer.from(headers['authorization']!.replace('Basic ', ''), 'base64')
      .toString()
      .split(':');
    expect([decodeForm(id), decodeForm(secret)]).toEqual([credentials.clientId, credentials.clientSecret]);
  });

  test('by Post has them in the body only', async () => {
    const { send, sent } = fakeWorld(granted);
    expect(await requestToken(send, endpoint, credentials, 'CLIENT_SECRET_POST')).toBe('a-token');
    const { headers, body } = sent[0]!.request;
    expect(headers).toEqual({ accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' });
    expect(Object.fromEntries(new URLSearchParams(body as string))).toEqual({
      grant_type: 'client_credentials',
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
    });
  });

  test('that is refused is an OAuthError, without a retry', async () => {
    const { send, sent } = fakeWorld(json({ error: 'invalid_client' }, 401));
    const request = requestToken(send, endpoint, credentials, 'CLIENT_SECRET_POST');
    await expect(request).rejects.toMatchObject({ name: 'OAuthError', error: 'invalid_client' });
    expect(sent).toHaveLength(1);
  });

  test.each([
    ['a server error', { status: 503 }],
    ['an HTML page', { status: 200, body: '<html>' }],
  ])('is repeated after %s, because it changes nothing', async (_, answer) => {
    const { send, sent } = fakeWorld(answer, granted);
    expect(await requestToken(send, endpoint, credentials, 'CLIENT_SECRET_POST')).toBe('a-token');
    expect(sent).toHaveLength(2);
  });
});

test.each([
  ['no token', json({ token_type: 'Bearer' })],
  ['an empty token', json({ access_token: '' })],
  ['a token that cannot be sent in a header', json({ access_token: 'a\nb' })],
  ['no content', { status: 204 }],
  ['another status of success', json({ access_token: 'a' }, 202)],
  ['a token of another type', json({ access_token: 'a', token_type: 'DPoP' })],
])(
  'a token request with the response %s is not repeated, and does not count as wrong credentials',
  async (_, answer) => {
    const { send, sent } = fakeWorld(answer, granted);
    const request = requestToken(send, endpoint, credentials, 'CLIENT_SECRET_POST');
    await expect(request).rejects.toMatchObject({ name: 'NetworkError', failure: 'unexpected' });
    expect(sent).toHaveLength(1);
  },
);

test('a token of another type can be exposed with its type', async () => {
  const { send } = fakeWorld(json({ access_token: 'a', token_type: 'DPoP' }));
  const grant = await requestGrant(send, endpoint, { ...credentials, method: 'CLIENT_SECRET_POST' });
  expect(grant).toMatchObject({ accessToken: 'a', tokenType: 'DPoP' });
});

test.each(['bearer', 'BEARER', undefined])('the type %s means a bearer token', async (token_type) => {
  const { send } = fakeWorld(json({ access_token: 'a', token_type }));
  expect(await requestToken(send, endpoint, credentials, 'CLIENT_SECRET_POST')).toBe('a');
});

test.each([-5, 0, undefined])('a lifetime of %s is none', async (expires_in) => {
  const { send } = fakeWorld(json({ access_token: 'a', expires_in }));
  const grant = await requestGrant(send, endpoint, { ...credentials, method: 'CLIENT_SECRET_POST' });
  expect(grant.expiresAt).toBeUndefined();
});

test('form-encoding is that of HTML forms', () => {
  expect(formEncode('a b~+/=&ü')).toBe('a+b%7E%2B%2F%3D%26%C3%BC');
  expect(formEncode('')).toBe('');
  expect(basicCredentials({ clientId: 'a b', clientSecret: '~' })).toBe(Buffer.from('a+b:%7E').toString('base64'));
});
