/**
 * `/applications/{id}/metadata`: one free JSON object for each application.
 * Source: PingOne API docs, Application Metadata. Not documented, chosen here: 404 when there is none yet.
 */
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import { authenticate, requireApplication } from './access.ts';
import { applicationPath } from './application-store.ts';
import { invalidData, invalidValue, notFound } from './errors.ts';
import { apiUrl, link, resource } from './hal.ts';
import { jsonBody, pathParameter } from './request.ts';
import type { Application } from './state.ts';
import type { PingOneWorld } from './world.ts';

const PATH = '/v1/environments/:environmentId/applications/:applicationId/metadata';

function target(c: Context, world: PingOneWorld, permission: 'applications:read' | 'applications:update'): Application {
  const [environmentId, id] = [pathParameter(c, 'environmentId'), pathParameter(c, 'applicationId')];
  return requireApplication(world.state, authenticate(c, world), permission, environmentId, id);
}

function present(c: Context, application: Application): Response {
  const path = applicationPath(application);
  const { metadata } = application;
  return resource(c, {
    _links: { self: link(apiUrl(c), `${path}/metadata`), application: link(apiUrl(c), path) },
    ...(metadata === undefined ? {} : { metadata }),
    application: { id: application.id },
    environment: { id: application.environmentId },
  });
}

/** A body without `metadata` removes what is there. */
function replaceMetadata(application: Application, sent: JsonObject): void {
  const metadata = sent['metadata'] ?? undefined;
  if (metadata === undefined) delete application.metadata;
  else if (isObject(metadata)) application.metadata = metadata;
  else throw invalidData(invalidValue('metadata', 'must be a JSON object'));
}

export function metadataRoutes(world: PingOneWorld): Hono {
  const routes = new Hono();
  routes.get(PATH, (c) => {
    const application = target(c, world, 'applications:read');
    if (application.metadata === undefined) throw notFound();
    return present(c, application);
  });
  routes.put(PATH, async (c) => {
    const application = target(c, world, 'applications:update');
    replaceMetadata(application, await jsonBody(c));
    return present(c, application);
  });
  routes.delete(PATH, (c) => {
    const application = target(c, world, 'applications:update');
    if (application.metadata === undefined) throw notFound();
    delete application.metadata;
    return c.body(null, 204);
  });
  return routes;
}
