/** Keys and assertions for tests. They are generated, because secret scanners report keys in files. */
import { generateKeyPairSync, sign } from 'node:crypto';

const pkcs8 = { type: 'pkcs8', format: 'pem' } as const;
const spki = { type: 'spki', format: 'pem' } as const;

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** An RSA key pair of 2048 bits. */
export const keyPair = {
  privateKey: rsa.privateKey.export(pkcs8).toString(),
  publicKey: rsa.publicKey.export(spki).toString(),
  jwk: rsa.publicKey.export({ format: 'jwk' }),
} as const;

/** The same key in forms that the step cannot sign with, and other keys. */
export const unusableKeys = {
  'a path': 'keys/admin.pem',
  'a certificate': '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
  'a public key': keyPair.publicKey,
  'a public key in PKCS#1': rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
  'an encrypted key': rsa.privateKey.export({ ...pkcs8, cipher: 'aes-256-cbc', passphrase: 'a passphrase' }).toString(),
  'an encrypted key in PKCS#1': rsa.privateKey
    .export({
      type: 'pkcs1',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'a passphrase',
    })
    .toString(),
  'a key of OpenSSH': '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----',
  'a JWK': JSON.stringify(rsa.privateKey.export({ format: 'jwk' })),
  'half a key': `${keyPair.privateKey.slice(0, 500)}\n-----END PRIVATE KEY-----`,
  'a short key': short.privateKey.export(pkcs8).toString(),
  'a key for ECDSA': ec.privateKey.export(pkcs8).toString(),
} as const;

/** A JWT with these claims, signed with the key of `keyPair`. */
export function jwt(claims: object, header: object = { alg: 'RS256' }, isSigned = true): string {
  const input = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const signature = isSigned ? sign('RSA-SHA256', Buffer.from(input), rsa.privateKey).toString('base64url') : '';
  return `${input}.${signature}`;
}
