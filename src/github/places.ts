import { ActionError } from '../errors.ts';
import { inline } from '../text.ts';
import type { Calls } from './calls.ts';
import { environmentCalls, repositoryCalls } from './calls.ts';
import { gitHubCall, GitHubError, unlessMissing } from './errors.ts';
import type { CreationContext } from './new-environment.ts';
import { storeToCreate } from './new-environment.ts';
import type { GitHub } from './octokit.ts';
import { organizationCalls } from './organization.ts';
import type { PlaceName, RepositoryName } from './place-name.ts';
import { placeLabel, placeOfWord } from './place-name.ts';
import type { Names, SecretStore } from './secrets.ts';
import { openStore } from './secrets.ts';

/** How the places of one repository are opened. */
export interface PlaceContext {
  readonly gitHub: GitHub;
  readonly repository: RepositoryName;
  /** What will be written, in upper case. */
  readonly names: Names;
  /** How a missing GitHub environment is created; undefined: it is refused. */
  readonly creation: CreationContext | undefined;
}

/**
 * Opens a place: reads its public key and which of the names it holds.
 *
 * @throws ActionError where the GitHub environment does not exist or the owner is no organization, GitHubError where
 *   the token does not reach the place
 */
export function openPlace(context: PlaceContext, place: PlaceName): Promise<SecretStore> {
  const { gitHub, repository, names } = context;
  const label = placeLabel(place, repository);
  switch (place.kind) {
    case 'repository':
      return openStore(repositoryCalls(gitHub, repository), label, names);
    case 'github-environment':
      return openEnvironment(context, place.name, label);
    case 'organization':
      return openOrganization(context, label);
  }
}

/** The calls for a place by its word (`placeWord`), for what a record lists; undefined for a word of a later version. */
export function callsFor(gitHub: GitHub, word: string, repository: RepositoryName): Calls | undefined {
  const place = placeOfWord(word);
  switch (place?.kind) {
    case 'repository':
      return repositoryCalls(gitHub, repository);
    case 'github-environment':
      return environmentCalls(gitHub, repository, place.name);
    case 'organization':
      // The id is of the repository that sees what is new, and nothing new is written here.
      return organizationCalls(gitHub, repository.owner, 0);
    case undefined:
      return undefined;
  }
}

async function openOrganization({ gitHub, repository, names }: PlaceContext, label: string): Promise<SecretStore> {
  const { data } = await gitHubCall(() => gitHub.rest.repos.get({ ...repository }));
  if (data.owner.type !== 'Organization') throw noOrganization(repository);
  return openStore(organizationCalls(gitHub, data.owner.login, data.id), label, names);
}

/**
 * A 404 for the public key has three meanings: no such repository, no such GitHub environment, or a token that sees
 * neither. Reading one after the other tells which.
 */
async function openEnvironment(context: PlaceContext, name: string, label: string): Promise<SecretStore> {
  const { gitHub, repository, names, creation } = context;
  const calls = environmentCalls(gitHub, repository, name);
  try {
    return await openStore(calls, label, names);
  } catch (error) {
    if (!(error instanceof GitHubError && error.status === 404)) throw error;
    await gitHubCall(() => gitHub.rest.repos.get({ ...repository }));
    const place = { owner: repository.owner, repo: repository.repo, environment_name: name };
    if (await unlessMissing(() => gitHub.rest.repos.getEnvironment(place))) throw hidden(label, error);
    if (!creation) throw missing(label, name, error);
    return storeToCreate(gitHub, place, calls, label, creation);
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
      cause: 'the token lacks the permission for the secrets of GitHub environments.',
      fix: 'give it the repository permission "Environments: write" ("Secrets: write" is another one).',
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
