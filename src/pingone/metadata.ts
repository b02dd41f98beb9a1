import * as z from 'zod/mini';
import type { ApplicationRef } from './applications.ts';
import { applicationPath, lagOf } from './applications.ts';
import type { PingOne } from './client.ts';
import { isMissing } from './errors.ts';

// Without metadata the answer still names its application. What names neither is no answer of PingOne's, and must not
// pass for "there is none": the next write would replace what is there.
const metadataSchema = z.union([
  z.object({ metadata: z.record(z.string(), z.unknown()) }),
  z.object({ metadata: z.optional(z.null()), application: z.object({ id: z.string() }) }),
]);

/**
 * An application's metadata: a free JSON object. Empty where none was ever set (404).
 * Source: PingOne API docs, "Application Metadata"; not every tenant may have it, so other refusals are the caller's.
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
