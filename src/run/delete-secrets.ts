import { ActionError, explained } from '../errors.ts';
import type { GitHub } from '../github/api.ts';
import { connectToGitHub } from '../github/api.ts';
import { explainGitHub, failedPart, GitHubError, permissionFor } from '../github/errors.ts';
import type { SecretTarget } from '../github/names.ts';
import { namesFor, parseTarget } from '../github/names.ts';
import type { Names } from '../github/secrets.ts';
import type { LocatedTarget } from '../github/targets.ts';
import { deleteStored, locateTarget } from '../github/targets.ts';
import type { Stored } from '../reconcile/ownership.ts';
import { inline, sentenceList } from '../text.ts';
import type { RunContext } from './context.ts';

/** The fields of an entry that messages need. */
export type NamedEntry = Pick<Stored, 'target' | 'repository' | 'prefix' | 'ids' | 'old'>;

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

/** @throws ActionError if there are entries to delete, but no token */
export function requireToken({ settings }: RunContext, entries: readonly NamedEntry[]): void {
  if (entries.length > 0 && settings.gitHub.token === '') throw tokenMissing(entries);
}

/** The deletion of an entry, for the progress of the run. */
export function forgetStep(entry: Stored): string {
  return `delete ${describeEntry(entry)}`;
}

/** An entry in words: `A, B and C in the repository owner/name`. */
export function describeEntry(entry: NamedEntry): string {
  const { secrets, variables } = namesOf(entry);
  return `${sentenceList([...new Set([...secrets, ...variables])])} in ${describeEntryTarget(entry)}`;
}

function describeUnreached({ entry, reason }: UnreachedEntry): string {
  return `${describeEntry(entry)} (${reason})`;
}

/** The names that may exist, including IDs that an earlier run stored with another `store-ids-as`. */
export function namesOf({ prefix, ids, old }: NamedEntry): Names {
  const [now, before] = [namesFor(prefix, ids), namesFor(prefix, old?.ids ?? ids)];
  return {
    secrets: [...new Set([...now.secrets, ...before.secrets])],
    variables: [...new Set([...now.variables, ...before.variables])],
  };
}

/** The target of an entry in words. */
export function describeEntryTarget({ target, repository }: NamedEntry): string {
  const secretTarget = parseTarget(target);
  if (secretTarget?.kind === 'repository') return `the repository ${repository}`;
  if (secretTarget?.kind === 'github-environment') {
    return `the GitHub environment "${inline(secretTarget.name, 60)}" of ${repository}`;
  }
  return `${target} (${repository})`;
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

function tokenMissing(entries: readonly NamedEntry[]): ActionError {
  return new ActionError({
    what: `\`github-token\` is missing, so the worker's secrets in ${entries.map(describeEntryTarget).join(', ')} could not be deleted.`,
    cause: 'the step does not set `github-token`, or the secret that it is read from is not set.',
    fix: 'set `github-token` to the token that stored the secrets, or to one with the same permissions. Nothing was deleted.',
  });
}
