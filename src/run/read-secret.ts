import { createHash } from 'node:crypto';
import type { Runner } from '../github/runner.ts';
import type { ApplicationRef } from '../pingone/applications.ts';
import { clientIdOf } from '../pingone/applications.ts';
import type { PingOne } from '../pingone/client.ts';
import { explainPingOne } from '../pingone/errors.ts';
import type { ClientSecret } from '../pingone/secret.ts';
import { readSecret } from '../pingone/secret.ts';
import type { ClientCredentials } from '../pingone/token.ts';
import { secretForms } from '../pingone/token.ts';
import type { AppliedWorker, EnsuredWorker, RunContext, StepContext } from './context.ts';
import { needsSecret, pingOneFor } from './context.ts';
import { cannotReadSecret } from './refusals.ts';

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
 * Reads and masks the secret in parallel with other requests, if the run needs it. Undefined if that fails: the later
 * read then explains why.
 */
export async function readSecretAhead(
  { settings, runner }: RunContext,
  pingone: PingOne,
  ref: ApplicationRef,
  clientId: string,
): Promise<ClientSecret | undefined> {
  if (!needsSecret(settings)) return undefined;
  try {
    const secret = await readSecret(pingone, ref);
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
