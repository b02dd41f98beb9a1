import { createHash } from 'node:crypto';
import type { Runner } from '../github/runner.ts';
import { clientIdOf } from '../pingone/applications.ts';
import { explainPingOne } from '../pingone/explain.ts';
import type { ClientSecret } from '../pingone/secret.ts';
import { readSecret } from '../pingone/secret.ts';
import type { ClientCredentials } from '../pingone/token.ts';
import { basicCredentials, formEncode } from '../pingone/token.ts';
import type { EnsuredWorker } from './ensure.ts';
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
}

/**
 * Reads the worker's secret, as late as possible, and masks it in every form in which it may turn up.
 * Throws ActionError where PingOne refuses to give it out.
 */
export async function readCredentials(worker: EnsuredWorker): Promise<WorkerCredentials> {
  const { session, pingone } = worker.context;
  const secret = await readSecret(pingone, worker.ref).catch((error: unknown) => {
    throw explainPingOne(error, "reading the worker's client secret", cannotReadSecret);
  });
  return maskedCredentials(session.runner, worker, secret);
}

/** Credentials out of an answer of PingOne, masked at birth: the current secret and the one before it. */
export function maskedCredentials(
  runner: Runner,
  worker: EnsuredWorker,
  { secret, previous }: ClientSecret,
): WorkerCredentials {
  const clientId = clientIdOf(worker.application);
  for (const value of [secret, previous?.secret ?? '']) maskSecret(runner, clientId, value);
  return {
    clientId,
    clientSecret: secret,
    environmentId: worker.environment.id,
    version: createHash('sha256').update(`${clientId}\n${secret}`).digest('hex').slice(0, 12),
    hasPrevious: previous !== undefined,
    previousExpiresAt: previous?.expiresAt,
  };
}

/** The runner masks base64 of the secret alone, but not of `id:secret`, and not its form-encoded form. */
function maskSecret(runner: Runner, clientId: string, clientSecret: string): void {
  if (clientSecret === '') return;
  runner.mask(clientSecret);
  runner.mask(formEncode(clientSecret));
  runner.mask(basicCredentials({ clientId, clientSecret }));
  runner.mask(Buffer.from(`${clientId}:${clientSecret}`).toString('base64'));
}
