// Deletes the secrets and variables in GitHub that a record lists, unless another client changed them since.
import { ActionError, explained } from '../errors.ts';
import type { GitHub } from '../github/api.ts';
import { connectToGitHub } from '../github/api.ts';
import { explainGitHub, failedPart, GitHubError, permissionFor } from '../github/errors.ts';
import type { SecretTarget } from '../github/names.ts';
import {
  clashesWithAdminNames,
  environmentNameProblem,
  isSecretPrefix,
  parseTarget,
  secretNames,
} from '../github/names.ts';
import type { Existing, Names } from '../github/secrets.ts';
import type { LocatedTarget } from '../github/targets.ts';
import { deleteStored, locateTarget } from '../github/targets.ts';
import type { Stored } from '../reconcile/ownership.ts';
import { inline } from '../text.ts';
import type { RunContext } from './context.ts';
import type { WorkerIds } from './targets.ts';
import { describeEntry, describeEntryTarget, describeNames, heldNames, namesOf, requireToken } from './targets.ts';

/** What a teardown does to the secrets and variables of an entry. */
export interface Deletion {
  readonly entry: Stored;
  /** The names to delete. If one does not exist, it counts as deleted. */
  readonly names: Names;
  /** The names that stay, because another client wrote them since. */
  readonly kept: readonly string[];
}

/** A deletion in the target where the entry is now. */
interface LocatedDeletion extends Deletion {
  readonly target: LocatedTarget;
}

/** An entry that the token has no access to, and why. */
interface UnreachedEntry {
  readonly entry: Stored;
  readonly reason: string;
}

/**
 * Deletes the secrets and variables of these entries, target by target, unless another client changed them since. If
 * `force-delete` is set, entries without access are skipped with a notice.
 *
 * @param ids of the worker; undefined also deletes what another client changed
 * @throws ActionError before any deletion if the token is missing or has no access, or an entry is not valid; and if a
 *   target refuses: then its secrets and those after it still exist
 */
export async function deleteSecrets(
  run: RunContext,
  entries: readonly Stored[],
  ids: WorkerIds | undefined,
): Promise<readonly Deletion[]> {
  const deletions = await planDeletions(run, entries, ids);
  for (const deletion of deletions) await deleteIn(run, deletion);
  return deletions;
}

/**
 * Finds what `deleteSecrets` would delete. Repositories and organizations may have been renamed, so targets are found by
 * ID.
 *
 * @throws ActionError if the token is missing or has no access, or an entry is not valid
 */
export async function planDeletions(
  run: RunContext,
  entries: readonly Stored[],
  ids: WorkerIds | undefined,
): Promise<readonly LocatedDeletion[]> {
  if (entries.length === 0) return [];
  requireToken(run, entries);
  const known = entries.map((entry) => ({ entry, target: knownTarget(entry) }));
  const gitHub = await connectToGitHub(run.settings.gitHub, run.send);
  const found = await Promise.all(known.map(({ entry, target }) => locate(run, gitHub, entry, target)));
  const unreached = found.flatMap((target) => ('reason' in target ? [target] : []));
  if (unreached.length > 0 && !run.settings.teardown.force) throw outOfReach(unreached);
  for (const entry of unreached) {
    run.runner.notice(
      `Not deleted: ${describeUnreached(entry)}. If its repository was deleted, they are gone with it.`,
    );
  }
  return found.flatMap((target) =>
    'calls' in target ? [{ ...deletionOf(target.entry, target.existing, ids), target }] : [],
  );
}

/**
 * @param existing what the target has; undefined if GitHub was not asked
 * @param ids of the worker; undefined also deletes what another client changed
 */
export function deletionOf(entry: Stored, existing: Existing | undefined, ids: WorkerIds | undefined): Deletion {
  const held = existing && ids ? heldNames(entry, existing, ids) : [];
  const changed = held.filter(({ state }) => state === 'changed');
  const leave = (kind: keyof Names): readonly string[] =>
    namesOf(entry)[kind].filter((name) => !changed.some((other) => other.kind === kind && other.name === name));
  return {
    entry,
    names: { secrets: leave('secrets'), variables: leave('variables') },
    kept: changed.map(({ name }) => name),
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
    return await locateTarget(gitHub, entry, target, namesOf(entry));
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

/**
 * The target of an entry. Somebody may have edited the record, so the inputs' rules apply to it as well.
 *
 * @throws ActionError if no run of this version can have stored secrets there
 */
export function knownTarget(entry: Stored): SecretTarget {
  const target = parseTarget(entry.target);
  const isEnvironment = target?.kind === 'github-environment';
  const isAccepted =
    isSecretPrefix(entry.prefix) &&
    clashesWithAdminNames(secretNames(entry.prefix)).length === 0 &&
    !(isEnvironment && environmentNameProblem(target.name) !== undefined);
  if (target && isAccepted) return target;
  const shown = `target ${inline(entry.target, 100)}, prefix ${inline(entry.prefix, 100)}`;
  throw new ActionError({
    what: `The worker's record lists secrets that this version of the action does not accept: ${shown} (${inline(entry.repository, 100)}).`,
    cause: 'a later version of the action stored them, or somebody edited the record.',
    fix: 'use the latest version of the action. If somebody edited the record, delete the worker and its secrets by hand. Nothing was deleted.',
  });
}

async function deleteIn(run: RunContext, deletion: LocatedDeletion): Promise<void> {
  const { entry, target, names: wanted } = deletion;
  if (isEmpty(deletion)) return;
  try {
    const { secrets, variables } = await deleteStored(target.calls, wanted);
    const names = [...secrets, ...variables].join(', ');
    describeDeleted(deletion).map(forgetStep).forEach(run.progress.finish);
    run.runner.info(`Deleted in ${target.label}: ${names || 'nothing, they did not exist'}`);
  } catch (error) {
    const permission = permissionFor(entry.target, failedPart(error));
    throw explained(explainGitHub(error, `deleting secrets in ${target.label}`, permission)).withAdvice(
      'The application in PingOne is not deleted yet. Run the workflow again to continue.',
    );
  }
}

function isEmpty({ names }: Deletion): boolean {
  return names.secrets.length + names.variables.length === 0;
}

/** What is deleted, in words: `A, B and C in the repository owner/name`. None if nothing is deleted. */
export function describeDeleted(deletion: Deletion): readonly string[] {
  const { secrets, variables } = deletion.names;
  return isEmpty(deletion) ? [] : [describeNames([...secrets, ...variables], deletion.entry)];
}

/** What stays, in words. None if nothing stays. */
export function describeKept({ entry, kept }: Deletion): readonly string[] {
  return kept.length === 0 ? [] : [describeNames(kept, entry)];
}

/** A step of a teardown, for the plan and the progress of the run. */
export function forgetStep(names: string): string {
  return `delete ${names}`;
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
