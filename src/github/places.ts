import { ActionError } from '../errors.ts';
import { inline } from '../text.ts';
import { gitHubCall, GitHubError } from './errors.ts';
import type { CreationContext } from './new-environment.ts';
import { storeToCreate } from './new-environment.ts';
import type { GitHub } from './octokit.ts';
import { organizationCalls } from './organization.ts';
import type { Names, SecretStore } from './secrets.ts';
import { openStore } from './secrets.ts';
import type { Calls, RepositoryName } from './stores.ts';
import { environmentCalls, repositoryCalls, unlessMissing } from './stores.ts';

/** Which place in GitHub: a line of the input `store-in`. */
export type PlaceName =
  | { readonly kind: 'repository' }
  | { readonly kind: 'github-environment'; readonly name: string }
  | { readonly kind: 'organization' };

/** How the places of one repository are opened. */
export interface PlaceContext {
  readonly gitHub: GitHub;
  readonly repository: RepositoryName;
  /** What will be written, in upper case. */
  readonly names: Names;
  /** How a missing GitHub environment is created; undefined: it is refused. */
  readonly creation: CreationContext | undefined;
}

/** The word by which the input `store-in`, the record and the output `stored` name a place. */
export function placeWord(place: PlaceName): string {
  return place.kind === 'github-environment' ? `github-environment:${place.name}` : place.kind;
}

/** A place for a sentence. */
export function placeLabel(place: PlaceName, { owner, repo }: RepositoryName): string {
  switch (place.kind) {
    case 'repository':
      return `the repository ${owner}/${repo}`;
    case 'github-environment':
      return `the GitHub environment "${inline(place.name, 60)}" of ${owner}/${repo}`;
    case 'organization':
      return `the organization ${owner}`;
  }
}

/**
 * Opens a place: reads its public key and which of the names it holds.
 * Throws ActionError where the GitHub environment does not exist or the owner is no organization, GitHubError where the
 * token does not reach the place.
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
  if (word === 'repository') return repositoryCalls(gitHub, repository);
  if (word === 'organization') return organizationCalls(gitHub, repository.owner, 0);
  const name = /^github-environment:(.+)$/s.exec(word)?.[1];
  return name === undefined ? undefined : environmentCalls(gitHub, repository, name);
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
