import type { GitHub } from './octokit.ts';
import type { RepositoryName } from './place-name.ts';
import type { PublicKey, SealedValue } from './seal.ts';

/**
 * GitHub's calls for one place that keeps secrets and variables. All of them throw what `gitHubCall` throws.
 * Source: GitHub REST API docs, "Actions secrets", "Actions variables".
 */
export interface Calls {
  publicKey(): Promise<PublicKey>;
  /** Those of the names that the place holds as secrets, in upper case. */
  heldSecrets(names: readonly string[]): Promise<readonly string[]>;
  putSecret(name: string, sealed: SealedValue): Promise<void>;
  deleteSecret(name: string): Promise<unknown>;
  readVariable(name: string): Promise<unknown>;
  createVariable(name: string, value: string): Promise<unknown>;
  updateVariable(name: string, value: string): Promise<unknown>;
  deleteVariable(name: string): Promise<unknown>;
}

// A repository and a GitHub environment keep at most 100 secrets each, which is one page (docs, "Limits for secrets").
const wholeList = 100;

/** The calls for a repository's own secrets and variables. */
export function repositoryCalls({ rest: { actions } }: GitHub, repository: RepositoryName): Calls {
  const base = { ...repository };
  return {
    publicKey: async () => (await actions.getRepoPublicKey(base)).data,
    heldSecrets: async (names) =>
      among(names, (await actions.listRepoSecrets({ ...base, per_page: wholeList })).data.secrets),
    putSecret: async (name, sealed) => {
      await actions.createOrUpdateRepoSecret({ ...base, secret_name: name, ...sealed });
    },
    deleteSecret: (name) => actions.deleteRepoSecret({ ...base, secret_name: name }),
    readVariable: (name) => actions.getRepoVariable({ ...base, name }),
    createVariable: (name, value) => actions.createRepoVariable({ ...base, name, value }),
    updateVariable: (name, value) => actions.updateRepoVariable({ ...base, name, value }),
    deleteVariable: (name) => actions.deleteRepoVariable({ ...base, name }),
  };
}

/** The calls for a GitHub environment. Octokit percent-encodes its name, `/` too: it must not be encoded before. */
export function environmentCalls({ rest: { actions } }: GitHub, repository: RepositoryName, name: string): Calls {
  const base = { ...repository, environment_name: name };
  return {
    publicKey: async () => (await actions.getEnvironmentPublicKey(base)).data,
    heldSecrets: async (names) =>
      among(names, (await actions.listEnvironmentSecrets({ ...base, per_page: wholeList })).data.secrets),
    putSecret: async (secret, sealed) => {
      await actions.createOrUpdateEnvironmentSecret({ ...base, secret_name: secret, ...sealed });
    },
    deleteSecret: (secret) => actions.deleteEnvironmentSecret({ ...base, secret_name: secret }),
    readVariable: (variable) => actions.getEnvironmentVariable({ ...base, name: variable }),
    createVariable: (variable, value) => actions.createEnvironmentVariable({ ...base, name: variable, value }),
    updateVariable: (variable, value) => actions.updateEnvironmentVariable({ ...base, name: variable, value }),
    deleteVariable: (variable) => actions.deleteEnvironmentVariable({ ...base, name: variable }),
  };
}

/** Those of the names that are held. */
export function among(names: readonly string[], held: readonly { name: string }[]): readonly string[] {
  const present = new Set(held.map(({ name }) => name.toUpperCase()));
  return names.filter((name) => present.has(name.toUpperCase()));
}
