import type { Stored } from '../worker/record.ts';
import { unlessMissing } from './errors.ts';
import { namesFor } from './names.ts';
import type { GitHub } from './octokit.ts';
import { callsFor } from './places.ts';
import type { Names } from './secrets.ts';

/**
 * Deletes the secrets and variables that an entry of a record lists. What is gone already is no failure.
 *
 * @returns the names that were deleted
 * @throws GitHubError, NetworkError: to be explained by `explainGitHub`
 */
export async function deleteStored(gitHub: GitHub, { target, repository, prefix, ids }: Stored): Promise<Names> {
  const [owner = '', repo = ''] = repository.split('/');
  const calls = callsFor(gitHub, target, { owner, repo });
  if (!calls) return { secrets: [], variables: [] };
  const deleted = async (names: readonly string[], remove: (name: string) => Promise<unknown>): Promise<string[]> => {
    const gone: string[] = [];
    for (const name of names) if ((await unlessMissing(() => remove(name))) !== undefined) gone.push(name);
    return gone;
  };
  const names = namesFor(prefix, ids);
  return {
    secrets: await deleted(names.secrets, (name) => calls.deleteSecret(name)),
    variables: await deleted(names.variables, (name) => calls.deleteVariable(name)),
  };
}
