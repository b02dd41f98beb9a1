/**
 * Each target's key pair, and the opening of what was sealed for it.
 * Source: GitHub REST API docs, Encrypting secrets for the REST API (libsodium sealed boxes).
 */
import sodium from 'libsodium-wrappers';
import { seededKey, seededNumber } from '../seed.ts';
import type { Target } from './state.ts';
import { targetKey } from './state.ts';

/** Must have been awaited before anything else here is called. */
export const sealedBoxReady: Promise<void> = sodium.ready;

const keyPair = (target: Target) => sodium.crypto_box_seed_keypair(seededKey(`GitHub ${targetKey(target)}`));

export const publicKey = (target: Target): { key_id: string; key: string } => ({
  key_id: seededNumber(`GitHub key of ${targetKey(target)}`),
  key: Buffer.from(keyPair(target).publicKey).toString('base64'),
});

/** The value, or `undefined` when it was not sealed for this target. */
export function openSealed(target: Target, sealed: Buffer): string | undefined {
  const { publicKey: open, privateKey } = keyPair(target);
  try {
    return Buffer.from(sodium.crypto_box_seal_open(sealed, open, privateKey)).toString();
  } catch {
    return undefined;
  }
}
