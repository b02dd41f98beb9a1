import { clientIdOf } from '../pingone/applications.ts';
import type { Change, FieldChange } from '../worker/changes.ts';
import type { Notes } from '../worker/notes.ts';
import { notesOn } from '../worker/notes.ts';
import { planChanges } from '../worker/plan.ts';
import type { RecordState } from '../worker/record.ts';
import { recordOf } from '../worker/record.ts';
import type { Place, RoleGrant } from '../worker/roles.ts';
import { needsRedirectUris } from '../worker/target.ts';
import type { StepContext } from './context.ts';
import { credentialsVersion } from './credentials.ts';
import { knownRoles, resolveGrants } from './grants.ts';
import { isNormalized } from './normalized.ts';
import type { Observation } from './observe.ts';
import { observe } from './observe.ts';
import { implicitNeedsRedirectUris, unknownSecretAge } from './refusals.ts';

/** A plan with what it was made from. */
export interface Planned extends Observation {
  readonly grants: readonly RoleGrant[];
  readonly record: RecordState;
  readonly plan: readonly Change[];
  readonly notes: Notes;
}

const noRecord: RecordState = { kind: 'none', metadata: {} };

/**
 * Observes, and decides what has to change. Changes nothing.
 *
 * @throws ActionError for whatever would stand in the way
 */
export async function planWorker(given: StepContext): Promise<Planned> {
  const observation = await observe(given);
  const { context, worker, roles } = observation;
  const { desired } = context.session.settings;
  if (worker && desired.clear.has('redirect-uris') && needsRedirectUris(worker.application)) {
    throw implicitNeedsRedirectUris();
  }
  const place = placeOf(observation);
  const known = await knownRoles(context.pingone, roles, desired.roles, worker?.assignments ?? [], place);
  const grants = await resolveGrants(context.pingone, known, desired.roles, place);
  return decide({ ...observation, roles: known, grants }, worker?.record ?? noRecord);
}

/**
 * The plan that follows from an observation and a record.
 *
 * @throws ActionError if `rotate-secret` is an age and no record can tell how old the secret is
 */
export function decide(observation: Observation & Pick<Planned, 'grants'>, record: RecordState): Planned {
  const { context, worker, roles, grants } = observation;
  const { desired, run } = context.session.settings;
  const needsRecord = worker !== undefined && typeof desired.rotateSecret !== 'boolean';
  if (needsRecord && !('metadata' in record)) throw unknownSecretAge(record.kind);
  const own = record.kind === 'own' ? record.record : undefined;
  const observed = {
    application: worker?.application,
    assignments: worker?.assignments ?? [],
    createdHere: own?.origin === 'created',
    icon: {
      canBeRecorded: run.owner !== undefined && (record.kind === 'none' || record.kind === 'own'),
      recorded: own?.icon,
      isMissing: worker?.isIconMissing ?? false,
    },
    isNormalized: (change: FieldChange) => isNormalized(recordOf(record)?.normalized, change),
    secret: { since: firstSeen(observation, record), now: context.pingone.now() },
    place: placeOf(observation),
  };
  const plan = planChanges(desired, observed, grants);
  return { ...observation, record, plan, notes: notesOn(desired, observed, grants, roles, plan) };
}

/** When the present secret was first seen. A dry run does not read the secret, so it relies on the record. */
function firstSeen({ context, worker }: Observation, record: RecordState): number | undefined {
  const noted = recordOf(record)?.secret;
  const version = worker?.secret && credentialsVersion(clientIdOf(worker.application), worker.secret.secret);
  const isPresent = context.session.settings.dryRun || version === noted?.version;
  const since = isPresent && noted ? Date.parse(noted.since) : NaN;
  return Number.isNaN(since) ? undefined : since;
}

function placeOf({ environment }: Observation): Place {
  return { environmentId: environment.id, organizationId: environment.organization.id };
}
