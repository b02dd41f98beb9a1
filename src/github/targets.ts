import { ActionError } from '../errors.ts';
import type { Stored } from '../reconcile/ownership.ts';
import { inline } from '../text.ts';
import type { GitHub } from './api.ts';
import { isEnvironment, storeToCreate } from './environments.ts';
import type { CreationContext } from './environments.ts';
import { gitHubCall, GitHubError, isMissing, unlessMissing } from './errors.ts';
import { repositoryNameOf, targetLabel } from './names.ts';
import type { RepositoryName, SecretTarget } from './names.ts';
import { organizationCalls } from './organization.ts';
import { identifyOrganization, identifyRepository } from './repository.ts';
import type { Repository } from './repository.ts';
import { environmentCalls, openStore, readVariable, repositoryCalls } from './secrets.ts';
import type { Calls, Names, SecretStore } from './secrets.ts';

/** How the places of one repository are opened. */
export interface PlaceContext {
  readonly gitHub: GitHub;
  /** The name under which it is called. */
  readonly repository: RepositoryName;
  /** The repository of that name, which may still be looked up: only some places need it. */
  readonly identity: Promise<Repository>;
  /** What will be written, in upper case. */
  readonly names: Names;
  /** How a missing GitHub environment is created; undefined: it is refused. */
  readonly creation: CreationContext | undefined;
}

/**
 * Opens a place: reads its public key and which of the names it holds.
 *
 * @throws ActionError if the GitHub environment does not exist, the owner is no organization or there is no room,
 *   GitHubError if the token does not reach the place
 */
export function openPlace(context: PlaceContext, place: SecretTarget): Promise<SecretStore> {
  const { gitHub, repository, names } = context;
  const label = targetLabel(place, repository);
  switch (place.kind) {
    case 'repository':
      return openStore(repositoryCalls(gitHub, repository), label, names);
    case 'github-environment':
      return openEnvironment(context, place.name, label);
    case 'organization':
      return openOrganization(context, label);
  }
}

async function openOrganization({ gitHub, identity, names }: PlaceContext, label: string): Promise<SecretStore> {
  const repository = await identity;
  if (!repository.isOwnerOrganization) throw noOrganization(repository);
  return openStore(organizationCalls(gitHub, repository.owner, Number(repository.id)), label, names);
}

/**
 * A 404 for the public key has three meanings: no such repository, no such GitHub environment, or a token that sees
 * neither. To read one after the other tells which.
 */
async function openEnvironment(context: PlaceContext, name: string, label: string): Promise<SecretStore> {
  const { gitHub, repository, identity, names, creation } = context;
  const calls = environmentCalls(gitHub, repository, name);
  try {
    return await openStore(calls, label, names);
  } catch (error) {
    if (!isMissing(error)) throw error;
    await identity;
    if (await isEnvironment(gitHub, repository, name)) throw hidden(label, error);
    if (!creation) throw missing(label, name, error);
    return storeToCreate({ gitHub, repository, name, names, label }, creation);
  }
}

function missing(label: string, name: string, cause: unknown): ActionError {
  return new ActionError(
    {
      what: `\`store-in\`: ${label} does not exist.`,
      cause: 'a typo in its name, or nobody has created it yet.',
      fix:
        `create "${inline(name, 60)}" (Settings > Environments of the repository), or set \`create-github-environment\` to ` +
        'true with a `github-token` that has the repository permission "Administration: write".',
    },
    { cause },
  );
}

function hidden(label: string, cause: unknown): ActionError {
  return new ActionError(
    {
      what: `\`store-in\`: ${label} exists, but \`github-token\` does not see its secrets.`,
      cause: 'the token lacks the permission for the secrets of GitHub environments, or GitHub is unavailable in part.',
      fix: 'give it the repository permission "Environments: write" ("Secrets: write" is another one), or run again.',
    },
    { cause },
  );
}

function noOrganization({ owner, repo }: RepositoryName): ActionError {
  return new ActionError({
    what: `\`store-in\` names \`organization\`, but ${owner}, the owner of ${owner}/${repo}, is a user.`,
    cause: 'only organizations have secrets that several repositories share.',
    fix: 'use `repository` or `github-environment:<name>` in `store-in`, once in each repository that needs them.',
  });
}

/** The place of an entry of a record, under the name that it has now. */
export interface StoredPlace {
  readonly entry: Stored;
  readonly calls: Calls;
  readonly repository: RepositoryName;
  /** For messages: `the repository owner/name`. */
  readonly label: string;
}

/**
 * Finds the place of an entry by its id, and reads which secrets it has: anybody sees a public repository. A GitHub
 * environment that is gone is found nevertheless, with nothing in it.
 *
 * @throws GitHubError, with status 403 or 404 if it is gone or the token does not see its secrets
 */
export async function findStoredPlace(gitHub: GitHub, entry: Stored, place: SecretTarget): Promise<StoredPlace> {
  const found = await locatePlace(gitHub, entry, place);
  if (await unlessMissing(() => found.calls.listSecrets())) return found;
  const isGone = place.kind === 'github-environment' && !(await isEnvironment(gitHub, found.repository, place.name));
  if (!isGone) throw new GitHubError(404, 'Not Found', {});
  return found;
}

async function locatePlace(gitHub: GitHub, entry: Stored, place: SecretTarget): Promise<StoredPlace> {
  const name = repositoryNameOf(entry.repository);
  if (!name) throw new GitHubError(404, 'no name of a repository', {});
  if (place.kind === 'organization') {
    const org = await identifyOrganization(gitHub, name, entry.repositoryId);
    // The id is of the repository that sees what is new, and nothing new is written here.
    const repository = { owner: org, repo: name.repo };
    return { entry, repository, calls: organizationCalls(gitHub, org, 0), label: targetLabel(place, repository) };
  }
  const repository = await identifyRepository(gitHub, name, entry.repositoryId);
  const calls =
    place.kind === 'repository'
      ? repositoryCalls(gitHub, repository)
      : environmentCalls(gitHub, repository, place.name);
  return { entry, repository, calls, label: targetLabel(place, repository) };
}

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
