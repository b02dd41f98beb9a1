import { ActionError } from '../errors.ts';
import { explainGitHub } from '../github/explain.ts';
import { secretNames } from '../github/names.ts';
import { connectToGitHub } from '../github/octokit.ts';
import type { SecretStore } from '../github/secrets.ts';
import { openRepositoryStore } from '../github/secrets.ts';
import type { Session } from './session.ts';
import type { Settings, StoreSettings } from '../settings.ts';
import { sentenceList } from '../text.ts';
import type { RecordState, Stored } from '../worker/record.ts';
import { isListed } from '../worker/record.ts';

/** A place in GitHub that is ready to be written to. */
export interface PreparedTarget {
  readonly store: SecretStore;
  /** How the record lists it. */
  readonly entry: Stored;
}

/**
 * Fetches the public key of every target and the names that it holds already, so that the reach of the token is known
 * before PingOne is touched.
 * Throws ActionError where the token does not reach a target.
 */
export async function preflight(session: Session): Promise<readonly PreparedTarget[]> {
  const { store, gitHub: access } = session.settings;
  if (!store) return [];
  try {
    const gitHub = await connectToGitHub(access, session.send);
    return [{ store: await openRepositoryStore(gitHub, store.repository), entry: entryOf(store) }];
  } catch (error) {
    throw explainGitHub(error, `reading the public key of ${repositoryName(store)}`);
  }
}

/**
 * Refuses to overwrite secrets that are not this worker's: those that exist and that its record does not list.
 * Where there can be no record, it warns instead.
 */
export function refuseForeignSecrets(
  session: Session,
  targets: readonly PreparedTarget[],
  record: RecordState | undefined,
): void {
  const { store, run } = session.settings;
  if (!store || store.overwrite) return;
  const names: readonly string[] = Object.values(secretNames(store.prefix));
  for (const target of targets) {
    const taken = names.filter((name) => target.store.existing.has(name));
    if (taken.length === 0 || (record?.kind === 'own' && isListed(record.record.stored, target.entry))) continue;
    if (!run.owner || record?.kind === 'unavailable') {
      session.runner.warning(
        `Overwriting ${sentenceList(taken)} in ${target.store.label}: no record says whose they are.`,
      );
    } else throw foreignSecrets(taken, target.store.label);
  }
}

/** The places that the inputs name, as the record lists them. */
export function storedEntries({ store }: Settings): readonly Stored[] {
  return store ? store.targets.map(() => entryOf(store)) : [];
}

function entryOf(store: StoreSettings): Stored {
  return { target: 'repository', repository: repositoryName(store), prefix: store.prefix, ids: 'secrets' };
}

function repositoryName({ repository: { owner, repo } }: StoreSettings): string {
  return `${owner}/${repo}`;
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
