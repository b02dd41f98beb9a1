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
      // Absent until the secret is used. Nothing depends on it, so another form is no error.
      lastUsed: z.catch(z.optional(z.string()), undefined),
    }),
  ),
});

/**
 * An application's client secret and, while it is still valid, the one before it. Both are in clear and unmasked.
 * Source: PingOne API docs, "Application Secret". The secret is opaque: no length or alphabet is assumed.
 */
export type ClientSecret = z.infer<typeof secretSchema>;

/** GET of the client secret. PingOne makes it after the application, so a new application's is waited for. */
export function readSecret(pingone: PingOne, ref: ApplicationRef): Promise<ClientSecret> {
  return pingone.json(
    { kind: 'read', method: 'GET', path: applicationPath(ref, '/secret'), isLag: lagOf(ref) },
    secretSchema,
  );
}

/**
 * POST that replaces the client secret. Not idempotent: after an outcome that is unknown the secret has to be read and
 * compared, since a second POST would push the first new secret out.
 *
 * @param previousExpiresAt until when the old secret stays valid, as RFC 3339, from 1 minute to 30 days ahead; undefined
 *   cuts it off at once
 */
export function regenerateSecret(
  pingone: PingOne,
  ref: ApplicationRef,
  previousExpiresAt: string | undefined,
): Promise<ClientSecret> {
  const body = previousExpiresAt === undefined ? {} : { previous: { expiresAt: previousExpiresAt } };
  return pingone.json({ kind: 'create', method: 'POST', path: applicationPath(ref, '/secret'), body }, secretSchema);
}

/** DELETE of the previous secret, which then no longer works; one that is gone already counts as deleted. */
export function deletePreviousSecret(pingone: PingOne, ref: ApplicationRef): Promise<void> {
  return deleteIfThere(pingone, applicationPath(ref, '/secret'));
}
