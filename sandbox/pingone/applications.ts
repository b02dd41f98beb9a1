/**
 * `/environments/{id}/applications`: create, read, list, replace, delete. There is no PATCH and no filter.
 * Source: PingOne API docs, Applications.
 */
import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { authenticate, permits, requireApplication, requireEnvironment, requirePermission } from './access.ts';
import { isBuiltIn, replaceFields } from './application-fields.ts';
import type { ImageExists } from './application-checks.ts';
import { checkNewApplication, checkReplacement } from './application-checks.ts';
import { createApplication, newId, presentApplication } from './application-store.ts';
import { forbidden } from './errors.ts';
import { apiUrl, listPage, resource } from './hal.ts';
import { jsonBody, pathParameter } from './request.ts';
import type { Permission } from './roles.ts';
import type { Application } from './state.ts';
import type { PingOneWorld } from './world.ts';

const PAGE_SIZE = 100;

const LIST = '/v1/environments/:environmentId/applications';
const ONE = `${LIST}/:applicationId`;

/** Unless it is told not to, a new worker gets a copy of its creator's roles. */
function inheritRoles(application: Application, creator: Application, sent: unknown): void {
  if (application.fields['type'] !== 'WORKER' || sent === false) return;
  application.fields['assignActorRoles'] = true;
  application.roleAssignments = creator.roleAssignments.map((assignment) => ({ ...assignment, id: randomUUID() }));
}

/** Whether an image of this ID was uploaded to the environment. */
const imagesOf =
  ({ state }: PingOneWorld, environmentId: string): ImageExists =>
  (id) =>
    state.images.get(id)?.environmentId === environmentId;

async function create(c: Context, world: PingOneWorld): Promise<Response> {
  const caller = authenticate(c, world);
  const { id: environmentId } = requireEnvironment(world.state, caller, pathParameter(c, 'environmentId'));
  requirePermission(world.state, caller, 'applications:create', { type: 'ENVIRONMENT', id: environmentId });
  const sent = await jsonBody(c);
  checkNewApplication(sent, imagesOf(world, environmentId));
  const application = createApplication(environmentId, sent, world.clock.iso(), newId());
  inheritRoles(application, caller, sent['assignActorRoles']);
  world.state.applications.set(application.id, application);
  return resource(c, presentApplication(apiUrl(c), application), 201);
}

function list(c: Context, world: PingOneWorld): Response {
  const caller = authenticate(c, world);
  const { id: environmentId } = requireEnvironment(world.state, caller, pathParameter(c, 'environmentId'));
  const may = (id: string) => permits(world.state, caller, 'applications:read', { type: 'APPLICATION', id });
  const mayAll = permits(world.state, caller, 'applications:read', { type: 'ENVIRONMENT', id: environmentId });
  const rows = world.state.applications
    .listed()
    .filter((application) => application.environmentId === environmentId && (mayAll || may(application.id)));
  if (!mayAll && rows.length === 0) throw forbidden();
  return listPage(c, 'applications', { rows, key: ({ id }) => id, size: PAGE_SIZE }, (row) =>
    presentApplication(apiUrl(c), row),
  );
}

function target(c: Context, world: PingOneWorld, permission: Permission): Application {
  const caller = authenticate(c, world);
  const [environmentId, id] = [pathParameter(c, 'environmentId'), pathParameter(c, 'applicationId')];
  const application = requireApplication(world.state, caller, permission, environmentId, id);
  const writes = permission !== 'applications:read';
  if (writes && isBuiltIn(application.fields)) throw forbidden('Built-in applications cannot be changed.');
  return application;
}

async function replace(c: Context, world: PingOneWorld): Promise<Response> {
  const application = target(c, world, 'applications:update');
  const sent = await jsonBody(c);
  checkReplacement(application.fields, sent, imagesOf(world, application.environmentId));
  application.fields = replaceFields(application.fields, sent, application.environmentId, world.clock.now());
  return resource(c, presentApplication(apiUrl(c), application));
}

export function applicationRoutes(world: PingOneWorld): Hono {
  const routes = new Hono();
  routes.get(LIST, (c) => list(c, world));
  routes.post(LIST, (c) => create(c, world));
  routes.get(ONE, (c) => resource(c, presentApplication(apiUrl(c), target(c, world, 'applications:read'))));
  routes.put(ONE, (c) => replace(c, world));
  routes.get(`${ONE}/attributes`, (c) => {
    target(c, world, 'applications:read');
    return listPage(c, 'attributes', { rows: [], key: String, size: PAGE_SIZE }, () => ({}));
  });
  routes.get(`${ONE}/grants`, (c) => {
    target(c, world, 'applications:read');
    return listPage(c, 'grants', { rows: [], key: String, size: PAGE_SIZE }, () => ({}));
  });
  routes.delete(ONE, (c) => {
    world.state.applications.delete(target(c, world, 'applications:update').id);
    return c.body(null, 204);
  });
  return routes;
}
