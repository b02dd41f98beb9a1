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
 * Seals a value so that only GitHub can open it: a libsodium sealed box of its UTF-8 bytes, nothing trimmed, nothing
 * added. Source: GitHub docs, "Encrypting secrets for the REST API".
 *
 * @returns the sealed box in base64
 */
export async function seal(value: string, { key }: PublicKey): Promise<string> {
  const { default: sodium } = await import('libsodium-wrappers');
  await sodium.ready;
  const box = sodium.crypto_box_seal(Buffer.from(value, 'utf8'), Buffer.from(key, 'base64'));
  return Buffer.from(box).toString('base64');
}
