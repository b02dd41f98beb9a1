import { GitHubError, gitHubCall } from './errors.ts';
import type { GitHub } from './octokit.ts';
import type { PublicKey } from './seal.ts';
import { seal } from './seal.ts';

/** A place in GitHub that keeps secrets, with its public key at hand. */
export interface SecretStore {
  /** For messages: `the repository owner/name`. */
  readonly label: string;
  /** The names of the secrets that it held when it was opened, in upper case. */
  readonly existing: ReadonlySet<string>;
  /** Writes one secret; throws GitHubError or NetworkError. */
  write(name: string, value: string): Promise<void>;
}

/**
 * The Actions secrets of a repository. Source: GitHub REST API docs, "Actions secrets": a repository keeps at most 100,
 * which is one page.
 */
export async function openRepositoryStore(
  gitHub: GitHub,
  repository: { readonly owner: string; readonly repo: string },
): Promise<SecretStore> {
  const { actions } = gitHub.rest;
  const fetchKey = (): Promise<PublicKey> =>
    gitHubCall(async () => (await actions.getRepoPublicKey({ ...repository })).data);
  const [key, listed] = await Promise.all([
    fetchKey(),
    gitHubCall(async () => (await actions.listRepoSecrets({ ...repository, per_page: 100 })).data.secrets),
  ]);
  return {
    label: `the repository ${repository.owner}/${repository.repo}`,
    existing: new Set(listed.map(({ name }) => name.toUpperCase())),
    write: (name, value) =>
      writeSealed(key, fetchKey, value, async (sealed) => {
        await actions.createOrUpdateRepoSecret({ ...repository, secret_name: name, ...sealed });
      }),
  };
}

/** What a PUT of a secret holds. */
interface SealedValue {
  readonly encrypted_value: string;
  readonly key_id: string;
}

/** Seals and writes. GitHub may have changed its key since it was read (422): then the new one is used, once. */
async function writeSealed(
  key: PublicKey,
  fetchKey: () => Promise<PublicKey>,
  value: string,
  put: (sealed: SealedValue) => Promise<void>,
): Promise<void> {
  const write = async (used: PublicKey): Promise<void> => {
    const sealed = { encrypted_value: await seal(value, used), key_id: used.key_id };
    await gitHubCall(() => put(sealed));
  };
  try {
    await write(key);
  } catch (error) {
    const isOldKey = error instanceof GitHubError && error.status === 422;
    if (!isOldKey) throw error;
    const current = await fetchKey();
    if (current.key_id === key.key_id) throw error;
    await write(current);
  }
}
