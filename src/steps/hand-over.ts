import { explained } from '../errors.ts';
import type { EnsuredWorker } from './context.ts';
import type { WorkerCredentials } from './credentials.ts';
import { maskedCredentials, readCredentials } from './credentials.ts';
import type { Delivered } from './deliver.ts';
import { deliver } from './deliver.ts';
import type { PreparedTarget } from './preflight.ts';
import { afterRotation, rotateSecret } from './rotate.ts';
import { needsSecret } from './session.ts';
import type { Verification } from './verify.ts';
import { verifyCredentials } from './verify.ts';

/** The credentials, proven and delivered. */
export interface HandedOver extends Delivered {
  /** Undefined where nobody asked for the secret, so that it was not read. */
  readonly credentials: WorkerCredentials | undefined;
  readonly verification: Verification;
  readonly rotated: boolean;
}

/** What was delivered, and whether it was proven before. */
type Proven = Delivered & { readonly credentials: WorkerCredentials; readonly verification: Verification };

/**
 * Reads the worker's credentials, rotates the secret where that was asked for, proves them and delivers them.
 *
 * @throws ActionError where PingOne does not give the secret out or does not take it, or a place cannot be written
 */
export async function handOver(worker: EnsuredWorker, targets: readonly PreparedTarget[]): Promise<HandedOver> {
  const { session } = worker.context;
  if (!needsSecret(session.settings)) {
    session.runner.info('Nobody asked for the secret, so it is not read');
    const verification = { notVerified: 'nobody asked for the secret' };
    return { credentials: undefined, verification, stored: [], rotated: false, dataSyncFiles: [] };
  }
  const present = worker.secret
    ? maskedCredentials(session.runner, worker, worker.secret)
    : await readCredentials(worker);
  const rotates = worker.plan.some(({ kind }) => kind === 'rotate-secret');
  const rotation = rotates ? await rotateSecret(worker, targets, present) : undefined;
  if (!rotation) {
    return { ...(await confirm(worker, targets, await proveAndDeliver(worker, targets, present))), rotated: false };
  }
  const confirmed = await afterRotation(
    worker,
    rotation.credentials,
    () => confirm(worker, targets, rotation),
    rotation,
  );
  return { ...confirmed, rotated: true };
}

async function proveAndDeliver(
  worker: EnsuredWorker,
  targets: readonly PreparedTarget[],
  credentials: WorkerCredentials,
): Promise<Proven> {
  const patience = { mayLag: worker.plan.length > 0 };
  const verification = await verifyCredentials(worker, credentials, patience).catch((error: unknown) => {
    throw explained(error).withAdvice('Nothing was delivered: a stored secret of an earlier run is still there.');
  });
  return { credentials, verification, ...(await deliver(worker.context.session, targets, credentials)) };
}

/** Another run may have rotated the secret while this one was storing it: what is stored last has to work. */
async function confirm(worker: EnsuredWorker, targets: readonly PreparedTarget[], proven: Proven): Promise<Proven> {
  if (targets.length === 0) return proven;
  const { session } = worker.context;
  const credentials = await readCredentials(worker);
  if (credentials.version === proven.credentials.version) return proven;
  session.runner.notice('Another run rotated the secret meanwhile: delivering the new one.');
  const verification = await verifyCredentials(worker, credentials, { mayLag: true });
  return { credentials, verification, ...(await deliver(session, targets, credentials)) };
}
