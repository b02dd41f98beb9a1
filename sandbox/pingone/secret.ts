/**
 * `/applications/{id}/secret`: read, regenerate (optionally keeping the old one for a while), delete the previous one.
 * Source: PingOne API docs, Application Secret. Not documented, chosen here: 404 for deleting a previous secret
 * that does not exist.
 */
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import { newSecret } from '../seed.ts';
import { authenticate, isReadOnly, requireApplication } from './access.ts';
import { applicationPath } from './application-store.ts';
import { forbidden, invalidData, invalidValue, notFound } from './errors.ts';
import { apiUrl, link, resource } from './hal.ts';
import { optionalJsonBody, pathParameter } from './request.ts';
import type { Application } from './state.ts';
import type { PingOneWorld } from './world.ts';

const MINUTE_MS = 60_000;
const SHORTEST_OVERLAP_MS = MINUTE_MS;
const LONGEST_OVERLAP_MS = 30 * 24 * 60 * MINUTE_MS;

const PATH = '/v1/environments/:environmentId/applications/:applicationId/secret';

/**
 * Whoever knows a worker's secret can act as the worker. So the secret is kept from callers who could not assign the
 * worker every role that it holds, and from the worker itself, to which its own roles are read-only.
 */
function requireSecretAccess(c: Context, world: PingOneWorld): Application {
  const caller = authenticate(c, world);
  const [environmentId, id] = [pathParameter(c, 'environmentId'), pathParameter(c, 'applicationId')];
  const application = requireApplication(world.state, caller, 'applications:secret', environmentId, id);
  const isWorker = application.fields['type'] === 'WORKER';
  const stronger = application.roleAssignments.some((held) => isReadOnly(world.state, caller, application, held));
  if (isWorker && stronger) {
    throw forbidden('Actor does not have permissions to access worker application client secrets');
  }
  if (application.secret === undefined) throw notFound();
  return application;
}

/** The previous secret is shown, and works, until it expires. */
export function unexpiredPrevious(application: Application, now: number): JsonObject | undefined {
  const { previous } = application;
  if (!previous || previous.expiresAt <= now) return undefined;
  const lastUsed = previous.lastUsed === undefined ? {} : { lastUsed: new Date(previous.lastUsed).toISOString() };
  return { secret: previous.secret, expiresAt: new Date(previous.expiresAt).toISOString(), ...lastUsed };
}

function present(c: Context, world: PingOneWorld, application: Application): Response {
  const path = applicationPath(application);
  const previous = unexpiredPrevious(application, world.clock.now());
  return resource(c, {
    _links: {
      self: link(apiUrl(c), `${path}/secret`),
      environment: link(apiUrl(c), `/environments/${application.environmentId}`),
      application: link(apiUrl(c), path),
    },
    environment: { id: application.environmentId },
    secret: application.secret,
    ...(previous ? { previous } : {}),
  });
}

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

/** The moment up to which the old secret is to work, or `undefined` when it dies at once. */
function overlapEnd(body: JsonObject | undefined, now: number): number | undefined {
  const previous = body?.['previous'];
  if (previous === undefined || previous === null) return undefined;
  const target = 'previous.expiresAt';
  const sent = isObject(previous) ? previous['expiresAt'] : undefined;
  if (typeof sent !== 'string' || !RFC3339.test(sent) || Number.isNaN(Date.parse(sent))) {
    throw invalidData(invalidValue(target, 'must be an RFC 3339 date and time'));
  }
  const end = Date.parse(sent);
  if (end < now + SHORTEST_OVERLAP_MS || end > now + LONGEST_OVERLAP_MS) {
    throw invalidData({ code: 'OUT_OF_RANGE', target, message: 'must be between 1 minute and 30 days from now' });
  }
  return end;
}

/** A new secret. Only one previous secret is kept: an older one that still worked stops working now. */
export function rotateSecret(application: Application, keepUntil?: number): void {
  const old = application.secret;
  application.secret = newSecret();
  delete application.previous;
  if (old !== undefined && keepUntil !== undefined) application.previous = { secret: old, expiresAt: keepUntil };
}

export function secretRoutes(world: PingOneWorld): Hono {
  const routes = new Hono();
  routes.get(PATH, (c) => present(c, world, requireSecretAccess(c, world)));
  routes.post(PATH, async (c) => {
    const application = requireSecretAccess(c, world);
    rotateSecret(application, overlapEnd(await optionalJsonBody(c), world.clock.now()));
    return present(c, world, application);
  });
  routes.delete(PATH, (c) => {
    const application = requireSecretAccess(c, world);
    if (!unexpiredPrevious(application, world.clock.now())) throw notFound();
    delete application.previous;
    return c.body(null, 204);
  });
  return routes;
}
