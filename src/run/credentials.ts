// The worker's credentials: reads and masks them, and verifies them by a token request.
import { createHash } from 'node:crypto';
import type { Advice } from '../errors.ts';
import { ActionError, Cancelled, explained } from '../errors.ts';
import type { Runner } from '../github/runner.ts';
import { createBackoff, inSeconds } from '../http/send.ts';
import type { ApplicationRef, ClientSecret } from '../pingone/applications.ts';
import { clientIdOf, readSecret } from '../pingone/applications.ts';
import type { PingOne } from '../pingone/client.ts';
import { readOnePopulation } from '../pingone/environments.ts';
import type { PingOneError } from '../pingone/errors.ts';
import { explainPingOne, OAuthError } from '../pingone/errors.ts';
import type { ClientCredentials, SecretAuthMethod } from '../pingone/token.ts';
import { fixedToken, isSecretAuthMethod, requestToken, secretForms, tokenEndpoint } from '../pingone/token.ts';
import type { Change } from '../reconcile/diff.ts';
import { canReadPopulations } from '../reconcile/roles.ts';
import { inline } from '../text.ts';
import type { AppliedWorker, EnsuredWorker, RunContext, StepContext } from './context.ts';
import { needsSecret, pingOneFor } from './context.ts';

/** The worker's credentials, exactly as PingOne returns them. */
export interface WorkerCredentials extends ClientCredentials {
  readonly environmentId: string;
  /** A 12-digit fingerprint that changes with the credentials and does not reveal them. */
  readonly version: string;
  /** The previous secret, while PingOne lists it. */
  readonly previous: PreviousSecret | undefined;
}

/** When the previous secret expires and when it was last used, as RFC 3339, if PingOne returns it. */
type PreviousSecret = Partial<Omit<NonNullable<ClientSecret['previous']>, 'secret'>>;

/**
 * Reads the worker's secret and masks it in every form in which it may appear.
 *
 * @throws ActionError if PingOne refuses
 */
export async function readCredentials(worker: EnsuredWorker): Promise<WorkerCredentials> {
  const { run, pingone } = worker.context;
  const secret = await readSecret(pingone, worker.ref).catch((error: unknown) => {
    throw explainPingOne(error, "reading the worker's client secret", cannotReadSecret);
  });
  return maskedCredentials(run.runner, worker, secret);
}

/**
 * Reads and masks the secret in parallel with other requests, if the run needs it. Undefined if that fails or takes
 * longer than a request may: the later read then explains why.
 */
export async function readSecretAhead(
  { settings, runner, clock, limits }: RunContext,
  pingone: PingOne,
  ref: ApplicationRef,
  clientId: string,
): Promise<ClientSecret | undefined> {
  if (!needsSecret(settings)) return undefined;
  try {
    const secret = await readSecret(pingone, ref, clock.now() + limits.requestMs);
    maskSecrets(runner, clientId, secret);
    return secret;
  } catch {
    return undefined;
  }
}

/**
 * Reads a new worker's secret early. PingOne creates it with the application, and roles that the admin application can
 * grant never hide it.
 *
 * @param atOnce true to try once only, also in a young environment
 */
export async function readNewSecret(
  { run, pingone, connection }: StepContext,
  { ref, application }: AppliedWorker,
  atOnce = false,
): Promise<ClientSecret | undefined> {
  const [reader, asked] = atOnce ? [pingOneFor(run, connection.tokens), { ...ref, isNew: false }] : [pingone, ref];
  return readSecretAhead(run, reader, asked, clientIdOf(application));
}

/** The credentials in a response of PingOne. The current and the previous secret are masked before they are returned. */
export function maskedCredentials(runner: Runner, worker: EnsuredWorker, response: ClientSecret): WorkerCredentials {
  const clientId = clientIdOf(worker.application);
  maskSecrets(runner, clientId, response);
  const { secret, previous } = response;
  return {
    clientId,
    clientSecret: secret,
    environmentId: worker.environment.id,
    version: credentialsVersion(clientId, secret),
    previous: previous ? timesOf(previous) : undefined,
  };
}

/** The output `credentials-version`. */
export function credentialsVersion(clientId: string, clientSecret: string): string {
  return createHash('sha256').update(`${clientId}\n${clientSecret}`).digest('hex').slice(0, 12);
}

function timesOf({ expiresAt, lastUsed }: NonNullable<ClientSecret['previous']>): PreviousSecret {
  return { expiresAt, lastUsed: Number.isNaN(Date.parse(lastUsed ?? '')) ? undefined : lastUsed };
}

/**
 * The previous secret, if a rotation must wait until it expires: PingOne keeps one, and a second rotation would revoke it.
 * Without an overlap, no rotation waits.
 */
export function awaitedPrevious(
  { run, pingone }: StepContext,
  previous: PreviousSecret | null | undefined,
): PreviousSecret | undefined {
  const isValid = previous && !(Date.parse(previous.expiresAt ?? '') <= pingone.now());
  return isValid && run.settings.secretOverlapMs > 0 ? previous : undefined;
}

function maskSecrets(runner: Runner, clientId: string, { secret, previous }: ClientSecret): void {
  for (const clientSecret of previous ? [secret, previous.secret] : [secret]) {
    secretForms({ clientId, clientSecret }).forEach(runner.mask);
  }
}

/** Whether the credentials were verified, or why not, for the log and the summary. */
export type Verification = 'verified' | { readonly notVerified: string };

/** How long a refusal is retried. */
export interface Patience {
  /** Whether PingOne may not have propagated a change yet. */
  readonly mayLag: boolean;
  /** When to give up in any case, in milliseconds since the epoch. */
  readonly until?: number;
}

const firstWaitMs = 500;

const longestWaitMs = 8_000;

/**
 * Verifies the credentials by a token request with the configured authentication method. After a change, a refusal is
 * retried, since PingOne may not have propagated the change yet.
 *
 * @throws ActionError if the token endpoint refuses or does not respond
 */
export async function verifyCredentials(
  worker: EnsuredWorker,
  credentials: WorkerCredentials,
  patience: Patience,
): Promise<Verification> {
  const { run } = worker.context;
  const skipped = whyNotVerified(run, worker);
  if (skipped !== undefined) {
    run.runner.notice(`The credentials are not verified: ${skipped}.`);
    return { notVerified: skipped };
  }
  const token = await proveByToken(worker, credentials, patience);
  if (worker.roles.length === 0) {
    const outcome =
      token === undefined
        ? 'so PingOne does not issue a token to it, and its credentials are not verified'
        : 'but PingOne issues a token to it';
    run.runner.notice(`The worker holds no role, ${outcome}.`);
  }
  if (token === undefined) return { notVerified: 'the worker holds no role, so PingOne does not issue a token to it' };
  if (worker.plan.some(({ kind }) => changesRoles.has(kind))) await tryPopulations(worker, token, patience);
  run.runner.info('Verified: PingOne issues an access token for the credentials');
  return 'verified';
}

function whyNotVerified({ settings }: RunContext, { application }: EnsuredWorker): string | undefined {
  if (!settings.verify) return '`verify` is `false`';
  if (application['enabled'] !== true) return 'the application is disabled';
  const method = application['tokenEndpointAuthMethod'];
  return isSecretAuthMethod(method)
    ? undefined
    : `the application uses the authentication method ${inline(String(method), 40)}, not a client secret`;
}

async function proveByToken(
  worker: EnsuredWorker,
  credentials: WorkerCredentials,
  { mayLag, until }: Patience,
): Promise<string | undefined> {
  const { run } = worker.context;
  const { clock, limits, runner, interruption, settings } = run;
  const method = worker.application['tokenEndpointAuthMethod'] as SecretAuthMethod;
  const endpoint = tokenEndpoint(settings.authUrl, credentials.environmentId);
  const patientUntil = Math.min(until ?? Infinity, clock.now() + (mayLag ? limits.verifyMs : 0));
  const backoff = createBackoff({
    clock,
    interruption,
    firstMs: firstWaitMs,
    longestMs: longestWaitMs,
    until: patientUntil,
  });
  for (;;) {
    try {
      const token = await requestToken(run.send, endpoint, credentials, method, { trace: run.trace, until });
      runner.mask(token);
      return token;
    } catch (error) {
      if (error instanceof OAuthError && worker.roles.length === 0 && error.error === 'access_denied') {
        return undefined;
      }
      if (!isTokenRefusal(error)) throw explainVerification(error);
      const { message } = error;
      const announce = (leftMs: number): void =>
        runner.info(`PingOne does not accept the credentials yet. Retrying for up to ${inSeconds(leftMs)}: ${message}`);
      if (!(await backoff.pause(announce))) throw explainVerification(error);
    }
  }
}

function isTokenRefusal(error: unknown): error is OAuthError {
  return error instanceof OAuthError && [400, 401, 403].includes(error.status);
}

function explainVerification(error: unknown): unknown {
  if (!(error instanceof OAuthError)) return explainPingOne(error, "verifying the worker's credentials");
  const what = `PingOne did not issue a token for the worker's credentials: ${error.message}`;
  return new ActionError({ what, cause: whyRefused(error), fix: 'run the workflow again.' }, { cause: error });
}

function whyRefused(error: OAuthError): string {
  if (error.isUnsupportedMethod) return 'somebody changed the token endpoint authentication method during the run.';
  if (!isTokenRefusal(error)) return 'PingOne is unavailable, or its rate limit is reached.';
  return 'PingOne has not propagated a change yet, or somebody changed the application during the run.';
}

const changesRoles = new Set<Change['kind']>(['create-application', 'grant-role']);

/**
 * A token does not prove that PingOne has propagated the roles. A read of identity data does, if a role allows it. The
 * credentials are delivered whatever its result is, and it leaves the time for that.
 */
async function tryPopulations(worker: EnsuredWorker, token: string, patience: Patience): Promise<void> {
  const { run } = worker.context;
  const { clock, limits, deadline } = run;
  const { id, organization } = worker.environment;
  if (!canReadPopulations(worker.roles, { environmentId: id, organizationId: organization.id })) return;
  try {
    const until = Math.min(patience.until ?? deadline - limits.storeMs, clock.now() + limits.verifyMs);
    await readOnePopulation(pingOneFor(run, fixedToken(token)), id, until);
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    const { what } = explained(explainPingOne(error, "reading populations with the worker's token")).explanation;
    run.runner.warning(
      `The credentials work, but the worker cannot read populations yet. ${what}\n` +
        "PingOne may need more time to propagate its roles. If PingOne refuses the synchronization later, check the worker's roles.",
    );
  }
}

/** Reading the client secret was refused: the two documented causes (PingOne API docs, "Application Secret"). */
export function cannotReadSecret(error: PingOneError): Advice | undefined {
  if (!error.isAccessDenied) return undefined;
  return {
    cause:
      'the worker holds a role that the admin application does not hold at the same or a broader scope, or the admin ' +
      'application lacks *Client Application Developer*.',
    fix:
      'in PingOne, grant the admin application *Environment Admin* on the environment, or *Client Application Developer* ' +
      'and every role that the worker holds.',
  };
}
