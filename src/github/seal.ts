import type sodium from 'libsodium-wrappers';

/** A public key as GitHub's secrets API gives it: base64 of 32 bytes, with the id to send back. */
export interface PublicKey {
  readonly key_id: string;
  readonly key: string;
}

/** What a PUT of a secret holds. */
export interface SealedValue {
  readonly encrypted_value: string;
  readonly key_id: string;
}

/**
 * Begins to load what seals, while the step waits for PingOne anyway: it is 0.5 MB, and the first secret is sealed when
 * there is nothing left to wait for. A failure shows where something is to be sealed.
 */
export function prepareSealing(): void {
  loadSodium().catch(() => undefined);
}

/**
 * Seals a value so that only GitHub can open it: a libsodium sealed box of its UTF-8 bytes, nothing trimmed, nothing
 * added. Source: GitHub docs, "Encrypting secrets for the REST API".
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
