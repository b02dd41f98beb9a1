import { explained } from './errors.ts';
import { readSettings } from './inputs/read.ts';
import { connect } from './steps/connect.ts';
import { logSettings } from './steps/log-settings.ts';
import type { World } from './steps/session.ts';
import { openSession, runnerOf } from './steps/session.ts';

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

    const connecting = connect(session);
    // Most of the program is not needed to sign in: it is read while PingOne answers (docs/performance.md).
    const carrying = import('./steps/carry-out.ts').then(({ carryOut }) => carryOut(session, connecting));
    const [outputs] = await Promise.all([carrying, connecting]);
    for (const [name, value] of Object.entries(outputs)) runner.output(name, value);
  } catch (error) {
    const failure = explained(error);
    if (failure.cause instanceof Error) runner.debug(`${failure.cause.name}: ${failure.cause.message}`);
    runner.fail(failure.message);
    world.giveUp();
  }
}
