import * as z from 'zod/mini';
import type { ApplicationRef } from './applications.ts';
import { applicationPath, lagOf } from './applications.ts';
import type { PingOne } from './client.ts';
import { isMissing } from './errors.ts';

// A response without metadata still contains its application. A response with neither must not count as empty metadata:
// the next write would replace the metadata that PingOne has.
const metadataSchema = z.union([
  z.object({ metadata: z.record(z.string(), z.unknown()) }),
  z.object({ metadata: z.optional(z.null()), application: z.object({ id: z.string() }) }),
]);

/**
 * An application's metadata, a JSON object. Empty if it was never set (404).
 * Source: PingOne API docs, "Application Metadata". Not every tenant has it, so the caller handles other errors.
 */
export async function readMetadata(pingone: PingOne, ref: ApplicationRef): Promise<Record<string, unknown>> {
  try {
    const path = applicationPath(ref, '/metadata');
    return (
      (await pingone.json({ kind: 'read', method: 'GET', path, mayBeMissing: true }, metadataSchema)).metadata ?? {}
    );
  } catch (error) {
    if (isMissing(error)) return {};
    throw error;
  }
}

/** PUT of an application's metadata, which replaces it. */
export function replaceMetadata(
  pingone: PingOne,
  ref: ApplicationRef,
  metadata: Readonly<Record<string, unknown>>,
): Promise<void> {
  const path = applicationPath(ref, '/metadata');
  return pingone.empty({ kind: 'write', method: 'PUT', path, body: { metadata }, isLag: lagOf(ref) });
}
