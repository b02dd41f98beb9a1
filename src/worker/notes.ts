import type { Role } from '../pingone/roles.ts';
import { sentenceList } from '../text.ts';
import type { DesiredWorker } from './desired.ts';
import { imageIdOf } from './icon.ts';
import type { ObservedWorker } from './plan.ts';
import type { RoleGrant } from './roles.ts';
import { assignmentLabel, holding } from './roles.ts';

/** What a person should know before anything is changed, beside the plan itself. */
export interface Notes {
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
  /** The labels of all roles that the worker holds already. */
  readonly heldRoles: readonly string[];
  /** Those of them that were not asked for: left alone. */
  readonly rolesBeyond: readonly string[];
}

/**
 * Looks over the roles that a worker holds: those that make its secret unreadable for the admin credentials, and those
 * that are held at a wider scope than was asked for.
 *
 * Source: PingOne API docs, "Application Secret": a worker's secret can be read only by who sees none of its role
 * assignments as `readOnly`, that is, who holds each of these roles at the same or a broader scope.
 */
export function notesOn(
  desired: DesiredWorker,
  observed: ObservedWorker,
  grants: readonly RoleGrant[],
  roles: readonly Role[],
): Notes {
  const { assignments, place } = observed;
  const label = (assignment: (typeof assignments)[number]): string => assignmentLabel(assignment, roles, place);
  const beyondAdmin = assignments.filter(({ readOnly }) => readOnly === true).map(label);
  const beyond = assignments.filter(
    (assignment) => !grants.some((grant) => holding(grant, [assignment], place) !== 'none'),
  );
  const wider = grants.filter((grant) => holding(grant, assignments, place) === 'wider');
  return {
    warnings:
      beyondAdmin.length === 0
        ? []
        : [
            `The worker holds ${sentenceList(beyondAdmin)}, which the admin credentials do not hold: PingOne will ` +
              'refuse to give them its secret. Give that role to the application of the admin credentials.',
          ],
    notices: [
      ...wider.map(({ label: wanted }) => `${wanted} is not granted: the worker holds it at a wider scope.`),
      ...iconNotices(desired, observed),
    ],
    heldRoles: assignments.map(label),
    rolesBeyond: beyond.map(label),
  };
}

function iconNotices({ iconSha256 }: DesiredWorker, { application, icon }: ObservedWorker): readonly string[] {
  const isLeft = iconSha256 !== undefined && application && imageIdOf(application) !== undefined && !icon.canBeRecorded;
  return isLeft ? ['The icon is left as it is: without a record nobody can tell whether it is the one in `icon`.'] : [];
}
