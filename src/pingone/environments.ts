// Environments, and the populations in them.
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

/** A PingOne environment, as far as it matters here. Source: PingOne API docs, "Environments". */
export type Environment = z.infer<typeof environmentSchema>;

// PingOne sets an environment up in the background; the SDK gives it some seconds, the Terraform provider 10 minutes.
const youthMs = 10 * 60_000;

/**
 * Whether PingOne may still be setting this environment up.
 *
 * @param now by PingOne's clock, in milliseconds since the epoch
 */
export function isYoung({ createdAt }: Environment, now: number): boolean {
  return now - Date.parse(createdAt) < youthMs;
}

/**
 * The path of an environment or of what is in it.
 *
 * @param part what follows, beginning with a slash; ids in it are encoded by whoever puts it together
 */
export function environmentPath(environmentId: string, part = ''): string {
  return `/environments/${encodeURIComponent(environmentId)}${part}`;
}

/** GET /environments/{id}. An environment that does not exist may answer 400, 401, 403 or 404. */
export function readEnvironment(pingone: PingOne, id: string): Promise<Environment> {
  return pingone.json({ kind: 'read', method: 'GET', path: environmentPath(id) }, environmentSchema);
}

/**
 * All environments that the caller can see and whose name begins like this, in whatever case PingOne compares.
 * Source: PingOne API docs, "Read All Environments": the filter knows `name sw`, but no `name eq`.
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
 * GET of one population: the cheapest read of identity data, which is what a worker for PingDataSync must be able to.
 * A new worker's rights take a moment to arrive, hence 403 is waited out.
 *
 * @throws PingOneError where it stays refused
 */
export async function readOnePopulation(pingone: PingOne, environmentId: string): Promise<void> {
  const path = environmentPath(environmentId, '/populations?limit=1');
  const isLag = (error: PingOneError): boolean => error.status === 403 || error.status === 401;
  await pingone.json({ kind: 'read', method: 'GET', path, isLag }, z.looseObject({}));
}
