import { ActionError, explained } from '../errors.ts';
import { listApplications, readApplication } from '../pingone/applications.ts';
import { isMissing } from '../pingone/errors.ts';
import { sentenceList } from '../text.ts';
import type { RecordState, Stored } from '../worker/record.ts';
import { recordOf, validIntent } from '../worker/record.ts';
import type { EnsuredWorker } from './context.ts';
import type { Delivered, WrittenTargets } from './deliver.ts';
import { timesOfOwnWrites } from './deliver.ts';
import { deleteSecrets, describeEntry } from './forget.ts';
import { tearingDown } from './intent.ts';

const missesBelieved = 3;
const betweenMissesMs = 500;

/**
 * If another run deleted the worker while this one stored its credentials, that run did not see these secrets: this one
 * deletes them again, as far as nobody else has written to them since.
 *
 * @param error why the worker could not be read, or its record not be written, after the last store
 * @throws ActionError if the worker is gone
 */
export async function takeBackIfDeleted(worker: EnsuredWorker, { written }: Delivered, error: unknown): Promise<void> {
  const cause = error instanceof ActionError ? error.cause : error;
  if (!isMissing(cause) || !(await isDeleted(worker))) return;
  const advice = await takeBack(worker, written, 'The worker was deleted meanwhile');
  throw new ActionError({
    what: 'The worker was deleted while this run stored its credentials.',
    cause: 'another run with `state: absent` was going on, or somebody deleted the worker in PingOne.',
    fix: `run again to create it anew. ${advice}`,
  });
}

/**
 * A run that is deleting the worker may have read the record, and deleted the secrets that it lists, before this run
 * stored the last one.
 *
 * @param state the record after the last store
 * @throws ActionError if another run is deleting the worker
 */
export async function takeBackIfTearingDown(
  worker: EnsuredWorker,
  { written }: Delivered,
  state: RecordState,
): Promise<void> {
  const intent = validIntent(recordOf(state), worker.context.pingone.now());
  if (written.size === 0 || intent?.kind !== 'teardown') return;
  const advice = await takeBack(worker, written, 'Another run is deleting the worker');
  throw tearingDown(intent).withAdvice(advice);
}

/** @returns what was deleted, for the message */
async function takeBack({ context }: EnsuredWorker, written: WrittenTargets, why: string): Promise<string> {
  const [own, others] = await ownEntries(written);
  await deleteSecrets(context.session, own).catch((failure: unknown) => {
    throw explained(failure).withAdvice(`${why}, so ${named(own)} no longer work.`);
  });
  return [
    own.length > 0 ? `Deleted again: ${named(own)}.` : '',
    others.length > 0 ? `Left, because somebody else has written to them since: ${named(others)}.` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

function named(entries: readonly Stored[]): string {
  return sentenceList(entries.map(describeEntry));
}

/** One 404 proves nothing: it has to stay, and no worker of the name may be listed. */
async function isDeleted({ context, ref, application }: EnsuredWorker): Promise<boolean> {
  const { pingone, session } = context;
  for (let misses = 1; misses <= missesBelieved; misses += 1) {
    const isThere = await readApplication(pingone, { ...ref, isNew: false }).then(
      () => true,
      (error: unknown) => !isMissing(error),
    );
    if (isThere) return false;
    await session.clock.sleep(betweenMissesMs, session.interruption.stop);
  }
  const listed = await listApplications(pingone, ref.environmentId);
  return !listed.some(({ id, name }) => id === application.id || name === application.name);
}

/** The entries whose secrets this run wrote last, and the others. */
async function ownEntries(written: WrittenTargets): Promise<readonly [Stored[], Stored[]]> {
  const [own, others]: [Stored[], Stored[]] = [[], []];
  for (const [{ store, entry }, dates] of written) {
    const { secrets } = await store.readExisting();
    // What the other run has deleted already is nobody else's.
    const left = new Map([...dates].filter(([name]) => secrets.has(name)));
    (timesOfOwnWrites(secrets, left) ? own : others).push(entry);
  }
  return [own, others];
}
