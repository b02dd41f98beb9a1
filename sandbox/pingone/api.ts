/** PingOne's management API (`/v1`) and token endpoint, each as a function from Request to Response, or both as one. */
import { randomUUID } from 'node:crypto';
import type { Context, Next } from 'hono';
import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { applicationRoutes } from './applications.ts';
import { directoryRoutes } from './directory.ts';
import { PingOneError } from './errors.ts';
import { imageRoutes } from './images.ts';
import { metadataRoutes } from './metadata.ts';
import { roleAssignmentRoutes } from './role-assignments.ts';
import { secretRoutes } from './secret.ts';
import { TokenError, tokenErrorAnswer, tokenRoutes } from './token.ts';
import type { PingOneWorld } from './world.ts';

const TRACING_HEADERS = ['X-Ping-External-Transaction-ID', 'X-Ping-External-Session-ID'];
const LONGEST_TRACING_ID = 100;

/**
 * Each answer carries an ID for support, and the caller's own tracing IDs or new ones.
 * Source: PingOne API docs, External transaction and session IDs.
 */
async function traced(c: Context, next: Next): Promise<void> {
  c.header('Correlation-Id', randomUUID());
  for (const name of TRACING_HEADERS) {
    const sent = c.req.header(name)?.slice(0, LONGEST_TRACING_ID);
    c.header(name, sent?.replace(/[^\p{L}\p{M}\p{N}._\-/@=#+]/gu, '_') ?? randomUUID());
  }
  await next();
}

/**
 * Paths and methods that the gateway does not know. It takes the bearer token for an AWS signature and says so, with
 * 403 and none of PingOne's own fields; practitioners report it for PATCH, too.
 */
const gatewayAnswer = (c: Context): Response =>
  c.json({ message: `Invalid key=value pair (missing equal-sign) in Authorization header: 'Bearer'.` }, 403);

type Routes = (world: PingOneWorld) => Hono;

const MANAGEMENT: readonly Routes[] = [
  directoryRoutes,
  applicationRoutes,
  secretRoutes,
  metadataRoutes,
  roleAssignmentRoutes,
  imageRoutes,
];

export const managementApi = (world: PingOneWorld): Hono => compose(world, MANAGEMENT);
export const authApi = (world: PingOneWorld): Hono => compose(world, [tokenRoutes]);
export const pingOneApi = (world: PingOneWorld): Hono => compose(world, [tokenRoutes, ...MANAGEMENT]);

function compose(world: PingOneWorld, all: readonly Routes[]): Hono {
  const api = new Hono();
  api.use(traced);
  for (const routes of all) api.route('/', routes(world));
  api.notFound(gatewayAnswer);
  api.onError((error, c) => {
    if (error instanceof TokenError) return tokenErrorAnswer(c, error);
    if (!(error instanceof PingOneError)) throw error;
    return c.json(error.toBody(c.res.headers.get('Correlation-Id') ?? ''), error.status as ContentfulStatusCode);
  });
  return api;
}
