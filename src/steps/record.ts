import type { ApplicationRef } from '../pingone/applications.ts';
import type { PingOne } from '../pingone/client.ts';
import { PingOneError } from '../pingone/errors.ts';
import { explainPingOne } from '../pingone/explain.ts';
import { readMetadata, replaceMetadata } from '../pingone/metadata.ts';
import { inline } from '../text.ts';
import type { Noted, RecordState } from '../worker/record.ts';
import { notedMetadata, recordState } from '../worker/record.ts';
import type { StepContext } from './context.ts';
import type { Session } from './session.ts';

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
    runner.notice(`PingOne does not give out application metadata here, so there is no record: ${error.message}`);
    return { kind: 'unavailable' };
  }
}

/**
 * Notes in the record what this run did or is about to do, where there is anything new to note.
 *
 * @returns what there is now: `unavailable` where PingOne refuses to keep it
 */
export async function writeRecord(
  { session, pingone }: StepContext,
  ref: ApplicationRef,
  state: RecordState,
  noted: Noted,
): Promise<RecordState> {
  const { settings, runner } = session;
  if (state.kind === 'foreign') {
    runner.notice(`The worker's record belongs to ${inline(state.owner, 100)}; it is left as it is.`);
  }
  if (!settings.run.owner) runner.notice('The runner does not name the repository (GITHUB_REPOSITORY_ID): no record.');
  if (!notedMetadata(state, settings.run.owner, noted)) return state;
  try {
    const current = noted.created ? state : await currentRecord(session, pingone, ref, state);
    const metadata = notedMetadata(current, settings.run.owner, noted);
    if (!metadata) return current;
    await unlessRefused(session, () => replaceMetadata(pingone, ref, metadata));
    return recordState(metadata, settings.run.owner);
  } catch (error) {
    if (!isRefusal(error)) throw explainPingOne(error, "writing the worker's record");
    runner.notice(`PingOne does not keep application metadata here, so there is no record: ${error.message}`);
    return { kind: 'unavailable' };
  }
}

/**
 * The record, read right before it is replaced: what another run or somebody else noted meanwhile is kept. A PUT would
 * do away with what a 404 hides, so that one is not believed either, and not at all where something was seen before.
 */
async function currentRecord(
  session: Session,
  pingone: PingOne,
  ref: ApplicationRef,
  seen: RecordState,
): Promise<RecordState> {
  const { clock, interruption, settings } = session;
  const isEmpty = (metadata: Readonly<Record<string, unknown>>): boolean => Object.keys(metadata).length === 0;
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

async function unlessRefused<T>({ clock, interruption }: Session, call: () => Promise<T>): Promise<T> {
  for (let refusals = 1; ; refusals += 1) {
    try {
      return await call();
    } catch (error) {
      if (!isRefusal(error) || refusals === refusalsBelieved) throw error;
      await clock.sleep(betweenRefusalsMs * refusals, interruption.requested);
    }
  }
}

/** An answer that will stay the same, as opposed to a disturbance or a redirect. */
function isRefusal(error: unknown): error is PingOneError {
  return (
    error instanceof PingOneError &&
    error.status >= 400 &&
    error.status < 500 &&
    ![408, 429].includes(error.status) &&
    !error.isInvalidToken
  );
}
