// Applications, with their client secret and their metadata.
import * as z from 'zod/mini';
import type { PingOne } from './client.ts';
import { deleteIfThere, idSchema, readCollection } from './client.ts';
import { environmentPath } from './environments.ts';
import type { PingOneError } from './errors.ts';
import { isMissing } from './errors.ts';

const attributeText = z.catch(z.optional(z.string()), undefined);

// All kinds of applications have ID, name and type. Everything else is kept as PingOne returned it.
const applicationSchema = z.looseObject({
  id: idSchema,
  name: z.string(),
  type: z.string(),
  createdAt: attributeText,
  updatedAt: attributeText,
  clientId: z.optional(z.string()),
});

/** An application with all its attributes, known or not. Source: PingOne API docs, "Applications". */
export type Application = Readonly<z.infer<typeof applicationSchema>>;

/** The application that a call is about. */
export interface ApplicationRef {
  readonly environmentId: string;
  readonly applicationId: string;
  /** True if it was just created, by this run or another: a 404 on its parts is retried. */
  readonly isNew: boolean;
}

/** The OAuth client ID: the application's ID, unless another one was imported (PingOne API docs, "Applications"). */
export function clientIdOf({ clientId, id }: Application): string {
  return clientId ?? id;
}

// Far longer than PingOne needs to create an application's secret.
const newMs = 120_000;

/**
 * Whether PingOne may still be creating the parts of an application.
 *
 * @param now PingOne's own time, in milliseconds since the epoch
 */
export function wasJustCreated({ createdAt }: Application, now: number): boolean {
  return Math.abs(now - Date.parse(createdAt ?? '')) < newMs;
}

/** The path of an application or of one of its parts. */
export function applicationPath({ environmentId, applicationId }: ApplicationRef, part = ''): string {
  return environmentPath(environmentId, `/applications/${encodeURIComponent(applicationId)}${part}`);
}

/**
 * Whether an error about a part of this application may only be propagation lag.
 * Source: PingOne API docs, "Retry best practices": secret and grants of a new application return 404 at first.
 */
export function lagOf({ isNew }: ApplicationRef): (error: PingOneError) => boolean {
  return (error) => isNew && error.status === 404;
}

/**
 * All applications of an environment, of every type, over all pages. PingOne has no filter for them.
 *
 * @param name the wanted name. An unreadable application of this name is an error: if it were skipped, the action would
 *   create it a second time
 */
export function listApplications(pingone: PingOne, environmentId: string, name?: string): Promise<Application[]> {
  const isWanted = (item: unknown): boolean =>
    name !== undefined && (item as { readonly name?: unknown } | null)?.name === name;
  const path = environmentPath(environmentId, '/applications');
  return readCollection(pingone, path, { member: 'applications', item: applicationSchema, isWanted });
}

/** GET of one application. */
export function readApplication(pingone: PingOne, ref: ApplicationRef): Promise<Application> {
  return pingone.json(
    { kind: 'read', method: 'GET', path: applicationPath(ref), isLag: lagOf(ref) },
    applicationSchema,
  );
}

/**
 * POST of a new application. Not idempotent, and there is no idempotency key: if the outcome is unknown, read the list
 * before a second attempt.
 */
export function createApplication(
  pingone: PingOne,
  environmentId: string,
  body: Readonly<Record<string, unknown>>,
): Promise<Application> {
  const path = environmentPath(environmentId, '/applications');
  return pingone.json({ kind: 'create', method: 'POST', path, body }, applicationSchema);
}

/** PUT of an application, which replaces it: PingOne clears the attributes that the body omits. */
export function replaceApplication(
  pingone: PingOne,
  ref: ApplicationRef,
  body: Readonly<Record<string, unknown>>,
): Promise<Application> {
  return pingone.json(
    { kind: 'write', method: 'PUT', path: applicationPath(ref), body, isLag: lagOf(ref) },
    applicationSchema,
  );
}

/** DELETE of an application. If it does not exist, it counts as deleted. */
export function deleteApplication(pingone: PingOne, ref: ApplicationRef): Promise<void> {
  return deleteIfThere(pingone, applicationPath(ref));
}

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
export function readSecret(pingone: PingOne, ref: ApplicationRef, until?: number): Promise<ClientSecret> {
  return pingone.json(
    { kind: 'read', method: 'GET', path: applicationPath(ref, '/secret'), isLag: lagOf(ref), until },
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
export function deletePreviousSecret(pingone: PingOne, ref: ApplicationRef, until: number): Promise<void> {
  return deleteIfThere(pingone, applicationPath(ref, '/secret'), until);
}

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
