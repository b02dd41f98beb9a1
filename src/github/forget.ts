import { gitHubCall, unlessMissing } from './errors.ts';
import type { Calls } from './calls.ts';
import type { Names } from './secrets.ts';
import { readVariable } from './secrets.ts';

/**
 * Deletes these secrets and variables of a place. What is gone already is no failure; a 404 is taken for that only if
 * the place does not show the name either, since nobody would look for it again.
 *
 * @returns the names that were deleted
 * @throws GitHubError, NetworkError: to be explained by `explainGitHub`
 */
export async function deleteStored(calls: Calls, names: Names): Promise<Names> {
  const heldSecrets = async (open: readonly string[]): Promise<readonly string[]> => {
    const listed = await unlessMissing(() => calls.listSecrets());
    return open.filter((name) => listed?.items.some((secret) => secret.name === name));
  };
  const heldVariables = async (open: readonly string[]): Promise<readonly string[]> => {
    const values = await Promise.all(open.map((name) => readVariable(calls, name)));
    return open.filter((_, index) => values[index] !== undefined);
  };
  return {
    secrets: await deleteAll(names.secrets, (name) => calls.deleteSecret(name), heldSecrets),
    variables: await deleteAll(names.variables, (name) => calls.deleteVariable(name), heldVariables),
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
