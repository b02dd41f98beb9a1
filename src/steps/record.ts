import type { ApplicationRef } from '../pingone/applications.ts';
import type { PingOne } from '../pingone/client.ts';
import { PingOneError } from '../pingone/errors.ts';
import { explainPingOne } from '../pingone/explain.ts';
import { readMetadata, replaceMetadata } from '../pingone/metadata.ts';
import type { StepContext } from './observe.ts';
import type { Session } from './session.ts';
import { inline } from '../text.ts';
import type { Noted, RecordState } from '../worker/record.ts';
import { notedMetadata, recordState } from '../worker/record.ts';

/**
 * Reads the record about a worker. Metadata is new in PingOne and not everybody may read it: without it the step goes
 * on, with a notice.
 */
export async function observeRecord(
  { settings, runner }: Session,
  pingone: PingOne,
  ref: ApplicationRef,
): Promise<RecordState> {
  try {
    return recordState(await readMetadata(pingone, ref), settings.run.owner);
  } catch (error) {
    if (!isRefusal(error)) throw explainPingOne(error, "reading the worker's metadata");
    runner.notice(`PingOne does not give out application metadata here, so there is no record: ${error.message}`);
    return { kind: 'unavailable' };
  }
}

/** Notes in the record what this run did or is about to do, where there is anything new to note. */
export async function writeRecord(
  { session: { settings, runner }, pingone }: StepContext,
  ref: ApplicationRef,
  state: RecordState,
  noted: Noted,
): Promise<void> {
  if (state.kind === 'foreign') {
    runner.notice(`The worker's record belongs to ${inline(state.owner, 100)}; it is left as it is.`);
  }
  if (!settings.run.owner) runner.notice('The runner does not name the repository (GITHUB_REPOSITORY_ID): no record.');
  const metadata = notedMetadata(state, settings.run.owner, noted);
  if (!metadata) return;
  try {
    await replaceMetadata(pingone, ref, metadata);
  } catch (error) {
    if (!isRefusal(error)) throw explainPingOne(error, "writing the worker's record");
    runner.notice(`PingOne does not keep application metadata here, so there is no record: ${error.message}`);
  }
}

/** An answer that will stay the same, as opposed to a disturbance. */
function isRefusal(error: unknown): error is PingOneError {
  return error instanceof PingOneError && error.status < 500 && error.status !== 429 && !error.isInvalidToken;
}
