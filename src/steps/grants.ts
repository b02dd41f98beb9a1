import { ActionError } from '../errors.ts';
import type { PingOne } from '../pingone/client.ts';
import { explainPingOne } from '../pingone/explain.ts';
import type { Role } from '../pingone/roles.ts';
import { listCustomRoles } from '../pingone/roles.ts';
import { inline } from '../text.ts';
import type { DesiredRoles } from '../worker/desired.ts';
import type { Place, RoleGrant, RoleLine } from '../worker/roles.ts';
import { defaultRoleLine, findRole, grantOf, isApplicable } from '../worker/roles.ts';

/**
 * The desired roles with their ids, before anything is changed.
 * Throws ActionError for a role that PingOne does not know, or not at this scope.
 *
 * @param builtIn the roles that all environments share; custom ones are read only where one of these does not match
 */
export async function resolveGrants(
  pingone: PingOne,
  builtIn: readonly Role[],
  desired: DesiredRoles,
  place: Place,
): Promise<readonly RoleGrant[]> {
  const lines = desiredLines(desired);
  const isBuiltIn = lines.every((line) => findRole(builtIn, line.roleName));
  const roles = isBuiltIn ? builtIn : [...builtIn, ...(await customRoles(pingone, place.environmentId))];
  return lines.map((line) => {
    const role = findRole(roles, line.roleName);
    if (!role) throw unknownRole(line, roles);
    if (!isApplicable(role, line)) throw notApplicable(role, line);
    return grantOf(role, line, place);
  });
}

function desiredLines(desired: DesiredRoles): readonly RoleLine[] {
  if (desired.kind === 'listed') return desired.lines;
  return desired.kind === 'default' ? [defaultRoleLine] : [];
}

async function customRoles(pingone: PingOne, environmentId: string): Promise<readonly Role[]> {
  return listCustomRoles(pingone, environmentId).catch((error: unknown) => {
    throw explainPingOne(error, 'reading the custom roles of the environment');
  });
}

function unknownRole(line: RoleLine, roles: readonly Role[]): ActionError {
  const names = roles.map(({ name }) => inline(name, 60)).sort();
  return new ActionError({
    what: `\`roles\` names "${inline(line.roleName, 60)}", which PingOne does not know.`,
    cause: 'a typo, or a custom role of another environment.',
    fix: `use one of: ${names.join(', ')}.`,
  });
}

function notApplicable(role: Role, line: RoleLine): ActionError {
  const scopes = (role.applicableTo ?? []).map((scope) => inline(scope, 40).toLowerCase());
  return new ActionError({
    what: `\`roles\` asks for ${inline(role.name, 60)} @ ${line.scope}, but PingOne does not grant it there.`,
    cause: 'each role can be granted at some kinds of scope only.',
    fix: `write one of: ${scopes.map((scope) => `\`${inline(role.name, 60)} @ ${scope}\``).join(', ')}.`,
  });
}
