// Roles: those of the inputs, those that a worker holds, and which of them to grant.
import type { Role, RoleAssignment, Scope } from '../pingone/roles.ts';
import { sentenceList } from '../text.ts';

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

/**
 * The roles that the worker should hold.
 * - `default`: `Identity Data Admin` on the environment, if the worker is new or holds no role
 * - `listed`: each of these
 * - `keep`, `none`: grant nothing
 */
export type DesiredRoles =
  { readonly kind: 'default' | 'keep' | 'none' } | { readonly kind: 'listed'; readonly lines: readonly RoleLine[] };

/** The roles that the worker holds in PingOne. */
export interface HeldAssignments {
  readonly assignments: readonly RoleAssignment[];
  readonly workerScope: WorkerScope;
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
  readonly isAdministrators?: boolean;
  /** Whether `roles` does not list it. */
  readonly isBeyond?: boolean;
}

/** A role to grant, with PingOne's IDs. */
export interface RoleGrant extends HeldRole {
  readonly roleId: string;
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
function isAdministrators(role: Role | undefined, scope: Scope): boolean {
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

/**
 * The roles to grant.
 *
 * @param grants the desired roles with their IDs
 */
export function missingGrants(
  { kind }: DesiredRoles,
  { assignments, workerScope }: HeldAssignments,
  grants: readonly RoleGrant[],
): readonly RoleGrant[] {
  const wanted = kind === 'listed' || (kind === 'default' && assignments.length === 0) ? grants : [];
  return wanted
    .filter((grant) => holding(grant, assignments, workerScope) === 'none')
    .filter((grant, index, all) => !isCovered(grant, all.slice(0, index), all.slice(index + 1), workerScope));
}

/** Whether an earlier line grants the same, or another line grants the role at a broader scope. */
function isCovered(
  grant: RoleGrant,
  earlier: readonly RoleGrant[],
  later: readonly RoleGrant[],
  workerScope: WorkerScope,
): boolean {
  const held = (grants: readonly RoleGrant[]): ReturnType<typeof holding> =>
    holding(
      grant,
      grants.map(({ roleId, scope }) => ({ id: '', role: { id: roleId }, scope })),
      workerScope,
    );
  return held(earlier) !== 'none' || held(later) === 'broader';
}

/** The warning of a role for administrators. */
export function grantWarning({ isAdministrators }: RoleGrant): string | undefined {
  return isAdministrators === true
    ? 'this is a role for administrators, and directory synchronization does not need it'
    : undefined;
}

/** Warnings and notices about the roles that a worker holds. */
export interface RoleNotes {
  /** Why the admin application cannot read the worker's secret. */
  readonly unreadableSecret: string | undefined;
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
  readonly heldRoles: readonly HeldRole[];
}

/**
 * Checks the roles that a worker holds.
 *
 * Source: PingOne API docs, "Application Secret": a caller can read a worker's secret only if none of the worker's role
 * assignments is `readOnly` for it, that is, if it holds each of these roles at the same or a broader scope.
 *
 * @param grants the desired roles with their IDs
 */
export function roleNotes(
  desired: DesiredRoles,
  observed: HeldAssignments,
  grants: readonly RoleGrant[],
  roles: readonly Role[],
): RoleNotes {
  const { assignments, workerScope } = observed;
  const hidden = assignments.filter(({ readOnly }) => readOnly === true);
  const broader = grants.filter((grant) => holding(grant, assignments, workerScope) === 'broader');
  const held = heldRoles(desired, observed, grants, roles);
  const administrators = held.filter((role) => role.isAdministrators).map(({ label }) => label);
  return {
    unreadableSecret:
      hidden.length === 0 ? undefined : unreadable(hidden.map((it) => assignmentLabel(it, roles, workerScope))),
    warnings:
      administrators.length === 0
        ? []
        : [
            `The worker holds ${sentenceList(administrators)}. This is a role for administrators, and directory ` +
              'synchronization does not need it. If nothing else needs it, remove it in PingOne.',
          ],
    notices: broader.map(({ label }) => `${label} is not granted: the worker holds the role at a broader scope.`),
    heldRoles: held,
  };
}

function unreadable(labels: readonly string[]): string {
  return (
    `The worker holds ${sentenceList(labels)}, but the admin application does not, so PingOne does not let it read the ` +
    "worker's secret. Grant that role to the admin application."
  );
}

function heldRoles(
  desired: DesiredRoles,
  { assignments, workerScope }: HeldAssignments,
  grants: readonly RoleGrant[],
  roles: readonly Role[],
): readonly HeldRole[] {
  return assignments.map((assignment) => {
    const role = roleOf(assignment, roles);
    const isAsked = grants.some((grant) => holding(grant, [assignment], workerScope) !== 'none');
    return {
      roleName: role?.name ?? '',
      scope: assignment.scope,
      label: assignmentLabel(assignment, roles, workerScope),
      isAdministrators: isAdministrators(role, assignment.scope),
      isBeyond: desired.kind === 'listed' && !isAsked,
    };
  });
}
