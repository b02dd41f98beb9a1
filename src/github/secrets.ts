import type { Calls } from './calls.ts';
import { gitHubCall, GitHubError, unlessMissing } from './errors.ts';
import type { PublicKey } from './seal.ts';
import { seal } from './seal.ts';

/** The names of secrets and of variables. */
export interface Names {
  readonly secrets: readonly string[];
  readonly variables: readonly string[];
}

/** A place in GitHub that keeps secrets and variables, with its public key at hand. Everything throws GitHubError. */
export interface SecretStore {
  /** For messages: `the repository owner/name`. */
  readonly label: string;
  /** Those of the names that are to be written which it held when it was opened, in upper case. */
  readonly existing: Names;
  /** Makes the place where it does not exist yet; it has to be called before the first write. */
  prepare(): Promise<void>;
  writeSecret(name: string, value: string): Promise<void>;
  writeVariable(name: string, value: string): Promise<void>;
}

/**
 * Opens a place that is there: reads its public key, and which of the names it holds already.
 *
 * @param names what will be written, in upper case
 */
export async function openStore(calls: Calls, label: string, names: Names): Promise<SecretStore> {
  const reads = [
    gitHubCall(() => calls.publicKey()),
    gitHubCall(() => calls.heldSecrets(names.secrets)),
    Promise.all(names.variables.map(async (name) => ((await isVariable(calls, name)) ? [name] : []))),
  ] as const;
  // Where several fail, the first in this order is told, whichever was the quickest.
  await Promise.allSettled(reads);
  const [key, secrets, variables] = await Promise.all(reads);
  return {
    label,
    existing: { secrets, variables: variables.flat() },
    prepare: () => Promise.resolve(),
    ...writersOf(calls, key),
  };
}

/** The two ways to write to a place whose public key is known. */
export function writersOf(calls: Calls, key: PublicKey): Pick<SecretStore, 'writeSecret' | 'writeVariable'> {
  return {
    writeSecret: (name, value) => writeSealed(calls, key, name, value),
    writeVariable: (name, value) => writeVariable(calls, name, value),
  };
}

/** Seals and writes. GitHub may have changed its key since it was read (422): then the new one is used, once. */
async function writeSealed(calls: Calls, key: PublicKey, name: string, value: string): Promise<void> {
  const write = async (used: PublicKey): Promise<void> => {
    const sealed = { encrypted_value: await seal(value, used), key_id: used.key_id };
    await gitHubCall(() => calls.putSecret(name, sealed));
  };
  try {
    await write(key);
  } catch (error) {
    const isOldKey = error instanceof GitHubError && error.status === 422;
    if (!isOldKey) throw error;
    const current = await gitHubCall(() => calls.publicKey());
    if (current.key_id === key.key_id) throw error;
    await write(current);
  }
}

/** GitHub has no call that creates or replaces a variable: 409 says that it is there already. */
async function writeVariable(calls: Calls, name: string, value: string): Promise<void> {
  try {
    await gitHubCall(() => calls.createVariable(name, value));
  } catch (error) {
    if (!(error instanceof GitHubError && error.status === 409)) throw error;
    await gitHubCall(() => calls.updateVariable(name, value));
  }
}

/** Whether the place holds a variable of this name. */
export async function isVariable(calls: Calls, name: string): Promise<boolean> {
  return (await unlessMissing(() => calls.readVariable(name))) !== undefined;
}
