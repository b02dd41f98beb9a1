// Reads the credentials, rotates, verifies and delivers them, and checks that no other run replaced them meanwhile.
import { ActionError, explained } from '../errors.ts';
import { inSeconds } from '../http/send.ts';
import { isMissing } from '../pingone/errors.ts';
import type { Owner, RecordState, Stored } from '../reconcile/ownership.ts';
import {
  allEdits,
  entriesOf,
  noteOwner,
  noteStored,
  recordOf,
  removeIntent,
  validIntent,
} from '../reconcile/ownership.ts';
import { sentenceList, timeSpan } from '../text.ts';
import type { EnsuredWorker, RunContext } from './context.ts';
import { needsSecret } from './context.ts';
import type { Verification, WorkerCredentials } from './credentials.ts';
import { maskedCredentials, readCredentials, verifyCredentials } from './credentials.ts';
import type { Delivered } from './deliver.ts';
import { deliver, nothingDelivered } from './deliver.ts';
import type { RecordUpdate } from './record.ts';
import { pollRecord, updateRecord } from './record.ts';
import { noteVersion, rotateSecret, whatStillWorks } from './rotate.ts';
import {
  deleteOldIds,
  storedEntriesOf,
  takeBackIfDeleted,
  takeBackIfTearingDown,
  warnOfOtherTargets,
} from './stored.ts';
import type { PreparedTarget } from './targets.ts';
import { describeEntry } from './targets.ts';

/** The verified and delivered credentials. */
export interface DeliveredCredentials extends Delivered {
  /** Undefined if no input needs the secret, so it was not read. */
  readonly credentials: WorkerCredentials | undefined;
  readonly verification: Verification;
  readonly rotated: boolean;
  /** When the previous secret was last used, and what that means. */
  readonly previousUse?: string | undefined;
  /** Why a planned rotation did not happen. */
  readonly notRotated?: string;
}

/** The delivered credentials with their verification. */
type Proven = Delivered & { readonly credentials: WorkerCredentials; readonly verification: Verification };

/** The same with the record after the last write. */
type Confirmed = Proven & { readonly record: RecordState };

/**
 * Reads the worker's credentials, rotates the secret if planned, verifies and delivers the credentials, and records
 * which credentials each target has.
 *
 * @throws ActionError if PingOne does not return the secret or does not accept it, or a target cannot be written to
 */
export async function deliverCredentials(
  worker: EnsuredWorker,
  targets: readonly PreparedTarget[],
): Promise<DeliveredCredentials> {
  const { run } = worker.context;
  run.runner.section('Deliver');
  if (!needsSecret(run.settings)) {
    run.runner.info('No input needs the client secret, so it is not read');
    const verification = { notVerified: 'no input needs the client secret' };
    return { credentials: undefined, verification, rotated: false, ...nothingDelivered };
  }
  const present = worker.secret ? maskedCredentials(run.runner, worker, worker.secret) : await readCredentials(worker);
  const isPlanned = worker.plan.some(({ kind }) => kind === 'rotate-secret');
  const rotation = isPlanned ? await rotateSecret(worker, targets, present) : undefined;
  if (!rotation || 'notRotated' in rotation) {
    // The run that is rotating may have replaced the secret since this one read it.
    const current = rotation ? await readCredentials(worker) : present;
    const proven = await confirm(worker, targets, await verifyAndDeliver(worker, targets, current, rotation?.isStored));
    const previousUse = describePreviousUse(worker, proven.credentials);
    return { ...proven, previousUse, rotated: false, ...(rotation ? { notRotated: rotation.notRotated } : {}) };
  }
  const rotated = { ...worker, record: rotation.record };
  let last: Pick<Confirmed, 'credentials' | 'record'> = rotation;
  try {
    const confirmed = await confirm(rotated, targets, rotation);
    last = confirmed;
    return { ...confirmed, previousUse: describePreviousUse(worker, confirmed.credentials), rotated: true };
  } catch (error) {
    throw explained(error).withAdvice(whatStillWorks(rotated, rotation.credentials, rotation));
  } finally {
    warnOfOtherTargets(worker, targets, last.record, last.credentials.version);
  }
}

/** When the previous secret was last used. If that was after the current one was recorded, a consumer still uses it. */
function describePreviousUse(
  { seen, context }: EnsuredWorker,
  { previous, version }: WorkerCredentials,
): string | undefined {
  if (previous?.lastUsed === undefined) return undefined;
  const usedAt = Date.parse(previous.lastUsed);
  const used = `The previous secret was last used ${timeSpan(context.pingone.now() - usedAt)} ago`;
  const noted = recordOf(seen)?.secret;
  if (noted?.version !== version) return `${used}.`;
  const isStored = entriesOf(seen).some((entry) => entry.version === version);
  const since = isStored ? 'the new one was stored' : 'a run first saw the new one';
  if (usedAt <= Date.parse(noted.since)) return `${used}, before ${since}.`;
  return `${used}, after ${since}: a consumer still uses it.`;
}

async function verifyAndDeliver(
  worker: EnsuredWorker,
  targets: readonly PreparedTarget[],
  credentials: WorkerCredentials,
  rewrites?: boolean,
): Promise<Proven> {
  const patience = { mayLag: worker.plan.length > 0 };
  const verification = await verifyCredentials(worker, credentials, patience).catch((error: unknown) => {
    throw explained(error).withAdvice('No credentials were delivered. Secrets of an earlier run are still stored.');
  });
  return { credentials, verification, ...(await deliver(worker, targets, credentials, rewrites)) };
}

/**
 * Checks that no other run rotated the secret or deleted the worker while this run was storing, and delivers again if
 * necessary. Then records which credentials the targets have.
 *
 * Another run may also rotate after this run read the secret. Its record then has the announcement or the new version:
 * either this run sees them after its own note, or the other run sees the note and warns.
 */
async function confirm(
  worker: EnsuredWorker,
  targets: readonly PreparedTarget[],
  proven: Proven,
  rounds = mostRounds,
  until = waitsUntil(worker.context.run),
): Promise<Confirmed> {
  if (proven.written.size === 0) return { ...proven, record: await noteDelivery(worker, proven, []) };
  const reads = [readBack(worker, proven), storedEntriesOf(proven.written, proven.credentials)] as const;
  await Promise.allSettled(reads);
  const [credentials, entries] = await Promise.all(reads);
  const { clock, runner } = worker.context.run;
  const isOld = credentials.version !== proven.credentials.version;
  if (isOld && rounds > 0) {
    runner.notice('Another run rotated the secret in the meantime. Delivering the new secret.');
    const verification = await verifyCredentials(worker, credentials, { mayLag: true });
    const again = { credentials, verification, ...(await deliver(worker, targets, credentials, true)) };
    return confirm(worker, targets, again, rounds - 1, until);
  }
  const record = await noteDelivery(worker, proven, entries);
  const isRotating = rotatesElsewhere(worker, record);
  if (!isOld && !isRotating && !notesAnother(worker, record, credentials)) return { ...proven, record };
  if (rounds === 0 || (isRotating && clock.now() >= until)) {
    runner.warning(mayBeOutdated(entries));
    return { ...proven, record };
  }
  if (isRotating)
    runner.info(`Waiting for up to ${inSeconds(until - clock.now())}: another run is rotating the secret`);
  const settled = await pollRecord(worker.context, worker.ref, until, (state) => !rotatesElsewhere(worker, state));
  return confirm({ ...worker, record: settled }, targets, proven, rounds - 1, until);
}

// Each rotation by another run takes at most two rounds: one delivers its secret, one finds it unchanged.
const mostRounds = 4;

/** A rotation by another run is awaited as long as this run can still verify and store the new secret. */
function waitsUntil({ clock, deadline, limits }: RunContext): number {
  return Math.min(clock.now() + limits.rotationMs, deadline - limits.rotationMs);
}

function rotatesElsewhere({ context }: EnsuredWorker, state: RecordState): boolean {
  const intent = validIntent(recordOf(state), context.pingone.now());
  return intent?.kind === 'rotate' && intent.id !== context.run.instanceId;
}

/** Whether another run noted a secret that this run has neither seen in the record nor stored. */
function notesAnother({ record }: EnsuredWorker, state: RecordState, { version }: WorkerCredentials): boolean {
  const noted = recordOf(state)?.secret?.version;
  return noted !== undefined && noted !== version && noted !== recordOf(record)?.secret?.version;
}

function mayBeOutdated(entries: readonly Stored[]): string {
  return (
    `Another run is rotating the secret, so ${sentenceList(entries.map(describeEntry))} may not have the new one.\n` +
    'Likely cause: the other run is slow, or it was stopped before it finished.\n' +
    'What to do: run this workflow again after the other run. To prevent simultaneous runs for one worker, set a ' +
    '`concurrency` group in the workflow.'
  );
}

/**
 * Reads the credentials after they were stored. A 404 may mean that the worker was deleted, which is found out without
 * waiting. A new worker's secret may also be missing again, although it was read before, and is read for a while.
 */
async function readBack(
  worker: EnsuredWorker,
  delivered: Delivered,
  ref = { ...worker.ref, isNew: false },
): Promise<WorkerCredentials> {
  try {
    return await readCredentials({ ...worker, ref });
  } catch (error) {
    await takeBackIfDeleted(worker, delivered, error);
    const mayLag = worker.ref.isNew && !ref.isNew && error instanceof ActionError && isMissing(error.cause);
    if (!mayLag) throw error;
    return readBack(worker, delivered, worker.ref);
  }
}

/**
 * Records which secret the worker has and which credentials the targets have. If PingOne refused the record before, the
 * write is retried for a while, since later runs refuse to overwrite secrets that no record lists.
 *
 * @param entries the targets that this run wrote to
 * @returns the record then
 * @throws ActionError if another run deleted the worker, or is deleting it: what this run stored is deleted again
 */
async function noteDelivery(worker: EnsuredWorker, proven: Proven, entries: readonly Stored[]): Promise<RecordState> {
  const { context, record } = worker;
  const { settings, runner } = context.run;
  const { owner } = settings.run;
  if (!owner || !('metadata' in record)) {
    if (entries.length > 0) runner.warning(unrecordedWarning);
    return record;
  }
  const updated = await updateDelivered(worker, owner, proven, await deleteOldIds(worker, proven, entries));
  if (!updated) return record;
  await takeBackIfTearingDown(worker, proven, updated.state);
  if (updated.refused !== undefined && entries.length > 0) {
    await takeBackIfDeleted(worker, proven, updated.refusal);
    runner.warning(`${unrecordedWarning} PingOne's response: ${updated.refused}`);
  }
  return updated.state;
}

async function updateDelivered(
  worker: EnsuredWorker,
  owner: Owner,
  { credentials: { version } }: Proven,
  entries: readonly Stored[],
): Promise<RecordUpdate | undefined> {
  const { context, ref, record, recordRefused, ownerFacts } = worker;
  const { instanceId, limits, runner } = context.run;
  const edit = allEdits(
    ...(recordRefused === undefined ? [] : [noteOwner(owner, ownerFacts)]),
    noteStored(owner, entries, instanceId),
    // Another run may have written back the intent that this run removed.
    removeIntent(instanceId),
    noteVersion(worker, version),
  );
  const patienceMs = recordRefused !== undefined && entries.length > 0 ? limits.lookMs : 0;
  try {
    return await updateRecord(context, ref, record, edit, { patienceMs });
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    // The credentials are where they should be: the run has done its work.
    runner.warning(
      `The record of this worker could not be updated, so the next run stores the credentials again: ${error.explanation.what}`,
    );
    return undefined;
  }
}

const unrecordedWarning =
  'No record lists the secrets that this run stored in GitHub. Later runs refuse to overwrite them unless ' +
  '`overwrite-secrets` is `true`, and a teardown does not delete them.';
