import { ActionError } from '../errors.ts';
import { delivers } from '../settings.ts';
import { resultOf } from '../worker/changes.ts';
import type { RecordState } from '../worker/record.ts';
import type { Connection } from './connect.ts';
import type { StepContext } from './context.ts';
import { ensureWorker } from './ensure.ts';
import { handOver } from './hand-over.ts';
import type { Outcome } from './outputs.ts';
import { outputsOf } from './outputs.ts';
import { pingOneFor } from './pingone.ts';
import { planWorker } from './plan.ts';
import type { PreparedTarget } from './preflight.ts';
import { preflight, refuseForeignSecrets } from './preflight.ts';
import { logPlan, report, reportFailure } from './report.ts';
import type { Session } from './session.ts';
import { tearDown } from './teardown.ts';

export { reportFailure };

/**
 * All that the step was asked to do: ensures the worker and hands its credentials on, or says what would be done, or
 * tears it down. Reports it in the log and the job summary.
 *
 * @param connecting the sign-in, which may still be under way
 * @returns the step's outputs by name, in the order in which they are set
 * @throws ActionError for whatever stands in the way, Cancelled where the step is to stop
 */
export async function carryOut(session: Session, connecting: Promise<Connection>): Promise<Record<string, string>> {
  const { settings } = session;
  // Different hosts, and neither needs the other: PingOne and GitHub are read side by side.
  const reading = delivers(settings) ? preflight(session) : Promise.resolve([]);
  const [connection] = await Promise.race([Promise.all([connecting]), failureOf(reading)]);
  const context = { session, pingone: pingOneFor(session, connection.tokens), connection };

  const outcome =
    settings.state === 'absent'
      ? await tearDown(context)
      : await (delivers(settings) ? provide : preview)(context, reading);
  await report(session, outcome);
  return outputsOf(session, outcome);
}

/** Rejects if the other does, and never settles otherwise. */
function failureOf(promise: Promise<unknown>): Promise<never> {
  return new Promise((_, reject) => void promise.catch(reject));
}

/** Makes the worker what it should be, and hands its credentials on. */
async function provide(context: StepContext, reading: Promise<readonly PreparedTarget[]>): Promise<Outcome> {
  const worker = await ensureWorker(context, reading);
  const targets = await reading;
  const handedOver = await handOver(worker, targets);
  // A rotation that was found to be under way already did not happen.
  const plan = worker.plan.filter(({ kind }) => kind !== 'rotate-secret' || handedOver.rotated);
  const secretAge = handedOver.rotated ? undefined : worker.secretAge;
  return { ...worker, plan, result: resultOf(plan), handedOver, secretAge };
}

/** Says what would be done, and does nothing. */
async function preview(context: StepContext): Promise<Outcome> {
  const { environment, worker, plan, notes } = await planWorker(context);
  logPlan(context.session, plan, notes);
  await previewTargets(context.session, worker?.record);
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
async function previewTargets(session: Session, record: RecordState | undefined): Promise<void> {
  const { store, gitHub } = session.settings;
  if (!store || gitHub.token === '') return;
  const targets = await preflight(session).catch((error: unknown) => {
    if (!(error instanceof ActionError)) throw error;
    session.runner.notice(`What the targets hold is not known: ${error.explanation.what}`);
    return [];
  });
  refuseForeignSecrets(session, targets, record);
}
