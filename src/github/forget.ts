import type { Stored } from '../worker/record.ts';
import { gitHubCall, unlessMissing } from './errors.ts';
import { namesFor } from './names.ts';
import type { GitHub } from './octokit.ts';
import { callsFor } from './places.ts';
import type { Names } from './secrets.ts';
import { isVariable } from './secrets.ts';

/**
 * Deletes the secrets and variables that an entry of a record lists. What is gone already is no failure; a 404 is
 * taken for that only where the place does not show the name either, since nobody would look for it again.
 *
 * @returns the names that were deleted
 * @throws GitHubError, NetworkError: to be explained by `explainGitHub`
 */
export async function deleteStored(gitHub: GitHub, { target, repository, prefix, ids }: Stored): Promise<Names> {
  const [owner = '', repo = ''] = repository.split('/');
  const calls = callsFor(gitHub, target, { owner, repo });
  if (!calls) return { secrets: [], variables: [] };
  const names = namesFor(prefix, ids);
  const held = async (open: readonly string[]): Promise<readonly string[]> =>
    (await unlessMissing(() => calls.heldSecrets(open))) ?? [];
  const variables = async (open: readonly string[]): Promise<readonly string[]> => {
    const found = await Promise.all(open.map((name) => isVariable(calls, name)));
    return open.filter((_, index) => found[index]);
  };
  return {
    secrets: await deleteAll(names.secrets, (name) => calls.deleteSecret(name), held),
    variables: await deleteAll(names.variables, (name) => calls.deleteVariable(name), variables),
  };
}

/** @param held those of the names that the place still shows */
async function deleteAll(
  names: readonly string[],
  remove: (name: string) => Promise<unknown>,
  held: (names: readonly string[]) => Promise<readonly string[]>,
): Promise<string[]> {
  const deleted: string[] = [];
  for (const name of names) if ((await unlessMissing(() => remove(name))) !== undefined) deleted.push(name);
  const missing = names.filter((name) => !deleted.includes(name));
  const hidden = missing.length > 0 ? await held(missing) : [];
  for (const name of hidden) await gitHubCall(() => remove(name));
  return [...deleted, ...hidden];
}
