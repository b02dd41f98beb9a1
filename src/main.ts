import { explained } from './errors.ts';
import { readSettings } from './inputs/read.ts';
import type { World } from './steps/session.ts';
import { openSession, pingOneFor, runnerOf } from './steps/session.ts';
import { connect } from './steps/connect.ts';
import { readCredentials } from './steps/credentials.ts';
import { deliverDataSyncFiles } from './steps/datasync.ts';
import { storeCredentials } from './steps/deliver.ts';
import { ensureWorker } from './steps/ensure.ts';
import { outputsOf } from './steps/outputs.ts';
import { preflight } from './steps/preflight.ts';
import { report } from './steps/report.ts';
import { verifyCredentials } from './steps/verify.ts';

/**
 * The whole step, from inputs to outputs. Never throws: what goes wrong is explained to the user, and fails the step.
 *
 * @param world everything outside of the program: environment, toolkit, network, clock, signals
 */
export async function main(world: World): Promise<void> {
  const runner = runnerOf(world);
  try {
    const settings = readSettings({ env: world.env, event: world.event, mask: runner.mask });
    const session = openSession(world, runner, settings);

    // Different hosts, and neither needs the other: the token and GitHub's public keys are fetched side by side.
    const [{ tokens, adminClientId }, targets] = await Promise.all([connect(session), preflight(session)]);
    const pingone = pingOneFor(session, tokens);
    const worker = await ensureWorker({ session, pingone, adminClientId }, targets);

    const credentials = await readCredentials(runner, pingone, worker);
    const verification = await verifyCredentials(session, worker, credentials);
    const stored = await storeCredentials(session, targets, credentials);
    const dataSyncFiles = deliverDataSyncFiles(session, credentials);

    const delivery = { worker, credentials, stored, dataSyncFiles };
    await report(session, delivery, verification);
    for (const [name, value] of Object.entries(outputsOf(session, delivery))) runner.output(name, value);
  } catch (error) {
    const failure = explained(error);
    if (failure.cause instanceof Error) runner.debug(`${failure.cause.name}: ${failure.cause.message}`);
    runner.fail(failure.message);
    world.giveUp();
  }
}
