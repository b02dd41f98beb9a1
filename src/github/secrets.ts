// Secrets and variables of one target: its calls, reading and writing.
import { ActionError } from '../errors.ts';
import { sentenceList } from '../text.ts';
import type { GitHub, WholeList } from './api.ts';
import { readList } from './api.ts';
import { gitHubCall, GitHubError, unlessMissing } from './errors.ts';
import type { RepositoryName } from './names.ts';
import type { PublicKey, SealedValue } from './seal.ts';
import { seal } from './seal.ts';

/** A secret as a list shows it. */
export interface ListedSecret {
  /** In upper case. */
  readonly name: string;
  /** When it was last written, in whole seconds of GitHub's clock; undefined if GitHub does not say. */
  readonly updatedAt: string | undefined;
}

/**
 * GitHub's calls for one target that keeps secrets and variables. All of them throw what `gitHubCall` throws.
 * Source: GitHub REST API docs, "Actions secrets", "Actions variables".
 */
export interface TargetCalls {
  /** The most that the target keeps. Source: GitHub docs, "Secrets reference" and "Variables reference", limits. */
  readonly limits: { readonly secrets: number; readonly variables: number };
  publicKey(): Promise<PublicKey>;
  listSecrets(): Promise<WholeList<ListedSecret>>;
  /** @returns the `Date` of GitHub's response */
  putSecret(name: string, sealed: SealedValue): Promise<string | undefined>;
  deleteSecret(name: string): Promise<unknown>;
  /** How many variables the target keeps. */
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

/** The calls for a GitHub environment. Octokit percent-encodes its name, `/` too: it must not be encoded before. */
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

/** An item without a name is none of ours, and in nobody's way. */
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

/** What a target holds under the names that are to be written, which are in upper case. */
export interface Existing {
  /** When each was last written, as GitHub's list says; undefined if it does not say, which equals no time. */
  readonly secrets: ReadonlyMap<string, string | undefined>;
  /** The value of each. */
  readonly variables: ReadonlyMap<string, string>;
}

/** A target in GitHub that keeps secrets and variables, with its public key at hand. Everything throws GitHubError. */
export interface SecretStore {
  /** For messages: `the repository owner/name`. */
  readonly label: string;
  /** For names other than those that are written. */
  readonly calls: TargetCalls;
  /** What it held when it was opened. */
  readonly existing: Existing;
  /** Reads again what it holds, e.g. once something was written. */
  readExisting(): Promise<Existing>;
  /** Makes the target if it does not exist yet; it has to be called before the first write. */
  prepare(): Promise<void>;
  /** @returns the `Date` of GitHub's response */
  writeSecret(name: string, value: string): Promise<string | undefined>;
  writeVariable(name: string, value: string): Promise<void>;
}

/**
 * Opens a target that exists: reads its public key, and which of the names it holds already.
 *
 * @param names what will be written, in upper case
 * @throws ActionError if the target has no room for what is new
 */
export async function openStore(calls: TargetCalls, label: string, names: Names): Promise<SecretStore> {
  const reads = [gitHubCall(() => calls.publicKey()), readHeld(calls, names)] as const;
  // If several fail, the first in this order is told, whichever was the quickest.
  await Promise.allSettled(reads);
  const [key, { existing, totals }] = await Promise.all(reads);
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

/** What a target holds now. */
export async function readExisting(calls: TargetCalls, names: Names): Promise<Existing> {
  return (await readHeld(calls, names)).existing;
}

async function readHeld(
  calls: TargetCalls,
  names: Names,
): Promise<{ existing: Existing; totals: Record<'secrets' | 'variables', number> }> {
  const reads = [
    calls.listSecrets(),
    Promise.all(names.variables.map(async (name) => [name, await readVariable(calls, name)] as const)),
    names.variables.length > 0 ? gitHubCall(() => calls.countVariables()) : Promise.resolve(0),
  ] as const;
  await Promise.allSettled(reads);
  const [listed, variables, count] = await Promise.all(reads);
  const ours = listed.items.filter(({ name }) => names.secrets.includes(name));
  return {
    existing: {
      secrets: new Map(ours.map(({ name, updatedAt }) => [name, updatedAt])),
      variables: new Map(variables.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))),
    },
    totals: { secrets: listed.total, variables: count },
  };
}

/** A variable's value; undefined if the target holds none of this name. */
export function readVariable(calls: TargetCalls, name: string): Promise<string | undefined> {
  return unlessMissing(() => calls.readVariable(name));
}

/** The two ways to write to a target whose public key is known. */
export function writersOf(calls: TargetCalls, key: PublicKey): Pick<SecretStore, 'writeSecret' | 'writeVariable'> {
  return {
    writeSecret: (name, value) => writeSealed(calls, key, name, value),
    writeVariable: (name, value) => writeVariable(calls, name, value),
  };
}

/** Seals and writes. GitHub may have changed its key since it was read (422): then the new one is used, once. */
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

/** GitHub has no call that creates or replaces a variable: 409 says that it is there already. */
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
    what: `\`store-in\`: ${label} has no room for ${sentenceList(added)}: GitHub keeps at most ${limit} ${kind} there.`,
    cause: `the target holds ${limit} ${kind} or nearly as many.`,
    fix:
      `delete ${kind} there that nobody uses, or store into a GitHub environment of its own ` +
      '(`github-environment:<name>`). Nothing was changed.',
  });
}
