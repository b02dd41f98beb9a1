import type { Stored } from '../worker/record.ts';
import type { Calls } from './calls.ts';
import { environmentCalls, repositoryCalls } from './calls.ts';
import { GitHubError, unlessMissing } from './errors.ts';
import { isEnvironment } from './new-environment.ts';
import type { GitHub } from './octokit.ts';
import { organizationCalls } from './organization.ts';
import type { PlaceName, RepositoryName } from './place-name.ts';
import { placeLabel, repositoryNameOf } from './place-name.ts';
import { identifyOrganization, identifyRepository } from './repository.ts';

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
export async function findStoredPlace(gitHub: GitHub, entry: Stored, place: PlaceName): Promise<StoredPlace> {
  const found = await locatePlace(gitHub, entry, place);
  if (await unlessMissing(() => found.calls.listSecrets())) return found;
  const isGone = place.kind === 'github-environment' && !(await isEnvironment(gitHub, found.repository, place.name));
  if (!isGone) throw new GitHubError(404, 'Not Found', {});
  return found;
}

async function locatePlace(gitHub: GitHub, entry: Stored, place: PlaceName): Promise<StoredPlace> {
  const name = repositoryNameOf(entry.repository);
  if (!name) throw new GitHubError(404, 'no name of a repository', {});
  if (place.kind === 'organization') {
    const org = await identifyOrganization(gitHub, name, entry.repositoryId);
    // The id is of the repository that sees what is new, and nothing new is written here.
    const repository = { owner: org, repo: name.repo };
    return { entry, repository, calls: organizationCalls(gitHub, org, 0), label: placeLabel(place, repository) };
  }
  const repository = await identifyRepository(gitHub, name, entry.repositoryId);
  const calls =
    place.kind === 'repository'
      ? repositoryCalls(gitHub, repository)
      : environmentCalls(gitHub, repository, place.name);
  return { entry, repository, calls, label: placeLabel(place, repository) };
}
