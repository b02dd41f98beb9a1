// Compares the desired and the observed worker: the plan, as a list of changes.
import type { Application } from '../pingone/applications.ts';
import type { Role } from '../pingone/roles.ts';
import type { Attributes, DesiredWorker, ObservedSecret } from './attributes.ts';
import { attributesOfExisting, attributesOfNew, describeSecretAge, isRotationDue } from './attributes.ts';
import type { RecordedIcon } from './ownership.ts';
import type { HeldAssignments, HeldRole, RoleGrant, RoleNotes } from './roles.ts';
import { grantWarning, missingGrants, roleNotes } from './roles.ts';

/** A change of one attribute: PingOne's name of it, and JSON values, null if absent. */
export interface FieldChange {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
  /** Why a person should check the change, e.g. because the worker may have other users. */
  readonly warning?: string;
}

/** One change. */
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

/** A plan for the output `changes`, the log and the summary: one entry for each attribute, in plan order. */
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

/** The output `result`: what the step did to the application, or would do in a dry run. */
export type Result = 'created' | 'updated' | 'unchanged' | 'deleted' | 'absent';

/** The output `result` of a plan with `state: present`. */
export function resultOf(plan: readonly Change[]): Result {
  if (plan.some(({ kind }) => kind === 'create-application')) return 'created';
  return plan.length === 0 ? 'unchanged' : 'updated';
}

/** A change in a few words, for the log and the progress. */
export function describeChange(change: Change): string {
  if (change.kind === 'update-application') return `update ${change.fields.map(({ field }) => field).join(', ')}`;
  if (change.kind === 'grant-role') return `grant ${change.grant.label}`;
  const [verb = '', object = ''] = change.kind.split('-');
  return `${verb} the ${object}`;
}

/** The worker's icon. */
export interface ObservedIcon {
  /** Whether the record can contain the upload. */
  readonly canBeRecorded: boolean;
  /** The last upload by the record. */
  readonly recorded: RecordedIcon | undefined;
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
 * Whether to upload or remove the icon. PingOne re-encodes images and cannot list them, so the file's digest is compared
 * with the record. Without a record, an existing icon is not changed.
 */
export function iconChanges(
  desired: DesiredWorker,
  application: Application | undefined,
  { canBeRecorded, recorded, isMissing = false }: ObservedIcon,
): readonly Change[] {
  const present = application && imageIdOf(application);
  const wanted = desired.icon?.sha256;
  if (wanted === undefined) {
    return desired.clear.has('icon') && present !== undefined ? [{ kind: 'remove-icon' }] : [];
  }
  const isUploaded = recorded?.sha256 === wanted && recorded.imageId === present && !isMissing;
  const upload = present === undefined || (canBeRecorded && !isUploaded);
  return upload ? [{ kind: 'upload-icon', sha256: wanted }] : [];
}

/** The worker as it is in PingOne. */
export interface ObservedWorker extends HeldAssignments {
  /** Undefined if the worker does not exist. */
  readonly application: Application | undefined;
  /** True if the record says that this repository created the worker. */
  readonly createdHere: boolean;
  readonly icon: ObservedIcon;
  /** Whether the current value is PingOne's normalized form of the desired value. */
  readonly isNormalized?: (change: FieldChange) => boolean;
  readonly secret: ObservedSecret;
}

/**
 * The changes from the observed to the desired worker, in the order in which they are applied; empty if there are none.
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
    ...missingGrants(desired.roles, observed, grants).map((grant) => ({ kind: 'grant-role', grant }) as const),
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

/** Adds the warning of a change, if it has one. */
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

/** The warning of a change that may break other users of a worker that this repository did not create. */
function othersWarning({ kind }: Change, { application }: ObservedWorker): string | undefined {
  switch (kind) {
    case 'upload-icon':
    case 'remove-icon': {
      const losesIcon = application && imageIdOf(application) !== undefined;
      return losesIcon ? `${notCreatedHere}, and other users may need its current icon` : undefined;
    }
    case 'rename-application':
      return `${notCreatedHere}, and other users may find it by its current name`;
    case 'rotate-secret':
      return `${notCreatedHere}, and other users of its secret must change to the new one`;
    case 'create-application':
    case 'update-application':
    case 'grant-role':
    case 'delete-application':
      return undefined;
  }
}

// PingOne only accepts token requests with the configured method, and from an enabled application.
function fieldWarning({ field, from, to }: FieldChange, { createdHere }: ObservedWorker): string | undefined {
  if (from === null) return undefined;
  if (field === 'enabled' && to === true) {
    const whose = createdHere ? '' : `${notCreatedHere}, and `;
    return `${whose}somebody disabled the application, maybe on purpose. \`enabled: keep\` does not change it`;
  }
  if (createdHere) return undefined;
  if (field === 'tokenEndpointAuthMethod') {
    return `${notCreatedHere}, and its other users must change to this method immediately`;
  }
  return isLess(from, to) ? `${notCreatedHere}, and other users may need the removed value` : undefined;
}

/** Whether the change removes the value or members of a list. */
function isLess(from: unknown, to: unknown): boolean {
  if (to === null) return true;
  return Array.isArray(from) && Array.isArray(to) && from.some((member) => !to.includes(member));
}

/** Warnings and notices about a plan. */
export interface Notes extends RoleNotes {
  /** How old the secret is and when it will be rotated, if `rotate-secret` is an age. */
  readonly secretAge: string | undefined;
  /** The roles that it holds after the plan. */
  readonly plannedRoles: readonly HeldRole[];
}

/**
 * The warnings and notices about a plan.
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
  const ofRoles = roleNotes(desired.roles, observed, grants, roles);
  const planned = plan.flatMap((change) => (change.kind === 'grant-role' ? [change.grant] : []));
  return {
    ...ofRoles,
    secretAge: observed.application && describeSecretAge(desired.rotateSecret, observed.secret),
    notices: [...ofRoles.notices, ...iconNotices(desired, observed)],
    plannedRoles: [...ofRoles.heldRoles, ...planned],
  };
}

function iconNotices(desired: DesiredWorker, { application, icon }: ObservedWorker): readonly string[] {
  const isKept = desired.icon && application && imageIdOf(application) !== undefined && !icon.canBeRecorded;
  return isKept
    ? ['The icon is not changed: without a record, the action cannot compare it with the file in `icon`.']
    : [];
}
