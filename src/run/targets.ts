import { ActionError } from '../errors.ts';
import { connectToGitHub } from '../github/api.ts';
import type { GitHub } from '../github/api.ts';
import { explainGitHub, failedPart, permissionFor } from '../github/errors.ts';
import { formatTarget, namesFor, targetLabel } from '../github/names.ts';
import type { RepositoryName, SecretTarget } from '../github/names.ts';
import { fullName, identifyRepository } from '../github/repository.ts';
import type { Repository } from '../github/repository.ts';
import type { SecretStore } from '../github/secrets.ts';
import { openPlace } from '../github/targets.ts';
import type { PlaceContext } from '../github/targets.ts';
import { entriesOf, isSameEntry } from '../reconcile/ownership.ts';
import type { RecordState, Stored } from '../reconcile/ownership.ts';
import type { Settings, StoreSettings } from '../settings.ts';
import { sentenceList } from '../text.ts';
import type { RunContext } from './context.ts';
import { requireToken } from './delete-secrets.ts';
import type { NamedEntry } from './delete-secrets.ts';

/** The places that the inputs name, for messages. */
export function storedEntries({ store }: Settings): readonly NamedEntry[] {
  if (!store) return [];
  const { prefix, idsAs: ids } = store;
  return store.targets.map((place) => ({
    target: formatTarget(place),
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
export async function identifyEntries(session: RunContext): Promise<readonly Stored[]> {
  const { store, gitHub } = session.settings;
  if (!store) return [];
  requireToken(session, storedEntries(session.settings));
  const repository = await identifyTarget(session, await connectToGitHub(gitHub, session.send), store);
  return store.targets.map((place) => entryOf(session, repository, store, place));
}

/** The repository that the inputs name. The run's own one counts by its id: another may have taken its name. */
export async function identifyTarget(
  session: RunContext,
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
export function entryOf(
  session: RunContext,
  repository: Repository,
  store: StoreSettings,
  place: SecretTarget,
): Stored {
  return {
    target: formatTarget(place),
    server: session.settings.run.server,
    repositoryId: place.kind === 'organization' ? repository.ownerId : repository.id,
    repository: fullName(repository),
    prefix: store.prefix,
    ids: store.idsAs,
  };
}

/** A place in GitHub that is ready to be written to. */
export interface PreparedTarget {
  readonly store: SecretStore;
  /** How the record lists it. */
  readonly entry: Stored;
}

/**
 * Fetches the public key of every target and reads which of the names it holds already, so that the reach of the token
 * is known before PingOne is touched. Nothing is written.
 *
 * @throws ActionError for the first target, in the order of the input, that the token does not reach, that is missing
 *   or that is full
 */
export async function preflight(session: RunContext): Promise<readonly PreparedTarget[]> {
  const { store } = session.settings;
  if (!store) return [];
  const gitHub = await connectToGitHub(session.settings.gitHub, session.send);
  const identity = identifyTarget(session, gitHub, store);
  const openAll = async (repository: RepositoryName): Promise<readonly PreparedTarget[]> => {
    const context = placeContext(session, gitHub, store, repository, identity);
    const opened = store.targets.map((place) => open(session, context, store, place));
    await Promise.allSettled(opened);
    return Promise.all(opened);
  };
  // Most repositories still have their name, so nothing waits until it is confirmed.
  const [found, early] = await Promise.allSettled([identity, openAll(store.repository)]);
  if (found.status === 'rejected') throw found.reason;
  if (fullName(found.value).toLowerCase() !== fullName(store.repository).toLowerCase()) {
    session.runner.info(`The repository ${fullName(store.repository)} is now called ${fullName(found.value)}`);
    return openAll(found.value);
  }
  if (early.status === 'rejected') throw early.reason;
  return early.value;
}

const partNames = {
  secret: 'public key',
  variable: 'variables',
  list: 'existence',
  creation: 'existence',
  repository: 'description',
} as const;

async function open(
  session: RunContext,
  context: PlaceContext,
  store: StoreSettings,
  place: SecretTarget,
): Promise<PreparedTarget> {
  const target = formatTarget(place);
  try {
    const opened = await openPlace(context, place);
    return { store: opened, entry: entryOf(session, await context.identity, store, place) };
  } catch (error) {
    const part = failedPart(error);
    const doing = `reading the ${partNames[part]} of ${targetLabel(place, context.repository)}`;
    throw explainGitHub(error, doing, permissionFor(target, part));
  }
}

function placeContext(
  session: RunContext,
  gitHub: GitHub,
  store: StoreSettings,
  repository: RepositoryName,
  identity: Promise<Repository>,
): PlaceContext {
  const { clock, interruption, limits, runner } = session;
  // Others who create environments by the API report half a minute at most.
  const creation = { patienceMs: 2 * limits.lookMs, clock, interruption, say: runner.info };
  return {
    gitHub,
    repository,
    identity,
    names: namesFor(store.prefix, store.idsAs),
    creation: store.createEnvironments ? creation : undefined,
  };
}

/**
 * Creates the GitHub environments that are missing, where the input allows it. The last step before PingOne is
 * touched: by then everything that may be refused has been.
 */
export async function prepareTargets(targets: readonly PreparedTarget[]): Promise<void> {
  for (const { store, entry } of targets) {
    try {
      await store.prepare();
    } catch (error) {
      const part = failedPart(error);
      // The same path lists, reads and creates; what may not be created is what matters.
      const needed = permissionFor(entry.target, part === 'list' ? 'creation' : part);
      throw explainGitHub(error, `creating ${store.label}`, needed);
    }
  }
}

/**
 * Refuses to overwrite secrets and variables that are not this worker's: those that exist and that its record does not
 * list; without a record that is all of them.
 */
export function refuseForeignSecrets(
  { settings: { store } }: RunContext,
  targets: readonly PreparedTarget[],
  record: RecordState | undefined,
): void {
  if (!store || store.overwrite) return;
  for (const target of targets) {
    const taken = foreignNames(target, entriesOf(record));
    if (taken.length > 0) throw foreignSecrets(taken, target.store.label);
  }
}

/** What the target holds, unless an entry of the record says that it is this worker's, whatever the ids were kept as. */
function foreignNames({ store, entry }: PreparedTarget, recorded: readonly Stored[]): readonly string[] {
  if (recorded.some((known) => isSameEntry(known, entry))) return [];
  return [...store.existing.secrets.keys(), ...store.existing.variables.keys()];
}

function foreignSecrets(taken: readonly string[], label: string): ActionError {
  return new ActionError({
    what: `\`store-in\`: ${label} holds ${sentenceList(taken)} already, and this worker's record does not list them.`,
    cause:
      'another worker or a person stored credentials under these names, or PingOne keeps no record of this worker.',
    fix:
      'choose another `secret-prefix`, or store in a GitHub environment of its own. If these may be replaced, set ' +
      '`overwrite-secrets: true`.',
  });
}
