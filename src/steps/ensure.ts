import { ActionError } from '../errors.ts';
import { clientIdOf } from '../pingone/applications.ts';
import { describeChange, resultOf } from '../worker/changes.ts';
import { imageIdOf } from '../worker/icon.ts';
import { noteOwner } from '../worker/record.ts';
import { applyPlan } from './apply.ts';
import type { EnsuredWorker, StepContext } from './context.ts';
import { credentialsVersion } from './credentials.ts';
import { deliverySteps, targetsToWrite } from './deliver.ts';
import type { Planned } from './plan.ts';
import { decide, planWorker } from './plan.ts';
import type { PreparedTarget } from './preflight.ts';
import { prepareTargets, refuseForeignSecrets } from './preflight.ts';
import { pollRecord, updateRecord } from './record.ts';
import { logPlan } from './report.ts';

// Each round that is lost to another run is followed by one that finds that run's worker.
const mostRounds = 5;

/**
 * Plans and applies; begins again where another run created the worker first.
 *
 * @param reading the places in GitHub that will be written to, while they are still being read
 * @throws ActionError for whatever stands in the way, before or at the first change that fails
 */
export async function ensureWorker(
  context: StepContext,
  reading: Promise<readonly PreparedTarget[]>,
): Promise<EnsuredWorker> {
  const { clock, limits, runner } = context.session;
  let othersRecordUntil = 0;
  for (let round = 1; round <= mostRounds; round += 1) {
    // The reach of GitHub's token is known before anything is changed.
    const [planned, targets] = await Promise.all([planOnceRecorded(context, othersRecordUntil), reading]);
    const ensured = await ensureOnce(planned, targets);
    if (ensured !== 'superseded') return ensured;
    runner.info('There is a worker of the name by now; looking at it');
    othersRecordUntil = clock.now() + limits.lookMs;
  }
  throw neverSettled();
}

/**
 * Plans. Until the given time, a worker without a record is taken for one that another run is just creating: that run
 * writes its record as the creator, right after it looked for others, and ours would say less.
 */
async function planOnceRecorded(context: StepContext, until: number): Promise<Planned> {
  const planned = await planWorker(context);
  const { environment, worker } = planned;
  if (worker?.record.kind !== 'none' || context.session.clock.now() >= until) return planned;
  const ref = { environmentId: environment.id, applicationId: worker.application.id, isNew: true };
  const record = await pollRecord(planned.context, ref, until);
  return record.kind === 'none' ? planned : planWorker(context);
}

async function ensureOnce(planned: Planned, targets: readonly PreparedTarget[]): Promise<EnsuredWorker | 'superseded'> {
  const { context, environment, worker } = planned;
  refuseForeignSecrets(context.session, targets, worker?.record);
  const { plan, notes, record } = await recordFirst(planned);
  logPlan(context.session, plan, notes);
  const stored = targetsToNote(planned, targets);
  context.session.progress.plan([...plan.map(describeChange), ...deliverySteps(context.session, stored)]);
  await prepareTargets(targets);

  const applied = await applyPlan(context, plan, {
    environmentId: environment.id,
    application: worker?.application,
    record,
    stored: stored.map(({ entry }) => entry),
  });
  if (applied === 'superseded') return applied;
  return {
    ...applied,
    context,
    environment,
    plan,
    result: resultOf(plan),
    secretAge: notes.secretAge,
    roles: notes.plannedRoles,
    // What was read before a change may be older than the change.
    secret: plan.length === 0 ? worker?.secret : applied.secret,
  };
}

/** The targets that this run will write to, as far as that is known before the worker's secret is. */
function targetsToNote(
  { environment, worker, plan }: Planned,
  targets: readonly PreparedTarget[],
): readonly PreparedTarget[] {
  const rotates = plan.some(({ kind }) => kind === 'rotate-secret');
  if (!worker?.secret || rotates) return targets;
  const clientId = clientIdOf(worker.application);
  const version = credentialsVersion(clientId, worker.secret.secret);
  const values = { clientId, environmentId: environment.id, version };
  return targetsToWrite(targets, worker.record, values);
}

/**
 * Replacing an icon for the first time, and rotating by age, rely on the record. If PingOne does not keep one, each run
 * would replace the icon again and none would rotate: so the record is written first.
 */
async function recordFirst(planned: Planned): Promise<Planned> {
  const { context, record, environment, worker, plan } = planned;
  if (!worker || record.kind !== 'none') return planned;
  const replacesIcon = imageIdOf(worker.application) && plan.some(({ kind }) => kind === 'upload-icon');
  const rotatesByAge = typeof context.session.settings.desired.rotateSecret !== 'boolean';
  if (!replacesIcon && !rotatesByAge) return planned;
  const ref = { environmentId: environment.id, applicationId: worker.application.id, isNew: false };
  const { owner } = context.session.settings.run;
  if (!owner) return planned;
  const { state, refused } = await updateRecord(context, ref, record, noteOwner(owner, {}));
  return decide(planned, refused === undefined ? state : { kind: 'unavailable' });
}

function neverSettled(): ActionError {
  return new ActionError({
    what: 'Other runs kept creating and removing workers of this `name`.',
    cause: 'many runs started at the same moment.',
    fix: 'run again; a `concurrency` group in the workflow keeps runs from doing this at the same time.',
  });
}
