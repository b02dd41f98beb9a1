// Reads and writes the worker's record without losing other runs' edits, and claims the worker by an intent.
import { ActionError } from '../errors.ts';
import type { ApplicationRef } from '../pingone/applications.ts';
import { readMetadata, replaceMetadata } from '../pingone/applications.ts';
import type { PingOne } from '../pingone/client.ts';
import { explainPingOne, PingOneError } from '../pingone/errors.ts';
import type { Intent, Metadata, RecordEdit, RecordState } from '../reconcile/ownership.ts';
import {
  editedMetadata,
  noteIntent,
  recordOf,
  recordState,
  removeIntent,
  validIntent,
} from '../reconcile/ownership.ts';
import type { RunContext, StepContext } from './context.ts';

/** A record after an attempt to change it. */
export interface RecordUpdate {
  /** What PingOne has now; what it had before if it refused the change. */
  readonly state: RecordState;
  /** PingOne's message, if it refused the change. */
  readonly refused?: string;
  /** The refusal itself. */
  readonly refusal?: PingOneError;
}

/** How `updateRecord` reads and waits. */
export interface UpdateOptions {
  /** True right after this run created the application: then the first write needs no read. */
  readonly isNew?: boolean;
  /** How long a refusal is retried, in milliseconds. */
  readonly patienceMs?: number;
  /** Called once the edit is written, before it is read back. */
  readonly onWritten?: () => void;
}

// If another run replaced the record, it is written again. In each round at least one run finishes.
const mostWrites = 8;
const longestJitterMs = 400;

/**
 * Reads the record of a worker. Not every tenant has application metadata: without it, the step continues with a notice.
 */
export async function observeRecord(run: RunContext, pingone: PingOne, ref: ApplicationRef): Promise<RecordState> {
  const { settings, runner } = run;
  try {
    return recordState(await unlessRefused(run, () => readMetadata(pingone, ref)), settings.run.owner);
  } catch (error) {
    if (!isFinalRefusal(error)) throw explainPingOne(error, "reading the worker's metadata");
    runner.notice(`PingOne does not return application metadata here, so there is no record: ${error.message}`);
    return { kind: 'unavailable' };
  }
}

const recordPollMs = 1_000;

/**
 * Reads the record of a worker until it is as awaited or the time ends. By default, awaits the first record: the run that
 * created the worker writes it right after it looked for duplicates.
 *
 * @param until in milliseconds since the epoch; the last read is not before that
 */
export async function pollRecord(
  { run, pingone }: StepContext,
  ref: ApplicationRef,
  until: number,
  isAwaited = ({ kind }: RecordState): boolean => kind !== 'none',
): Promise<RecordState> {
  const { clock, interruption } = run;
  for (;;) {
    const leftMs = until - clock.now();
    const state = await observeRecord(run, pingone, ref);
    if (isAwaited(state) || leftMs <= 0) return state;
    await clock.sleep(Math.min(recordPollMs, leftMs), interruption.stop);
  }
}

/**
 * Makes an edit to the record and reads it back. PingOne has no conditional PUT: if another run's write replaced this
 * one, the edit is made again, on what that run wrote.
 *
 * @param seen the record as this run read it
 * @throws ActionError if PingOne does not respond
 */
export async function updateRecord(
  context: StepContext,
  ref: ApplicationRef,
  seen: RecordState,
  edit: RecordEdit,
  { isNew = false, patienceMs = 0, onWritten }: UpdateOptions = {},
): Promise<RecordUpdate> {
  const { run, pingone } = context;
  if (!('metadata' in seen) || !editedMetadata(seen, edit)) return { state: seen };
  let state: RecordState = seen;
  try {
    for (let round = 1; ; round += 1) {
      if (round > 1 || !isNew) state = await currentRecord(run, pingone, ref, state);
      const metadata = 'metadata' in state && editedMetadata(state, edit);
      if (!metadata || round > mostWrites) return { state };
      await unlessRefused(run, () => replaceMetadata(pingone, ref, metadata), patienceMs);
      onWritten?.();
      state = recordState(metadata, run.settings.run.owner);
      if (round > 1) await run.clock.sleep(run.random() * longestJitterMs, run.interruption.stop);
    }
  } catch (error) {
    if (!isFinalRefusal(error)) throw explainPingOne(error, "writing the worker's record");
    return { state, refused: error.message, refusal: error };
  }
}

/**
 * The current record. After a wrong 404, a PUT would remove metadata. So an empty response counts only if several reads
 * agree, and never if this run saw metadata before.
 */
async function currentRecord(
  run: RunContext,
  pingone: PingOne,
  ref: ApplicationRef,
  seen: RecordState,
): Promise<RecordState> {
  const { clock, interruption, settings } = run;
  const isEmpty = (metadata: Metadata): boolean => Object.keys(metadata).length === 0;
  const wasEmpty = 'metadata' in seen && isEmpty(seen.metadata);
  // The first of the reads that agree was `seen`.
  for (let reads = 2; ; reads += 1) {
    const metadata = await unlessRefused(run, () => readMetadata(pingone, ref));
    if (!isEmpty(metadata)) return recordState(metadata, settings.run.owner);
    if (!wasEmpty || reads === refusalsBelieved) return seen;
    await clock.sleep(betweenRefusalsMs, interruption.requested);
  }
}

// Later runs refuse to overwrite secrets that no record lists, so one refusal of the record is not enough.
const refusalsBelieved = 3;
const betweenRefusalsMs = 250;

async function unlessRefused<T>(run: RunContext, call: () => Promise<T>, patienceMs = 0): Promise<T> {
  const { clock, interruption, limits } = run;
  const startedAt = clock.now();
  for (let refusals = 1; ; refusals += 1) {
    try {
      return await call();
    } catch (error) {
      const tookMs = clock.now() - startedAt;
      // A refusal that may be propagation lag was retried already.
      const isFinal = (refusals >= refusalsBelieved || tookMs > limits.lookMs) && tookMs >= patienceMs;
      if (!isFinalRefusal(error) || isFinal || interruption.stop.aborted) throw error;
      await clock.sleep(betweenRefusalsMs * Math.min(refusals, 8), interruption.requested);
    }
  }
}

/** A refusal that a retry does not change, unlike an outage or a redirect. */
function isFinalRefusal(error: unknown): error is PingOneError {
  if (!(error instanceof PingOneError) || error.isInvalidToken) return false;
  return error.status >= 400 && error.status < 500 && ![408, 429].includes(error.status);
}

/** The result of `claim`: this run may continue, or another run announced a rotation or a teardown first. */
export type Claim =
  | { readonly kind: 'claimed'; readonly record: RecordState }
  | { readonly kind: 'taken'; readonly by: Intent }
  /** There is no record for the announcement. */
  | { readonly kind: 'unrecorded' };

const mostClaims = 5;
const mostErased = 2;

/**
 * Announces in the record that this run rotates the secret or deletes the worker, so that only one of several runs does.
 * Each run has `intentMs` from its read of the record to the response of its PUT, and reads the record again `intentMs`
 * later. By then, every run that did not see this intent has replaced it.
 *
 * @param kind a teardown waits for a rotation, but not for another teardown
 * @returns `taken` if another run's intent is valid
 * @throws ActionError if PingOne is too slow
 */
export async function claim(
  context: StepContext,
  ref: ApplicationRef,
  seen: RecordState,
  kind: Intent['kind'],
): Promise<Claim> {
  const latest = { record: seen, announced: seen };
  try {
    return await announceAndWait(context, ref, latest, kind);
  } catch (error) {
    await release(context, ref, latest.announced);
    throw error;
  }
}

async function announceAndWait(
  context: StepContext,
  ref: ApplicationRef,
  latest: { record: RecordState; announced: RecordState },
  kind: Intent['kind'],
): Promise<Claim> {
  const { run, pingone } = context;
  const { clock, limits, interruption, deadline } = run;
  let erased = 0;
  for (let attempt = 1; attempt <= mostClaims; attempt += 1) {
    const until = new Date(pingone.now() + Math.max(0, deadline - clock.now())).toISOString();
    const intent: Intent = { id: run.instanceId, kind, until };
    const startedAt = clock.now();
    const edit = announce(intent, pingone.now());
    // If the response to the PUT is lost, the record may hold the intent nevertheless.
    latest.announced = editedState(run, latest.record, edit);
    const { state, refused } = await updateRecord(context, ref, latest.record, edit);
    if (!('record' in state) || refused !== undefined) return { kind: 'unrecorded' };
    latest.record = state;
    const by = othersIntent(state, intent, pingone.now());
    if (by) return { kind: 'taken', by };
    if (clock.now() - startedAt > limits.intentMs) continue;

    await clock.sleep(limits.intentMs, interruption.requested);
    const record = await observeRecord(run, pingone, ref);
    const replacedBy = othersIntent(record, intent, pingone.now());
    if (replacedBy) return { kind: 'taken', by: replacedBy };
    if (isAnnounced(record, intent, pingone.now())) return { kind: 'claimed', record };
    erased += 1;
    if (erased > mostErased) break;
  }
  throw tooSlow(kind);
}

/** The record as it is once an edit is made. */
function editedState({ settings }: RunContext, state: RecordState, edit: RecordEdit): RecordState {
  const metadata = 'metadata' in state && editedMetadata(state, edit);
  return metadata ? recordState(metadata, settings.run.owner) : state;
}

/** A teardown replaces the intent of another teardown, which may have been killed. */
function announce(intent: Intent, now: number): ReturnType<typeof noteIntent> {
  const edit = noteIntent(intent, now);
  return (record) =>
    intent.kind === 'teardown' && record?.intent?.kind === 'teardown' ? { ...record, intent } : edit(record);
}

function othersIntent(state: RecordState, own: Intent, now: number): Intent | undefined {
  const intent = validIntent(recordOf(state), now);
  if (!intent || intent.id === own.id) return undefined;
  return own.kind === 'teardown' && intent.kind === 'teardown' ? undefined : intent;
}

/** Two teardowns replace each other's intent, and either intent stops other runs. */
function isAnnounced(state: RecordState, own: Intent, now: number): boolean {
  const intent = recordOf(state)?.intent;
  if (intent?.id === own.id) return true;
  return own.kind === 'teardown' && validIntent(recordOf(state), now)?.kind === 'teardown';
}

/**
 * Removes this run's intent, also after a cancellation, since other runs wait for it. It expires anyway, so a failure is
 * not reported.
 *
 * @param note made in the same write, so that no run sees a record with neither the intent nor what came of it
 */
export async function release(
  context: StepContext,
  ref: ApplicationRef,
  record: RecordState,
  note: RecordEdit = (same) => same,
): Promise<void> {
  const { instanceId, interruption } = context.run;
  const edit: RecordEdit = (now) => (now?.intent?.id === instanceId ? note(removeIntent(instanceId)(now)) : now);
  await interruption.cleanUp(() => updateRecord(context, ref, record, edit)).catch(() => undefined);
}

/**
 * @param now PingOne's time, in milliseconds since the epoch
 * @throws ActionError if another run is deleting the worker
 */
export function refuseIfTearingDown(state: RecordState, now: number): void {
  const intent = validIntent(recordOf(state), now);
  if (intent?.kind === 'teardown') throw tearingDown(intent);
}

/** Another run is deleting the worker. */
export function tearingDown({ until }: Intent): ActionError {
  return new ActionError({
    what: 'Another run is deleting this worker.',
    cause: 'a run with `state: absent` started for the same worker, or such a run was stopped before it finished.',
    fix:
      `run the workflow again after ${until}. To prevent simultaneous runs for one worker, set a \`concurrency\` group in ` +
      'the workflow.',
  });
}

function tooSlow(kind: Intent['kind']): ActionError {
  return new ActionError({
    what: `The action could not announce to other runs that it ${kind === 'rotate' ? 'rotates the secret' : 'deletes the worker'}.`,
    cause: 'PingOne responds too slowly, or many runs change the record of this worker simultaneously.',
    fix: 'run the workflow again later. Nothing was rotated or deleted.',
  });
}
