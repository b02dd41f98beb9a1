import { NetworkError } from '../http/errors.ts';
import type { GitHub } from './api.ts';
import { gitHubCall, GitHubError, unlessMissing } from './errors.ts';
import type { RepositoryName } from './names.ts';

/** A repository as GitHub knows it now. The ids survive renaming; the names are the current ones. */
export interface Repository extends RepositoryName {
  readonly id: string;
  /** The id of its owner. */
  readonly ownerId: string;
  readonly isOwnerOrganization: boolean;
}

/** What is read of GitHub's description of a repository (checked in `success.ts`). */
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
  if (expectedId === undefined) return byName(gitHub, name);
  const named = await unlessMissing(() => byName(gitHub, name));
  // Once a repository is renamed, another one may take its old name.
  if (named?.id === expectedId) return named;
  if (!/^[0-9]+$/.test(expectedId)) throw new GitHubError(404, 'no id of a repository', {});
  return byId(gitHub, `/repositories/${expectedId}`, expectedId);
}

/** GitHub redirects from an old name to `/repositories/<id>`: one redirect is followed, and only to that id. */
async function byName(gitHub: GitHub, { owner, repo }: RepositoryName): Promise<Repository> {
  try {
    return toRepository((await gitHubCall(() => gitHub.rest.repos.get({ owner, repo }))).data);
  } catch (error) {
    const location = error instanceof GitHubError ? error.location : undefined;
    const id = /\/repositories\/([0-9]+)$/.exec(location ?? '')?.[1];
    if (location === undefined || id === undefined) throw error;
    return byId(gitHub, location, id);
  }
}

/** By the address that redirects lead to; it has no documentation of its own. */
async function byId(gitHub: GitHub, url: string, id: string): Promise<Repository> {
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
export async function identifyOrganization(gitHub: GitHub, name: RepositoryName, id: string): Promise<string> {
  const repository = await unlessMissing(() => byName(gitHub, name));
  if (repository?.ownerId === id) return repository.owner;
  const { data } = await gitHubCall(() => gitHub.rest.orgs.get({ org: name.owner }));
  if (String(data.id) === id) return data.login;
  throw new GitHubError(404, `the organization ${name.owner} is not the one of the id ${id}`, {});
}

/** `owner/name`. */
export function fullName({ owner, repo }: RepositoryName): string {
  return `${owner}/${repo}`;
}
