import { explained } from './errors.ts';
import { delivers, readSettings } from './inputs/read.ts';
import { connect } from './steps/connect.ts';
import type { StepContext } from './steps/context.ts';
import { ensureWorker } from './steps/ensure.ts';
import { handOver } from './steps/hand-over.ts';
import type { Outcome } from './steps/outputs.ts';
import { outputsOf } from './steps/outputs.ts';
import { pingOneFor } from './steps/pingone.ts';
import { planWorker } from './steps/plan.ts';
import type { PreparedTarget } from './steps/preflight.ts';
import { preflight } from './steps/preflight.ts';
import { logPlan, logSettings, report } from './steps/report.ts';
import type { World } from './steps/session.ts';
import { openSession, runnerOf } from './steps/session.ts';
import { tearDown } from './steps/teardown.ts';
import { resultOf } from './worker/changes.ts';

/**
 * The whole step, from inputs to outputs. Never throws: what goes wrong is explained to the user, and fails the step.
 *
 * @param world everything outside of the program: environment, toolkit, files, network, clock, signals
 */
export async function main(world: World): Promise<void> {
  const runner = runnerOf(world);
  try {
    const settings = readSettings({ ...world, mask: runner.mask });
    const session = openSession(world, runner, settings);
    logSettings(session);

    // Different hosts, and neither needs the other: the token and GitHub's public keys are fetched side by side.
    const [connection, targets] = await Promise.all([connect(session), delivers(settings) ? preflight(session) : []]);
    const context = { session, pingone: pingOneFor(session, connection.tokens), connection };

    const outcome =
      settings.state === 'absent'
        ? await tearDown(context)
        : await (delivers(settings) ? provide : preview)(context, targets);
    await report(session, outcome);
    for (const [name, value] of Object.entries(outputsOf(session, outcome))) runner.output(name, value);
  } catch (error) {
    const failure = explained(error);
    if (failure.cause instanceof Error) runner.debug(`${failure.cause.name}: ${failure.cause.message}`);
    runner.fail(failure.message);
    world.giveUp();
  }
}

/** Makes the worker what it should be, and hands its credentials on. */
async function provide(context: StepContext, targets: readonly PreparedTarget[]): Promise<Outcome> {
  const worker = await ensureWorker(context, targets);
  const handedOver = await handOver(worker, targets);
  // A rotation that was found to be under way already did not happen.
  const plan = worker.plan.filter(({ kind }) => kind !== 'rotate-secret' || handedOver.rotated);
  return { ...worker, plan, result: resultOf(plan), handedOver };
}

/** Says what would be done, and does nothing. */
async function preview(context: StepContext): Promise<Outcome> {
  const { environment, worker, plan, notes } = await planWorker(context);
  logPlan(context.session, plan, notes);
  return {
    environment,
    application: worker?.application,
    plan,
    result: resultOf(plan),
    roles: notes.heldRoles,
    rolesBeyond: notes.rolesBeyond,
  };
}
