/**
 * What a caller looks things up in: organizations, environments, populations, roles. All read-only here.
 * Sources: PingOne API docs, Environments, Populations, Roles, Custom Roles, Organizations.
 */
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { JsonObject } from '../json.ts';
import { seededId } from '../seed.ts';
import { authenticate, permits, readEnvironment, requireEnvironment, seesEnvironment } from './access.ts';
import { forbidden, invalidData, notFound } from './errors.ts';
import { apiUrl, link, listPage, resource } from './hal.ts';
import { pathParameter } from './request.ts';
import type { Role } from './roles.ts';
import { CUSTOM_ROLE, PLATFORM_ROLES, roleById, roleByName } from './roles.ts';
import { scimFilter } from './scim-filter.ts';
import type { Application, Environment, Population } from './state.ts';
import type { PingOneWorld } from './world.ts';

const ALL = 100_000;
const byId = ({ id }: { readonly id: string }): string => id;

const ENVIRONMENT_FILTERS = {
  name: ['sw'],
  id: ['eq'],
  'organization.id': ['eq'],
  'license.id': ['eq'],
  status: ['eq'],
} as const;

/** `limit`, where the endpoint honours it. */
function pageSize(c: Context, fallback: number, maximum: number): number {
  const limit = c.req.query('limit');
  if (limit === undefined) return fallback;
  const size = Number(limit);
  if (!Number.isInteger(size) || size < 1 || size > maximum) {
    throw invalidData({ code: 'INVALID_PARAMETER', target: 'limit', message: `must be between 1 and ${maximum}` });
  }
  return size;
}

const presentEnvironment = (c: Context, { id, fields }: Environment): JsonObject => ({
  _links: { self: link(apiUrl(c), `/environments/${id}`) },
  ...fields,
});

function listEnvironments(c: Context, world: PingOneWorld): Response {
  const caller = authenticate(c, world);
  const matches = scimFilter(c.req.query('filter'), ENVIRONMENT_FILTERS);
  const rows = world.state.environments
    .listed()
    .filter(({ id, fields }) => seesEnvironment(world.state, caller, id) && matches(fields));
  return listPage(c, 'environments', { rows, key: byId, size: pageSize(c, 1000, 5000) }, (row) =>
    presentEnvironment(c, row),
  );
}

const presentPopulation = (c: Context, { id, environmentId, fields }: Population): JsonObject => ({
  _links: {
    self: link(apiUrl(c), `/environments/${environmentId}/populations/${id}`),
    environment: link(apiUrl(c), `/environments/${environmentId}`),
  },
  ...fields,
});

const readsPopulation = (world: PingOneWorld, caller: Application, id: string): boolean =>
  permits(world.state, caller, 'populations:read', { type: 'POPULATION', id });

function listPopulations(c: Context, world: PingOneWorld): Response {
  const caller = authenticate(c, world);
  const { id: environmentId } = requireEnvironment(world.state, caller, pathParameter(c, 'environmentId'));
  const matches = scimFilter(c.req.query('filter'), { id: ['eq'], name: ['eq', 'sw'] });
  const readable = world.state.populations
    .listed()
    .filter((row) => row.environmentId === environmentId && readsPopulation(world, caller, row.id));
  if (readable.length === 0) throw forbidden();
  const rows = readable.filter(({ fields }) => matches(fields));
  return listPage(c, 'populations', { rows, key: byId, size: pageSize(c, 1000, 1000) }, (row) =>
    presentPopulation(c, row),
  );
}

function readPopulation(c: Context, world: PingOneWorld): Response {
  const caller = authenticate(c, world);
  const { id: environmentId } = requireEnvironment(world.state, caller, pathParameter(c, 'environmentId'));
  const population = world.state.populations.get(pathParameter(c, 'populationId'));
  const found = population?.environmentId === environmentId ? population : undefined;
  const mayAll = permits(world.state, caller, 'populations:read', { type: 'ENVIRONMENT', id: environmentId });
  if (!mayAll && !(found && readsPopulation(world, caller, found.id))) throw forbidden();
  if (!found) throw notFound();
  return resource(c, presentPopulation(c, found));
}

const asReferences = (names: readonly string[]): JsonObject[] => names.map((name) => ({ id: roleByName(name)?.id }));

function presentRole(c: Context, role: Role): JsonObject {
  const path = role.custom ? `/environments/${role.custom.environmentId}/roles/${role.id}` : `/roles/${role.id}`;
  return {
    _links: { self: link(apiUrl(c), path) },
    id: role.id,
    name: role.name,
    description: role.description,
    applicableTo: role.applicableTo,
    ...(role.custom
      ? { type: 'CUSTOM', canBeAssignedBy: asReferences(role.custom.canBeAssignedBy), canAssign: [] }
      : {}),
    permissions: role.permissions.map((id) => ({ id, classifier: id.split(':')[0], description: `Permission ${id}` })),
  };
}

function listEnvironmentRoles(c: Context, world: PingOneWorld): Response {
  const { id } = requireEnvironment(world.state, authenticate(c, world), pathParameter(c, 'environmentId'));
  const matches = scimFilter(c.req.query('filter'), { type: ['eq'] });
  const custom = CUSTOM_ROLE.custom?.environmentId === id ? [CUSTOM_ROLE] : [];
  const rows = [...PLATFORM_ROLES, ...custom].filter((role) => matches({ type: role.custom ? 'CUSTOM' : 'PLATFORM' }));
  return listPage(c, 'roles', { rows, key: byId, size: ALL }, (role) => ({
    type: 'PLATFORM',
    ...presentRole(c, role),
  }));
}

function readEnvironmentRole(c: Context, world: PingOneWorld): Response {
  const { id } = requireEnvironment(world.state, authenticate(c, world), pathParameter(c, 'environmentId'));
  const role = roleById(pathParameter(c, 'roleId'));
  if (!role || (role.custom && role.custom.environmentId !== id)) throw notFound();
  return resource(c, presentRole(c, role));
}

/** A base product is all that an environment here has. */
function readBillOfMaterials(c: Context, world: PingOneWorld): Response {
  const { id, fields } = readEnvironment(world.state, authenticate(c, world), pathParameter(c, 'environmentId'));
  const { createdAt, updatedAt } = fields;
  const products = [{ id: seededId(`product ${id}`), type: 'PING_ONE_BASE' }];
  const links = { self: link(apiUrl(c), `/environments/${id}/billOfMaterials`) };
  return resource(c, { _links: links, products, createdAt, updatedAt });
}

export function directoryRoutes(world: PingOneWorld): Hono {
  const routes = new Hono();
  routes.get('/v1/organizations', (c) => {
    const rows = authenticate(c, world).roleAssignments.length === 0 ? [] : [{ id: world.state.organizationId }];
    return listPage(c, 'organizations', { rows, key: byId, size: ALL }, ({ id }) => ({ id, name: 'Sandbox Inc.' }));
  });
  routes.get('/v1/roles', (c) => {
    authenticate(c, world);
    return listPage(c, 'roles', { rows: PLATFORM_ROLES, key: byId, size: ALL }, (role) => presentRole(c, role));
  });
  routes.get('/v1/roles/:roleId', (c) => {
    authenticate(c, world);
    const role = roleById(pathParameter(c, 'roleId'));
    if (!role || role.custom) throw notFound();
    return resource(c, presentRole(c, role));
  });
  routes.get('/v1/environments', (c) => listEnvironments(c, world));
  routes.get('/v1/environments/:environmentId', (c) => {
    const caller = authenticate(c, world);
    return resource(c, presentEnvironment(c, readEnvironment(world.state, caller, pathParameter(c, 'environmentId'))));
  });
  routes.get('/v1/environments/:environmentId/billOfMaterials', (c) => readBillOfMaterials(c, world));
  routes.get('/v1/environments/:environmentId/roles/:roleId', (c) => readEnvironmentRole(c, world));
  routes.get('/v1/environments/:environmentId/roles', (c) => listEnvironmentRoles(c, world));
  routes.get('/v1/environments/:environmentId/populations', (c) => listPopulations(c, world));
  routes.get('/v1/environments/:environmentId/populations/:populationId', (c) => readPopulation(c, world));
  return routes;
}
