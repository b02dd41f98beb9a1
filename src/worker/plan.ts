import type { Application } from '../pingone/applications.ts';
import type { RoleAssignment } from '../pingone/roles.ts';
import type { Change, FieldChange } from './changes.ts';
import type { DesiredWorker } from './desired.ts';
import type { ObservedIcon } from './icon.ts';
import { iconChanges, imageIdOf } from './icon.ts';
import type { Place, RoleGrant } from './roles.ts';
import { holding } from './roles.ts';
import type { ObservedSecret } from './secret-age.ts';
import { isRotationDue } from './secret-age.ts';
import type { Attributes } from './target.ts';
import { attributesOfExisting, attributesOfNew } from './target.ts';

/** What PingOne has now. */
export interface ObservedWorker {
  /** Undefined: there is no such worker yet. */
  readonly application: Application | undefined;
  readonly assignments: readonly RoleAssignment[];
  /** True where the record says that this repository created the worker. */
  readonly createdHere: boolean;
  readonly icon: ObservedIcon;
  /** Whether the present value is what PingOne made of the value asked for, when it was sent before. */
  readonly isNormalized?: (change: FieldChange) => boolean;
  readonly secret: ObservedSecret;
  readonly place: Place;
}

/**
 * What has to change, in the order in which it is done; nothing when everything is as desired. Pure: the log, the
 * output `changes`, the summary and the step that applies them are all made from this list.
 *
 * @param grants the desired roles with their ids
 */
export function planChanges(
  desired: DesiredWorker,
  observed: ObservedWorker,
  grants: readonly RoleGrant[],
): readonly Change[] {
  const { application } = observed;
  const icon = iconChanges(desired, application, observed.icon);
  const attributes: readonly Change[] = application
    ? [...renaming(desired, application, observed), ...update(desired, application, observed)]
    : [{ kind: 'create-application', fields: fieldChanges({}, attributesOfNew(desired)) }];
  const rotates = application && isRotationDue(desired.rotateSecret, observed.secret);
  const rotation: readonly Change[] = rotates ? [{ kind: 'rotate-secret' }] : [];
  const plan = [
    ...icon.filter(({ kind }) => kind === 'upload-icon'),
    ...attributes,
    ...icon.filter(({ kind }) => kind === 'remove-icon'),
    ...missingGrants(desired, observed, grants),
    ...rotation,
  ];
  return plan.map((change) => withWarning(change, observed));
}

function renaming(
  { name }: DesiredWorker,
  application: Application,
  { isNormalized }: ObservedWorker,
): readonly Change[] {
  if (name === undefined || name === application.name) return [];
  if (isNormalized?.({ field: 'name', from: application.name, to: name })) return [];
  return [{ kind: 'rename-application', from: application.name, to: name }];
}

function update(desired: DesiredWorker, application: Application, { isNormalized }: ObservedWorker): readonly Change[] {
  const fields = fieldChanges(application, attributesOfExisting(desired, application)).filter(
    (change) => isNormalized?.(change) !== true,
  );
  return fields.length === 0 ? [] : [{ kind: 'update-application', fields }];
}

function fieldChanges(from: Attributes, to: Attributes): readonly FieldChange[] {
  return Object.entries(to)
    .map(([field, value]) => ({ field, from: from[field] ?? null, to: value ?? null }))
    .filter((change) => JSON.stringify(change.from) !== JSON.stringify(change.to));
}

const notCreatedHere = 'this repository did not create the worker';

/** A change that a person should check first: why, if so. */
function withWarning(change: Change, observed: ObservedWorker): Change {
  if (change.kind === 'update-application') {
    return { ...change, fields: change.fields.map((field) => warned(field, fieldWarning(field, observed))) };
  }
  const warning =
    change.kind === 'grant-role'
      ? grantWarning(change.grant)
      : observed.application && !observed.createdHere
        ? othersWarning(change, observed)
        : undefined;
  return warned(change, warning);
}

function warned<T>(change: T, warning: string | undefined): T {
  return warning === undefined ? change : { ...change, warning };
}

function grantWarning({ isAdministrators }: RoleGrant): string | undefined {
  return isAdministrators === true
    ? 'a role for administrators, which directory synchronization does not need'
    : undefined;
}

/** What may break other users of a worker that this repository did not create. */
function othersWarning({ kind }: Change, { application }: ObservedWorker): string | undefined {
  switch (kind) {
    case 'upload-icon':
    case 'remove-icon': {
      const losesIcon = application && imageIdOf(application) !== undefined;
      return losesIcon ? `${notCreatedHere}: other users may want its present icon` : undefined;
    }
    case 'rename-application':
      return `${notCreatedHere}: other users may look for it by its present name`;
    case 'rotate-secret':
      return `${notCreatedHere}: other users of its secret have to change to the new one`;
    case 'create-application':
    case 'update-application':
    case 'grant-role':
    case 'delete-application':
      return undefined;
  }
}

// PingOne accepts a token request with exactly the configured method only, and from an enabled application only.
function fieldWarning({ field, from, to }: FieldChange, { createdHere }: ObservedWorker): string | undefined {
  if (from === null) return undefined;
  if (field === 'enabled' && to === true) {
    const whose = createdHere ? '' : `${notCreatedHere}, and `;
    return `${whose}somebody disabled it, maybe on purpose; \`enabled: keep\` leaves it as it is`;
  }
  if (createdHere) return undefined;
  if (field === 'tokenEndpointAuthMethod') {
    return `${notCreatedHere}: its other users have to change to this method at once`;
  }
  return isLess(from, to) ? `${notCreatedHere}: other users may need this` : undefined;
}

/** Whether something is taken away: the whole value, or members of a list. */
function isLess(from: unknown, to: unknown): boolean {
  if (to === null) return true;
  return Array.isArray(from) && Array.isArray(to) && from.some((member) => !to.includes(member));
}

function missingGrants(
  desired: DesiredWorker,
  { assignments, place }: ObservedWorker,
  grants: readonly RoleGrant[],
): readonly Change[] {
  const { kind } = desired.roles;
  const wanted = kind === 'listed' || (kind === 'default' && assignments.length === 0) ? grants : [];
  return wanted
    .filter((grant) => holding(grant, assignments, place) === 'none')
    .filter((grant, index, all) => !isCovered(grant, all.slice(0, index), all.slice(index + 1), place))
    .map((grant) => ({ kind: 'grant-role', grant }));
}

/** Whether an earlier line grants the same, or any other line grants the role at a wider scope. */
function isCovered(
  grant: RoleGrant,
  earlier: readonly RoleGrant[],
  later: readonly RoleGrant[],
  place: Place,
): boolean {
  const held = (grants: readonly RoleGrant[]): ReturnType<typeof holding> =>
    holding(
      grant,
      grants.map(({ roleId, scope }) => ({ id: '', role: { id: roleId }, scope })),
      place,
    );
  return held(earlier) !== 'none' || held(later) === 'wider';
}
