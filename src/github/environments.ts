import type { Clock, Interruption } from '../http/send.ts';
import { createBackoff, inSeconds } from '../http/send.ts';
import type { GitHub } from './api.ts';
import { readList } from './api.ts';
import { gitHubCall, isNotFound, unlessMissing } from './errors.ts';
import type { RepositoryName } from './names.ts';
import type { Names, SecretStore, TargetCalls } from './secrets.ts';
import { environmentCalls, readExisting, writersOf } from './secrets.ts';

/** How the action waits for a GitHub environment that it created. */
export interface CreationContext {
  /** How long GitHub may return 404 for it, in milliseconds. */
  readonly patienceMs: number;
  readonly clock: Clock;
  readonly interruption: Interruption;
  /** Called with lines for the log. */
  readonly log: (line: string) => void;
}

const environmentPollMs = 1_000;

/** A GitHub environment that does not exist yet. */
export interface NewEnvironment {
  readonly gitHub: GitHub;
  readonly repository: RepositoryName;
  readonly name: string;
  /** The names to write, in upper case. */
  readonly names: Names;
  readonly label: string;
}

/** Whether the repository has a GitHub environment of this name. A 404 is checked against the complete list. */
export async function isEnvironment(gitHub: GitHub, { owner, repo }: RepositoryName, name: string): Promise<boolean> {
  const { repos } = gitHub.rest;
  if (await unlessMissing(() => repos.getEnvironment({ owner, repo, environment_name: name }))) return true;
  const list = await readList(gitHub, repos.getAllEnvironments.endpoint({ owner, repo }), 'environments', (item) =>
    typeof item['name'] === 'string' ? { name: item['name'].toLowerCase() } : undefined,
  );
  return list.items.some((environment) => environment.name === name.toLowerCase());
}

/**
 * A GitHub environment that does not exist. `prepare` creates it, after all other checks.
 *
 * The PUT is empty and is sent only after another check: on an existing environment it would remove every protection
 * rule that it does not repeat (GitHub REST API docs, "Create or update an environment").
 */
export function storeToCreate(environment: NewEnvironment, context: CreationContext): SecretStore {
  const { gitHub, repository, name, names, label } = environment;
  const calls = environmentCalls(gitHub, repository, name);
  const path = { owner: repository.owner, repo: repository.repo, environment_name: name };
  let writers: Pick<SecretStore, 'writeSecret' | 'writeVariable'> | undefined;
  const prepare = async (): Promise<void> => {
    if (writers) return;
    if (!(await isEnvironment(gitHub, repository, name))) {
      context.log(`Creating ${label}`);
      await gitHubCall(() => gitHub.rest.repos.createOrUpdateEnvironment(path));
    }
    const retried = retriedCalls(calls, label, context);
    writers = writersOf(retried, await gitHubCall(() => retried.publicKey()));
  };
  const prepared = async (): Promise<Pick<SecretStore, 'writeSecret' | 'writeVariable'>> => {
    await prepare();
    if (!writers) throw new Error('a GitHub environment was created without a public key');
    return writers;
  };
  return {
    label,
    calls,
    existing: { secrets: new Map(), variables: new Map() },
    readExisting: () => readExisting(calls, names),
    prepare,
    writeSecret: async (secret, value) => (await prepared()).writeSecret(secret, value),
    writeVariable: async (variable, value) => (await prepared()).writeVariable(variable, value),
  };
}

/** The same calls, each retried while GitHub returns 404 for the new environment. */
function retriedCalls(calls: TargetCalls, label: string, context: CreationContext): TargetCalls {
  const { clock, interruption, patienceMs, log } = context;
  const until = clock.now() + patienceMs;
  const retry = async <T>(call: () => Promise<T>): Promise<T> => {
    const backoff = createBackoff({ clock, interruption, firstMs: environmentPollMs, until });
    const announce = (leftMs: number): void =>
      log(`GitHub does not show ${label} yet. Retrying for up to ${inSeconds(leftMs)}`);
    for (;;) {
      try {
        return await gitHubCall(call);
      } catch (error) {
        if (!isNotFound(error) || !(await backoff.pause(announce))) throw error;
      }
    }
  };
  return {
    ...calls,
    publicKey: () => retry(() => calls.publicKey()),
    putSecret: (name, sealed) => retry(() => calls.putSecret(name, sealed)),
    createVariable: (name, value) => retry(() => calls.createVariable(name, value)),
  };
}
