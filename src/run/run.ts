// The run from the access token on: plan, apply, deliver, report; or plan only; or tear down.
import { ActionError } from '../errors.ts';
import { clientIdOf } from '../pingone/applications.ts';
import { describeChange, imageIdOf, resultOf } from '../reconcile/diff.ts';
import type { RecordState } from '../reconcile/ownership.ts';
import { noteOwner } from '../reconcile/ownership.ts';
import { delivers } from '../settings.ts';
import { applyPlan } from './apply.ts';
import type { Connection, EnsuredWorker, RunContext, StepContext } from './context.ts';
import { pingOneFor } from './context.ts';
import { deliverCredentials } from './deliver-credentials.ts';
import { deliverySteps, targetsToWrite } from './deliver.ts';
import type { Planned } from './plan.ts';
import { decide, planWorker } from './plan.ts';
import { credentialsVersion, isUnderWay } from './read-secret.ts';
import { pollRecord, updateRecord } from './record.ts';
import type { RunOutcome } from './report.ts';
import { logPlan, outputsOf, report, reportFailure } from './report.ts';
import type { PreparedTarget } from './targets.ts';
import { preflight, prepareTargets, refuseForeignSecrets } from './targets.ts';
import { tearDown } from './teardown.ts';

// Each round that is lost to another run is followed by one that finds that run's worker.
const mostRounds = 5;

/**
 * Plans and applies; begins again where another run created the worker first.
 *
 * @param reading the GitHub targets that will be written to, while they are still being read
 * @throws ActionError for whatever stands in the way, before or at the first change that fails
 */
export async function ensureWorker(
  context: StepContext,
  reading: Promise<readonly PreparedTarget[]>,
): Promise<EnsuredWorker> {
  const { clock, limits, runner } = context.run;
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
  if (worker?.record.kind !== 'none' || context.run.clock.now() >= until) return planned;
  const ref = { environmentId: environment.id, applicationId: worker.application.id, isNew: true };
  const record = await pollRecord(planned.context, ref, until);
  return record.kind === 'none' ? planned : planWorker(context);
}

async function ensureOnce(planned: Planned, targets: readonly PreparedTarget[]): Promise<EnsuredWorker | 'superseded'> {
  const { context, environment, worker } = planned;
  refuseForeignSecrets(context.run, targets, worker?.record);
  const { plan, notes, record } = await recordFirst(planned);
  logPlan(context.run, plan, notes);
  const stored = targetsToNote(planned, targets);
  context.run.progress.plan([...plan.map(describeChange), ...deliverySteps(context.run, stored)]);
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
  { context, environment, worker, plan }: Planned,
  targets: readonly PreparedTarget[],
): readonly PreparedTarget[] {
  if (!worker?.secret) return targets;
  const isPlanned = plan.some(({ kind }) => kind === 'rotate-secret');
  const waits = context.run.settings.secretOverlapMs > 0 && isUnderWay(worker.secret.previous, context.pingone.now());
  // Before a rotation, the present credentials are written to every target.
  if (isPlanned && !waits) return targets;
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
  const rotatesByAge = typeof context.run.settings.desired.rotateSecret !== 'boolean';
  if (!replacesIcon && !rotatesByAge) return planned;
  const ref = { environmentId: environment.id, applicationId: worker.application.id, isNew: false };
  const { owner } = context.run.settings.run;
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

export { reportFailure };

/**
 * All that the step was asked to do: ensures the worker and hands its credentials on, or says what would be done, or
 * tears it down. Reports it in the log and the job summary.
 *
 * @param connecting the sign-in, which may still be under way
 * @returns the step's outputs by name, in the order in which they are set
 * @throws ActionError for whatever stands in the way, Cancelled where the step is to stop
 */
export async function run(runContext: RunContext, connecting: Promise<Connection>): Promise<Record<string, string>> {
  const { settings } = runContext;
  // Different hosts, and neither needs the other: PingOne and GitHub are read side by side.
  const reading = delivers(settings) ? preflight(runContext) : Promise.resolve([]);
  const [connection] = await Promise.race([Promise.all([connecting]), failureOf(reading)]);
  const context = { run: runContext, pingone: pingOneFor(runContext, connection.tokens), connection };

  const outcome =
    settings.state === 'absent'
      ? await tearDown(context)
      : await (delivers(settings) ? reconcileWorker : planOnly)(context, reading);
  report(runContext, outcome);
  return outputsOf(runContext, outcome);
}

/** Rejects if the other does, and never settles otherwise. */
function failureOf(promise: Promise<unknown>): Promise<never> {
  return new Promise((_, reject) => void promise.catch(reject));
}

/** Makes the worker what it should be, and hands its credentials on. */
async function reconcileWorker(context: StepContext, reading: Promise<readonly PreparedTarget[]>): Promise<RunOutcome> {
  const worker = await ensureWorker(context, reading);
  const targets = await reading;
  const handedOver = await deliverCredentials(worker, targets);
  // A rotation that was found to be under way already did not happen.
  const plan = worker.plan.filter(({ kind }) => kind !== 'rotate-secret' || handedOver.rotated);
  const secretAge = handedOver.rotated ? undefined : worker.secretAge;
  return { ...worker, plan, result: resultOf(plan), handedOver, secretAge };
}

/** Says what would be done, and does nothing. */
async function planOnly(context: StepContext): Promise<RunOutcome> {
  const { environment, worker, plan, notes } = await planWorker(context);
  logPlan(context.run, plan, notes);
  await checkTargets(context.run, worker?.record);
  return {
    environment,
    application: worker?.application,
    plan,
    result: resultOf(plan),
    roles: notes.heldRoles,
    secretAge: notes.secretAge,
  };
}

/** A dry run needs no GitHub token. With one, it refuses what the real run would refuse to overwrite. */
async function checkTargets(run: RunContext, record: RecordState | undefined): Promise<void> {
  const { store, gitHub } = run.settings;
  if (!store || gitHub.token === '') return;
  const targets = await preflight(run).catch((error: unknown) => {
    if (!(error instanceof ActionError)) throw error;
    run.runner.notice(`What the targets hold is not known: ${error.explanation.what}`);
    return [];
  });
  refuseForeignSecrets(run, targets, record);
}
