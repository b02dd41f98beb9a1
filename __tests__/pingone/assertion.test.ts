// Another library verifies the assertions.
import { createPrivateKey } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { importSPKI, jwtVerify } from 'jose';
import type { GivenAssertion, SigningKey } from '../../src/pingone/assertion.ts';
import { isExpired, readAssertion, readPrivateKey, signAssertion } from '../../src/pingone/assertion.ts';
import { jwt, keyPair, unusableKeys } from '../inputs/keys.ts';

const addressee = { clientId: 'a-client', tokenEndpoint: 'https://auth.pingone.eu/e-1/as/token' };
const now = Date.parse('2026-11-24T12:00:00.900Z');
const seconds = Math.floor(now / 1000);

function keyOf(text: string, keyId?: string): SigningKey {
  const key = readPrivateKey(text);
  if (typeof key === 'string' || 'algorithm' in key) throw new Error(JSON.stringify(key));
  return { kind: 'key', key, keyId };
}

async function verified(assertion: string) {
  const { clientId, tokenEndpoint } = addressee;
  const options = { issuer: clientId, subject: clientId, audience: tokenEndpoint, currentDate: new Date(now) };
  return jwtVerify(assertion, await importSPKI(keyPair.publicKey, 'RS256'), options);
}

describe('a signed assertion', () => {
  test('is accepted by another library, and expires in five minutes', async () => {
    const { payload, protectedHeader } = await verified(
      signAssertion(keyOf(keyPair.privateKey, 'k-1'), addressee, now),
    );
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'k-1' });
    expect(payload).toMatchObject({ iat: seconds, exp: seconds + 300, jti: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  test('has no `kid` unless one is given, and a new ID each time', async () => {
    const key = keyOf(keyPair.privateKey);
    const [first, second] = await Promise.all([1, 2].map(() => verified(signAssertion(key, addressee, now))));
    expect(first!.protectedHeader).not.toHaveProperty('kid');
    expect(first!.payload.jti).not.toBe(second!.payload.jti);
  });

  test("passes the action's own checks", () => {
    const assertion = signAssertion(keyOf(keyPair.privateKey), addressee, now);
    expect(readAssertion(assertion, addressee, now)).toEqual({ kind: 'given', assertion, expires: seconds + 300 });
  });
});

describe('a private key', () => {
  const pkcs1 = createPrivateKey(keyPair.privateKey).export({ type: 'pkcs1', format: 'pem' }).toString();

  test.each([
    ['with line breaks written as \\n', keyPair.privateKey.trim().replaceAll('\n', '\\n')],
    ['with Windows line breaks', keyPair.privateKey.replaceAll('\n', '\r\n')],
    ['with Windows line breaks written as text', keyPair.privateKey.trim().replaceAll('\n', '\\r\\n')],
    ['in PKCS#1', pkcs1],
  ])('is read %s', async (_, text) => {
    await verified(signAssertion(keyOf(text), addressee, now));
  });

  test('is distinguished from other formats', () => {
    const defects = Object.entries(unusableKeys).map(([name, text]) => [name, readPrivateKey(text)]);
    expect(Object.fromEntries(defects)).toEqual({
      'a path': 'not-pem',
      'a certificate': 'certificate',
      'a public key': 'public',
      'a public key in PKCS#1': 'public',
      'an encrypted key': 'encrypted',
      'an encrypted key in PKCS#1': 'encrypted',
      'a key of OpenSSH': 'openssh',
      'a JWK': 'jwk',
      'half a key': 'damaged',
      'a short key': 'too-short',
      'a key for ECDSA': { algorithm: 'ec' },
    });
  });
});

describe('a given assertion', () => {
  const { clientId, tokenEndpoint } = addressee;
  const claims = { iss: clientId, sub: clientId, aud: tokenEndpoint, exp: seconds + 300 };
  const kindOf = (changed: object) => readAssertion(jwt({ ...claims, ...changed }), addressee, now).kind;

  test.each<[string, object]>([
    ['for the token endpoint', {}],
    ['for the issuer', { aud: 'https://auth.pingone.eu/e-1/as' }],
    ['for several', { aud: ['https://example.com', tokenEndpoint] }],
    ['that expired less than a minute ago', { exp: seconds - 58 }],
    ['with a lifetime of an hour, by a clock that is a minute ahead', { exp: seconds + 3659 }],
    ['that becomes valid within a minute', { nbf: seconds + 59 }],
  ])('is accepted: %s', (_, changed) => {
    expect(kindOf(changed)).toBe('given');
  });

  test.each<[string, object]>([
    ['expired', { exp: seconds - 61 }],
    ['too-long', { exp: seconds + 3662 }],
    ['not-yet', { nbf: seconds + 62 }],
    ['audience', { aud: 'https://auth.pingone.com/e-1/as/token' }],
    ['audience', { aud: undefined }],
    ['client', { sub: 'another' }],
  ])('is refused as %s: %j', (kind, changed) => {
    expect(kindOf(changed)).toBe(kind);
  });

  test('expires during a run', () => {
    const { expires } = readAssertion(jwt(claims), addressee, now) as GivenAssertion;
    expect([359, 360].map((later) => isExpired(expires, (seconds + later) * 1000))).toEqual([false, true]);
  });
});
