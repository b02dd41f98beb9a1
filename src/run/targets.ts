// The targets in GitHub: as entries of the record, and prepared before PingOne is changed.
import { ActionError } from '../errors.ts';
import type { GitHub } from '../github/api.ts';
import { connectToGitHub } from '../github/api.ts';
import { explainGitHub, failedPart, permissionFor } from '../github/errors.ts';
import type { RepositoryName, SecretTarget } from '../github/names.ts';
import { formatTarget, namesFor, parseTarget, secretNames, targetLabel } from '../github/names.ts';
import type { Existing, Names, SecretStore } from '../github/secrets.ts';
import type { Repository, TargetContext } from '../github/targets.ts';
import { fullName, identifyRepository, openTarget } from '../github/targets.ts';
import type { Stored } from '../reconcile/ownership.ts';
import { isSameEntry } from '../reconcile/ownership.ts';
import type { Settings, StoreSettings } from '../settings.ts';
import { inline, sentenceList } from '../text.ts';
import type { RunContext } from './context.ts';

/** The fields of an entry that messages need. */
export type NamedEntry = Pick<Stored, 'target' | 'repository' | 'prefix' | 'ids' | 'old'>;

/** The targets of the inputs, for messages. */
export function storedEntries({ store }: Settings): readonly NamedEntry[] {
  if (!store) return [];
  const { prefix, idsAs: ids } = store;
  return store.targets.map((secretTarget) => ({
    target: formatTarget(secretTarget),
    repository: fullName(store.repository),
    prefix,
    ids,
  }));
}

/**
 * The targets of the inputs as entries of a record, with the IDs from GitHub.
 *
 * @throws ActionError if the token is missing or has no access to the repository
 */
export async function identifyEntries(run: RunContext): Promise<readonly Stored[]> {
  const { store, gitHub } = run.settings;
  if (!store) return [];
  requireToken(run, storedEntries(run.settings));
  const repository = await identifyStoreRepository(run, await connectToGitHub(gitHub, run.send), store);
  return store.targets.map((target) => entryOf(run, repository, store, target));
}

/** The repository of the inputs. The run's own repository is found by its ID: another one may have its former name. */
async function identifyStoreRepository(
  run: RunContext,
  gitHub: GitHub,
  { repository }: StoreSettings,
): Promise<Repository> {
  const { owner, repository: own } = run.settings.run;
  const isOwn = fullName(repository).toLowerCase() === own.toLowerCase();
  try {
    return await identifyRepository(gitHub, repository, isOwn ? owner?.repositoryId : undefined);
  } catch (error) {
    throw explainGitHub(error, `reading the repository ${fullName(repository)}`, permissionFor('', 'repository'));
  }
}

/** The record's entry for a target of this repository. */
function entryOf(run: RunContext, repository: Repository, store: StoreSettings, secretTarget: SecretTarget): Stored {
  return {
    target: formatTarget(secretTarget),
    server: run.settings.run.server,
    repositoryId: secretTarget.kind === 'organization' ? repository.ownerId : repository.id,
    repository: fullName(repository),
    prefix: store.prefix,
    ids: store.idsAs,
  };
}

/** A target to write to. */
export interface PreparedTarget {
  readonly store: SecretStore;
  /** Its entry in the record. */
  readonly entry: Stored;
}

/**
 * Reads the public key of every target and which of the names it has already, so that the access of the token is checked
 * before PingOne is changed. Nothing is written.
 *
 * @throws ActionError for the first target, in the order of the input, that is missing or full, or that the token has no
 *   access to
 */
export async function preflight(run: RunContext): Promise<readonly PreparedTarget[]> {
  const { store } = run.settings;
  if (!store) return [];
  const gitHub = await connectToGitHub(run.settings.gitHub, run.send);
  const identity = identifyStoreRepository(run, gitHub, store);
  const openAll = async (repository: RepositoryName): Promise<readonly PreparedTarget[]> => {
    const context = targetContext(run, gitHub, store, repository, identity);
    const opened = store.targets.map((target) => open(run, context, store, target));
    await Promise.allSettled(opened);
    return Promise.all(opened);
  };
  // Most repositories were not renamed, so the targets are opened in parallel.
  const [found, early] = await Promise.allSettled([identity, openAll(store.repository)]);
  if (found.status === 'rejected') throw found.reason;
  if (fullName(found.value).toLowerCase() !== fullName(store.repository).toLowerCase()) {
    run.runner.info(`The repository ${fullName(store.repository)} was renamed to ${fullName(found.value)}`);
    return openAll(found.value);
  }
  if (early.status === 'rejected') throw early.reason;
  return early.value;
}

const partNames = {
  key: 'public key',
  secret: 'secrets',
  variable: 'variables',
  list: 'existence',
  creation: 'existence',
  repository: 'description',
} as const;

async function open(
  run: RunContext,
  context: TargetContext,
  store: StoreSettings,
  secretTarget: SecretTarget,
): Promise<PreparedTarget> {
  const target = formatTarget(secretTarget);
  try {
    const opened = await openTarget(context, secretTarget);
    return { store: opened, entry: entryOf(run, await context.identity, store, secretTarget) };
  } catch (error) {
    const part = failedPart(error);
    const doing = `reading the ${partNames[part]} of ${targetLabel(secretTarget, context.repository)}`;
    throw explainGitHub(error, doing, permissionFor(target, part));
  }
}

function targetContext(
  run: RunContext,
  gitHub: GitHub,
  store: StoreSettings,
  repository: RepositoryName,
  identity: Promise<Repository>,
): TargetContext {
  const { clock, interruption, limits, runner } = run;
  // Users of GitHub's API report a delay of at most half a minute.
  const creation = { patienceMs: 2 * limits.lookMs, clock, interruption, log: runner.info };
  return {
    gitHub,
    repository,
    identity,
    names: namesFor(store.prefix, store.idsAs),
    creation: store.createEnvironments ? creation : undefined,
  };
}

/**
 * Creates missing GitHub environments, if `create-github-environment` is set. The last step before PingOne is changed,
 * after all checks.
 */
export async function prepareTargets(targets: readonly PreparedTarget[]): Promise<void> {
  for (const { store, entry } of targets) {
    try {
      await store.prepare();
    } catch (error) {
      const part = failedPart(error);
      // Listing, reading and creating have the same path. Here, only creating can lack a permission.
      const needed = permissionFor(entry.target, part === 'list' ? 'creation' : part);
      throw explainGitHub(error, `creating ${store.label}`, needed);
    }
  }
}

/** The target with what it holds now. */
export async function readAgain({ store, entry }: PreparedTarget): Promise<PreparedTarget> {
  const existing = await store.readExisting().catch((error: unknown) => {
    throw explainGitHub(error, `reading the secrets of ${store.label}`, permissionFor(entry.target, failedPart(error)));
  });
  return { store: { ...store, existing }, entry };
}

/**
 * Whether the target holds secrets or variables that are not this worker's, and that may not be overwritten.
 *
 * @param recorded the entries of this worker's record
 */
export function holdsForeignSecrets(
  { settings: { store } }: RunContext,
  target: PreparedTarget,
  recorded: readonly Stored[],
): boolean {
  return store?.overwrite === false && foreignNames(target, recorded).length > 0;
}

/**
 * Refuses to overwrite secrets and variables that exist and that this worker's record does not list. Without a record,
 * these are all of them.
 */
export function refuseForeignSecrets(
  run: RunContext,
  targets: readonly PreparedTarget[],
  recorded: readonly Stored[],
): void {
  const foreign = targets.find((target) => holdsForeignSecrets(run, target, recorded));
  if (foreign) throw foreignSecrets(foreignNames(foreign, recorded), foreign.store.label);
}

/** The existing secrets and variables of a target, unless the record lists the target, with IDs of either kind. */
function foreignNames({ store, entry }: PreparedTarget, recorded: readonly Stored[]): readonly string[] {
  if (recorded.some((known) => isSameEntry(known, entry))) return [];
  return [...store.existing.secrets.keys(), ...store.existing.variables.keys()];
}

function foreignSecrets(taken: readonly string[], label: string): ActionError {
  return new ActionError({
    what: `\`store-in\`: ${label} already has ${sentenceList(taken)}, and this worker's record does not list them.`,
    cause: 'another worker or a person stored credentials with these names, or this worker has no record.',
    fix:
      'set another `secret-prefix`, or store in a separate GitHub environment. To replace these secrets, set ' +
      '`overwrite-secrets: true`.',
  });
}

/** An entry in words: `A, B and C in the repository owner/name`. */
export function describeEntry(entry: NamedEntry): string {
  const { secrets, variables } = namesOf(entry);
  return describeNames([...secrets, ...variables], entry);
}

/** Some names of an entry in words. A secret and a variable may have the same name. */
export function describeNames(names: readonly string[], entry: NamedEntry): string {
  return `${sentenceList([...new Set(names)])} in ${describeEntryTarget(entry)}`;
}

/** The target of an entry in words. */
export function describeEntryTarget({ target, repository }: NamedEntry): string {
  const secretTarget = parseTarget(target);
  if (secretTarget?.kind === 'repository') return `the repository ${repository}`;
  if (secretTarget?.kind === 'github-environment') {
    return `the GitHub environment "${inline(secretTarget.name, 60)}" of ${repository}`;
  }
  return secretTarget ? `the organization ${repository.replace(/\/.*/, '')}` : `${target} (${repository})`;
}

/** The names that may exist, including IDs that an earlier run stored with another `store-ids-as`. */
export function namesOf({ prefix, ids, old }: NamedEntry): Names {
  const [now, before] = [namesFor(prefix, ids), namesFor(prefix, old?.ids ?? ids)];
  return {
    secrets: [...new Set([...now.secrets, ...before.secrets])],
    variables: [...new Set([...now.variables, ...before.variables])],
  };
}

/** The IDs of a worker, which do not change. */
export interface WorkerIds {
  readonly clientId: string;
  readonly environmentId: string;
}

/** A secret or variable of an entry that the target has. */
export interface HeldName {
  readonly kind: keyof Names;
  readonly name: string;
  /** `changed`: another client wrote it since; `unknown`: the record does not say when this worker stored it. */
  readonly state: 'own' | 'changed' | 'unknown';
}

/**
 * Compares what a target has with what this worker stored. GitHub does not return the values of secrets, only when each
 * was last written, which the record notes after a store.
 *
 * @param entry as the record lists it
 */
export function heldNames(entry: Stored, existing: Existing, ids: WorkerIds): readonly HeldName[] {
  const names = secretNames(entry.prefix);
  const values = { [names.clientId]: ids.clientId, [names.environmentId]: ids.environmentId };
  const stored = namesFor(entry.prefix, entry.ids).secrets;
  const isOthers = (name: string): boolean => (existing.variables.get(name) ?? values[name]) !== values[name];
  const stateOf = (kind: keyof Names, name: string): HeldName['state'] => {
    // Two workers may have the same environment ID.
    if (kind === 'variables') return isOthers(name) || isOthers(names.clientId) ? 'changed' : 'own';
    const times = stored.includes(name) ? entry.at : entry.old?.at;
    if (!times) return 'unknown';
    return existing.secrets.get(name) === (times[name] ?? '') ? 'own' : 'changed';
  };
  const all = namesOf(entry);
  return (['secrets', 'variables'] as const).flatMap((kind) => {
    const held = all[kind].filter((name) => existing[kind].has(name));
    return held.map((name) => ({ kind, name, state: stateOf(kind, name) }));
  });
}

/** @throws ActionError if there are entries to delete, but no token */
export function requireToken({ settings }: RunContext, entries: readonly NamedEntry[]): void {
  if (entries.length > 0 && settings.gitHub.token === '') throw tokenMissing(entries);
}

function tokenMissing(entries: readonly NamedEntry[]): ActionError {
  return new ActionError({
    what: `\`github-token\` is missing, so the worker's secrets in ${entries.map(describeEntryTarget).join(', ')} could not be deleted.`,
    cause: 'the step does not set `github-token`, or the secret that it is read from is not set.',
    fix: 'set `github-token` to the token that stored the secrets, or to one with the same permissions. Nothing was deleted.',
  });
}
