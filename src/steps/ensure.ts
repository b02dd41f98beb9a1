import { ActionError } from '../errors.ts';
import type { Environment } from '../pingone/environments.ts';
import type { Change, Result } from '../worker/changes.ts';
import { resultOf } from '../worker/changes.ts';
import { imageIdOf } from '../worker/icon.ts';
import type { AppliedWorker } from './apply.ts';
import { applyPlan } from './apply.ts';
import type { StepContext } from './observe.ts';
import type { Planned } from './plan.ts';
import { decide, planWorker } from './plan.ts';
import type { PreparedTarget } from './preflight.ts';
import { prepareTargets, refuseForeignSecrets } from './preflight.ts';
import { writeRecord } from './record.ts';
import { logPlan } from './report.ts';

/** The worker as it should be, and what was done for it. */
export interface EnsuredWorker extends AppliedWorker {
  readonly context: StepContext;
  readonly environment: Environment;
  readonly plan: readonly Change[];
  readonly result: Result;
  /** The labels of all roles that the worker holds now. */
  readonly roles: readonly string[];
  /** Those of them that the input `roles` does not name. */
  readonly rolesBeyond: readonly string[];
}

// Each round that is lost to another run is followed by one that finds that run's worker.
const mostRounds = 5;
const recordPollMs = 500;

/**
 * Plans and applies; begins again where another run created the worker first.
 *
 * @param targets the places in GitHub that will be written to
 * @throws ActionError for whatever stands in the way, before or at the first change that fails
 */
export async function ensureWorker(given: StepContext, targets: readonly PreparedTarget[]): Promise<EnsuredWorker> {
  const { clock, limits, interruption, runner } = given.session;
  let settledBy = 0;
  for (let round = 1; round <= mostRounds;) {
    const planned = await planWorker(given);
    const { context, environment, worker } = planned;
    // The other run writes its record right after it looked for others, as its creator; ours would say less.
    if (worker?.record.kind === 'none' && clock.now() < settledBy) {
      await clock.sleep(recordPollMs, interruption.stop);
      continue;
    }
    refuseForeignSecrets(given.session, targets, worker?.record);
    const { plan, notes, record } = await settleIcon(planned);
    logPlan(given.session, plan, notes);
    await prepareTargets(targets);

    const applied = await applyPlan(context, plan, {
      environmentId: environment.id,
      application: worker?.application,
      record,
      stored: targets.map(({ entry }) => entry),
    });
    if (applied !== 'superseded') {
      const granted = plan.flatMap((change) => (change.kind === 'grant-role' ? [change.grant.label] : []));
      const roles = [...notes.heldRoles, ...granted];
      const secret = plan.length === 0 ? worker?.secret : applied.secret;
      const rolesBeyond = notes.rolesBeyond;
      return { ...applied, secret, context, environment, plan, result: resultOf(plan), roles, rolesBeyond };
    }
    runner.info('Another run was faster; looking at its worker');
    settledBy = clock.now() + limits.lookMs;
    round += 1;
  }
  throw neverSettled();
}

/**
 * Replacing an icon for the first time rests on the record that will be kept of it. Where PingOne turns out not to keep
 * any, every run would replace it again: so the record is written first.
 */
async function settleIcon(planned: Planned): Promise<Planned> {
  const { context, record, environment, worker, plan } = planned;
  const replaces = worker && imageIdOf(worker.application) && plan.some(({ kind }) => kind === 'upload-icon');
  if (!replaces || record.kind !== 'none') return planned;
  const ref = { environmentId: environment.id, applicationId: worker.application.id, isNew: false };
  return decide(planned, await writeRecord(context, ref, record, { created: false, stored: [] }));
}

function neverSettled(): ActionError {
  return new ActionError({
    what: 'Other runs kept creating and removing workers of this `name`.',
    cause: 'many runs started at the same moment.',
    fix: 'run again; a `concurrency` group in the workflow keeps runs from doing this at the same time.',
  });
}
