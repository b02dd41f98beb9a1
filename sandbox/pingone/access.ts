/**
 * Who may do what. A caller is an application (a worker); what it may do follows from its role assignments at the
 * moment of the request.
 * Source: PingOne API docs, Application Role Assignments (`readOnly`), Predefined roles, Application Secret.
 */
import type { Context } from 'hono';
import { forbidden, invalidToken, notFound } from './errors.ts';
import type { Permission, Role } from './roles.ts';
import { mayAssign, roleById } from './roles.ts';
import type { Application, Environment, PingOneState, RoleAssignment, Scope } from './state.ts';
import type { PingOneWorld } from './world.ts';

/** The application whose access token came with the request. */
export function authenticate(c: Context, world: PingOneWorld): Application {
  const token = /^Bearer +(\S+)$/i.exec(c.req.header('Authorization') ?? '')?.[1];
  const grant = token === undefined ? undefined : world.tokens.get(token);
  const caller =
    grant && grant.expiresAt > world.clock.now() ? world.state.applications.get(grant.applicationId) : null;
  if (!caller) throw invalidToken();
  return caller;
}

/** The scope and everything that contains it, narrowest first. */
function withAncestors(state: PingOneState, scope: Scope): Scope[] {
  const organization: Scope = { type: 'ORGANIZATION', id: state.organizationId };
  if (scope.type === 'ORGANIZATION') return [scope];
  if (scope.type === 'ENVIRONMENT') return [scope, organization];
  const table = scope.type === 'POPULATION' ? state.populations : state.applications;
  const environmentId = table.get(scope.id)?.environmentId;
  return environmentId ? [scope, { type: 'ENVIRONMENT', id: environmentId }, organization] : [scope, organization];
}

/** Whether an assignment at `held` reaches `scope`. */
export const reaches = (state: PingOneState, held: Scope, scope: Scope): boolean =>
  withAncestors(state, scope).some(({ type, id }) => type === held.type && id === held.id);

/** Whether the caller has, at this scope or a wider one, a role that `suffices`. */
const hasRole = (state: PingOneState, caller: Application, scope: Scope, suffices: (role: Role) => boolean): boolean =>
  caller.roleAssignments.some((held) => {
    const role = roleById(held.roleId);
    return role !== undefined && suffices(role) && reaches(state, held.scope, scope);
  });

export const permits = (state: PingOneState, caller: Application, permission: Permission, scope: Scope): boolean =>
  hasRole(state, caller, scope, (role) => role.permissions.includes(permission));

export function requirePermission(
  state: PingOneState,
  caller: Application,
  permission: Permission,
  scope: Scope,
): void {
  if (!permits(state, caller, permission, scope)) throw forbidden();
}

export const mayGrant = (state: PingOneState, caller: Application, role: Role, scope: Scope): boolean =>
  hasRole(state, caller, scope, (held) => mayAssign(held, role));

/** Computed for each caller: true for the target itself, and for callers that neither hold nor can assign the role there. */
export function isReadOnly(
  state: PingOneState,
  caller: Application,
  target: Application,
  assignment: RoleAssignment,
): boolean {
  const role = roleById(assignment.roleId);
  if (caller.id === target.id || role === undefined) return true;
  return !hasRole(state, caller, assignment.scope, (held) => held.id === role.id || mayAssign(held, role));
}

/** A role anywhere in an environment, or above it, makes the environment visible. */
export const seesEnvironment = (state: PingOneState, caller: Application, environmentId: string): boolean =>
  caller.roleAssignments.some(
    ({ scope }) => scope.type === 'ORGANIZATION' || withAncestors(state, scope).some(({ id }) => id === environmentId),
  );

/**
 * The environment of the path, as far as its contents go: an unknown one and a forbidden one look alike. What the
 * vendor's own clients do then is to read the environment itself, where 404 is told apart.
 */
export function requireEnvironment(state: PingOneState, caller: Application, id: string): Environment {
  const environment = state.environments.get(id);
  if (!environment || !seesEnvironment(state, caller, id)) throw forbidden();
  return environment;
}

/** The environment itself. Only a caller who sees the whole organization learns that an ID does not exist. */
export function readEnvironment(state: PingOneState, caller: Application, id: string): Environment {
  const seesAll = caller.roleAssignments.some(({ scope }) => scope.type === 'ORGANIZATION');
  if (seesAll && !state.environments.get(id)) throw notFound();
  return requireEnvironment(state, caller, id);
}

/** The application of the path, on which the caller needs the permission. */
export function requireApplication(
  state: PingOneState,
  caller: Application,
  permission: Permission,
  environmentId: string,
  id: string,
): Application {
  requireEnvironment(state, caller, environmentId);
  const application = state.applications.get(id);
  const found = application?.environmentId === environmentId ? application : undefined;
  const scope: Scope = found ? { type: 'APPLICATION', id } : { type: 'ENVIRONMENT', id: environmentId };
  requirePermission(state, caller, permission, scope);
  if (!found) throw notFound();
  return found;
}
