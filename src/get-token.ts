import { explained } from './errors.ts';
import type { Runner } from './github/runner.ts';
import { createSend } from './http/send.ts';
import { readTokenSettings } from './inputs/token.ts';
import type { TokenSettings } from './inputs/token.ts';
import { explainSignIn, storedCredentials } from './pingone/sign-in.ts';
import { requestGrant } from './pingone/token.ts';
import type { TokenGrant } from './pingone/token.ts';
import { limitsFor, traceHeaders } from './run/context.ts';
import type { ProcessWorld } from './run/context.ts';

const timeoutSeconds = 60;

/**
 * The whole action `token`, from inputs to outputs. Never throws: failures are explained to the user.
 *
 * @param runner knows the credentials of this run from here on
 */
export async function getToken(world: ProcessWorld, runner: Runner): Promise<void> {
  runner.entitle('PingOne access token');
  try {
    const settings = readTokenSettings({ ...world, mask: runner.mask });
    const { accessToken, tokenType, expiresAt } = await requestStored(world, runner, settings);
    const expiry = timeOf(expiresAt);
    runner.info(`PingOne issued an access token${expiry && `, valid until ${expiry}`}`);
    runner.output('access-token', accessToken);
    runner.output('expires-at', expiry);
    runner.output('token-type', tokenType);
  } catch (error) {
    const failure = explained(error);
    if (failure.cause instanceof Error) runner.debug(`${failure.cause.name}: ${failure.cause.message}`);
    runner.fail(failure.message);
    world.giveUp();
  }
}

/** RFC 3339; empty for a time that is missing or makes no sense. */
function timeOf(ms = NaN): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

async function requestStored(
  { transport, clock, random, interruption }: ProcessWorld,
  runner: Runner,
  { endpoint, credentials, method, source, run }: TokenSettings,
): Promise<TokenGrant> {
  const limits = limitsFor(timeoutSeconds);
  const deadline = clock.now() + limits.totalMs;
  const out = { onWait: runner.info, onAnswer: runner.debug };
  const send = createSend({ transport, clock, random, interruption, limits, deadline, ...out });
  runner.info(`Getting an access token from ${new URL(endpoint).host} by ${method}`);
  try {
    const grant = await requestGrant(send, endpoint, { ...credentials, method }, { trace: traceHeaders(run) });
    runner.mask(grant.accessToken);
    return grant;
  } catch (error) {
    throw explainSignIn(error, storedCredentials, source, endpoint);
  }
}
