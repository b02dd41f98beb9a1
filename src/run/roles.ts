// The worker's roles: reads them, finds the roles of the input `roles` by name, and grants what is missing.
import type { Advice } from '../errors.ts';
import { ActionError } from '../errors.ts';
import type { ApplicationRef } from '../pingone/applications.ts';
import { listApplications } from '../pingone/applications.ts';
import type { PingOne } from '../pingone/client.ts';
import { listPopulations } from '../pingone/environments.ts';
import type { PingOneError } from '../pingone/errors.ts';
import { explainPingOne } from '../pingone/errors.ts';
import type { Role, RoleAssignment } from '../pingone/roles.ts';
import { grantRole, listCustomRoles, listRoles } from '../pingone/roles.ts';
import type { Change } from '../reconcile/diff.ts';
import type { DesiredRoles, RoleGrant, RoleLine, ScopeTarget, WorkerScope } from '../reconcile/roles.ts';
import { defaultRoleLine, findRole, grantOf, isApplicable, roleOf } from '../reconcile/roles.ts';
import { distinguishable, inline, nearest, sentenceList } from '../text.ts';
import type { StepContext } from './context.ts';

/** Reads the built-in roles. */
export function observeRoles(pingone: PingOne): Promise<readonly Role[]> {
  return listRoles(pingone).catch((error: unknown) => {
    throw explainPingOne(error, 'reading the roles');
  });
}

/**
 * The built-in roles, and the environment's custom roles if the inputs or the worker need them.
 *
 * @param held the role assignments of the worker
 */
export async function knownRoles(
  pingone: PingOne,
  builtIn: readonly Role[],
  desired: DesiredRoles,
  held: readonly RoleAssignment[],
  { environmentId }: WorkerScope,
): Promise<readonly Role[]> {
  const isAsked = !desiredLines(desired).every((line) => findRole(builtIn, line.roleName));
  if (!isAsked && held.every((assignment) => roleOf(assignment, builtIn))) return builtIn;
  const reading = listCustomRoles(pingone, environmentId);
  const custom = isAsked
    ? await reading.catch((error: unknown) => {
        throw explainPingOne(error, 'reading the custom roles of the environment');
      })
    : // Only for the names in the log.
      await reading.catch(() => []);
  return [...builtIn, ...custom];
}

/**
 * The desired roles with their IDs.
 *
 * @throws ActionError if PingOne does not know a role or does not allow it at its scope, or if a population or an
 *   application is not found
 */
export async function resolveGrants(
  pingone: PingOne,
  roles: readonly Role[],
  desired: DesiredRoles,
  workerScope: WorkerScope,
): Promise<readonly RoleGrant[]> {
  const lines = desiredLines(desired);
  const unknown = lines.filter((line) => !findRole(roles, line.roleName));
  if (unknown.length > 0) throw unknownRoles(unknown, roles);
  const grants: RoleGrant[] = [];
  for (const line of lines) {
    const role = findRole(roles, line.roleName);
    if (!role) continue;
    if (!isApplicable(role, line)) throw notApplicable(role, line);
    grants.push(grantOf(role, line, workerScope, await scopeTarget(pingone, line, workerScope)));
  }
  return grants;
}

function desiredLines(desired: DesiredRoles): readonly RoleLine[] {
  if (desired.kind === 'listed') return desired.lines;
  return desired.kind === 'default' ? [defaultRoleLine] : [];
}

async function scopeTarget(
  pingone: PingOne,
  { scope, scopeTarget: wanted }: RoleLine,
  { environmentId }: WorkerScope,
): Promise<ScopeTarget | undefined> {
  if (wanted === undefined) return undefined;
  const list = scope === 'population' ? listPopulations : listApplications;
  const candidates: readonly ScopeTarget[] = await list(pingone, environmentId).catch((error: unknown) => {
    throw explainPingOne(error, `reading the ${scope}s of the environment, for \`roles\``);
  });
  const matches = candidates.filter(({ id, name }) => name === wanted || id === wanted.toLowerCase());
  const [match, ...others] = matches;
  if (!match || others.length > 0) throw noSuchScopeTarget(scope, wanted, matches, candidates);
  return { id: match.id, name: match.name };
}

/** Grants the roles of a plan, one after the other. */
export async function applyGrants(
  { pingone }: StepContext,
  ref: ApplicationRef,
  plan: readonly Change[],
  finish: (change: Change) => void,
): Promise<void> {
  for (const change of plan) {
    if (change.kind !== 'grant-role') continue;
    const { grant } = change;
    await grantRole(pingone, ref, grant.roleId, grant.scope).catch((error: unknown) => {
      throw explainPingOne(error, `granting ${grant.label}`, (refusal) => cannotGrant(grant, refusal));
    });
    finish(change);
  }
}

/** Granting a role was refused: each role can assign certain roles only (PingOne API docs, "Built-in Admin Roles"). */
function cannotGrant(grant: RoleGrant, error: PingOneError): Advice | undefined {
  if (!error.isAccessDenied && !error.says('Must have role at the same or broader scope')) return undefined;
  const where = grant.scope.type.toLowerCase();
  return {
    cause: `the admin application holds no role that can grant ${grant.roleName} on this ${where}.`,
    fix:
      `in PingOne, grant the admin application *Environment Admin* on the ${where}, or another role that can grant ` +
      `*${grant.roleName}*. *Identity Data Admin* can grant itself, *Identity Data Read Only* and *Help Desk Admin*. Or ` +
      'set `roles` to roles that the admin application can grant, or to `none`.',
  };
}

/** Names all unknown roles, each with the most similar known one. */
function unknownRoles(lines: readonly RoleLine[], roles: readonly Role[]): ActionError {
  const names = roles.map(({ name }) => name);
  const named = lines.map(({ roleName }) => {
    const meant = nearest(roleName, names);
    const [wanted = '', near = ''] = distinguishable(meant === undefined ? [roleName] : [roleName, meant]);
    return { wanted, near: meant === undefined ? '' : `${wanted}: did you mean ${near}?` };
  });
  const isList = lines.some(({ roleName }) => roleName.split(/[,;]/).some((part) => names.includes(part.trim())));
  const suggestions = named.map(({ near }) => near).filter(Boolean);
  const form = isList ? 'write one role per line, without commas. ' : '';
  return new ActionError({
    what: `\`roles\` contains ${sentenceList(named.map(({ wanted }) => wanted))}, which PingOne does not have.`,
    cause: isList ? 'several roles are in one line.' : 'a typo, or a custom role of another environment.',
    fix:
      suggestions.length > 0
        ? form + suggestions.join(' ')
        : `${form || 'use the exact name of a role. '}PingOne shows the names on the Roles tab of an application.`,
  });
}

function notApplicable(role: Role, line: RoleLine): ActionError {
  const scopes = (role.applicableTo ?? []).map((scope) => inline(scope, 40).toLowerCase());
  return new ActionError({
    what: `\`roles\` contains ${inline(role.name, 60)} @ ${line.scope}, but PingOne does not grant this role at this scope.`,
    cause: 'PingOne grants each role only at some kinds of scope.',
    fix: `write one of: ${scopes.map((scope) => `\`${inline(role.name, 60)} @ ${withTarget(scope)}\``).join(', ')}.`,
  });
}

/** A scope as a line of `roles` writes it. */
function withTarget(scope: string): string {
  return scope === 'population' || scope === 'application' ? `${scope}:<ID or name>` : scope;
}

function noSuchScopeTarget(
  scope: string,
  wanted: string,
  matches: readonly ScopeTarget[],
  candidates: readonly ScopeTarget[],
): ActionError {
  const names = candidates.slice(0, 20).map(({ name }) => `"${inline(name, 60)}"`);
  const isAmbiguous = matches.length > 1;
  return new ActionError({
    what: isAmbiguous
      ? `\`roles\`: ${matches.length} ${scope}s are named "${inline(wanted, 60)}".`
      : `\`roles\`: the environment has no ${scope} "${inline(wanted, 60)}".`,
    cause: isAmbiguous
      ? 'names are not unique in PingOne.'
      : `a typo (names are matched exactly, including case), or the ${scope} belongs to another environment.`,
    fix: isAmbiguous
      ? `use one of their IDs: ${sentenceList(matches.map(({ id }) => id))}.`
      : names.length > 0
        ? `use an ID or one of these names: ${sentenceList(names)}.`
        : `create the ${scope} in PingOne first.`,
  });
}
