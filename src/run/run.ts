// The run after the sign-in: plan, apply, deliver, report; or plan only; or tear down.
import { ActionError } from '../errors.ts';
import { clientIdOf } from '../pingone/applications.ts';
import { describeChange, resultOf } from '../reconcile/diff.ts';
import { entriesOf } from '../reconcile/ownership.ts';
import { delivers } from '../settings.ts';
import { applyPlan } from './apply.ts';
import type { Connection, EnsuredWorker, RunContext, StepContext } from './context.ts';
import { pingOneFor } from './context.ts';
import { awaitedPrevious, credentialsVersion } from './credentials.ts';
import { deliverCredentials } from './deliver-credentials.ts';
import { deliverySteps, targetsToWrite } from './deliver.ts';
import type { Planned } from './plan.ts';
import { planWorker, recordFirst } from './plan.ts';
import { pollRecord, refuseIfTearingDown } from './record.ts';
import type { RunOutcome } from './report.ts';
import { logPlan, outputsOf, report, reportFailure } from './report.ts';
import type { PreparedTarget } from './targets.ts';
import { holdsForeignSecrets, preflight, prepareTargets, readAgain, refuseForeignSecrets } from './targets.ts';
import { tearDown } from './teardown.ts';

// If another run creates the worker first, the next round finds it.
const mostRounds = 5;

/**
 * Plans and applies. If another run created the worker first, it starts again.
 *
 * @param reading the targets in GitHub, which are read in parallel
 * @throws ActionError if the inputs cannot be applied, or for the first change that fails
 */
async function ensureWorker(context: StepContext, reading: Promise<readonly PreparedTarget[]>): Promise<EnsuredWorker> {
  const { clock, limits, runner } = context.run;
  let othersRecordUntil = 0;
  for (let round = 1; round <= mostRounds; round += 1) {
    // The access of `github-token` is checked before anything is changed.
    const [first, targets] = await Promise.all([planOnceRecorded(context, othersRecordUntil), reading]);
    const planned = await refuseOthersSecrets(first, targets);
    const ensured = await ensureOnce(planned, targets);
    if (ensured !== 'superseded') return ensured;
    runner.info('Another run created a worker with this name. Planning again');
    othersRecordUntil = clock.now() + limits.lookMs;
  }
  throw tooManyDuplicates();
}

/**
 * Plans. Until the given time, a worker without a record counts as one that another run is creating. That run then writes
 * the record, as the creator.
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
    // A secret that was read before a change may be outdated.
    secret: plan.length === 0 ? worker?.secret : applied.secret,
  };
}

/**
 * Refuses to overwrite the secrets of others. PingOne and GitHub are read at different moments, and another run may have
 * created, stored or deleted in between: before a refusal PingOne is observed again, then GitHub.
 *
 * @returns the plan; a new one if PingOne was observed again
 * @throws ActionError if the targets hold secrets that the record does not list, or another run is deleting the worker
 */
async function refuseOthersSecrets(planned: Planned, targets: readonly PreparedTarget[]): Promise<Planned> {
  const { context, worker } = planned;
  const inQuestion = targets.filter((target) => holdsForeignSecrets(context.run, target, entriesOf(worker?.record)));
  if (inQuestion.length === 0) return planned;
  const again = await planWorker(context);
  refuseIfTearingDown(again.record, context.pingone.now());
  refuseForeignSecrets(context.run, await Promise.all(inQuestion.map(readAgain)), entriesOf(again.worker?.record));
  return again;
}

/** The targets that this run will write to; all targets if the worker's secret is not known yet. */
function targetsToNote(
  { context, environment, worker, plan }: Planned,
  targets: readonly PreparedTarget[],
): readonly PreparedTarget[] {
  if (!worker?.secret) return targets;
  const isPlanned = plan.some(({ kind }) => kind === 'rotate-secret');
  // Before a rotation, the present credentials are written to every target.
  if (isPlanned && !awaitedPrevious(context, worker.secret.previous)) return targets;
  const clientId = clientIdOf(worker.application);
  const version = credentialsVersion(clientId, worker.secret.secret);
  const values = { clientId, environmentId: environment.id, version };
  return targetsToWrite(targets, entriesOf(worker.record), values);
}

function tooManyDuplicates(): ActionError {
  return new ActionError({
    what: '`name`: other runs created and deleted workers with this name again and again.',
    cause: 'many runs started simultaneously.',
    fix: 'run the workflow again. To prevent simultaneous runs, set a `concurrency` group in the workflow.',
  });
}

export { reportFailure };

/**
 * Runs the step: reconciles the worker and delivers its credentials, or only plans, or deletes the worker. Reports the
 * result in the log and the job summary.
 *
 * @param connecting the sign-in, which may not have finished
 * @returns the step's outputs by name, in the order in which they are set
 * @throws ActionError, Cancelled if the step was cancelled
 */
export async function run(runContext: RunContext, connecting: Promise<Connection>): Promise<Record<string, string>> {
  const { settings } = runContext;
  // PingOne and GitHub are read in parallel.
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

/** Rejects if the promise does, else stays pending. */
function failureOf(promise: Promise<unknown>): Promise<never> {
  return new Promise((_, reject) => void promise.catch(reject));
}

/** Reconciles the worker and delivers its credentials. */
async function reconcileWorker(context: StepContext, reading: Promise<readonly PreparedTarget[]>): Promise<RunOutcome> {
  const worker = await ensureWorker(context, reading);
  const targets = await reading;
  const delivered = await deliverCredentials(worker, targets);
  // If an earlier rotation is not finished, this run did not rotate.
  const plan = worker.plan.filter(({ kind }) => kind !== 'rotate-secret' || delivered.rotated);
  const secretAge = delivered.rotated ? undefined : worker.secretAge;
  return { ...worker, plan, result: resultOf(plan), delivered, secretAge };
}

/** Plans and logs the plan, without changes. */
async function planOnly(context: StepContext): Promise<RunOutcome> {
  const planned = await planWorker(context);
  const { environment, worker, plan, notes } = planned;
  logPlan(context.run, plan, notes);
  await checkTargets(planned);
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
async function checkTargets(planned: Planned): Promise<void> {
  const { run } = planned.context;
  const { store, gitHub } = run.settings;
  if (!store || gitHub.token === '') return;
  const targets = await preflight(run).catch((error: unknown) => {
    if (!(error instanceof ActionError)) throw error;
    run.runner.notice(`The targets could not be checked: ${error.explanation.what}`);
    return [];
  });
  await refuseOthersSecrets(planned, targets);
}
