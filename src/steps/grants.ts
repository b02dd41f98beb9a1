import { ActionError } from '../errors.ts';
import { listApplications } from '../pingone/applications.ts';
import type { PingOne } from '../pingone/client.ts';
import { explainPingOne } from '../pingone/explain.ts';
import { listPopulations } from '../pingone/populations.ts';
import type { Role, RoleAssignment } from '../pingone/roles.ts';
import { listCustomRoles } from '../pingone/roles.ts';
import { distinguishable, inline, nearest, sentenceList } from '../text.ts';
import type { DesiredRoles } from '../worker/desired.ts';
import type { Place, RoleGrant, RoleLine, ScopeTarget } from '../worker/roles.ts';
import { defaultRoleLine, findRole, grantOf, isApplicable, roleOf } from '../worker/roles.ts';

/**
 * The roles that the inputs or the worker name: the built-in ones, and the environment's custom roles if one of these is
 * not built in.
 *
 * @param held the role assignments of the worker
 */
export async function knownRoles(
  pingone: PingOne,
  builtIn: readonly Role[],
  desired: DesiredRoles,
  held: readonly RoleAssignment[],
  { environmentId }: Place,
): Promise<readonly Role[]> {
  const isAsked = !desiredLines(desired).every((line) => findRole(builtIn, line.roleName));
  if (!isAsked && held.every((assignment) => roleOf(assignment, builtIn))) return builtIn;
  const reading = listCustomRoles(pingone, environmentId);
  const custom = isAsked
    ? await reading.catch((error: unknown) => {
        throw explainPingOne(error, 'reading the custom roles of the environment');
      })
    : // Only needed for the names in the log.
      await reading.catch(() => []);
  return [...builtIn, ...custom];
}

/**
 * The desired roles with their ids, before anything is changed.
 *
 * @throws ActionError for a role that PingOne does not know, or not at this scope, and for a population or an
 *   application that is not found
 */
export async function resolveGrants(
  pingone: PingOne,
  roles: readonly Role[],
  desired: DesiredRoles,
  place: Place,
): Promise<readonly RoleGrant[]> {
  const lines = desiredLines(desired);
  const unknown = lines.filter((line) => !findRole(roles, line.roleName));
  if (unknown.length > 0) throw unknownRoles(unknown, roles);
  const grants: RoleGrant[] = [];
  for (const line of lines) {
    const role = findRole(roles, line.roleName);
    if (!role) continue;
    if (!isApplicable(role, line)) throw notApplicable(role, line);
    grants.push(grantOf(role, line, place, await scopeTarget(pingone, line, place)));
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
  { environmentId }: Place,
): Promise<ScopeTarget | undefined> {
  if (wanted === undefined) return undefined;
  const list = scope === 'population' ? listPopulations : listApplications;
  const candidates: readonly ScopeTarget[] = await list(pingone, environmentId).catch((error: unknown) => {
    throw explainPingOne(error, `reading the ${scope}s of the environment, for \`roles\``);
  });
  const matches = candidates.filter(({ id, name }) => name === wanted || id === wanted.toLowerCase());
  const [match, ...others] = matches;
  if (!match || others.length > 0) throw noSuchTarget(scope, wanted, matches, candidates);
  return { id: match.id, name: match.name };
}

/** All of them at once, and for each only the name that was probably meant: a list of all roles helps nobody. */
function unknownRoles(lines: readonly RoleLine[], roles: readonly Role[]): ActionError {
  const names = roles.map(({ name }) => name);
  const told = lines.map(({ roleName }) => {
    const meant = nearest(roleName, names);
    const [wanted = '', near = ''] = distinguishable(meant === undefined ? [roleName] : [roleName, meant]);
    return { wanted, near: meant === undefined ? '' : `${wanted}: did you mean ${near}?` };
  });
  const isList = lines.some(({ roleName }) => roleName.split(/[,;]/).some((part) => names.includes(part.trim())));
  const suggestions = told.map(({ near }) => near).filter(Boolean);
  const form = isList ? 'write one role per line, without commas. ' : '';
  return new ActionError({
    what: `\`roles\` names ${sentenceList(told.map(({ wanted }) => wanted))}, which PingOne does not know.`,
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
    what: `\`roles\` asks for ${inline(role.name, 60)} @ ${line.scope}, but PingOne does not grant it there.`,
    cause: 'each role can be granted at some kinds of scope only.',
    fix: `write one of: ${scopes.map((scope) => `\`${inline(role.name, 60)} @ ${withTarget(scope)}\``).join(', ')}.`,
  });
}

/** As a line of `roles` names a scope: those that there are many of with the one that is meant. */
function withTarget(scope: string): string {
  return scope === 'population' || scope === 'application' ? `${scope}:<id or name>` : scope;
}

function noSuchTarget(
  scope: string,
  wanted: string,
  matches: readonly ScopeTarget[],
  candidates: readonly ScopeTarget[],
): ActionError {
  const names = candidates.slice(0, 20).map(({ name }) => `"${inline(name, 60)}"`);
  const isAmbiguous = matches.length > 1;
  return new ActionError({
    what: `\`roles\` names the ${scope} "${inline(wanted, 60)}", of which there ${isAmbiguous ? `are ${matches.length}` : 'is none'}.`,
    cause: isAmbiguous
      ? 'names are not unique in PingOne.'
      : 'a typo (names are exact, case and all), or another environment.',
    fix: isAmbiguous
      ? `give the id: ${sentenceList(matches.map(({ id }) => id))}.`
      : `use an id or a name: ${names.length > 0 ? sentenceList(names) : 'there are none yet'}.`,
  });
}
