import { explained } from '../errors.ts';
import { allEdits, noteOwner, noteSecret, noteStored, recordOf } from '../worker/record.ts';
import type { EnsuredWorker } from './context.ts';
import type { WorkerCredentials } from './credentials.ts';
import { maskedCredentials, readCredentials } from './credentials.ts';
import type { Delivered } from './deliver.ts';
import { deliver } from './deliver.ts';
import type { PreparedTarget } from './preflight.ts';
import { updateRecord } from './record.ts';
import { afterRotation, rotateSecret } from './rotate.ts';
import { needsSecret } from './session.ts';
import type { Verification } from './verify.ts';
import { verifyCredentials } from './verify.ts';

/** The credentials, proven and delivered. */
export interface HandedOver extends Delivered {
  /** Undefined if nobody asked for the secret, so that it was not read. */
  readonly credentials: WorkerCredentials | undefined;
  readonly verification: Verification;
  readonly rotated: boolean;
  /** Why a rotation that was asked for did not happen. */
  readonly notRotated?: string;
}

/** What was delivered, and whether it was proven before. */
type Proven = Delivered & { readonly credentials: WorkerCredentials; readonly verification: Verification };

/**
 * Reads the worker's credentials, rotates the secret if that was asked for, proves them, delivers them, and notes in the
 * record what each target holds.
 *
 * @throws ActionError if PingOne does not return the secret or does not accept it, or a target cannot be written to
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
  if (!rotation || 'notRotated' in rotation) {
    // The run that is rotating may have replaced the secret since this one read it.
    const current = rotation ? await readCredentials(worker) : present;
    const proven = await confirm(worker, targets, await proveAndDeliver(worker, targets, current));
    return { ...proven, rotated: false, ...(rotation ? { notRotated: rotation.notRotated } : {}) };
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
  if (targets.length === 0) {
    await noteDelivery(worker, targets, proven.credentials);
    return proven;
  }
  const { session } = worker.context;
  const credentials = await readCredentials(worker);
  if (credentials.version === proven.credentials.version) {
    await noteDelivery(worker, targets, credentials);
    return proven;
  }
  session.runner.notice('Another run rotated the secret meanwhile: delivering the new one.');
  const verification = await verifyCredentials(worker, credentials, { mayLag: true });
  const delivered = await deliver(session, targets, credentials);
  await noteDelivery(worker, targets, credentials);
  return { credentials, verification, ...delivered };
}

/**
 * Notes in the record which secret the worker has and what the targets hold. A record that PingOne refused before is
 * tried again for a while, since later runs refuse to overwrite secrets that no record lists.
 */
async function noteDelivery(
  { context, ref, record, recordRefused, ownerFacts }: EnsuredWorker,
  targets: readonly PreparedTarget[],
  { version }: WorkerCredentials,
): Promise<void> {
  const { session, pingone } = context;
  const { settings, instanceId, limits, runner } = session;
  const { owner } = settings.run;
  const entries = targets.map(({ entry }) => entry);
  if (!owner || !('metadata' in record)) {
    if (entries.length > 0) runner.warning(unrecordedWarning);
    return;
  }
  const since = new Date(pingone.now()).toISOString();
  const edit = allEdits(
    ...(recordRefused === undefined ? [] : [noteOwner(owner, ownerFacts)]),
    noteStored(owner, entries, instanceId),
    noteSecret(version, since, recordOf(record)?.secret?.version),
  );
  const patienceMs = recordRefused !== undefined && entries.length > 0 ? limits.lookMs : 0;
  const { refused } = await updateRecord(context, ref, record, edit, { patienceMs });
  if (refused !== undefined && entries.length > 0) runner.warning(`${unrecordedWarning} PingOne's answer: ${refused}`);
}

const unrecordedWarning =
  'No record lists the secrets that this run stored in GitHub. Later runs refuse to overwrite them unless ' +
  '`overwrite-secrets` is `true`, and a teardown does not delete them.';
