import type { GitHub } from './octokit.ts';
import type { WholeList } from './lists.ts';
import { readList } from './lists.ts';
import type { RepositoryName } from './place-name.ts';
import type { PublicKey, SealedValue } from './seal.ts';

/** A secret as a list shows it. */
export interface ListedSecret {
  /** In upper case. */
  readonly name: string;
  /** When it was last written, in whole seconds of GitHub's clock; undefined if GitHub does not say. */
  readonly updatedAt: string | undefined;
}

/**
 * GitHub's calls for one place that keeps secrets and variables. All of them throw what `gitHubCall` throws.
 * Source: GitHub REST API docs, "Actions secrets", "Actions variables".
 */
export interface Calls {
  /** The most that the place keeps. Source: GitHub docs, "Secrets reference" and "Variables reference", limits. */
  readonly limits: { readonly secrets: number; readonly variables: number };
  publicKey(): Promise<PublicKey>;
  listSecrets(): Promise<WholeList<ListedSecret>>;
  /** @returns the `Date` of GitHub's response */
  putSecret(name: string, sealed: SealedValue): Promise<string | undefined>;
  deleteSecret(name: string): Promise<unknown>;
  /** How many variables the place keeps. */
  countVariables(): Promise<number>;
  /** The variable's value. */
  readVariable(name: string): Promise<string>;
  createVariable(name: string, value: string): Promise<unknown>;
  updateVariable(name: string, value: string): Promise<unknown>;
  deleteVariable(name: string): Promise<unknown>;
}

/** The calls for a repository's own secrets and variables. */
export function repositoryCalls(gitHub: GitHub, repository: RepositoryName): Calls {
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
export function environmentCalls(gitHub: GitHub, repository: RepositoryName, name: string): Calls {
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
