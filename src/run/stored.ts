// What this run stored in GitHub: its entries for the record, and deleting it again if it is no longer right.
import { ActionError, explained } from '../errors.ts';
import { explainGitHub, permissionFor } from '../github/errors.ts';
import { secretNames } from '../github/names.ts';
import { readExisting } from '../github/secrets.ts';
import { deleteStored } from '../github/targets.ts';
import { clientIdOf, listApplications, readApplication } from '../pingone/applications.ts';
import { isMissing } from '../pingone/errors.ts';
import type { RecordState, Stored } from '../reconcile/ownership.ts';
import { entriesOf, isSameEntry, oldIds, recordOf, validIntent } from '../reconcile/ownership.ts';
import { sentenceList } from '../text.ts';
import type { EnsuredWorker, RunContext } from './context.ts';
import type { WorkerCredentials } from './credentials.ts';
import { deleteSecrets, describeDeleted, describeKept } from './delete-secrets.ts';
import { tearingDown } from './record.ts';
import type { PreparedTarget, WorkerIds } from './targets.ts';
import { describeEntry, heldNames } from './targets.ts';

/** The targets that a run wrote to, with the `Date` of GitHub's response by the name of each secret. */
export type WrittenTargets = ReadonlyMap<PreparedTarget, ReadonlyMap<string, string | undefined>>;

/**
 * The record's entries for the targets that a run wrote to. GitHub's times have whole seconds of its own clock. If a
 * secret was written after the response to this run's write, another client wrote it.
 */
export async function storedEntriesOf(
  written: WrittenTargets,
  { version }: Pick<WorkerCredentials, 'version'>,
): Promise<readonly Stored[]> {
  return Promise.all(
    [...written].map(async ([{ store, entry }, dates]) => {
      const existing = await store.readExisting().catch(() => undefined);
      const at = existing ? timesOfOwnWrites(existing.secrets, dates) : {};
      return Object.keys(at).length === dates.size ? { ...entry, version, at } : entry;
    }),
  );
}

/**
 * When this run wrote each secret, without those that are missing and those that another client wrote later.
 *
 * @param updatedAt from GitHub's list
 * @param dates the `Date` of the response to each write of this run
 */
function timesOfOwnWrites(
  updatedAt: ReadonlyMap<string, string | undefined>,
  dates: ReadonlyMap<string, string | undefined>,
): Readonly<Record<string, string>> {
  const times = [...dates].flatMap(([name, date]) => {
    const time = updatedAt.get(name);
    return time !== undefined && Date.parse(time) <= Date.parse(date ?? '') ? [[name, time] as const] : [];
  });
  return Object.fromEntries(times);
}

type OldIds = NonNullable<Stored['old']>;

/**
 * Deletes the IDs that earlier runs stored with another `store-ids-as` in the targets that this run wrote to, unless
 * another client changed them since. If that fails, they stay, with a warning. Those of an organization stay without
 * `force-delete`, as in a teardown: other repositories may use them.
 *
 * @param entries the new entries of the record for these targets
 * @returns the entries, with `old` if old IDs may still exist
 */
export async function deleteOldIds(
  { context, seen }: EnsuredWorker,
  { written, credentials }: { readonly written: WrittenTargets; readonly credentials: WorkerIds },
  entries: readonly Stored[],
): Promise<readonly Stored[]> {
  const after: Stored[] = [];
  for (const entry of entries) {
    const known = entriesOf(seen).find((other) => isSameEntry(other, entry));
    const target = [...written.keys()].find((other) => isSameEntry(other.entry, entry));
    const old = known && oldIds(known, entry.ids);
    const mayDelete = entry.target !== 'organization' || context.run.settings.teardown.force;
    const isLeft = old && target && !(mayDelete && (await areDeleted(context.run, target, old, credentials)));
    after.push(isLeft ? { ...entry, old } : entry);
  }
  return after;
}

/** @returns false if IDs that this action wrote may still exist */
async function areDeleted(
  { runner }: RunContext,
  { store: { calls, label }, entry }: PreparedTarget,
  old: OldIds,
  ids: WorkerIds,
): Promise<boolean> {
  const { clientId, environmentId } = secretNames(entry.prefix);
  const names = { secrets: [], variables: [], [old.ids]: [clientId, environmentId] };
  const where = `${clientId} and ${environmentId} in the ${old.ids} of ${label}`;
  try {
    const held = heldNames({ ...entry, old }, await readExisting(calls, names), ids);
    const isUnknown = held.some(({ state }) => state === 'unknown');
    const ours = held.filter(({ state }) => state === 'own').map(({ name }) => name);
    await deleteStored(calls, { secrets: [], variables: [], [old.ids]: ours });
    if (ours.length > 0) runner.info(`Deleted from the ${old.ids} of ${label}: ${sentenceList(ours)}`);
    if (ours.length < held.length) {
      runner.notice(
        `Not deleted, because somebody may have changed them: ${where}. This run stores the IDs as ${entry.ids}.`,
      );
    }
    return !isUnknown;
  } catch (error) {
    const permission = permissionFor(entry.target, old.ids === 'secrets' ? 'secret' : 'variable');
    const failure = explainGitHub(error, `deleting ${where}`, permission);
    if (!(failure instanceof ActionError)) throw failure;
    runner.warning(failure.withAdvice(`The IDs are stored as ${entry.ids} already.`).message);
    return false;
  }
}

const missesBelieved = 3;

const betweenMissesMs = 500;

/**
 * If another run deleted the worker while this run stored its credentials, that run did not see these secrets. So this
 * run deletes them again, unless another client has written to them since.
 *
 * @param error why the worker could not be read, or its record not be written, after the last write
 * @throws ActionError if the worker was deleted
 */
export async function takeBackIfDeleted(
  worker: EnsuredWorker,
  { written }: { readonly written: WrittenTargets },
  error: unknown,
): Promise<void> {
  const cause = error instanceof ActionError ? error.cause : error;
  if (!isMissing(cause) || !(await isDeleted(worker))) return;
  const advice = await takeBack(worker, written, 'The worker was deleted in the meantime');
  throw new ActionError({
    what: 'The worker was deleted while this run stored its credentials.',
    cause: 'another run with `state: absent` ran simultaneously, or somebody deleted the worker in PingOne.',
    fix: `run the workflow again to create it again. ${advice}`,
  });
}

/**
 * If another run is deleting the worker, it may have read the record before this run stored the last secret. So this run
 * deletes its secrets again.
 *
 * @param state the record after the last write
 * @throws ActionError if another run is deleting the worker
 */
export async function takeBackIfTearingDown(
  worker: EnsuredWorker,
  { written }: { readonly written: WrittenTargets },
  state: RecordState,
): Promise<void> {
  const intent = validIntent(recordOf(state), worker.context.pingone.now());
  if (written.size === 0 || intent?.kind !== 'teardown') return;
  const advice = await takeBack(worker, written, 'Another run is deleting the worker');
  throw tearingDown(intent).withAdvice(advice);
}

/** @returns what was deleted, for the message */
async function takeBack(
  { context, application, ref }: EnsuredWorker,
  written: WrittenTargets,
  why: string,
): Promise<string> {
  const entries = await withOwnTimes(written);
  const ids = { clientId: clientIdOf(application), environmentId: ref.environmentId };
  const deletions = await deleteSecrets(context.run, entries, ids).catch((failure: unknown) => {
    const stored = sentenceList(entries.map(describeEntry));
    throw explained(failure).withAdvice(`${why}, so ${stored} no longer work.`);
  });
  const [deleted, kept] = [deletions.flatMap(describeDeleted), deletions.flatMap(describeKept)];
  return [
    deleted.length > 0 ? `Deleted again: ${sentenceList(deleted)}.` : '',
    kept.length > 0 ? `Not deleted, because they were changed since: ${sentenceList(kept)}.` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** One 404 is not enough: several reads must agree, and no worker with the name may be listed. */
async function isDeleted({ context, ref, application }: EnsuredWorker): Promise<boolean> {
  const { pingone, run } = context;
  for (let misses = 1; misses <= missesBelieved; misses += 1) {
    const isThere = await readApplication(pingone, { ...ref, isNew: false }).then(
      () => true,
      (error: unknown) => !isMissing(error),
    );
    if (isThere) return false;
    await run.clock.sleep(betweenMissesMs, run.interruption.stop);
  }
  const listed = await listApplications(pingone, ref.environmentId);
  return !listed.some(({ id, name }) => id === application.id || name === application.name);
}

/** The entries with the times of this run's writes, without those that another client wrote later. */
async function withOwnTimes(written: WrittenTargets): Promise<readonly Stored[]> {
  return Promise.all(
    [...written].map(async ([{ store, entry }, dates]) => {
      const { secrets } = await store.readExisting();
      return { ...entry, at: timesOfOwnWrites(secrets, dates) };
    }),
  );
}

/** Warns of the entries without the new secret that this run does not write to: they stop working with the old one. */
export function warnOfOtherTargets(
  { context: { run } }: EnsuredWorker,
  targets: readonly PreparedTarget[],
  record: RecordState,
  newVersion: string,
): void {
  const isOwn = (entry: Stored): boolean => targets.some((target) => isSameEntry(target.entry, entry));
  const others = entriesOf(record).filter((entry) => entry.version !== newVersion && !isOwn(entry));
  if (others.length === 0) return;
  const when = run.settings.secretOverlapMs === 0 ? 'now' : 'when the previous secret expires';
  run.runner.warning(
    `This run does not store the new secret in ${sentenceList(others.map(describeEntry))}, where the record lists this ` +
      `worker's credentials. Unless another run stores it there, they stop working ${when}. Run the action for each of them.`,
  );
}
