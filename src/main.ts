import { setImmediate as nextTurn } from 'node:timers/promises';
import { explained } from './errors.ts';
import type { Runner } from './github/runner.ts';
import { readSettings } from './inputs/read.ts';
import { connect } from './steps/connect.ts';
import { logSettings } from './steps/log-settings.ts';
import type { World } from './steps/session.ts';
import { openSession, runnerOf } from './steps/session.ts';

/**
 * Most of the program is not needed to sign in: it is read while PingOne answers (docs/performance.md). Not before the
 * request has left, for which Node goes through its event loop: once to open the connection, once to write.
 */
async function loadTheRest(): Promise<typeof import('./steps/carry-out.ts')> {
  for (let turn = 0; turn < 3; turn += 1) await nextTurn();
  return import('./steps/carry-out.ts');
}

/**
 * The whole step, from inputs to outputs. Never throws: what goes wrong is explained to the user, and fails the step.
 *
 * @param world everything outside of the program: environment, toolkit, files, network, clock, signals
 * @param runner knows the credentials of this run from here on, also for what is told outside of it
 */
export async function main(world: World, runner: Runner = runnerOf(world)): Promise<void> {
  try {
    const settings = readSettings({ ...world, mask: runner.mask });
    const session = openSession(world, runner, settings);
    logSettings(session);

    const connecting = connect(session);
    const carrying = loadTheRest().then(({ carryOut }) => carryOut(session, connecting));
    const [outputs] = await Promise.all([carrying, connecting]);
    for (const [name, value] of Object.entries(outputs)) runner.output(name, value);
  } catch (error) {
    const failure = explained(error);
    if (failure.cause instanceof Error) runner.debug(`${failure.cause.name}: ${failure.cause.message}`);
    runner.fail(failure.message);
    world.giveUp();
  }
}
