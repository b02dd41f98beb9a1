// Environments and their populations.
import * as z from 'zod/mini';
import type { PingOne } from './client.ts';
import { idSchema, readCollection } from './client.ts';
import type { PingOneError } from './errors.ts';

const environmentSchema = z.object({
  id: idSchema,
  name: z.string(),
  type: z.string(),
  status: z.optional(z.string()),
  organization: z.object({ id: idSchema }),
  createdAt: z.string(),
});

/** A PingOne environment: the attributes that the action uses. Source: PingOne API docs, "Environments". */
export type Environment = z.infer<typeof environmentSchema>;

// PingOne sets up an environment in the background. The SDK waits some seconds, the Terraform provider 10 minutes.
const youthMs = 10 * 60_000;

/**
 * Whether PingOne may still be setting up this environment.
 *
 * @param now by PingOne's clock, in milliseconds since the epoch
 */
export function isYoung({ createdAt }: Environment, now: number): boolean {
  return now - Date.parse(createdAt) < youthMs;
}

/**
 * The path of an environment or of a resource in it.
 *
 * @param part the rest of the path, with a leading slash and encoded IDs
 */
export function environmentPath(environmentId: string, part = ''): string {
  return `/environments/${encodeURIComponent(environmentId)}${part}`;
}

/** GET /environments/{id}. If the environment does not exist, PingOne may return 400, 401, 403 or 404. */
export function readEnvironment(pingone: PingOne, id: string): Promise<Environment> {
  return pingone.json({ kind: 'read', method: 'GET', path: environmentPath(id) }, environmentSchema);
}

/**
 * All environments that the caller can see and whose name starts with this text. PingOne decides about case.
 * Source: PingOne API docs, "Read All Environments": the filter supports `name sw`, but not `name eq`.
 */
export function findEnvironments(pingone: PingOne, nameStart: string): Promise<Environment[]> {
  const literal = nameStart.replace(/["\\]/g, '\\$&');
  const filter = encodeURIComponent(`name sw "${literal}"`);
  return readCollection(pingone, `/environments?filter=${filter}`, { member: 'environments', item: environmentSchema });
}

/** All environments that the caller can see. */
export function listEnvironments(pingone: PingOne): Promise<Environment[]> {
  return readCollection(pingone, '/environments', { member: 'environments', item: environmentSchema });
}

const populationSchema = z.object({ id: idSchema, name: z.string() });

/** A population. Source: PingOne API docs, "Populations". */
export type Population = z.infer<typeof populationSchema>;

/** All populations of an environment. */
export function listPopulations(pingone: PingOne, environmentId: string): Promise<Population[]> {
  const path = environmentPath(environmentId, '/populations');
  return readCollection(pingone, path, { member: 'populations', item: populationSchema });
}

/**
 * GET of one population: the cheapest read of identity data, which a worker for PingDataSync must be able to do.
 * PingOne needs a moment to propagate a new worker's roles, so 401 and 403 are retried.
 *
 * @throws PingOneError if PingOne still refuses after the retries
 */
export async function readOnePopulation(pingone: PingOne, environmentId: string, until: number): Promise<void> {
  const path = environmentPath(environmentId, '/populations?limit=1');
  const isLag = (error: PingOneError): boolean => error.status === 403 || error.status === 401;
  await pingone.json({ kind: 'read', method: 'GET', path, isLag, until }, z.looseObject({}));
}
