import * as z from 'zod/mini';
import type { PingOne } from './client.ts';
import { deleteIfThere, idSchema, readCollection } from './client.ts';
import { environmentPath } from './environments.ts';
import type { PingOneError } from './errors.ts';

const attributeText = z.catch(z.optional(z.string()), undefined);

// Only id, name and type are common to all kinds of applications; everything else is kept as it came.
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

/** Which application a call is about. */
export interface ApplicationRef {
  readonly environmentId: string;
  readonly applicationId: string;
  /** True where it was just created, by this run or another: 404 on its parts is waited out. */
  readonly isNew: boolean;
}

/** The OAuth client id: the application's id, unless another one was imported (PingOne API docs, "Applications"). */
export function clientIdOf({ clientId, id }: Application): string {
  return clientId ?? id;
}

// Far longer than PingOne takes to make an application's secret.
const newMs = 120_000;

/**
 * Whether PingOne may still be making the parts of an application.
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
 * The condition under which an answer about a part of this application may only be late.
 * Source: PingOne API docs, "Retry best practices": secret and grants of a new application answer 404 at first.
 */
export function lagOf({ isNew }: ApplicationRef): (error: PingOneError) => boolean {
  return (error) => isNew && error.status === 404;
}

/**
 * All applications of an environment, of every type, over all pages. There is no filter for them.
 *
 * @param name the one that is looked for. If an application of this name cannot be read, that is an error: skipped, it
 *   would be created a second time
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
 * POST of a new application. Not idempotent, and there is no idempotency key: after an outcome that is unknown the
 * list has to be looked at before a second try.
 */
export function createApplication(
  pingone: PingOne,
  environmentId: string,
  body: Readonly<Record<string, unknown>>,
): Promise<Application> {
  const path = environmentPath(environmentId, '/applications');
  return pingone.json({ kind: 'create', method: 'POST', path, body }, applicationSchema);
}

/** PUT of an application, which replaces it: attributes left out are cleared. */
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

/** DELETE of an application; one that is gone already counts as deleted. */
export function deleteApplication(pingone: PingOne, ref: ApplicationRef): Promise<void> {
  return deleteIfThere(pingone, applicationPath(ref));
}
