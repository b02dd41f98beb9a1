import * as z from 'zod/mini';
import type { ApplicationRef } from './applications.ts';
import { applicationPath, lagOf } from './applications.ts';
import type { PingOne } from './client.ts';
import { deleteIfThere } from './client.ts';

const secretSchema = z.object({
  secret: z.string().check(z.minLength(1)),
  previous: z.nullish(
    z.object({
      secret: z.string().check(z.minLength(1)),
      expiresAt: z.optional(z.string()),
      // Absent until the secret is used. Nothing depends on it, so another type is accepted.
      lastUsed: z.catch(z.optional(z.string()), undefined),
    }),
  ),
});

/**
 * An application's client secret and, while it is still valid, the previous one. Neither is masked.
 * Source: PingOne API docs, "Application Secret". The secret is opaque: it may have any length and characters.
 */
export type ClientSecret = z.infer<typeof secretSchema>;

/** GET of the client secret. PingOne creates it after the application, so a 404 for a new application is retried. */
export function readSecret(pingone: PingOne, ref: ApplicationRef): Promise<ClientSecret> {
  return pingone.json(
    { kind: 'read', method: 'GET', path: applicationPath(ref, '/secret'), isLag: lagOf(ref) },
    secretSchema,
  );
}

/**
 * POST that replaces the client secret. Not idempotent: if the outcome is unknown, read the secret and compare. A second
 * POST would replace the first new secret.
 *
 * @param previousExpiresAt when the old secret expires, as RFC 3339, from 1 minute to 30 days ahead; undefined revokes it
 *   immediately
 */
export function regenerateSecret(
  pingone: PingOne,
  ref: ApplicationRef,
  previousExpiresAt: string | undefined,
): Promise<ClientSecret> {
  const body = previousExpiresAt === undefined ? {} : { previous: { expiresAt: previousExpiresAt } };
  return pingone.json({ kind: 'create', method: 'POST', path: applicationPath(ref, '/secret'), body }, secretSchema);
}

/** DELETE of the previous secret, which revokes it. If there is none, it counts as deleted. */
export function deletePreviousSecret(pingone: PingOne, ref: ApplicationRef): Promise<void> {
  return deleteIfThere(pingone, applicationPath(ref, '/secret'));
}
