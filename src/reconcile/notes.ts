import type { Role } from '../pingone/roles.ts';
import { sentenceList } from '../text.ts';
import type { DesiredWorker } from './attributes.ts';
import { describeSecretAge } from './attributes.ts';
import type { Change, ObservedWorker } from './diff.ts';
import { imageIdOf } from './diff.ts';
import type { HeldRole, RoleGrant } from './roles.ts';
import { assignmentLabel, holding, isAdministrators, roleOf } from './roles.ts';

/** What a person should know before anything is changed, beside the plan itself. */
export interface Notes {
  /** Why the admin credentials will not be able to read the worker's secret. */
  readonly unreadableSecret: string | undefined;
  /** How old the secret is and when it will be rotated, if that depends on its age. */
  readonly secretAge: string | undefined;
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
  /** The roles that the worker holds now. */
  readonly heldRoles: readonly HeldRole[];
  /** The roles that it holds once the plan is applied. */
  readonly plannedRoles: readonly HeldRole[];
}

/**
 * Checks the roles that a worker holds.
 *
 * Source: PingOne API docs, "Application Secret": a worker's secret can be read only by those who see none of its role
 * assignments as `readOnly`, that is, who hold each of these roles at the same or a broader scope.
 *
 * @param grants the desired roles with their IDs
 * @param plan what will be changed
 */
export function notesOn(
  desired: DesiredWorker,
  observed: ObservedWorker,
  grants: readonly RoleGrant[],
  roles: readonly Role[],
  plan: readonly Change[],
): Notes {
  const { assignments, workerScope } = observed;
  const hidden = assignments.filter(({ readOnly }) => readOnly === true);
  const wider = grants.filter((grant) => holding(grant, assignments, workerScope) === 'wider');
  const held = heldRoles(desired, observed, grants, roles);
  const planned = plan.flatMap((change) => (change.kind === 'grant-role' ? [plannedRole(change.grant)] : []));
  const administrators = held.filter((role) => role.isAdministrators).map(({ label }) => label);
  return {
    unreadableSecret:
      hidden.length === 0 ? undefined : unreadable(hidden.map((it) => assignmentLabel(it, roles, workerScope))),
    secretAge: observed.application && describeSecretAge(desired.rotateSecret, observed.secret),
    warnings:
      administrators.length === 0
        ? []
        : [
            `The worker holds ${sentenceList(administrators)}, a role for administrators. ` +
              'Directory synchronization does not need it. If nothing else does, remove it in PingOne.',
          ],
    notices: [
      ...wider.map(({ label }) => `${label} is not granted: the worker holds it at a wider scope.`),
      ...iconNotices(desired, observed),
    ],
    heldRoles: held,
    plannedRoles: [...held, ...planned],
  };
}

function unreadable(labels: readonly string[]): string {
  return (
    `The worker holds ${sentenceList(labels)}, which the admin credentials do not hold. PingOne will not let them ` +
    'read its secret. Grant that role to the application of the admin credentials.'
  );
}

function heldRoles(
  desired: DesiredWorker,
  { assignments, workerScope }: ObservedWorker,
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
      isBeyond: desired.roles.kind === 'listed' && !isAsked,
    };
  });
}

function plannedRole({ roleName, scope, label, isAdministrators: isAdmin = false }: RoleGrant): HeldRole {
  return { roleName, scope, label, isAdministrators: isAdmin, isBeyond: false };
}

function iconNotices({ iconSha256 }: DesiredWorker, { application, icon }: ObservedWorker): readonly string[] {
  const isLeft = iconSha256 !== undefined && application && imageIdOf(application) !== undefined && !icon.canBeRecorded;
  return isLeft
    ? ['The icon is not changed: without a record, the action cannot tell whether it is the one in `icon`.']
    : [];
}
