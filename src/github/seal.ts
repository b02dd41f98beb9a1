import type sodium from 'libsodium-wrappers';

/** A public key from GitHub's secrets API: base64 of 32 bytes, with the ID to send back. */
export interface PublicKey {
  readonly key_id: string;
  readonly key: string;
}

/** The body of a PUT of a secret. */
export interface SealedValue {
  readonly encrypted_value: string;
  readonly key_id: string;
}

/**
 * Starts to load libsodium (0.5 MB) while the step waits for PingOne. If loading fails, `seal` throws the error.
 */
export function prepareSealing(): void {
  loadSodium().catch(() => undefined);
}

/**
 * Encrypts a value for GitHub: a libsodium sealed box of its unchanged UTF-8 bytes.
 * Source: GitHub docs, "Encrypting secrets for the REST API".
 *
 * @returns the sealed box in base64
 */
export async function seal(value: string, { key }: PublicKey): Promise<string> {
  const { crypto_box_seal } = await loadSodium();
  const box = crypto_box_seal(Buffer.from(value, 'utf8'), Buffer.from(key, 'base64'));
  return Buffer.from(box).toString('base64');
}

async function loadSodium(): Promise<typeof sodium> {
  const { default: loaded } = await import('libsodium-wrappers');
  await loaded.ready;
  return loaded;
}
