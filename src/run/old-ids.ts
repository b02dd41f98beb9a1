// Deletes the IDs that remain after `store-ids-as` changed: old secrets or old variables.
import { ActionError } from '../errors.ts';
import { explainGitHub, gitHubCall, permissionFor } from '../github/errors.ts';
import { secretNames } from '../github/names.ts';
import type { TargetCalls } from '../github/secrets.ts';
import { readVariable } from '../github/secrets.ts';
import { deleteStored } from '../github/targets.ts';
import type { Stored } from '../reconcile/ownership.ts';
import { entriesOf, isSameEntry, oldIds } from '../reconcile/ownership.ts';
import { sentenceList } from '../text.ts';
import type { EnsuredWorker, RunContext } from './context.ts';
import type { WrittenTargets } from './deliver.ts';
import type { WorkerCredentials } from './read-secret.ts';
import type { PreparedTarget } from './targets.ts';

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
