import type { EnsuredWorker } from './context.ts';
import type { WorkerCredentials } from './credentials.ts';
import { maskedCredentials, readCredentials } from './credentials.ts';
import { deliverDataSyncFiles } from './datasync.ts';
import type { StoredReport } from './deliver.ts';
import { storeCredentials } from './deliver.ts';
import type { PreparedTarget } from './preflight.ts';
import { rotateSecret } from './rotate.ts';
import { needsSecret } from './session.ts';
import type { Verification } from './verify.ts';
import { verifyCredentials } from './verify.ts';

/** The credentials, proven and stored. */
export interface HandedOver {
  /** Undefined where nobody asked for the secret, so that it was not read. */
  readonly credentials: WorkerCredentials | undefined;
  readonly verification: Verification;
  readonly stored: readonly StoredReport[];
  readonly rotated: boolean;
  /** Absolute paths of the files for PingDataSync. */
  readonly dataSyncFiles: readonly string[];
}

/** What is known before the files are written. */
type Delivered = Pick<HandedOver, 'verification' | 'stored'> & { readonly credentials: WorkerCredentials };

/**
 * Reads the worker's credentials, rotates the secret where that was asked for, proves them and stores them.
 *
 * @throws ActionError where PingOne does not give the secret out or does not take it, or a target cannot be written
 */
export async function handOver(worker: EnsuredWorker, targets: readonly PreparedTarget[]): Promise<HandedOver> {
  const { session } = worker.context;
  const rotates = worker.plan.some(({ kind }) => kind === 'rotate-secret');
  if (!needsSecret(session.settings)) {
    session.runner.info('Nobody asked for the secret, so it is not read');
    const verification = { notVerified: 'nobody asked for the secret' };
    return { credentials: undefined, verification, stored: [], rotated: false, dataSyncFiles: [] };
  }
  const present = worker.secret
    ? maskedCredentials(session.runner, worker, worker.secret)
    : await readCredentials(worker);
  const rotated = rotates ? await rotateSecret(worker, targets, present) : undefined;
  const delivered = await confirm(worker, targets, rotated ?? (await proveAndStore(worker, targets, present)));
  const dataSyncFiles = deliverDataSyncFiles(session, delivered.credentials);
  return { ...delivered, rotated: rotated !== undefined, dataSyncFiles };
}

async function proveAndStore(
  worker: EnsuredWorker,
  targets: readonly PreparedTarget[],
  credentials: WorkerCredentials,
): Promise<Delivered> {
  const verification = await verifyCredentials(worker, credentials, { mayLag: worker.plan.length > 0 });
  return { credentials, verification, stored: await storeCredentials(worker.context.session, targets, credentials) };
}

/** Another run may have rotated the secret while this one was storing it: what is stored last has to work. */
async function confirm(
  worker: EnsuredWorker,
  targets: readonly PreparedTarget[],
  delivered: Delivered,
): Promise<Delivered> {
  if (targets.length === 0) return delivered;
  const { session } = worker.context;
  const credentials = await readCredentials(worker);
  if (credentials.version === delivered.credentials.version) return delivered;
  session.runner.notice('Another run rotated the secret meanwhile: delivering the new one.');
  const verification = await verifyCredentials(worker, credentials, { mayLag: true });
  return { credentials, verification, stored: await storeCredentials(session, targets, credentials) };
}
