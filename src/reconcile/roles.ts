import type { Role, RoleAssignment, Scope } from '../pingone/roles.ts';

/** One line of the input `roles`. */
export interface RoleLine {
  readonly roleName: string;
  readonly scope: ScopeName;
  /** Id or name of the population or the application; undefined for the other scopes. */
  readonly scopeTarget?: string;
}

/** What a role can reach. */
export type ScopeName = 'environment' | 'organization' | 'population' | 'application';

/** A population or an application that a line names, found in PingOne. */
export interface ScopeTarget {
  readonly id: string;
  readonly name: string;
}

/** A role that is to be held, with the IDs that PingOne wants. */
export interface RoleGrant {
  readonly roleId: string;
  readonly roleName: string;
  readonly scope: Scope;
  /** `Role name @ scope`, without an ID. */
  readonly label: string;
  /** Whether it is a role for administrators. */
  readonly isAdministrators?: boolean;
}

/** The worker's environment and organization. */
export interface WorkerScope {
  readonly environmentId: string;
  readonly organizationId: string;
}

/**
 * The one role that PingDataSync's guide asks for, on the environment of the worker.
 * Source: PingDataSync Server Administration Guide, "Prerequisites for synchronizing with PingOne".
 */
export const defaultRoleLine: RoleLine = { roleName: 'Identity Data Admin', scope: 'environment' };

// The admin console and the documentation label some roles otherwise than the API names them (PingOne docs, "Roles").
const consoleLabels: Readonly<Record<string, string>> = {
  'identity data read-only admin': 'identity data read only',
  'configuration read-only admin': 'configuration read only',
  'custom role admin': 'custom roles admin',
  'davinci read-only admin': 'davinci admin read only',
};

/** A role that the worker holds, or will hold once the plan is applied. */
export interface HeldRole {
  readonly roleName: string;
  readonly scope: Scope;
  /** `Role name @ scope`, without an ID. */
  readonly label: string;
  /** Whether its holder can grant roles or manage administrators: no sync needs such a role. */
  readonly isAdministrators: boolean;
  /** Whether the inputs do not ask for it. */
  readonly isBeyond: boolean;
}

/** A line whose scope is none that PingOne has. */
export interface UnknownScope {
  readonly roleName: string;
  readonly unknownScope: string;
}

/**
 * Parses `Role name` or `Role name @ scope`, split at the last ` @ `.
 *
 * @returns the line, or the scope that is not known
 */
export function parseRoleLine(line: string): RoleLine | UnknownScope {
  const parts = /^(?<roleName>.*)(?:^| )@ (?<scope>.*)$/s.exec(line)?.groups;
  if (!parts) return { roleName: line.trim(), scope: 'environment' };
  const [roleName = '', scope = ''] = [parts['roleName']?.trim(), parts['scope']?.trim()];
  const known = scope.toLowerCase();
  if (known === 'environment' || known === 'organization') return { roleName, scope: known };
  const part = /^(?<kind>population|application):\s*(?<target>\S.*)$/i.exec(scope);
  const kind = part?.groups?.['kind']?.toLowerCase();
  if (kind !== 'population' && kind !== 'application') return { roleName, unknownScope: scope };
  return { roleName, scope: kind, scopeTarget: part?.groups?.['target'] ?? '' };
}

/** The role of this name, as the API or as the console writes it, in any case. */
export function findRole(roles: readonly Role[], name: string): Role | undefined {
  const wanted = name.trim().toLowerCase();
  const alias = consoleLabels[wanted];
  return (
    roles.find((role) => role.name.toLowerCase() === wanted) ?? roles.find((role) => role.name.toLowerCase() === alias)
  );
}

/** Whether PingOne lets this role be granted at this kind of scope; a role that does not say is given the benefit. */
export function isApplicable(role: Role, line: RoleLine): boolean {
  return role.applicableTo?.includes(line.scope.toUpperCase()) ?? true;
}

/**
 * The line with IDs.
 *
 * @param target the population or the application that the line names, for those scopes
 */
export function grantOf(role: Role, { scope }: RoleLine, workerScope: WorkerScope, target?: ScopeTarget): RoleGrant {
  const id = target?.id ?? (scope === 'organization' ? workerScope.organizationId : workerScope.environmentId);
  const granted = { type: scope.toUpperCase(), id };
  return {
    roleId: role.id,
    roleName: role.name,
    scope: granted,
    isAdministrators: isAdministrators(role, granted),
    label: `${role.name} @ ${scope}${target ? `:${target.name}` : ''}`,
  };
}

/** Whether the role is held at this very scope, at a wider one, or not at all. */
export function holding(
  grant: RoleGrant,
  assignments: readonly RoleAssignment[],
  workerScope: WorkerScope,
): 'exact' | 'wider' | 'none' {
  const held = assignments.filter((assignment) => assignment.role.id === grant.roleId);
  if (held.some(({ scope }) => isSameScope(scope, grant.scope))) return 'exact';
  return held.some(({ scope }) => isWider(scope, grant.scope, workerScope)) ? 'wider' : 'none';
}

function isSameScope(a: Scope, b: Scope): boolean {
  return a.type === b.type && a.id === b.id;
}

function isWider(held: Scope, wanted: Scope, workerScope: WorkerScope): boolean {
  if (held.type === 'ORGANIZATION') return held.id === workerScope.organizationId && wanted.type !== 'ORGANIZATION';
  return (
    held.type === 'ENVIRONMENT' &&
    held.id === workerScope.environmentId &&
    (wanted.type === 'POPULATION' || wanted.type === 'APPLICATION')
  );
}

/** How messages name a role assignment: without an ID. */
export function assignmentLabel(assignment: RoleAssignment, roles: readonly Role[], workerScope: WorkerScope): string {
  const name = roleOf(assignment, roles)?.name ?? 'a custom role';
  const { type, id } = assignment.scope;
  const elsewhere = type === 'ENVIRONMENT' && id !== workerScope.environmentId ? ' (another one)' : '';
  return `${name} @ ${type.toLowerCase()}${elsewhere}`;
}

/** The role of an assignment, if it is among these. */
export function roleOf(assignment: RoleAssignment, roles: readonly Role[]): Role | undefined {
  return roles.find(({ id }) => id === assignment.role.id);
}

/**
 * Whether a role at this scope is one for administrators.
 * Source: PingOne docs, "Administrator roles": Organization Admin and Environment Admin can grant others.
 */
export function isAdministrators(role: Role | undefined, scope: Scope): boolean {
  if (!role) return false;
  if (role.type === 'CUSTOM') return (role.canAssign ?? []).length > 0;
  if (role.name === 'Identity Data Admin') return scope.type === 'ORGANIZATION';
  return role.name === 'Organization Admin' || role.name === 'Environment Admin';
}

// Roles that include reading populations (PingOne docs, "Administrator roles").
const populationReaders: readonly string[] = ['Identity Data Admin', 'Identity Data Read Only', 'Environment Admin'];

/** Whether one of these roles allows reading the populations of the worker's environment. */
export function canReadPopulations(held: readonly HeldRole[], workerScope: WorkerScope): boolean {
  const reached = [workerScope.environmentId, workerScope.organizationId];
  return held.some(({ roleName, scope }) => populationReaders.includes(roleName) && reached.includes(scope.id));
}
