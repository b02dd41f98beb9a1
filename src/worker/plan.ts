import type { Application } from '../pingone/applications.ts';
import type { RoleAssignment } from '../pingone/roles.ts';
import type { Change, FieldChange } from './changes.ts';
import type { DesiredWorker } from './desired.ts';
import type { Place, RoleGrant } from './roles.ts';
import { holding } from './roles.ts';
import type { Attributes } from './target.ts';
import { attributesOfExisting, attributesOfNew } from './target.ts';

/** What PingOne has now. */
export interface ObservedWorker {
  /** Undefined: there is no such worker yet. */
  readonly application: Application | undefined;
  readonly assignments: readonly RoleAssignment[];
  /** True where the record says that this repository created the worker. */
  readonly createdHere: boolean;
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
  const attributes: readonly Change[] = application
    ? updateOf(desired, application, observed.createdHere)
    : [{ kind: 'create-application', fields: fieldChanges({}, attributesOfNew(desired)) }];
  return [...attributes, ...missingGrants(desired, observed, grants)];
}

function updateOf(desired: DesiredWorker, application: Application, createdHere: boolean): readonly Change[] {
  const fields = fieldChanges(application, attributesOfExisting(desired, application)).map((change) =>
    createdHere ? change : withWarning(change),
  );
  return fields.length === 0 ? [] : [{ kind: 'update-application', fields }];
}

function fieldChanges(from: Attributes, to: Attributes): readonly FieldChange[] {
  return Object.entries(to)
    .map(([field, value]) => ({ field, from: from[field] ?? null, to: value ?? null }))
    .filter((change) => JSON.stringify(change.from) !== JSON.stringify(change.to));
}

// PingOne accepts a token request with exactly the configured method only, and from an enabled application only.
const warnings: Readonly<Record<string, (change: FieldChange) => string | undefined>> = {
  tokenEndpointAuthMethod: () =>
    'this repository did not create the worker: whoever else uses it has to change to this method at once',
  enabled: ({ to }) =>
    to === true ? 'this repository did not create the worker: somebody may have disabled it on purpose' : undefined,
};

function withWarning(change: FieldChange): FieldChange {
  const warning = change.from === null ? undefined : warnings[change.field]?.(change);
  return warning === undefined ? change : { ...change, warning };
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
    .map((grant) => ({ kind: 'grant-role', grant }));
}
