// Makes the plan, and recognizes values that PingOne normalizes.
import { createHash } from 'node:crypto';
import { ActionError } from '../errors.ts';
import { clientIdOf } from '../pingone/applications.ts';
import { needsRedirectUris } from '../reconcile/attributes.ts';
import type { Change, FieldChange, Notes } from '../reconcile/diff.ts';
import { imageIdOf, notesOn, planChanges } from '../reconcile/diff.ts';
import type { RecordState } from '../reconcile/ownership.ts';
import { isCreatedHere, noteOwner, recordOf } from '../reconcile/ownership.ts';
import type { RoleGrant, WorkerScope } from '../reconcile/roles.ts';
import type { StepContext } from './context.ts';
import { awaitedPrevious, credentialsVersion } from './credentials.ts';
import type { Observation } from './observe.ts';
import { observe } from './observe.ts';
import { updateRecord } from './record.ts';
import { knownRoles, resolveGrants } from './roles.ts';

/** Digests of a value that was sent to PingOne, and of the value that PingOne returned for it. */
export interface NormalizedPair {
  readonly asked: string;
  readonly got: string;
}

/** The values that PingOne normalized, by attribute. */
export type Normalized = Readonly<Record<string, NormalizedPair>>;

// PingOne may normalize free text and addresses. Any other attribute must have exactly the desired value.
const normalizable: ReadonlySet<string> = new Set(['name', 'description', 'redirectUris']);

/**
 * Whether PingOne's value is the normalized form of the desired value, so that another update would change nothing.
 *
 * @param normalized from the record
 */
export function isNormalized(normalized: Normalized | undefined, { field, from, to }: FieldChange): boolean {
  const pair = normalized?.[field];
  return pair?.asked === digest(to) && pair.got === digest(from);
}

/**
 * Compares the response to a POST or PUT with the plan.
 *
 * @param returned the application from PingOne's response
 * @returns a pair for each attribute that PingOne normalized; undefined for an unchanged attribute
 */
export function normalizedBy(
  plan: readonly Change[],
  returned: Readonly<Record<string, unknown>>,
): Readonly<Record<string, NormalizedPair | undefined>> {
  const asked = plan.flatMap((change): readonly Pick<FieldChange, 'field' | 'to'>[] => {
    if (change.kind === 'rename-application') return [{ field: 'name', to: change.to }];
    return change.kind === 'create-application' || change.kind === 'update-application' ? change.fields : [];
  });
  const pairs = asked
    .filter(({ field }) => normalizable.has(field))
    .map(({ field, to }) => {
      const pair = { asked: digest(to), got: digest(returned[field]) };
      return [field, pair.asked === pair.got ? undefined : pair] as const;
    });
  return Object.fromEntries(pairs);
}

/** The order of a list is ignored, and a missing attribute is null. */
function digest(value: unknown): string {
  const canonical = Array.isArray(value) ? value.map(String).sort() : (value ?? null);
  return createHash('sha256').update(JSON.stringify(canonical)).digest('hex');
}

/** A plan with the observation that it is based on. */
export interface Planned extends Observation {
  readonly grants: readonly RoleGrant[];
  readonly record: RecordState;
  readonly plan: readonly Change[];
  readonly notes: Notes;
}

const noRecord: RecordState = { kind: 'none', metadata: {} };

/**
 * Observes the worker and makes the plan. Changes nothing.
 *
 * @throws ActionError if the inputs cannot be applied
 */
export async function planWorker(given: StepContext): Promise<Planned> {
  const observation = await observe(given);
  const { context, worker, roles } = observation;
  const { desired } = context.run.settings;
  if (worker && desired.clear.has('redirect-uris') && needsRedirectUris(worker.application)) {
    throw implicitNeedsRedirectUris();
  }
  const workerScope = scopeOf(observation);
  const known = await knownRoles(context.pingone, roles, desired.roles, worker?.assignments ?? [], workerScope);
  const grants = await resolveGrants(context.pingone, known, desired.roles, workerScope);
  return decide({ ...observation, roles: known, grants }, worker?.record ?? noRecord);
}

/**
 * Makes the plan from an observation and a record.
 *
 * @throws ActionError if `rotate-secret` is an age and there is no record of the secret's age
 */
function decide(observation: Observation & Pick<Planned, 'grants'>, record: RecordState): Planned {
  const { context, worker, roles, grants } = observation;
  const { desired, run } = context.run.settings;
  const needsRecord = worker !== undefined && typeof desired.rotateSecret !== 'boolean';
  if (needsRecord && !('metadata' in record)) throw unknownSecretAge(record.kind);
  const own = record.kind === 'own' ? record.record : undefined;
  const observed = {
    application: worker?.application,
    assignments: worker?.assignments ?? [],
    createdHere: isCreatedHere(record),
    icon: {
      canBeRecorded: run.owner !== undefined && (record.kind === 'none' || record.kind === 'own'),
      recorded: own?.icon,
      isMissing: worker?.isIconMissing ?? false,
    },
    isNormalized: (change: FieldChange) => isNormalized(recordOf(record)?.normalized, change),
    secret: {
      since: firstSeen(observation, record),
      now: context.pingone.now(),
      previous: awaitedPrevious(context, worker?.secret?.previous),
    },
    workerScope: scopeOf(observation),
  };
  const plan = planChanges(desired, observed, grants);
  return { ...observation, record, plan, notes: notesOn(desired, observed, grants, roles, plan) };
}

/**
 * Writes the record first if the plan relies on it: replacing an icon for the first time, and rotating by age. Without a
 * record, each run would replace the icon again, and no run would rotate.
 */
export async function recordFirst(planned: Planned): Promise<Planned> {
  const { context, record, environment, worker, plan } = planned;
  if (!worker || record.kind !== 'none') return planned;
  const replacesIcon = imageIdOf(worker.application) && plan.some(({ kind }) => kind === 'upload-icon');
  const rotatesByAge = typeof context.run.settings.desired.rotateSecret !== 'boolean';
  if (!replacesIcon && !rotatesByAge) return planned;
  const ref = { environmentId: environment.id, applicationId: worker.application.id, isNew: false };
  const { owner } = context.run.settings.run;
  if (!owner) return planned;
  const { state, refused } = await updateRecord(context, ref, record, noteOwner(owner, {}));
  return decide(planned, refused === undefined ? state : { kind: 'unavailable' });
}

/** When the current secret was first seen. A dry run does not read the secret, so it uses the record. */
function firstSeen({ context, worker }: Observation, record: RecordState): number | undefined {
  const noted = recordOf(record)?.secret;
  const version = worker?.secret && credentialsVersion(clientIdOf(worker.application), worker.secret.secret);
  const isCurrent = context.run.settings.dryRun || version === noted?.version;
  const since = isCurrent && noted ? Date.parse(noted.since) : NaN;
  return Number.isNaN(since) ? undefined : since;
}

function scopeOf({ environment }: Observation): WorkerScope {
  return { environmentId: environment.id, organizationId: environment.organization.id };
}

/** Clearing the redirect URIs would break the application's other flow. */
function implicitNeedsRedirectUris(): ActionError {
  return new ActionError({
    what: '`clear` contains `redirect-uris`, but the application has the grant type Implicit, which needs them.',
    cause: 'another client uses the application to sign in users.',
    fix: 'remove `redirect-uris` from `clear`. If nobody uses the grant type Implicit, remove it in PingOne first.',
  });
}

/** `rotate-secret` is an age, but there is no record of the secret's age. */
function unknownSecretAge(record: 'unreadable' | 'unavailable'): ActionError {
  return new ActionError({
    what: '`rotate-secret` is an age, but no record says how old the client secret is. Nothing was changed.',
    cause:
      record === 'unreadable'
        ? "the worker's record was written by a later version of this action, or is damaged."
        : 'PingOne does not store application metadata here: the admin application lacks a permission, or the license does not include it.',
    fix: 'set `rotate-secret` to `false`. To rotate by age, set it to `true` in a scheduled workflow.',
  });
}
