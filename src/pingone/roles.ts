import * as z from 'zod/mini';
import type { ApplicationRef } from './applications.ts';
import { applicationPath, lagOf } from './applications.ts';
import type { PingOne } from './client.ts';
import { idSchema, readCollection } from './client.ts';
import { environmentPath } from './environments.ts';
import { PingOneError } from './errors.ts';

const roleSchema = z.object({
  id: idSchema,
  name: z.string(),
  applicableTo: z.optional(z.array(z.string())),
  type: z.optional(z.string()),
  canAssign: z.optional(z.array(z.unknown())),
});
const scopeSchema = z.object({ type: z.string(), id: idSchema });
const assignmentSchema = z.object({
  id: idSchema,
  role: z.object({ id: idSchema }),
  scope: scopeSchema,
  readOnly: z.optional(z.boolean()),
});

/**
 * An administrator role. `canAssign` lists the roles that a holder of a custom role can grant.
 * Source: PingOne API docs, "Roles" and "Custom Roles".
 */
export type Role = z.infer<typeof roleSchema>;

/** The scope of a role assignment: `type` is ORGANIZATION, ENVIRONMENT, POPULATION or APPLICATION. */
export type Scope = z.infer<typeof scopeSchema>;

/**
 * A role that an application holds. `readOnly` is true if the caller lacks the role at that scope.
 * Source: PingOne API docs, "Application Role Assignments".
 */
export type RoleAssignment = z.infer<typeof assignmentSchema>;

/** The built-in roles, which all environments share. */
export function listRoles(pingone: PingOne): Promise<Role[]> {
  return readCollection(pingone, '/roles', { member: 'roles', item: roleSchema });
}

/** The custom roles of an environment. */
export function listCustomRoles(pingone: PingOne, environmentId: string): Promise<Role[]> {
  const filter = encodeURIComponent('type eq "CUSTOM"');
  return readCollection(pingone, environmentPath(environmentId, `/roles?filter=${filter}`), {
    member: 'roles',
    item: roleSchema,
  });
}

/** The roles that an application holds. */
export function listRoleAssignments(pingone: PingOne, ref: ApplicationRef): Promise<RoleAssignment[]> {
  return readCollection(pingone, applicationPath(ref, '/roleAssignments'), {
    member: 'roleAssignments',
    item: assignmentSchema,
  });
}

/**
 * POST of a role assignment. Idempotent: if the role is held already, at this or a broader scope, PingOne returns
 * UNIQUENESS_VIOLATION, which counts as granted.
 */
export async function grantRole(pingone: PingOne, ref: ApplicationRef, roleId: string, scope: Scope): Promise<void> {
  try {
    await pingone.empty({
      kind: 'write',
      method: 'POST',
      path: applicationPath(ref, '/roleAssignments'),
      body: { role: { id: roleId }, scope: { id: scope.id, type: scope.type } },
      isLag: lagOf(ref),
    });
  } catch (error) {
    if (!(error instanceof PingOneError && error.hasDetail('UNIQUENESS_VIOLATION'))) throw error;
  }
}
