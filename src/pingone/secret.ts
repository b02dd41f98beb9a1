import * as z from 'zod/mini';
import type { ApplicationRef } from './applications.ts';
import { applicationPath, lagOf } from './applications.ts';
import type { PingOne } from './client.ts';

const secretSchema = z.object({
  secret: z.string().check(z.minLength(1)),
  previous: z.optional(
    z.object({
      secret: z.string().check(z.minLength(1)),
      expiresAt: z.optional(z.string()),
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
