import type { Role } from '../pingone/roles.ts';
import { sentenceList } from '../text.ts';
import type { DesiredWorker } from './attributes.ts';
import { describeSecretAge } from './attributes.ts';
import type { Change, ObservedWorker } from './diff.ts';
import { imageIdOf } from './diff.ts';
import type { HeldRole, RoleGrant } from './roles.ts';
import { assignmentLabel, holding, isAdministrators, roleOf } from './roles.ts';

/** Warnings and notices about a plan. */
export interface Notes {
  /** Why the admin application cannot read the worker's secret. */
  readonly unreadableSecret: string | undefined;
  /** How old the secret is and when it will be rotated, if `rotate-secret` is an age. */
  readonly secretAge: string | undefined;
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
  /** The roles that the worker holds now. */
  readonly heldRoles: readonly HeldRole[];
  /** The roles that it holds after the plan. */
  readonly plannedRoles: readonly HeldRole[];
}

/**
 * Checks the roles that a worker holds.
 *
 * Source: PingOne API docs, "Application Secret": a caller can read a worker's secret only if none of the worker's role
 * assignments is `readOnly` for it, that is, if it holds each of these roles at the same or a broader scope.
 *
 * @param grants the desired roles with their IDs
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
  const broader = grants.filter((grant) => holding(grant, assignments, workerScope) === 'broader');
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
            `The worker holds ${sentenceList(administrators)}. This is a role for administrators, and directory ` +
              'synchronization does not need it. If nothing else needs it, remove it in PingOne.',
          ],
    notices: [
      ...broader.map(({ label }) => `${label} is not granted: the worker holds the role at a broader scope.`),
      ...iconNotices(desired, observed),
    ],
    heldRoles: held,
    plannedRoles: [...held, ...planned],
  };
}

function unreadable(labels: readonly string[]): string {
  return (
    `The worker holds ${sentenceList(labels)}, but the admin application does not, so PingOne does not let it read the ` +
    "worker's secret. Grant that role to the admin application."
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
  const isKept = iconSha256 !== undefined && application && imageIdOf(application) !== undefined && !icon.canBeRecorded;
  return isKept
    ? ['The icon is not changed: without a record, the action cannot compare it with the file in `icon`.']
    : [];
}
