import { ActionError } from '../errors.ts';
import { sentenceList } from '../text.ts';
import type { Calls } from './calls.ts';
import { gitHubCall, GitHubError, unlessMissing } from './errors.ts';
import type { PublicKey } from './seal.ts';
import { seal } from './seal.ts';

/** The names of secrets and of variables. */
export interface Names {
  readonly secrets: readonly string[];
  readonly variables: readonly string[];
}

/** What a place holds under the names that are to be written, which are in upper case. */
export interface Existing {
  /** When each was last written, as GitHub's list says; undefined if it does not say, which equals no time. */
  readonly secrets: ReadonlyMap<string, string | undefined>;
  /** The value of each. */
  readonly variables: ReadonlyMap<string, string>;
}

/** A place in GitHub that keeps secrets and variables, with its public key at hand. Everything throws GitHubError. */
export interface SecretStore {
  /** For messages: `the repository owner/name`. */
  readonly label: string;
  /** What it held when it was opened. */
  readonly existing: Existing;
  /** Reads again what it holds, e.g. once something was written. */
  readExisting(): Promise<Existing>;
  /** Makes the place if it does not exist yet; it has to be called before the first write. */
  prepare(): Promise<void>;
  /** @returns the `Date` of GitHub's response */
  writeSecret(name: string, value: string): Promise<string | undefined>;
  writeVariable(name: string, value: string): Promise<void>;
}

/**
 * Opens a place that exists: reads its public key, and which of the names it holds already.
 *
 * @param names what will be written, in upper case
 * @throws ActionError if the place has no room for what is new
 */
export async function openStore(calls: Calls, label: string, names: Names): Promise<SecretStore> {
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
    existing,
    readExisting: () => readExisting(calls, names),
    prepare: () => Promise.resolve(),
    ...writersOf(calls, key),
  };
}

/** What a place holds now. */
export async function readExisting(calls: Calls, names: Names): Promise<Existing> {
  return (await readHeld(calls, names)).existing;
}

async function readHeld(
  calls: Calls,
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

/** A variable's value; undefined if the place holds none of this name. */
export function readVariable(calls: Calls, name: string): Promise<string | undefined> {
  return unlessMissing(() => calls.readVariable(name));
}

/** The two ways to write to a place whose public key is known. */
export function writersOf(calls: Calls, key: PublicKey): Pick<SecretStore, 'writeSecret' | 'writeVariable'> {
  return {
    writeSecret: (name, value) => writeSealed(calls, key, name, value),
    writeVariable: (name, value) => writeVariable(calls, name, value),
  };
}

/** Seals and writes. GitHub may have changed its key since it was read (422): then the new one is used, once. */
async function writeSealed(calls: Calls, key: PublicKey, name: string, value: string): Promise<string | undefined> {
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
async function writeVariable(calls: Calls, name: string, value: string): Promise<void> {
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
    cause: `the place holds ${limit} ${kind} or nearly as many.`,
    fix:
      `delete ${kind} there that nobody uses, or store into a GitHub environment of its own ` +
      '(`github-environment:<name>`). Nothing was changed.',
  });
}
