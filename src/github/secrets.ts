// The secrets and variables of one target: calls, reading, writing.
import { ActionError } from '../errors.ts';
import { sentenceList } from '../text.ts';
import type { GitHub, WholeList } from './api.ts';
import { readList } from './api.ts';
import { gitHubCall, GitHubError, unlessMissing } from './errors.ts';
import type { RepositoryName } from './names.ts';
import type { PublicKey, SealedValue } from './seal.ts';
import { seal } from './seal.ts';

/** A secret in GitHub's list. */
export interface ListedSecret {
  /** In upper case. */
  readonly name: string;
  /** When it was last written, in whole seconds of GitHub's clock; undefined if GitHub does not return it. */
  readonly updatedAt: string | undefined;
}

/**
 * GitHub's calls for the secrets and variables of one target. Callers wrap them in `gitHubCall`.
 * Source: GitHub REST API docs, "Actions secrets", "Actions variables".
 */
export interface TargetCalls {
  /** How many the target can store. Source: GitHub docs, "Secrets reference" and "Variables reference", limits. */
  readonly limits: { readonly secrets: number; readonly variables: number };
  publicKey(): Promise<PublicKey>;
  listSecrets(): Promise<WholeList<ListedSecret>>;
  /** @returns the `Date` of GitHub's response */
  putSecret(name: string, sealed: SealedValue): Promise<string | undefined>;
  deleteSecret(name: string): Promise<unknown>;
  /** How many variables the target has. */
  countVariables(): Promise<number>;
  /** The variable's value. */
  readVariable(name: string): Promise<string>;
  createVariable(name: string, value: string): Promise<unknown>;
  updateVariable(name: string, value: string): Promise<unknown>;
  deleteVariable(name: string): Promise<unknown>;
}

/** The calls for a repository's own secrets and variables. */
export function repositoryCalls(gitHub: GitHub, repository: RepositoryName): TargetCalls {
  const { actions } = gitHub.rest;
  const base = { owner: repository.owner, repo: repository.repo };
  return {
    limits: { secrets: 100, variables: 500 },
    publicKey: async () => (await actions.getRepoPublicKey(base)).data,
    listSecrets: () => readList(gitHub, actions.listRepoSecrets.endpoint(base), 'secrets', toListedSecret),
    putSecret: async (name, sealed) =>
      (await actions.createOrUpdateRepoSecret({ ...base, secret_name: name, ...sealed })).headers.date,
    deleteSecret: (name) => actions.deleteRepoSecret({ ...base, secret_name: name }),
    countVariables: async () => (await actions.listRepoVariables({ ...base, per_page: 1 })).data.total_count,
    readVariable: async (name) => (await actions.getRepoVariable({ ...base, name })).data.value,
    createVariable: (name, value) => actions.createRepoVariable({ ...base, name, value }),
    updateVariable: (name, value) => actions.updateRepoVariable({ ...base, name, value }),
    deleteVariable: (name) => actions.deleteRepoVariable({ ...base, name }),
  };
}

/** The calls for a GitHub environment. Octokit percent-encodes its name, so the name must not be encoded before. */
export function environmentCalls(gitHub: GitHub, repository: RepositoryName, name: string): TargetCalls {
  const { actions } = gitHub.rest;
  const base = { owner: repository.owner, repo: repository.repo, environment_name: name };
  return {
    limits: { secrets: 100, variables: 100 },
    publicKey: async () => (await actions.getEnvironmentPublicKey(base)).data,
    listSecrets: () => readList(gitHub, actions.listEnvironmentSecrets.endpoint(base), 'secrets', toListedSecret),
    putSecret: async (secret, sealed) =>
      (await actions.createOrUpdateEnvironmentSecret({ ...base, secret_name: secret, ...sealed })).headers.date,
    deleteSecret: (secret) => actions.deleteEnvironmentSecret({ ...base, secret_name: secret }),
    countVariables: async () => (await actions.listEnvironmentVariables({ ...base, per_page: 1 })).data.total_count,
    readVariable: async (variable) => (await actions.getEnvironmentVariable({ ...base, name: variable })).data.value,
    createVariable: (variable, value) => actions.createEnvironmentVariable({ ...base, name: variable, value }),
    updateVariable: (variable, value) => actions.updateEnvironmentVariable({ ...base, name: variable, value }),
    deleteVariable: (variable) => actions.deleteEnvironmentVariable({ ...base, name: variable }),
  };
}

/** Undefined for an item without a name, which cannot be a secret of the action. */
export function toListedSecret({
  name,
  updated_at: updatedAt,
}: Readonly<Record<string, unknown>>): ListedSecret | undefined {
  if (typeof name !== 'string') return undefined;
  return { name: name.toUpperCase(), updatedAt: typeof updatedAt === 'string' ? updatedAt : undefined };
}

/** The names of secrets and of variables. */
export interface Names {
  readonly secrets: readonly string[];
  readonly variables: readonly string[];
}

/** The secrets and variables that a target has already, of the names to write (in upper case). */
export interface Existing {
  /** When each was last written, from GitHub's list; undefined if the list does not say. */
  readonly secrets: ReadonlyMap<string, string | undefined>;
  /** Values by name. */
  readonly variables: ReadonlyMap<string, string>;
}

/** A target in GitHub whose public key is known. All methods throw GitHubError. */
export interface SecretStore {
  /** For messages: `the repository owner/name`. */
  readonly label: string;
  /** For names other than those to write. */
  readonly calls: TargetCalls;
  /** Its secrets and variables when it was opened. */
  readonly existing: Existing;
  /** Reads its secrets and variables again. */
  readExisting(): Promise<Existing>;
  /** Creates the target if it does not exist. Call it before the first write. */
  prepare(): Promise<void>;
  /** @returns the `Date` of GitHub's response */
  writeSecret(name: string, value: string): Promise<string | undefined>;
  writeVariable(name: string, value: string): Promise<void>;
}

/**
 * Opens an existing target: reads its public key and which of the names it has already.
 *
 * @param names to write, in upper case
 * @throws ActionError if the target is full
 */
export async function openStore(calls: TargetCalls, label: string, names: Names): Promise<SecretStore> {
  const reads = [
    gitHubCall(() => calls.publicKey()),
    readHeld(calls, names),
    names.variables.length > 0 ? gitHubCall(() => calls.countVariables()) : Promise.resolve(0),
  ] as const;
  // If several fail, the first in this order is thrown.
  await Promise.allSettled(reads);
  const [key, { existing, total }, variables] = await Promise.all(reads);
  const totals = { secrets: total, variables };
  for (const kind of ['secrets', 'variables'] as const) {
    const added = names[kind].filter((name) => !existing[kind].has(name));
    if (added.length > 0 && totals[kind] + added.length > calls.limits[kind]) {
      throw noRoom(label, kind, calls.limits[kind], added);
    }
  }
  return {
    label,
    calls,
    existing,
    readExisting: () => readExisting(calls, names),
    prepare: () => Promise.resolve(),
    ...writersOf(calls, key),
  };
}

/** The secrets and variables of these names that a target has now. */
export async function readExisting(calls: TargetCalls, names: Names): Promise<Existing> {
  return (await readHeld(calls, names)).existing;
}

/** @returns `total` of all secrets, also those of other names */
async function readHeld(calls: TargetCalls, names: Names): Promise<{ existing: Existing; total: number }> {
  const reads = [
    gitHubCall(() => calls.listSecrets()),
    Promise.all(names.variables.map(async (name) => [name, await readVariable(calls, name)] as const)),
  ] as const;
  await Promise.allSettled(reads);
  const [listed, variables] = await Promise.all(reads);
  const ours = listed.items.filter(({ name }) => names.secrets.includes(name));
  return {
    existing: {
      secrets: new Map(ours.map(({ name, updatedAt }) => [name, updatedAt])),
      variables: new Map(variables.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))),
    },
    total: listed.total,
  };
}

/** A variable's value; undefined if the target has no variable of this name. */
export function readVariable(calls: TargetCalls, name: string): Promise<string | undefined> {
  return unlessMissing(() => calls.readVariable(name));
}

/** The functions that write to a target whose public key is known. */
export function writersOf(calls: TargetCalls, key: PublicKey): Pick<SecretStore, 'writeSecret' | 'writeVariable'> {
  return {
    writeSecret: (name, value) => writeSealed(calls, key, name, value),
    writeVariable: (name, value) => writeVariable(calls, name, value),
  };
}

/** Seals and writes. If GitHub has changed its key since it was read (422), the new key is used, once. */
async function writeSealed(
  calls: TargetCalls,
  key: PublicKey,
  name: string,
  value: string,
): Promise<string | undefined> {
  const write = async (used: PublicKey): Promise<string | undefined> => {
    const sealed = { encrypted_value: await seal(value, used), key_id: used.key_id };
    return gitHubCall(() => calls.putSecret(name, sealed));
  };
  try {
    return await write(key);
  } catch (error) {
    const isOldKey = error instanceof GitHubError && error.status === 422;
    if (!isOldKey) throw error;
    const current = await gitHubCall(() => calls.publicKey());
    if (current.key_id === key.key_id) throw error;
    return write(current);
  }
}

/** GitHub has no call that creates or replaces a variable. 409 means that it exists. */
async function writeVariable(calls: TargetCalls, name: string, value: string): Promise<void> {
  try {
    await gitHubCall(() => calls.createVariable(name, value));
  } catch (error) {
    if (!(error instanceof GitHubError && error.status === 409)) throw error;
    await gitHubCall(() => calls.updateVariable(name, value));
  }
}

function noRoom(label: string, kind: 'secrets' | 'variables', limit: number, added: readonly string[]): ActionError {
  return new ActionError({
    what: `\`store-in\`: ${label} has no room for ${sentenceList(added)}. GitHub stores at most ${limit} ${kind} there.`,
    cause: `the target has ${limit} ${kind} or nearly as many.`,
    fix:
      `delete unused ${kind} there, or store in a separate GitHub environment (\`github-environment:<name>\`). ` +
      'Nothing was changed.',
  });
}
