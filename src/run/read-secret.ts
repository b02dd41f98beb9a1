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

/** What PingDataSync needs, byte for byte as PingOne gives it. */
export interface WorkerCredentials extends ClientCredentials {
  readonly environmentId: string;
  /** 12 hex digits that change when the credentials do, and say nothing about them. */
  readonly version: string;
  /** True while the secret before this one is still valid. */
  readonly hasPrevious: boolean;
  /** Until when it is, as RFC 3339, where PingOne says so. */
  readonly previousExpiresAt: string | undefined;
  /** When it was last used, as RFC 3339, if PingOne says so. */
  readonly previousLastUsed: string | undefined;
}

/**
 * Reads the worker's secret, as late as possible, and masks it in every form in which it may turn up.
 *
 * @throws ActionError where PingOne refuses to give it out
 */
export async function readCredentials(worker: EnsuredWorker): Promise<WorkerCredentials> {
  const { run, pingone } = worker.context;
  const secret = await readSecret(pingone, worker.ref).catch((error: unknown) => {
    throw explainPingOne(error, "reading the worker's client secret", cannotReadSecret);
  });
  return maskedCredentials(run.runner, worker, secret);
}

/**
 * Reads and masks the secret beside other requests, where the run will need it anyway and nothing that comes between
 * changes it. Undefined where that fails: then the read that counts says why.
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
 * Reads a new worker's secret ahead: PingOne makes it by itself, and roles that the admin credentials may grant never
 * hide it.
 *
 * @param atOnce true to do without one that PingOne has not made yet, also in a young environment
 */
export async function readNewSecret(
  { run, pingone, connection }: StepContext,
  { ref, application }: AppliedWorker,
  atOnce = false,
): Promise<ClientSecret | undefined> {
  const [reader, asked] = atOnce ? [pingOneFor(run, connection.tokens), { ...ref, isNew: false }] : [pingone, ref];
  return readSecretAhead(run, reader, asked, clientIdOf(application));
}

/** Credentials out of an answer of PingOne, masked at birth: the current secret and the one before it. */
export function maskedCredentials(runner: Runner, worker: EnsuredWorker, answer: ClientSecret): WorkerCredentials {
  const clientId = clientIdOf(worker.application);
  maskSecrets(runner, clientId, answer);
  const { secret, previous } = answer;
  return {
    clientId,
    clientSecret: secret,
    environmentId: worker.environment.id,
    version: credentialsVersion(clientId, secret),
    hasPrevious: Boolean(previous),
    previousExpiresAt: previous?.expiresAt,
    previousLastUsed: Number.isNaN(Date.parse(previous?.lastUsed ?? '')) ? undefined : previous?.lastUsed,
  };
}

/** The output `credentials-version`: changes when the credentials do, and does not reveal them. */
export function credentialsVersion(clientId: string, clientSecret: string): string {
  return createHash('sha256').update(`${clientId}\n${clientSecret}`).digest('hex').slice(0, 12);
}

/** Whether a rotation is under way: PingOne keeps one previous secret, and it is still valid. */
export function isUnderWay(
  previous: ClientSecret['previous'] | { expiresAt?: string | undefined },
  now: number,
): boolean {
  return Boolean(previous) && !(Date.parse(previous?.expiresAt ?? '') <= now);
}

function maskSecrets(runner: Runner, clientId: string, { secret, previous }: ClientSecret): void {
  for (const clientSecret of previous ? [secret, previous.secret] : [secret]) {
    secretForms({ clientId, clientSecret }).forEach(runner.mask);
  }
}
