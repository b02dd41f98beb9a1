import { ActionError } from '../errors.ts';
import { inline } from '../text.ts';
import { environmentCalls, repositoryCalls } from './calls.ts';
import { isMissing } from './errors.ts';
import type { CreationContext } from './new-environment.ts';
import { isEnvironment, storeToCreate } from './new-environment.ts';
import type { GitHub } from './octokit.ts';
import { organizationCalls } from './organization.ts';
import type { PlaceName, RepositoryName } from './place-name.ts';
import { placeLabel } from './place-name.ts';
import type { Repository } from './repository.ts';
import type { Names, SecretStore } from './secrets.ts';
import { openStore } from './secrets.ts';

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
