// Where secrets are written to: targets of the inputs, targets of a record, and repositories by their IDs.
import { ActionError } from '../errors.ts';
import { NetworkError } from '../http/errors.ts';
import type { Stored } from '../reconcile/ownership.ts';
import { inline } from '../text.ts';
import type { GitHub } from './api.ts';
import type { CreationContext } from './environments.ts';
import { isEnvironment, storeToCreate } from './environments.ts';
import { gitHubCall, GitHubError, isNotFound, unlessMissing } from './errors.ts';
import type { RepositoryName, SecretTarget } from './names.ts';
import { repositoryNameOf, targetLabel } from './names.ts';
import { organizationCalls } from './organization.ts';
import type { Names, SecretStore, TargetCalls } from './secrets.ts';
import { environmentCalls, openStore, readVariable, repositoryCalls } from './secrets.ts';

/** How the targets of one repository are opened. */
export interface TargetContext {
  readonly gitHub: GitHub;
  /** The name under which it is called. */
  readonly repository: RepositoryName;
  /** The repository of that name, which may still be looked up: only some targets need it. */
  readonly identity: Promise<Repository>;
  /** What will be written, in upper case. */
  readonly names: Names;
  /** How a missing GitHub environment is created; undefined: it is refused. */
  readonly creation: CreationContext | undefined;
}

/**
 * Opens a target: reads its public key and which of the names it holds.
 *
 * @throws ActionError if the GitHub environment does not exist, the owner is no organization or there is no room,
 *   GitHubError if the token does not reach the target
 */
export function openTarget(context: TargetContext, target: SecretTarget): Promise<SecretStore> {
  const { gitHub, repository, names } = context;
  const label = targetLabel(target, repository);
  switch (target.kind) {
    case 'repository':
      return openStore(repositoryCalls(gitHub, repository), label, names);
    case 'github-environment':
      return openEnvironment(context, target.name, label);
    case 'organization':
      return openOrganization(context, label);
  }
}

async function openOrganization({ gitHub, identity, names }: TargetContext, label: string): Promise<SecretStore> {
  const repository = await identity;
  if (!repository.isOwnerOrganization) throw noOrganization(repository);
  return openStore(organizationCalls(gitHub, repository.owner, Number(repository.id)), label, names);
}

/**
 * A 404 for the public key has three meanings: no such repository, no such GitHub environment, or a token that sees
 * neither. To read one after the other tells which.
 */
async function openEnvironment(context: TargetContext, name: string, label: string): Promise<SecretStore> {
  const { gitHub, repository, identity, names, creation } = context;
  const calls = environmentCalls(gitHub, repository, name);
  try {
    return await openStore(calls, label, names);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    await identity;
    if (await isEnvironment(gitHub, repository, name)) throw hiddenEnvironment(label, error);
    if (!creation) throw missingEnvironment(label, name, error);
    return storeToCreate({ gitHub, repository, name, names, label }, creation);
  }
}

function missingEnvironment(label: string, name: string, cause: unknown): ActionError {
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

function hiddenEnvironment(label: string, cause: unknown): ActionError {
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

/** The target of an entry of a record, under the name that it has now. */
export interface LocatedTarget {
  readonly entry: Stored;
  readonly calls: TargetCalls;
  readonly repository: RepositoryName;
  /** For messages: `the repository owner/name`. */
  readonly label: string;
}

/**
 * Finds the target of an entry by its id, and reads which secrets it has: anybody sees a public repository. A GitHub
 * environment that is gone is found nevertheless, with nothing in it.
 *
 * @throws GitHubError, with status 403 or 404 if it is gone or the token does not see its secrets
 */
export async function locateTarget(gitHub: GitHub, entry: Stored, target: SecretTarget): Promise<LocatedTarget> {
  const found = await resolveTarget(gitHub, entry, target);
  if (await unlessMissing(() => found.calls.listSecrets())) return found;
  const isGone = target.kind === 'github-environment' && !(await isEnvironment(gitHub, found.repository, target.name));
  if (!isGone) throw new GitHubError(404, 'Not Found', {});
  return found;
}

async function resolveTarget(gitHub: GitHub, entry: Stored, target: SecretTarget): Promise<LocatedTarget> {
  const name = repositoryNameOf(entry.repository);
  if (!name) throw new GitHubError(404, 'no name of a repository', {});
  if (target.kind === 'organization') {
    const org = await identifyOrganization(gitHub, name, entry.repositoryId);
    // The id is of the repository that sees what is new, and nothing new is written here.
    const repository = { owner: org, repo: name.repo };
    return { entry, repository, calls: organizationCalls(gitHub, org, 0), label: targetLabel(target, repository) };
  }
  const repository = await identifyRepository(gitHub, name, entry.repositoryId);
  const calls =
    target.kind === 'repository'
      ? repositoryCalls(gitHub, repository)
      : environmentCalls(gitHub, repository, target.name);
  return { entry, repository, calls, label: targetLabel(target, repository) };
}

/**
 * Deletes these secrets and variables of a target. What is gone already is no failure; a 404 is taken for that only if
 * the target does not show the name either, since nobody would look for it again.
 *
 * @returns the names that were deleted
 * @throws GitHubError, NetworkError: to be explained by `explainGitHub`
 */
export async function deleteStored(calls: TargetCalls, names: Names): Promise<Names> {
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

/** @param held those of the names that the target still shows */
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

/** A repository as GitHub knows it now. The ids survive renaming; the names are the current ones. */
export interface Repository extends RepositoryName {
  readonly id: string;
  /** The id of its owner. */
  readonly ownerId: string;
  readonly isOwnerOrganization: boolean;
}

/** What is read of GitHub's description of a repository (checked in `api.ts`). */
interface Description {
  readonly id: number;
  readonly full_name: string;
  readonly owner: { readonly id: number; readonly login: string; readonly type: string };
}

/**
 * Finds a repository, also under a name that it had before.
 *
 * @param expectedId the repository's id, if it is known: then no other repository is returned, whatever its name
 * @throws GitHubError, with status 404 if there is no such repository or the token does not see it
 */
export async function identifyRepository(
  gitHub: GitHub,
  name: RepositoryName,
  expectedId?: string,
): Promise<Repository> {
  if (expectedId === undefined) return repositoryByName(gitHub, name);
  const named = await unlessMissing(() => repositoryByName(gitHub, name));
  // Once a repository is renamed, another one may take its old name.
  if (named?.id === expectedId) return named;
  if (!/^[0-9]+$/.test(expectedId)) throw new GitHubError(404, 'no id of a repository', {});
  return repositoryById(gitHub, `/repositories/${expectedId}`, expectedId);
}

/** GitHub redirects from an old name to `/repositories/<id>`: one redirect is followed, and only to that id. */
async function repositoryByName(gitHub: GitHub, { owner, repo }: RepositoryName): Promise<Repository> {
  try {
    return toRepository((await gitHubCall(() => gitHub.rest.repos.get({ owner, repo }))).data);
  } catch (error) {
    const location = error instanceof GitHubError ? error.location : undefined;
    const id = /\/repositories\/([0-9]+)$/.exec(location ?? '')?.[1];
    if (location === undefined || id === undefined) throw error;
    return repositoryById(gitHub, location, id);
  }
}

/** By the address that redirects lead to; it has no documentation of its own. */
async function repositoryById(gitHub: GitHub, url: string, id: string): Promise<Repository> {
  const { data } = (await gitHubCall(() => gitHub.request({ method: 'GET', url }))) as { data: Description };
  if (String(data.id) !== id) throw new NetworkError('garbled', `another repository than the one of the id ${id}`);
  return toRepository(data);
}

function toRepository({ id, full_name, owner }: Description): Repository {
  const repo = full_name.slice(full_name.indexOf('/') + 1);
  const isOwnerOrganization = owner.type === 'Organization';
  return { id: String(id), owner: owner.login, repo, ownerId: String(owner.id), isOwnerOrganization };
}

/**
 * The current name of an organization.
 *
 * @param name a repository of it; also under a name that either had before
 * @throws GitHubError, with status 404 if neither the repository nor the organization is found
 */
async function identifyOrganization(gitHub: GitHub, name: RepositoryName, id: string): Promise<string> {
  const repository = await unlessMissing(() => repositoryByName(gitHub, name));
  if (repository?.ownerId === id) return repository.owner;
  const { data } = await gitHubCall(() => gitHub.rest.orgs.get({ org: name.owner }));
  if (String(data.id) === id) return data.login;
  throw new GitHubError(404, `the organization ${name.owner} is not the one of the id ${id}`, {});
}

/** `owner/name`. */
export function fullName({ owner, repo }: RepositoryName): string {
  return `${owner}/${repo}`;
}
