import type { Role, RoleAssignment, Scope } from '../pingone/roles.ts';

/** One line of the input `roles`. */
export interface RoleLine {
  readonly roleName: string;
  readonly scope: ScopeName;
  /** Id or name of the population or the application; undefined for the other scopes. */
  readonly scopeTarget?: string;
}

/** The kinds of scope of a role. */
export type ScopeName = 'environment' | 'organization' | 'population' | 'application';

/** A population or an application that a line of `roles` names. */
export interface ScopeTarget {
  readonly id: string;
  readonly name: string;
}

/** A role to grant, with PingOne's IDs. */
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
 * The role that PingDataSync's guide requires, on the worker's environment.
 * Source: PingDataSync Server Administration Guide, "Prerequisites for synchronizing with PingOne".
 */
export const defaultRoleLine: RoleLine = { roleName: 'Identity Data Admin', scope: 'environment' };

// Labels of the admin console that differ from the API's names of roles (PingOne docs, "Roles").
const consoleLabels: Readonly<Record<string, string>> = {
  'identity data read-only admin': 'identity data read only',
  'configuration read-only admin': 'configuration read only',
  'custom role admin': 'custom roles admin',
  'davinci read-only admin': 'davinci admin read only',
};

/** A role that the worker holds, or will hold after the plan. */
export interface HeldRole {
  readonly roleName: string;
  readonly scope: Scope;
  /** `Role name @ scope`, without an ID. */
  readonly label: string;
  /** Whether its holder can grant roles or manage administrators. Synchronization does not need such a role. */
  readonly isAdministrators: boolean;
  /** Whether `roles` does not list it. */
  readonly isBeyond: boolean;
}

/** A line with an unknown scope. */
export interface UnknownScope {
  readonly roleName: string;
  readonly unknownScope: string;
}

/**
 * Parses `Role name` or `Role name @ scope`, split at the last ` @ `.
 *
 * @returns the parsed line, or the unknown scope
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

/** The role with this name from the API or from the console, in any case. */
export function findRole(roles: readonly Role[], name: string): Role | undefined {
  const wanted = name.trim().toLowerCase();
  const alias = consoleLabels[wanted];
  return (
    roles.find((role) => role.name.toLowerCase() === wanted) ?? roles.find((role) => role.name.toLowerCase() === alias)
  );
}

/** Whether PingOne allows this role at this kind of scope. A role without this information is assumed to be grantable. */
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

/** Whether the role is held at exactly this scope, at a broader one, or not at all. */
export function holding(
  grant: RoleGrant,
  assignments: readonly RoleAssignment[],
  workerScope: WorkerScope,
): 'exact' | 'broader' | 'none' {
  const held = assignments.filter((assignment) => assignment.role.id === grant.roleId);
  if (held.some(({ scope }) => isSameScope(scope, grant.scope))) return 'exact';
  return held.some(({ scope }) => isBroader(scope, grant.scope, workerScope)) ? 'broader' : 'none';
}

function isSameScope(a: Scope, b: Scope): boolean {
  return a.type === b.type && a.id === b.id;
}

function isBroader(held: Scope, wanted: Scope, workerScope: WorkerScope): boolean {
  if (held.type === 'ORGANIZATION') return held.id === workerScope.organizationId && wanted.type !== 'ORGANIZATION';
  return (
    held.type === 'ENVIRONMENT' &&
    held.id === workerScope.environmentId &&
    (wanted.type === 'POPULATION' || wanted.type === 'APPLICATION')
  );
}

/** A role assignment as messages name it, without an ID. */
export function assignmentLabel(assignment: RoleAssignment, roles: readonly Role[], workerScope: WorkerScope): string {
  const name = roleOf(assignment, roles)?.name ?? 'a custom role';
  const { type, id } = assignment.scope;
  const elsewhere = type === 'ENVIRONMENT' && id !== workerScope.environmentId ? ' (another one)' : '';
  return `${name} @ ${type.toLowerCase()}${elsewhere}`;
}

/** The role of an assignment; undefined if it is not in the list. */
export function roleOf(assignment: RoleAssignment, roles: readonly Role[]): Role | undefined {
  return roles.find(({ id }) => id === assignment.role.id);
}

/**
 * Whether a role at this scope is for administrators.
 * Source: PingOne docs, "Administrator roles": Organization Admin and Environment Admin can grant others.
 */
export function isAdministrators(role: Role | undefined, scope: Scope): boolean {
  if (!role) return false;
  if (role.type === 'CUSTOM') return (role.canAssign ?? []).length > 0;
  if (role.name === 'Identity Data Admin') return scope.type === 'ORGANIZATION';
  return role.name === 'Organization Admin' || role.name === 'Environment Admin';
}

// Roles that can read populations (PingOne docs, "Administrator roles").
const populationReaders: readonly string[] = ['Identity Data Admin', 'Identity Data Read Only', 'Environment Admin'];

/** Whether one of these roles allows reading the populations of the worker's environment. */
export function canReadPopulations(held: readonly HeldRole[], workerScope: WorkerScope): boolean {
  const reached = [workerScope.environmentId, workerScope.organizationId];
  return held.some(({ roleName, scope }) => populationReaders.includes(roleName) && reached.includes(scope.id));
}
