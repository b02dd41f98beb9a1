import { explainGitHub, permissionFor } from '../github/explain.ts';
import type { GitHub } from '../github/octokit.ts';
import { connectToGitHub } from '../github/octokit.ts';
import type { PlaceName } from '../github/place-name.ts';
import { placeWord } from '../github/place-name.ts';
import type { Repository } from '../github/repository.ts';
import { fullName, identifyRepository } from '../github/repository.ts';
import type { Settings, StoreSettings } from '../settings.ts';
import type { Stored } from '../worker/record.ts';
import type { NamedEntry } from './forget.ts';
import { requireToken } from './forget.ts';
import type { Session } from './session.ts';

/** The places that the inputs name, for messages. */
export function storedEntries({ store }: Settings): readonly NamedEntry[] {
  if (!store) return [];
  const { prefix, idsAs: ids } = store;
  return store.targets.map((place) => ({
    target: placeWord(place),
    repository: fullName(store.repository),
    prefix,
    ids,
  }));
}

/**
 * The places that the inputs name, as the record lists them, with the ids that GitHub gives.
 *
 * @throws ActionError if the token is missing or does not reach the repository
 */
export async function identifyEntries(session: Session): Promise<readonly Stored[]> {
  const { store, gitHub } = session.settings;
  if (!store) return [];
  requireToken(session, storedEntries(session.settings));
  const repository = await identifyTarget(session, await connectToGitHub(gitHub, session.send), store);
  return store.targets.map((place) => entryOf(session, repository, store, place));
}

/** The repository that the inputs name. The run's own one counts by its id: another may have taken its name. */
export async function identifyTarget(
  session: Session,
  gitHub: GitHub,
  { repository }: StoreSettings,
): Promise<Repository> {
  const { owner, repository: own } = session.settings.run;
  const isOwn = fullName(repository).toLowerCase() === own.toLowerCase();
  try {
    return await identifyRepository(gitHub, repository, isOwn ? owner?.repositoryId : undefined);
  } catch (error) {
    throw explainGitHub(error, `reading the repository ${fullName(repository)}`, permissionFor('', 'repository'));
  }
}

/** How the record lists a place of this repository. */
export function entryOf(session: Session, repository: Repository, store: StoreSettings, place: PlaceName): Stored {
  return {
    target: placeWord(place),
    server: session.settings.run.server,
    repositoryId: place.kind === 'organization' ? repository.ownerId : repository.id,
    repository: fullName(repository),
    prefix: store.prefix,
    ids: store.idsAs,
  };
}
