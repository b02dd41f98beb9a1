import * as z from 'zod/mini';
import type { PingOne } from './client.ts';
import { deleteIfThere, idSchema } from './client.ts';
import { environmentPath } from './environments.ts';
import { isMissing } from './errors.ts';

/** An image to upload. */
export interface IconFile {
  readonly bytes: Uint8Array;
  readonly contentType: 'image/png' | 'image/jpeg' | 'image/gif';
  /** SHA-256 in hex. */
  readonly sha256: string;
}

const imageSchema = z.object({ id: idSchema, targets: z.object({ original: z.object({ href: z.string() }) }) });

/**
 * POST of an image. Not idempotent: if the response is lost, the image may remain in PingOne, which cannot list images.
 * Source: PingOne API docs, "Images".
 *
 * @returns the value of an application's attribute `icon`
 */
export async function uploadImage(
  pingone: PingOne,
  environmentId: string,
  { bytes, contentType }: IconFile,
): Promise<{ readonly id: string; readonly href: string }> {
  const image = await pingone.json(
    {
      kind: 'create',
      method: 'POST',
      path: environmentPath(environmentId, '/images'),
      file: { bytes, contentType, name: `icon.${contentType.slice('image/'.length)}` },
    },
    imageSchema,
  );
  return { id: image.id, href: image.targets.original.href };
}

/** DELETE of an image. If it does not exist, it counts as deleted. */
export function deleteImage(pingone: PingOne, environmentId: string, imageId: string): Promise<void> {
  const path = environmentPath(environmentId, `/images/${encodeURIComponent(imageId)}`);
  return deleteIfThere(pingone, path);
}

/** Whether PingOne does not have the image. */
export async function isImageGone(pingone: PingOne, environmentId: string, imageId: string): Promise<boolean> {
  const path = environmentPath(environmentId, `/images/${encodeURIComponent(imageId)}`);
  try {
    await pingone.json({ kind: 'read', method: 'GET', path, mayBeMissing: true }, z.object({ id: z.string() }));
    return false;
  } catch (error) {
    if (isMissing(error)) return true;
    throw error;
  }
}
