import { ActionError, explained } from '../errors.ts';
import { listApplications, readApplication } from '../pingone/applications.ts';
import { isMissing } from '../pingone/errors.ts';
import { sentenceList } from '../text.ts';
import type { Stored } from '../worker/record.ts';
import type { EnsuredWorker } from './context.ts';
import type { Delivered, WrittenTargets } from './deliver.ts';
import { timesOfOwnWrites } from './deliver.ts';
import { deleteSecrets, describeEntry } from './forget.ts';

const missesBelieved = 3;
const betweenMissesMs = 500;

/**
 * If another run deleted the worker while this one stored its credentials, that run did not see these secrets: this one
 * deletes them again, as far as nobody else has written to them since.
 *
 * @param error why the secret could not be read after the last store
 * @throws ActionError always: the worker is gone, or the secret could not be read for another reason
 */
export async function takeBackIfDeleted(worker: EnsuredWorker, { written }: Delivered, error: unknown): Promise<never> {
  const cause = error instanceof ActionError ? error.cause : error;
  if (!isMissing(cause) || !(await isDeleted(worker))) throw error;
  const { session } = worker.context;
  const [own, others] = await ownEntries(written);
  await deleteSecrets(session, own).catch((failure: unknown) => {
    throw explained(failure).withAdvice(`The worker was deleted meanwhile, so ${named(own)} no longer work.`);
  });
  throw new ActionError({
    what: 'The worker was deleted while this run stored its credentials.',
    cause: 'another run with `state: absent` was going on, or somebody deleted the worker in PingOne.',
    fix:
      `run again to create it anew. ${own.length > 0 ? `Deleted again: ${named(own)}.` : ''}` +
      (others.length > 0 ? ` Left, because somebody else has written to them since: ${named(others)}.` : ''),
  });
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
    (timesOfOwnWrites(secrets, dates) ? own : others).push(entry);
  }
  return [own, others];
}
