import type { Stored } from '../worker/record.ts';
import { GitHubError, gitHubCall } from './errors.ts';
import { secretNames } from './names.ts';
import type { GitHub } from './octokit.ts';

/**
 * Deletes the secrets that an entry of a record lists; those that are gone already are passed over.
 *
 * @returns the names of those that were there
 * @throws GitHubError, NetworkError
 */
export async function deleteStored(gitHub: GitHub, entry: Stored): Promise<readonly string[]> {
  const [owner = '', repo = ''] = entry.repository.split('/');
  const names = secretNames(entry.prefix);
  const deleted: string[] = [];
  for (const name of [names.clientSecret, names.clientId, names.environmentId]) {
    try {
      await gitHubCall(() => gitHub.rest.actions.deleteRepoSecret({ owner, repo, secret_name: name }));
      deleted.push(name);
    } catch (error) {
      if (!(error instanceof GitHubError && error.status === 404)) throw error;
    }
  }
  return deleted;
}
