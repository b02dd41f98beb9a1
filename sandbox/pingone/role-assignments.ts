/**
 * `/applications/{id}/roleAssignments`: list, read, create, delete.
 * Source: PingOne API docs, Application Role Assignments; error texts as the Terraform provider recognizes them. Not
 * documented, hence chosen here: 403 for deleting a read-only assignment, 400 for "Must have role …" and for an unknown role, 404 for an unknown scope.
 */
import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import { authenticate, isReadOnly, mayGrant, reaches, requireApplication } from './access.ts';
import { isBuiltIn } from './application-fields.ts';
import { applicationPath } from './application-store.ts';
import { forbidden, invalidData, invalidValue, notFound, requiredValue } from './errors.ts';
import { apiUrl, link, listPage, resource } from './hal.ts';
import { jsonBody, pathParameter } from './request.ts';
import type { Permission, Role } from './roles.ts';
import { roleById } from './roles.ts';
import type { Application, PingOneState, RoleAssignment, Scope, ScopeType } from './state.ts';
import type { PingOneWorld } from './world.ts';

const LIST = '/v1/environments/:environmentId/applications/:applicationId/roleAssignments';
const ONE = `${LIST}/:assignmentId`;
const PAGE_SIZE = 100_000;
const SCOPE_TYPES: readonly string[] = [
  'ORGANIZATION',
  'ENVIRONMENT',
  'POPULATION',
  'APPLICATION',
] satisfies ScopeType[];

/** These cannot be given to a worker at present. */
const NOT_FOR_WORKERS = ['DaVinci Admin', 'DaVinci Admin Read Only'];

interface Subject {
  readonly caller: Application;
  readonly application: Application;
}

/** Only OpenID Connect and SAML applications made by administrators can hold roles. */
function subject(c: Context, world: PingOneWorld, permission: Permission): Subject {
  const caller = authenticate(c, world);
  const [environmentId, id] = [pathParameter(c, 'environmentId'), pathParameter(c, 'applicationId')];
  const application = requireApplication(world.state, caller, permission, environmentId, id);
  const { protocol } = application.fields;
  if (isBuiltIn(application.fields) || !['OPENID_CONNECT', 'SAML'].includes(String(protocol))) throw notFound();
  return { caller, application };
}

function present(c: Context, world: PingOneWorld, { caller, application }: Subject, held: RoleAssignment): JsonObject {
  return {
    _links: { self: link(apiUrl(c), `${applicationPath(application)}/roleAssignments/${held.id}`) },
    id: held.id,
    role: { id: held.roleId },
    scope: held.scope,
    environment: { id: application.environmentId },
    application: { id: application.id },
    readOnly: isReadOnly(world.state, caller, application, held),
  };
}

function readGrant(body: JsonObject): { role: Role; scope: Scope } {
  const role = isObject(body['role']) ? body['role'] : {};
  const scope = isObject(body['scope']) ? body['scope'] : {};
  const missing = [
    ...(role['id'] === undefined ? ['role.id'] : []),
    ...['id', 'type'].filter((key) => scope[key] === undefined).map((key) => `scope.${key}`),
  ];
  if (missing.length > 0) throw invalidData(...missing.map(requiredValue));
  const found = roleById(String(role['id']));
  if (!found) throw invalidData(invalidValue('role', 'Role does not exist'));
  const type = String(scope['type']);
  if (!SCOPE_TYPES.includes(type)) {
    throw invalidData(invalidValue('scope.type', 'is not one of the allowed values', { allowedValues: SCOPE_TYPES }));
  }
  return { role: found, scope: { type: type as ScopeType, id: String(scope['id']) } };
}

function scopeExists(state: PingOneState, { type, id }: Scope): boolean {
  if (type === 'ORGANIZATION') return id === state.organizationId;
  if (type === 'ENVIRONMENT') return state.environments.get(id) !== undefined;
  return (type === 'POPULATION' ? state.populations : state.applications).get(id) !== undefined;
}

function checkGrant(state: PingOneState, { caller, application }: Subject, role: Role, scope: Scope): void {
  if (!role.applicableTo.includes(scope.type)) {
    throw invalidData(invalidValue('scope', `Role is not applicable to the scope type ${scope.type}`));
  }
  if (!scopeExists(state, scope)) throw notFound();
  if (application.fields['type'] === 'WORKER' && NOT_FOR_WORKERS.includes(role.name)) {
    throw invalidData(invalidValue('role', 'Role cannot be assigned to a worker application'));
  }
  if (!mayGrant(state, caller, role, scope)) {
    const message = 'Must have role at the same or broader scope';
    throw invalidData({ code: 'CONSTRAINT_VIOLATION', target: 'role', message });
  }
  const held = application.roleAssignments.some(
    ({ roleId, scope: at }) => roleId === role.id && reaches(state, at, scope),
  );
  if (held) {
    throw invalidData({ code: 'UNIQUENESS_VIOLATION', target: 'role', message: 'May not assign duplicate Role' });
  }
}

async function create(c: Context, world: PingOneWorld): Promise<Response> {
  const at = subject(c, world, 'roleAssignments:create');
  const { role, scope } = readGrant(await jsonBody(c));
  checkGrant(world.state, at, role, scope);
  const assignment = { id: randomUUID(), roleId: role.id, scope };
  at.application.roleAssignments.push(assignment);
  return resource(c, present(c, world, at, assignment), 201);
}

function list(c: Context, world: PingOneWorld): Response {
  const at = subject(c, world, 'roleAssignments:read');
  const rows = world.state.applications.listedRow(at.application.id)?.roleAssignments ?? [];
  return listPage(c, 'roleAssignments', { rows, key: ({ id }) => id, size: PAGE_SIZE }, (row) =>
    present(c, world, at, row),
  );
}

function find({ application }: Subject, id: string): RoleAssignment {
  const assignment = application.roleAssignments.find((held) => held.id === id);
  if (!assignment) throw notFound();
  return assignment;
}

export function roleAssignmentRoutes(world: PingOneWorld): Hono {
  const routes = new Hono();
  routes.get(LIST, (c) => list(c, world));
  routes.post(LIST, (c) => create(c, world));
  routes.get(ONE, (c) => {
    const at = subject(c, world, 'roleAssignments:read');
    return resource(c, present(c, world, at, find(at, pathParameter(c, 'assignmentId'))));
  });
  routes.delete(ONE, (c) => {
    const at = subject(c, world, 'roleAssignments:create');
    const assignment = find(at, pathParameter(c, 'assignmentId'));
    if (isReadOnly(world.state, at.caller, at.application, assignment)) {
      const message = `Role assignment ${assignment.id} cannot be deleted as it is read only`;
      throw forbidden(message, message);
    }
    at.application.roleAssignments = at.application.roleAssignments.filter((held) => held !== assignment);
    return c.body(null, 204);
  });
  return routes;
}
