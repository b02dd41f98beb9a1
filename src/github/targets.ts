// Targets in GitHub: those of the inputs, those of a record, and repositories by ID.
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
import type { Existing, Names, SecretStore, TargetCalls } from './secrets.ts';
import { environmentCalls, openStore, readExisting, readVariable, repositoryCalls } from './secrets.ts';

/** What `openTarget` needs to open the targets of one repository. */
export interface TargetContext {
  readonly gitHub: GitHub;
  /** The name that the requests use. */
  readonly repository: RepositoryName;
  /** The repository of that name; a promise, since only some targets need it. */
  readonly identity: Promise<Repository>;
  /** The names to write, in upper case. */
  readonly names: Names;
  /** How a missing GitHub environment is created; undefined if it is an error. */
  readonly creation: CreationContext | undefined;
}

/**
 * Opens a target: reads its public key and which of the names it has.
 *
 * @throws ActionError if the GitHub environment does not exist, the owner is not an organization or the target is full;
 *   GitHubError if the token has no access to the target
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
  if (!repository.isOwnerOrganization) throw notAnOrganization(repository);
  return openStore(organizationCalls(gitHub, repository.owner, Number(repository.id)), label, names);
}

/**
 * A 404 for the public key has three causes: the repository does not exist, the GitHub environment does not exist, or the
 * token has no access. Reading one after the other shows which.
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
      cause: 'the environment was not created yet, or its name has a typo.',
      fix:
        `create "${inline(name, 60)}" in the repository (Settings > Environments), or set \`create-github-environment\` to ` +
        '`true` with a `github-token` that has the repository permission "Administration: write".',
    },
    { cause },
  );
}

function hiddenEnvironment(label: string, cause: unknown): ActionError {
  return new ActionError(
    {
      what: `\`store-in\`: ${label} exists, but \`github-token\` has no access to its secrets.`,
      cause: 'the token lacks the permission for secrets of GitHub environments. "Secrets: write" is not enough.',
      fix: 'give the token the repository permission "Environments: write".',
    },
    { cause },
  );
}

function notAnOrganization({ owner, repo }: RepositoryName): ActionError {
  return new ActionError({
    what: `\`store-in\` names \`organization\`, but ${owner}, the owner of ${owner}/${repo}, is a user.`,
    cause: 'only organizations have secrets that several repositories share.',
    fix: 'set `store-in` to `repository` or `github-environment:<name>`, and run the action for each repository.',
  });
}

/** The target of an entry of a record, under its current name. */
export interface LocatedTarget {
  readonly entry: Stored;
  readonly calls: TargetCalls;
  readonly repository: RepositoryName;
  /** For messages: `the repository owner/name`. */
  readonly label: string;
  /** What it has of the entry's names. */
  readonly existing: Existing;
}

/**
 * Finds the target of an entry by its ID, and reads which of the names it has, which checks the access of the token. A
 * GitHub environment that was deleted counts as an empty target.
 *
 * @param names in upper case
 * @throws GitHubError, with status 403 or 404 if it was deleted or the token has no access to its secrets
 */
export async function locateTarget(
  gitHub: GitHub,
  entry: Stored,
  target: SecretTarget,
  names: Names,
): Promise<LocatedTarget> {
  const found = await resolveTarget(gitHub, entry, target);
  const existing = await unlessMissing(() => readExisting(found.calls, names));
  if (existing) return { ...found, existing };
  const isGone = target.kind === 'github-environment' && !(await isEnvironment(gitHub, found.repository, target.name));
  if (!isGone) throw new GitHubError(404, 'Not Found', {});
  return { ...found, existing: { secrets: new Map(), variables: new Map() } };
}

async function resolveTarget(
  gitHub: GitHub,
  entry: Stored,
  target: SecretTarget,
): Promise<Omit<LocatedTarget, 'existing'>> {
  const name = repositoryNameOf(entry.repository);
  if (!name) throw new GitHubError(404, 'not the name of a repository', {});
  if (target.kind === 'organization') {
    const org = await identifyOrganization(gitHub, name, entry.repositoryId);
    // The ID is only used to create secrets, and none is created here.
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
 * Deletes these secrets and variables of a target. If one does not exist, it counts as deleted. A 404 is checked against
 * the target's list, since no later run would delete the secret.
 *
 * @returns the names that were deleted
 * @throws GitHubError, NetworkError; the caller explains them with `explainGitHub`
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

/** @param held which of the names the target still has */
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

/** A repository as GitHub returns it: IDs, which a rename does not change, and current names. */
export interface Repository extends RepositoryName {
  readonly id: string;
  /** The ID of its owner. */
  readonly ownerId: string;
  readonly isOwnerOrganization: boolean;
}

/** The used fields of GitHub's description of a repository (`api.ts` checks them). */
interface Description {
  readonly id: number;
  readonly full_name: string;
  readonly owner: { readonly id: number; readonly login: string; readonly type: string };
}

/**
 * Finds a repository by its current or a former name.
 *
 * @param expectedId the repository's ID, if known: no other repository is returned, even if it has the name
 * @throws GitHubError, with status 404 if the repository does not exist or the token has no access
 */
export async function identifyRepository(
  gitHub: GitHub,
  name: RepositoryName,
  expectedId?: string,
): Promise<Repository> {
  if (expectedId === undefined) return repositoryByName(gitHub, name);
  const named = await unlessMissing(() => repositoryByName(gitHub, name));
  // After a rename, another repository may have the old name.
  if (named?.id === expectedId) return named;
  if (!/^[0-9]+$/.test(expectedId)) throw new GitHubError(404, 'not the ID of a repository', {});
  return repositoryById(gitHub, `/repositories/${expectedId}`, expectedId);
}

/** GitHub redirects from a former name to `/repositories/<id>`. Only one such redirect is followed. */
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

/** By the address that GitHub redirects to, which is not documented. */
async function repositoryById(gitHub: GitHub, url: string, id: string): Promise<Repository> {
  const { data } = (await gitHubCall(() => gitHub.request({ method: 'GET', url }))) as { data: Description };
  if (String(data.id) !== id) throw new NetworkError('garbled', `another repository than the one with the ID ${id}`);
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
 * @param name a repository of the organization; both may have a former name
 * @throws GitHubError, with status 404 if neither the repository nor the organization is found
 */
async function identifyOrganization(gitHub: GitHub, name: RepositoryName, id: string): Promise<string> {
  const repository = await unlessMissing(() => repositoryByName(gitHub, name));
  if (repository?.ownerId === id) return repository.owner;
  const { data } = await gitHubCall(() => gitHub.rest.orgs.get({ org: name.owner }));
  if (String(data.id) === id) return data.login;
  throw new GitHubError(404, `the organization ${name.owner} does not have the ID ${id}`, {});
}

/** `owner/name`. */
export function fullName({ owner, repo }: RepositoryName): string {
  return `${owner}/${repo}`;
}
