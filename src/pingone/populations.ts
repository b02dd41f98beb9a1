import * as z from 'zod/mini';
import { idSchema, readCollection } from './client.ts';
import type { PingOne } from './client.ts';
import { environmentPath } from './environments.ts';
import type { PingOneError } from './errors.ts';

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
