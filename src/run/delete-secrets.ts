// Deletes secrets and variables in GitHub: all of an entry of the record, the IDs that remain after `store-ids-as` changed,
// or what this run stored if another run deleted the worker meanwhile.
import { ActionError, explained } from '../errors.ts';
import type { GitHub } from '../github/api.ts';
import { connectToGitHub } from '../github/api.ts';
import { explainGitHub, failedPart, gitHubCall, GitHubError, permissionFor } from '../github/errors.ts';
import type { SecretTarget } from '../github/names.ts';
import { parseTarget, secretNames } from '../github/names.ts';
import type { TargetCalls } from '../github/secrets.ts';
import { readVariable } from '../github/secrets.ts';
import type { LocatedTarget } from '../github/targets.ts';
import { deleteStored, locateTarget } from '../github/targets.ts';
import { listApplications, readApplication } from '../pingone/applications.ts';
import { isMissing } from '../pingone/errors.ts';
import type { RecordState, Stored } from '../reconcile/ownership.ts';
import { entriesOf, isSameEntry, oldIds, recordOf, validIntent } from '../reconcile/ownership.ts';
import { inline, sentenceList } from '../text.ts';
import type { EnsuredWorker, RunContext } from './context.ts';
import type { WorkerCredentials } from './credentials.ts';
import type { Delivered, WrittenTargets } from './deliver.ts';
import { timesOfOwnWrites } from './deliver.ts';
import { tearingDown } from './record.ts';
import type { PreparedTarget } from './targets.ts';
import { describeEntry, describeEntryTarget, namesOf, requireToken } from './targets.ts';

/** An entry that the token has no access to, and why. */
interface UnreachedEntry {
  readonly entry: Stored;
  readonly reason: string;
}

/** Where the entries of a record are now. */
interface LocatedEntries {
  readonly reached: readonly LocatedTarget[];
  readonly unreached: readonly UnreachedEntry[];
}

/**
 * Deletes the secrets and variables of these entries, target by target. If `force-delete` is set, entries without access
 * are skipped with a notice.
 *
 * @throws ActionError before any deletion if the token is missing or has no access, or an entry is of an unknown kind;
 *   and if a target refuses: then its secrets and those after it still exist
 */
export async function deleteSecrets(run: RunContext, entries: readonly Stored[]): Promise<void> {
  if (entries.length === 0) return;
  const { reached, unreached } = await locateEntries(run, entries);
  if (unreached.length > 0 && !run.settings.teardown.force) throw outOfReach(unreached);
  for (const entry of unreached) {
    run.runner.notice(
      `Not deleted: ${describeUnreached(entry)}. If its repository was deleted, they are gone with it.`,
    );
  }
  for (const located of reached) await deleteIn(run, located);
}

/**
 * Finds the targets of these entries by ID: repositories and organizations may have been renamed.
 *
 * @throws ActionError if the token is missing, an entry is of an unknown kind, or GitHub cannot be reached
 */
async function locateEntries(run: RunContext, entries: readonly Stored[]): Promise<LocatedEntries> {
  requireToken(run, entries);
  const known = entries.map((entry) => ({ entry, target: knownTarget(entry) }));
  const gitHub = await connectToGitHub(run.settings.gitHub, run.send);
  const found = await Promise.all(known.map(({ entry, target }) => locate(run, gitHub, entry, target)));
  return {
    reached: found.flatMap((target) => ('calls' in target ? [target] : [])),
    unreached: found.flatMap((target) => ('reason' in target ? [target] : [])),
  };
}

async function locate(
  run: RunContext,
  gitHub: GitHub,
  entry: Stored,
  target: SecretTarget,
): Promise<LocatedTarget | UnreachedEntry> {
  if (entry.server !== run.settings.run.server) return { entry, reason: `they are on ${inline(entry.server, 100)}` };
  try {
    return await locateTarget(gitHub, entry, target);
  } catch (error) {
    const isRefused = error instanceof GitHubError && [403, 404, 451].includes(error.status) && !error.isRateLimit;
    // The run's own repository exists, so a missing permission of the token can be corrected.
    const isOwn = target.kind !== 'organization' && entry.repositoryId === run.settings.run.owner?.repositoryId;
    if (isRefused && !isOwn) return { entry, reason: `GitHub returns ${error.message}` };
    const permission = permissionFor(entry.target, failedPart(error));
    throw explained(
      explainGitHub(error, `reading the secrets of ${describeEntryTarget(entry)}`, permission),
    ).withAdvice('Nothing was deleted.');
  }
}

function knownTarget(entry: Stored): SecretTarget {
  const target = parseTarget(entry.target);
  if (target) return target;
  throw new ActionError({
    what: `The worker's record lists secrets in a target that this version of the action does not know: ${inline(entry.target, 100)} (${inline(entry.repository, 100)}).`,
    cause: 'a later version of the action stored them, or somebody edited the record.',
    fix: 'use the latest version of the action. Nothing was deleted.',
  });
}

async function deleteIn(run: RunContext, { entry, calls, label }: LocatedTarget): Promise<void> {
  try {
    const { secrets, variables } = await deleteStored(calls, namesOf(entry));
    const names = [...secrets, ...variables].join(', ');
    run.progress.finish(forgetStep(entry));
    run.runner.info(`Deleted in ${label}: ${names || 'nothing, they did not exist'}`);
  } catch (error) {
    const permission = permissionFor(entry.target, failedPart(error));
    throw explained(explainGitHub(error, `deleting secrets in ${label}`, permission)).withAdvice(
      'The application in PingOne is not deleted yet. Run the workflow again to continue.',
    );
  }
}

/** The deletion of an entry, for the progress of the run. */
export function forgetStep(entry: Stored): string {
  return `delete ${describeEntry(entry)}`;
}

function describeUnreached({ entry, reason }: UnreachedEntry): string {
  return `${describeEntry(entry)} (${reason})`;
}

/** A teardown without access to these secrets would leave them in GitHub, and no later run would delete them. */
function outOfReach(unreached: readonly UnreachedEntry[]): ActionError {
  return new ActionError({
    what: `\`github-token\` has no access to some of the worker's secrets: ${unreached.map(describeUnreached).join('; ')}.`,
    cause: 'the token is for other repositories, or the repository was deleted with its secrets.',
    fix:
      'set `github-token` to a token that can write the secrets there. If they no longer exist or can stay, set ' +
      '`force-delete` to `true`. Nothing was deleted.',
  });
}

type Ids = Pick<WorkerCredentials, 'clientId' | 'environmentId'>;

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
  { written, credentials }: { readonly written: WrittenTargets; readonly credentials: Ids },
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
  ids: Ids,
): Promise<boolean> {
  const where = `${sentenceList(Object.keys(wantedIds(entry, ids)))} in the ${old.ids} of ${label}`;
  try {
    const held = await heldIds(calls, entry, old, ids);
    const isUnknown = old.ids === 'secrets' && old.at === undefined && held.size > 0;
    const ours = [...held].flatMap(([name, isOurs]) => (isOurs ? [name] : []));
    await deleteStored(calls, { secrets: [], variables: [], [old.ids]: ours });
    if (ours.length > 0) runner.info(`Deleted from the ${old.ids} of ${label}: ${sentenceList(ours)}`);
    if (ours.length < held.size) {
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

function wantedIds({ prefix }: Stored, { clientId, environmentId }: Ids): Readonly<Record<string, string>> {
  const names = secretNames(prefix);
  return { [names.clientId]: clientId, [names.environmentId]: environmentId };
}

/** The old IDs that are there by name, and whether they are as this action wrote them. */
async function heldIds(
  calls: TargetCalls,
  entry: Stored,
  old: OldIds,
  ids: Ids,
): Promise<ReadonlyMap<string, boolean>> {
  const wanted = wantedIds(entry, ids);
  if (old.ids === 'secrets') {
    const listed = (await gitHubCall(() => calls.listSecrets())).items.filter(({ name }) => name in wanted);
    return new Map(
      listed.map(({ name, updatedAt }) => [name, updatedAt !== undefined && updatedAt === old.at?.[name]]),
    );
  }
  const held = new Map<string, boolean>();
  for (const [name, value] of Object.entries(wanted)) {
    const found = await readVariable(calls, name);
    if (found !== undefined) held.set(name, found === value);
  }
  return held;
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
export async function takeBackIfDeleted(worker: EnsuredWorker, { written }: Delivered, error: unknown): Promise<void> {
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
export async function takeBackIfTearingDown(worker: EnsuredWorker, { written }: Delivered, state: RecordState) {
  const intent = validIntent(recordOf(state), worker.context.pingone.now());
  if (written.size === 0 || intent?.kind !== 'teardown') return;
  const advice = await takeBack(worker, written, 'Another run is deleting the worker');
  throw tearingDown(intent).withAdvice(advice);
}

/** @returns what was deleted, for the message */
async function takeBack({ context }: EnsuredWorker, written: WrittenTargets, why: string): Promise<string> {
  const [own, others] = await ownEntries(written);
  await deleteSecrets(context.run, own).catch((failure: unknown) => {
    throw explained(failure).withAdvice(`${why}, so ${describeEntries(own)} no longer work.`);
  });
  const deleted = own.length > 0 ? `Deleted again: ${describeEntries(own)}.` : '';
  const kept = others.length > 0 ? `Not deleted, because they were changed since: ${describeEntries(others)}.` : '';
  return `${deleted} ${kept}`.trim();
}

function describeEntries(entries: readonly Stored[]): string {
  return sentenceList(entries.map(describeEntry));
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

/** The entries whose secrets this run wrote last, and the other entries. */
async function ownEntries(written: WrittenTargets): Promise<readonly [Stored[], Stored[]]> {
  const [own, others]: [Stored[], Stored[]] = [[], []];
  for (const [{ store, entry }, dates] of written) {
    const { secrets } = await store.readExisting();
    // Secrets that the other run has deleted were not changed by another client.
    const left = new Map([...dates].filter(([name]) => secrets.has(name)));
    (timesOfOwnWrites(secrets, left) ? own : others).push(entry);
  }
  return [own, others];
}
