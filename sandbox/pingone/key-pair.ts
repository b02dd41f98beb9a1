/**
 * The RSA key of the admin `keyPair`, the same at each start: its primes are the first two after numbers derived as all
 * seeded values are (`../seed.ts`). Nobody outside of a sandbox may trust it: whoever reads this can sign with it.
 */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { seededBytes } from '../seed.ts';

/** How far the prime is from its seeded number; to be searched again if the seed is ever changed. */
const DISTANCE = { p: 988n, q: 1_502n };
const EXPONENT = 65_537n;
const PRIME_BYTES = 128;

function prime(name: 'p' | 'q'): bigint {
  const bytes = seededBytes(`prime ${name}`, PRIME_BYTES);
  // Both highest bits: the product has then exactly 2048 bits.
  bytes.writeUInt8(bytes.readUInt8(0) | 0xc0, 0);
  bytes.writeUInt8(bytes.readUInt8(PRIME_BYTES - 1) | 1, PRIME_BYTES - 1);
  return BigInt(`0x${bytes.toString('hex')}`) + DISTANCE[name];
}

/** Extended Euclid. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [r, next, x, factor] = [modulus, value % modulus, 0n, 1n];
  while (next !== 0n) [r, next, x, factor] = [next, r % next, factor, x - (r / next) * factor];
  return ((x % modulus) + modulus) % modulus;
}

const base64url = (value: bigint): string => {
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url');
};

function createKey() {
  const [p, q] = [prime('p'), prime('q')];
  const d = inverse(EXPONENT, (p - 1n) * (q - 1n));
  const numbers = { n: p * q, e: EXPONENT, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const members = Object.entries(numbers).map(([name, value]) => [name, base64url(value)] as const);
  return createPrivateKey({ key: { kty: 'RSA', ...Object.fromEntries(members) }, format: 'jwk' });
}

const KEY_ID = 'sandbox-key-1';
const key = createKey();

export const ADMIN_KEY = {
  keyId: KEY_ID,
  /** PKCS#8, as PEM. */
  privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  /** As an application's attribute `jwks` has it: a JSON text. */
  jwks: JSON.stringify({
    keys: [{ ...createPublicKey(key).export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: KEY_ID }],
  }),
};
