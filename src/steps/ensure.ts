import { ActionError } from '../errors.ts';
import type { Change, Result } from '../worker/changes.ts';
import { resultOf } from '../worker/changes.ts';
import type { Notes } from '../worker/notes.ts';
import { notesOn } from '../worker/notes.ts';
import type { ObservedWorker } from '../worker/plan.ts';
import { planChanges } from '../worker/plan.ts';
import type { RecordState } from '../worker/record.ts';
import type { AppliedWorker } from './apply.ts';
import { applyPlan } from './apply.ts';
import { resolveGrants } from './grants.ts';
import type { ObserveContext, Observation } from './observe.ts';
import { observe } from './observe.ts';
import type { PreparedTarget } from './preflight.ts';
import { prepareTargets, refuseForeignSecrets } from './preflight.ts';
import { logPlan } from './report.ts';

/** The worker as it should be, and what was done for it. */
export interface EnsuredWorker extends AppliedWorker {
  readonly environment: Observation['environment'];
  readonly plan: readonly Change[];
  readonly result: Result;
  /** The labels of all roles that the worker holds now. */
  readonly roles: readonly string[];
}

/** A plan with what it was made from. */
interface Planned {
  readonly observation: Observation;
  readonly record: RecordState | undefined;
  readonly plan: readonly Change[];
  readonly notes: Notes;
}

// Each round that is lost to another run is followed by one that finds that run's worker.
const mostRounds = 5;

/**
 * Observes, plans and applies; begins again where another run created the worker first.
 *
 * @param targets the places in GitHub that will be written to
 * @throws ActionError for whatever stands in the way, before or at the first change that fails
 */
export async function ensureWorker(
  context: ObserveContext,
  targets: readonly PreparedTarget[],
): Promise<EnsuredWorker> {
  for (let round = 1; round <= mostRounds; round += 1) {
    const { observation, record, plan, notes } = await planRound(context);
    refuseForeignSecrets(context.session, targets, record);
    logPlan(context.session.runner, context.session.settings.desired.name, plan, notes);
    await prepareTargets(targets);

    const applied = await applyPlan(context, plan, {
      environmentId: observation.environment.id,
      application: observation.worker?.application,
      record: record ?? { kind: 'none', metadata: {} },
      stored: targets.map(({ entry }) => entry),
    });
    if (applied === 'superseded') continue;
    const granted = plan.flatMap((change) => (change.kind === 'grant-role' ? [change.grant.label] : []));
    const roles = [...notes.heldRoles, ...granted];
    return { ...applied, environment: observation.environment, plan, result: resultOf(plan), roles };
  }
  throw neverSettled();
}

async function planRound(context: ObserveContext): Promise<Planned> {
  const { session, pingone } = context;
  const observation = await observe(context);
  const { environment, worker, roles } = observation;
  const place = { environmentId: environment.id, organizationId: environment.organization.id };
  const observed: ObservedWorker = {
    application: worker?.application,
    assignments: worker?.assignments ?? [],
    createdHere: worker?.record.kind === 'own' && worker.record.record.origin === 'created',
    place,
  };
  const { desired } = session.settings;
  const grants = await resolveGrants(pingone, roles, desired.roles, place);
  return {
    observation,
    record: worker?.record,
    plan: planChanges(desired, observed, grants),
    notes: notesOn(observed, grants, roles),
  };
}

function neverSettled(): ActionError {
  return new ActionError({
    what: 'Other runs kept creating and removing workers of this `name`.',
    cause: 'many runs started at the same moment.',
    fix: 'run again; a `concurrency` group in the workflow keeps runs from doing this at the same time.',
  });
}
