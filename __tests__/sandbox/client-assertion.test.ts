import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { KeyObject } from 'node:crypto';
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import * as oauth from 'oauth4webapi';
import type { Call, Harness, Json } from './client.ts';
import { basic, harness } from './client.ts';

const GRANT = { grant_type: 'client_credentials' };

let at: Harness;
let admin: Call;
beforeAll(async () => {
  at = await harness();
});
afterAll(() => at.sandbox.close());
beforeEach(async () => {
  await at.control('POST /reset');
  admin = await at.as(at.ready.admin);
});

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const assertionForm = (assertion: string) => ({
  ...GRANT,
  client_assertion_type: JWT_BEARER,
  client_assertion: assertion,
});

interface Claimed {
  readonly client?: { readonly clientId: string };
  readonly claims?: Json;
  readonly header?: Json;
  readonly key?: KeyObject;
}

const tokenEndpoint = () => `${at.ready.pingone.authUrl}/${at.ready.admins.keyPair.environmentId}/as/token`;
const now = () => Math.floor(Date.now() / 1000);

/** A client assertion, right but for what is given. */
function signed({ client = at.ready.admins.keyPair, claims = {}, header = {}, key }: Claimed = {}): string {
  const { privateKey, keyId } = at.ready.admins.keyPair;
  const { clientId } = client;
  const body = { iss: clientId, sub: clientId, aud: tokenEndpoint(), exp: now() + 300, ...claims };
  const head = { alg: 'RS256', kid: keyId, ...header };
  const text = [head, body].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const signature = sign('sha256', Buffer.from(text), key ?? createPrivateKey(privateKey));
  return `${text}.${signature.toString('base64url')}`;
}

const bySignature = (claimed: Claimed = {}) =>
  at.token(at.ready.admins.keyPair.environmentId, assertionForm(signed(claimed)));

describe('a token for a signed assertion', () => {
  test('works with an independent client, and with the API', async () => {
    const { clientId, environmentId, privateKey, keyId } = at.ready.admins.keyPair;
    const der = createPrivateKey(privateKey).export({ type: 'pkcs8', format: 'der' });
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    const key = await crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
    const issuer = `${at.ready.pingone.authUrl}/${environmentId}/as`;
    const server = { issuer, token_endpoint: `${issuer}/token` };
    const client = { client_id: clientId };
    const answer = await oauth.clientCredentialsGrantRequest(
      server,
      client,
      oauth.PrivateKeyJwt({ key, kid: keyId }),
      {},
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- loopback has no TLS
      { [oauth.allowInsecureRequests]: true },
    );
    const { access_token: token } = await oauth.processClientCredentialsResponse(server, client, answer);
    expect((await admin('GET /roles', undefined, { authorization: `Bearer ${token}` })).status).toBe(200);
  });

  test.each<[string, () => Claimed]>([
    ['the issuer as the audience', () => ({ claims: { aud: tokenEndpoint().replace(/\/token$/, '') } })],
    ['several audiences', () => ({ claims: { aud: ['https://example.com', tokenEndpoint()] } })],
    ['a lifetime of one hour', () => ({ claims: { exp: now() + 3600 } })],
    ['no key ID', () => ({ header: { kid: undefined } })],
    ['claims that are ignored', () => ({ claims: { iat: 1, jti: 7, nbf: 1 } })],
  ])('is issued with %s', async (_, claimed) => {
    expect((await bySignature(claimed())).status).toBe(200);
  });

  test.each<[string, () => Claimed]>([
    ['another issuer', () => ({ claims: { iss: at.ready.admin.clientId } })],
    ['another subject', () => ({ claims: { sub: at.ready.admins.readOnly.clientId } })],
    ['another audience', () => ({ claims: { aud: 'https://example.com/as/token' } })],
    ['an expired assertion', () => ({ claims: { exp: now() - 600 } })],
    ['a lifetime of two hours', () => ({ claims: { exp: now() + 7200 } })],
    ['no expiry', () => ({ claims: { exp: undefined } })],
    ['another key', () => ({ key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey })],
    ['the ID of another key', () => ({ header: { kid: 'unknown' } })],
    ['an invalid signature', () => ({ header: { alg: 'none' } })],
  ])('is refused with %s', async (_, claimed) => {
    const { status, body } = await bySignature(claimed());
    expect([status, body.error]).toEqual([401, 'invalid_client']);
  });

  test('uses the clock of the sandbox', async () => {
    await at.control('POST /clock', { advance: 7200 });
    expect((await bySignature()).status).toBe(401);
    expect((await bySignature({ claims: { exp: now() + 7200 + 300 } })).status).toBe(200);
  });

  test('is refused if other credentials are sent, too', async () => {
    const { clientId, environmentId } = at.ready.admins.keyPair;
    const form = assertionForm(signed());
    const attempts = [
      at.token(environmentId, { ...form, client_id: clientId }),
      at.token(environmentId, { ...form, client_id: at.ready.admin.clientId }),
      at.token(environmentId, { ...form, client_secret: 'x' }),
      at.token(environmentId, { ...form, client_assertion_type: 'saml' }),
      at.token(environmentId, form, basic(at.ready.admin)),
    ];
    expect((await Promise.all(attempts)).map(({ status }) => status)).toEqual([200, 401, 401, 401, 401]);
  });

  test('is refused with a key instead of a secret', async () => {
    const answer = await at.token(at.ready.admin.environmentId, assertionForm(signed({ client: at.ready.admin })));
    expect([answer.status, answer.body.error_description]).toEqual([
      401,
      expect.stringContaining('Unsupported authentication'),
    ]);
  });

  test('is refused with a secret instead of a key', async () => {
    const { clientId, environmentId } = at.ready.admins.keyPair;
    const { secret: clientSecret } = await at.stored(clientId);
    const answer = await at.token(environmentId, GRANT, basic({ clientId, clientSecret, environmentId }));
    expect([answer.status, answer.body.error_description]).toEqual([
      401,
      expect.stringContaining('Unsupported authentication'),
    ]);
  });
});
