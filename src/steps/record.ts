import type { ApplicationRef } from '../pingone/applications.ts';
import type { PingOne } from '../pingone/client.ts';
import { PingOneError } from '../pingone/errors.ts';
import { explainPingOne } from '../pingone/explain.ts';
import { readMetadata, replaceMetadata } from '../pingone/metadata.ts';
import type { Metadata, RecordEdit, RecordState } from '../worker/record.ts';
import { editedMetadata, recordState } from '../worker/record.ts';
import type { StepContext } from './context.ts';
import type { Session } from './session.ts';

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
  /** True right after this run created the application: nothing has to be read before the first write. */
  readonly isNew?: boolean;
  /** How long a refusal is retried, in milliseconds. */
  readonly patienceMs?: number;
  /** Called once the edit is written, before it is read back. */
  readonly onWritten?: () => void;
}

// A record that another run replaced is written again; each round finds at least one of the runs done.
const mostRounds = 8;
const longestJitterMs = 400;

/**
 * Reads the record about a worker. Metadata is new in PingOne and not everybody may read it: without it the step goes
 * on, with a notice.
 */
export async function observeRecord(session: Session, pingone: PingOne, ref: ApplicationRef): Promise<RecordState> {
  const { settings, runner } = session;
  try {
    return recordState(await unlessRefused(session, () => readMetadata(pingone, ref)), settings.run.owner);
  } catch (error) {
    if (!isRefusal(error)) throw explainPingOne(error, "reading the worker's metadata");
    runner.notice(`PingOne does not return application metadata here, so there is no record: ${error.message}`);
    return { kind: 'unavailable' };
  }
}

const recordPollMs = 1_000;

/**
 * Reads the record of a worker that another run may be creating, until there is one or the time is over. That run writes
 * it as soon as it has looked for duplicates.
 *
 * @param until in milliseconds since the epoch; the last read is not before that
 */
export async function pollRecord(
  { session, pingone }: StepContext,
  ref: ApplicationRef,
  until: number,
): Promise<RecordState> {
  const { clock, interruption } = session;
  for (;;) {
    const leftMs = until - clock.now();
    const state = await observeRecord(session, pingone, ref);
    if (state.kind !== 'none' || leftMs <= 0) return state;
    await clock.sleep(Math.min(recordPollMs, leftMs), interruption.stop);
  }
}

/**
 * Makes an edit to the record and reads it back. PingOne has no conditional PUT: if another run's write replaced this
 * one, the edit is made again, on what that run wrote.
 *
 * @param seen the record as this run read it
 * @throws ActionError if PingOne does not answer
 */
export async function updateRecord(
  context: StepContext,
  ref: ApplicationRef,
  seen: RecordState,
  edit: RecordEdit,
  { isNew = false, patienceMs = 0, onWritten }: UpdateOptions = {},
): Promise<RecordUpdate> {
  const { session, pingone } = context;
  if (!('metadata' in seen) || !editedMetadata(seen, edit)) return { state: seen };
  let state: RecordState = seen;
  try {
    for (let round = 1; ; round += 1) {
      if (round > 1 || !isNew) state = await currentRecord(session, pingone, ref, state);
      const metadata = 'metadata' in state && editedMetadata(state, edit);
      if (!metadata || round > mostRounds) return { state };
      await unlessRefused(session, () => replaceMetadata(pingone, ref, metadata), patienceMs);
      onWritten?.();
      state = recordState(metadata, session.settings.run.owner);
      if (round > 1) await session.clock.sleep(session.random() * longestJitterMs, session.interruption.stop);
    }
  } catch (error) {
    if (!isRefusal(error)) throw explainPingOne(error, "writing the worker's record");
    return { state, refused: error.message, refusal: error };
  }
}

/**
 * The record as it is now. A PUT would remove what a wrong 404 hides: an empty answer is believed only if several reads
 * agree, and never if this run saw metadata before.
 */
async function currentRecord(
  session: Session,
  pingone: PingOne,
  ref: ApplicationRef,
  seen: RecordState,
): Promise<RecordState> {
  const { clock, interruption, settings } = session;
  const isEmpty = (metadata: Metadata): boolean => Object.keys(metadata).length === 0;
  const wasEmpty = 'metadata' in seen && isEmpty(seen.metadata);
  // The first of the reads that agree was `seen`.
  for (let reads = 2; ; reads += 1) {
    const metadata = await unlessRefused(session, () => readMetadata(pingone, ref));
    if (!isEmpty(metadata)) return recordState(metadata, settings.run.owner);
    if (!wasEmpty || reads === refusalsBelieved) return seen;
    await clock.sleep(betweenRefusalsMs, interruption.requested);
  }
}

// Secrets that are stored without a record count as somebody else's from then on, so one refusal is not believed.
const refusalsBelieved = 3;
const betweenRefusalsMs = 250;

async function unlessRefused<T>(session: Session, call: () => Promise<T>, patienceMs = 0): Promise<T> {
  const { clock, interruption } = session;
  const until = clock.now() + patienceMs;
  for (let refusals = 1; ; refusals += 1) {
    try {
      return await call();
    } catch (error) {
      const isFinal = refusals >= refusalsBelieved && clock.now() >= until;
      if (!isRefusal(error) || isFinal || interruption.stop.aborted) throw error;
      await clock.sleep(betweenRefusalsMs * Math.min(refusals, 8), interruption.requested);
    }
  }
}

/** An answer that will stay the same, as opposed to an outage or a redirect. */
function isRefusal(error: unknown): error is PingOneError {
  return (
    error instanceof PingOneError &&
    error.status >= 400 &&
    error.status < 500 &&
    ![408, 429].includes(error.status) &&
    !error.isInvalidToken
  );
}
