/**
 * IDs, secrets and keys of the start state. They look random and are the same at each start, since they are derived from
 * their purpose.
 */
import { createHash, randomBytes } from 'node:crypto';

const digest = (purpose: string): Buffer =>
  createHash('sha512').update(`pingone-worker-app sandbox: ${purpose}`).digest();

/** A UUID of version 4, as PingOne's IDs are. */
export function seededId(purpose: string): string {
  const bytes = digest(purpose).subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** As many bytes as are asked for, in steps of 64. */
export const seededBytes = (purpose: string, length: number): Buffer =>
  Buffer.concat(Array.from({ length: Math.ceil(length / 64) }, (_, n) => digest(`${purpose} ${n}`))).subarray(
    0,
    length,
  );

/** 32 bytes, the seed of an X25519 key pair. */
export const seededKey = (purpose: string): Buffer => digest(`key ${purpose}`).subarray(0, 32);

/** A decimal number of 18 digits, the shape of GitHub's `key_id`. */
export const seededNumber = (purpose: string): string =>
  (10n ** 17n + (digest(`number ${purpose}`).readBigUInt64BE(0) % (9n * 10n ** 17n))).toString();

/**
 * At least 64 characters of letters, digits and `- . _ ~`, which is what PingOne's client secrets consist of. The `~`
 * is there on purpose: it is the one of them that a form-encoder changes. The first word says that it opens nothing.
 */
export const seededSecret = (purpose: string): string => `sandbox~${digest(`secret ${purpose}`).toString('base64url')}`;

/** A new random secret of the same form. */
export const newSecret = (): string => `sandbox~${randomBytes(64).toString('base64url')}`;
