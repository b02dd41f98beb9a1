// Desired and observed to a plan: the list of changes that all later steps work from.
import type { Application } from '../pingone/applications.ts';
import type { RoleAssignment } from '../pingone/roles.ts';
import type { Attributes, DesiredWorker, ObservedSecret } from './attributes.ts';
import { attributesOfExisting, attributesOfNew, isRotationDue } from './attributes.ts';
import type { WorkerRecord } from './ownership.ts';
import type { RoleGrant, WorkerScope } from './roles.ts';
import { holding } from './roles.ts';

/** One attribute of the application: PingOne's name for it, and JSON values, null if it is absent. */
export interface FieldChange {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
  /** Why a person should check it first, e.g. because the worker may have other users. */
  readonly warning?: string;
}

/** One thing to do, as data. */
export type Change =
  | { readonly kind: 'create-application' | 'update-application'; readonly fields: readonly FieldChange[] }
  | { readonly kind: 'rename-application'; readonly from: string; readonly to: string; readonly warning?: string }
  | { readonly kind: 'upload-icon'; readonly sha256: string; readonly warning?: string }
  | { readonly kind: 'remove-icon'; readonly warning?: string }
  | { readonly kind: 'grant-role'; readonly grant: RoleGrant; readonly warning?: string }
  | { readonly kind: 'rotate-secret' | 'delete-application'; readonly warning?: string };

/** One entry of the output `changes`. Never a secret, a client ID or an environment ID. */
export interface ReportedChange {
  readonly kind: Change['kind'];
  readonly field?: string;
  readonly from?: unknown;
  readonly to?: unknown;
  readonly warning?: string;
}

/** A plan as the output `changes`, the log and the summary show it: one entry an attribute, in plan order. */
export function reportedChanges(plan: readonly Change[]): readonly ReportedChange[] {
  return plan.flatMap((change): readonly ReportedChange[] => {
    switch (change.kind) {
      case 'create-application':
      case 'update-application':
        return change.fields.map((field) => ({ kind: change.kind, ...field }));
      case 'upload-icon': {
        const { sha256, ...rest } = change;
        return [{ ...rest, to: sha256 }];
      }
      case 'grant-role': {
        const { grant, ...rest } = change;
        return [{ ...rest, to: grant.label }];
      }
      case 'rename-application':
      case 'remove-icon':
      case 'rotate-secret':
      case 'delete-application':
        return [change];
    }
  });
}

/** What the step did with the application in PingOne, or would do: the output `result`. */
export type Result = 'created' | 'updated' | 'unchanged' | 'deleted' | 'absent';

/** The output `result` of a plan for a worker that is to be present. */
export function resultOf(plan: readonly Change[]): Result {
  if (plan.some(({ kind }) => kind === 'create-application')) return 'created';
  return plan.length === 0 ? 'unchanged' : 'updated';
}

/** A change in a few words, e.g. to say what was done before a failure. */
export function describeChange(change: Change): string {
  if (change.kind === 'update-application') return `update ${change.fields.map(({ field }) => field).join(', ')}`;
  if (change.kind === 'grant-role') return `grant ${change.grant.label}`;
  const [verb = '', object = ''] = change.kind.split('-');
  return `${verb} the ${object}`;
}

/** What is known about the icon that the worker has. */
export interface ObservedIcon {
  /** Whether there can be a record of what was uploaded. */
  readonly canBeRecorded: boolean;
  /** What the record says was uploaded last. */
  readonly recorded: WorkerRecord['icon'];
  /** True if PingOne no longer has the image that the application points to. */
  readonly isMissing?: boolean;
}

/** The ID of the image that an application points to. */
export function imageIdOf(application: Application): string | undefined {
  const { icon } = application;
  const id: unknown = typeof icon === 'object' && icon !== null && 'id' in icon ? icon.id : undefined;
  return typeof id === 'string' ? id : undefined;
}

/**
 * Whether the icon is uploaded or removed. PingOne re-encodes images and cannot list them, so the file's digest in the
 * record is all there is to compare with; without a record an icon that is there is taken for the right one.
 */
export function iconChanges(
  desired: DesiredWorker,
  application: Application | undefined,
  { canBeRecorded, recorded, isMissing = false }: ObservedIcon,
): readonly Change[] {
  const present = application && imageIdOf(application);
  const wanted = desired.iconSha256;
  if (wanted === undefined) {
    return desired.clear.has('icon') && present !== undefined ? [{ kind: 'remove-icon' }] : [];
  }
  const isUploaded = recorded?.sha256 === wanted && recorded.imageId === present && !isMissing;
  const upload = present === undefined || (canBeRecorded && !isUploaded);
  return upload ? [{ kind: 'upload-icon', sha256: wanted }] : [];
}

/** What PingOne has now. */
export interface ObservedWorker {
  /** Undefined: there is no such worker yet. */
  readonly application: Application | undefined;
  readonly assignments: readonly RoleAssignment[];
  /** True if the record says that this repository created the worker. */
  readonly createdHere: boolean;
  readonly icon: ObservedIcon;
  /** Whether the present value is what PingOne made of the value asked for, when it was sent before. */
  readonly isNormalized?: (change: FieldChange) => boolean;
  readonly secret: ObservedSecret;
  readonly workerScope: WorkerScope;
}

/**
 * What has to change, in the order in which it is done; nothing when everything is as desired. Pure: the log, the
 * output `changes`, the summary and the step that applies them are all made from this list.
 *
 * @param grants the desired roles with their IDs
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
  { assignments, workerScope }: ObservedWorker,
  grants: readonly RoleGrant[],
): readonly Change[] {
  const { kind } = desired.roles;
  const wanted = kind === 'listed' || (kind === 'default' && assignments.length === 0) ? grants : [];
  return wanted
    .filter((grant) => holding(grant, assignments, workerScope) === 'none')
    .filter((grant, index, all) => !isCovered(grant, all.slice(0, index), all.slice(index + 1), workerScope))
    .map((grant) => ({ kind: 'grant-role', grant }));
}

/** Whether an earlier line grants the same, or any other line grants the role at a wider scope. */
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
  return held(earlier) !== 'none' || held(later) === 'wider';
}
