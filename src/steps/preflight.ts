import { ActionError } from '../errors.ts';
import { explainGitHub, permissionFor } from '../github/explain.ts';
import { namesFor } from '../github/names.ts';
import { connectToGitHub } from '../github/octokit.ts';
import type { PlaceName } from '../github/place-name.ts';
import { placeLabel, placeWord } from '../github/place-name.ts';
import type { PlaceContext } from '../github/places.ts';
import { openPlace } from '../github/places.ts';
import type { SecretStore } from '../github/secrets.ts';
import type { Settings, StoreSettings } from '../settings.ts';
import { sentenceList } from '../text.ts';
import type { RecordState, Stored } from '../worker/record.ts';
import { entriesOf } from '../worker/record.ts';
import type { Session } from './session.ts';

/** A place in GitHub that is ready to be written to. */
export interface PreparedTarget {
  readonly store: SecretStore;
  /** How the record lists it. */
  readonly entry: Stored;
}

/**
 * Fetches the public key of every target and looks which of the names it holds already, so that the reach of the token
 * is known before PingOne is touched. Nothing is written.
 *
 * @throws ActionError for the first target, in the order of the input, that the token does not reach or that is
 *   missing
 */
export async function preflight(session: Session): Promise<readonly PreparedTarget[]> {
  const { store } = session.settings;
  if (!store) return [];
  const context = await placeContext(session, store);
  const opened = store.targets.map((place) => open(context, session.settings.run, store, place));
  await Promise.allSettled(opened);
  return Promise.all(opened);
}

async function open(
  context: PlaceContext,
  run: Settings['run'],
  store: StoreSettings,
  place: PlaceName,
): Promise<PreparedTarget> {
  const entry = entryOf(store, place, run);
  try {
    return { store: await openPlace(context, place), entry };
  } catch (error) {
    const doing = `reading the public key of ${placeLabel(place, store.repository)}`;
    throw explainGitHub(error, doing, permissionFor(entry.target, 'secret'));
  }
}

async function placeContext(session: Session, store: StoreSettings): Promise<PlaceContext> {
  const { clock, interruption, limits, runner } = session;
  return {
    gitHub: await connectToGitHub(session.settings.gitHub, session.send),
    repository: store.repository,
    names: namesFor(store.prefix, store.idsAs),
    creation: store.createEnvironments
      ? {
          // Others who create environments by the API report half a minute at most.
          patienceMs: 2 * limits.lookMs,
          clock,
          interruption,
          say: runner.info,
        }
      : undefined,
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
      throw explainGitHub(error, `creating ${store.label}`, permissionFor(entry.target, 'creation'));
    }
  }
}

/**
 * Refuses to overwrite secrets and variables that are not this worker's: those that exist and that its record does not
 * list. Where there can be no record, it warns instead.
 */
export function refuseForeignSecrets(
  session: Session,
  targets: readonly PreparedTarget[],
  record: RecordState | undefined,
): void {
  const { store, run } = session.settings;
  if (!store || store.overwrite) return;
  for (const target of targets) {
    const taken = foreignNames(target, entriesOf(record));
    if (taken.length === 0) continue;
    if (run.owner && record?.kind !== 'unavailable') throw foreignSecrets(taken, target.store.label);
    session.runner.warning(
      `Overwriting ${sentenceList(taken)} in ${target.store.label}: no record says whose they are.`,
    );
  }
}

/** The places that the inputs name, as the record lists them. */
export function storedEntries({ store, run }: Settings): readonly Stored[] {
  return store ? store.targets.map((place) => entryOf(store, place, run)) : [];
}

/** What the target holds and no entry of the record for the same place wrote, whatever it kept the ids as. */
function foreignNames({ store, entry }: PreparedTarget, recorded: readonly Stored[]): readonly string[] {
  const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  const own = recorded
    .filter(({ target, repository }) => isSame(target, entry.target) && isSame(repository, entry.repository))
    .map(({ prefix, ids }) => namesFor(prefix, ids));
  return [
    ...store.existing.secrets.filter((name) => !own.some(({ secrets }) => secrets.includes(name))),
    ...store.existing.variables.filter((name) => !own.some(({ variables }) => variables.includes(name))),
  ];
}

function entryOf(
  { repository: { owner, repo }, prefix, idsAs }: StoreSettings,
  place: PlaceName,
  run: Settings['run'],
): Stored {
  const { server = '', repositoryId = '' } = run.owner ?? {};
  return { target: placeWord(place), server, repositoryId, repository: `${owner}/${repo}`, prefix, ids: idsAs };
}

function foreignSecrets(taken: readonly string[], label: string): ActionError {
  return new ActionError({
    what: `\`store-in\`: ${label} holds ${sentenceList(taken)} already, and this worker's record does not list them.`,
    cause: 'another worker, or somebody by hand, keeps credentials under these names.',
    fix:
      'choose another `secret-prefix`, store into a GitHub environment of its own, or set `overwrite-secrets` to true ' +
      'if these are to be replaced.',
  });
}
