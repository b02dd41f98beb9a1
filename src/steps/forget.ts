import { ActionError, explained } from '../errors.ts';
import { explainGitHub, permissionFor } from '../github/explain.ts';
import { deleteStored } from '../github/forget.ts';
import { namesFor } from '../github/names.ts';
import { connectToGitHub } from '../github/octokit.ts';
import { sentenceList } from '../text.ts';
import type { Stored } from '../worker/record.ts';
import type { Session } from './session.ts';

/**
 * Deletes the secrets and variables of these entries, one place after the other.
 *
 * @throws ActionError where the token is missing, or a place refuses: then those after it are still there
 */
export async function deleteSecrets(session: Session, entries: readonly Stored[]): Promise<void> {
  requireToken(session, entries);
  for (const entry of entries) {
    try {
      const gitHub = await connectToGitHub(session.settings.gitHub, session.send);
      const { secrets, variables } = await deleteStored(gitHub, entry);
      const names = [...secrets, ...variables].join(', ');
      session.progress.finish(forgetStep(entry));
      session.runner.info(`Deleted in ${placeOf(entry)}: ${names || 'nothing, they were gone already'}`);
    } catch (error) {
      const doing = `deleting secrets in ${placeOf(entry)}`;
      throw explained(explainGitHub(error, doing, permissionFor(entry.target, 'secret'))).withAdvice(
        'The application in PingOne is not deleted yet; run again to finish.',
      );
    }
  }
}

/** @throws ActionError where there is something to delete, and no token to delete it with */
export function requireToken({ settings }: Session, entries: readonly Stored[]): void {
  if (entries.length > 0 && settings.gitHub.token === '') throw tokenMissing(entries);
}

/** The deletion of an entry, for the progress of the run. */
export function forgetStep(entry: Stored): string {
  return `delete ${describeEntry(entry)}`;
}

/** What an entry stands for, in words: `A, B and C in the repository owner/name`. */
export function describeEntry(entry: Stored): string {
  return `${namesOf(entry)} in ${placeOf(entry)}`;
}

function namesOf({ prefix, ids }: Stored): string {
  const { secrets, variables } = namesFor(prefix, ids);
  return sentenceList([...secrets, ...variables]);
}

/** Where an entry was stored, in words. */
export function placeOf({ target, repository }: Stored): string {
  return target === 'repository' ? `the repository ${repository}` : `${target} (${repository})`;
}

function tokenMissing(entries: readonly Stored[]): ActionError {
  return new ActionError({
    what: `\`github-token\` is missing: the worker's secrets in ${entries.map(placeOf).join(', ')} could not be deleted.`,
    cause: 'the secret that it is read from is not set, or is not passed to this step.',
    fix: 'pass the token that stored them, or one with the same permissions. Nothing was deleted.',
  });
}
