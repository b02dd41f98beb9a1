import type { Clock, Interruption } from '../http/send.ts';
import { createBackoff, inSeconds } from '../http/send.ts';
import type { GitHub } from './api.ts';
import { readList } from './api.ts';
import { gitHubCall, isNotFound, unlessMissing } from './errors.ts';
import type { RepositoryName } from './names.ts';
import type { Names, SecretStore, TargetCalls } from './secrets.ts';
import { environmentCalls, readExisting, writersOf } from './secrets.ts';

/** Patience with a GitHub environment that was created a moment ago. */
export interface CreationContext {
  /** How long GitHub may answer 404 for it, in milliseconds. */
  readonly patienceMs: number;
  readonly clock: Clock;
  readonly interruption: Interruption;
  /** Told what is done and waited for, for the log. */
  readonly say: (line: string) => void;
}

const environmentPollMs = 1_000;

/** A GitHub environment that does not exist yet. */
export interface NewEnvironment {
  readonly gitHub: GitHub;
  readonly repository: RepositoryName;
  readonly name: string;
  /** What will be written, in upper case. */
  readonly names: Names;
  readonly label: string;
}

/** Whether the repository has a GitHub environment of this name. A 404 proves nothing: the whole list has to agree. */
export async function isEnvironment(gitHub: GitHub, { owner, repo }: RepositoryName, name: string): Promise<boolean> {
  const { repos } = gitHub.rest;
  if (await unlessMissing(() => repos.getEnvironment({ owner, repo, environment_name: name }))) return true;
  const list = await readList(gitHub, repos.getAllEnvironments.endpoint({ owner, repo }), 'environments', (item) =>
    typeof item['name'] === 'string' ? { name: item['name'].toLowerCase() } : undefined,
  );
  return list.items.some((environment) => environment.name === name.toLowerCase());
}

/**
 * A GitHub environment that does not exist: `prepare` creates it, once nothing else can be refused any more.
 *
 * The PUT is empty and is sent only after another look finds none: on an existing environment it would remove every
 * protection rule that it does not repeat (GitHub REST API docs, "Create or update an environment").
 */
export function storeToCreate(environment: NewEnvironment, context: CreationContext): SecretStore {
  const { gitHub, repository, name, names, label } = environment;
  const calls = environmentCalls(gitHub, repository, name);
  const path = { owner: repository.owner, repo: repository.repo, environment_name: name };
  let writers: Pick<SecretStore, 'writeSecret' | 'writeVariable'> | undefined;
  const prepare = async (): Promise<void> => {
    if (writers) return;
    if (!(await isEnvironment(gitHub, repository, name))) {
      context.say(`Creating ${label}`);
      await gitHubCall(() => gitHub.rest.repos.createOrUpdateEnvironment(path));
    }
    const patient = patientCalls(calls, label, context);
    writers = writersOf(patient, await gitHubCall(() => patient.publicKey()));
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

/** The same calls, each repeated for as long as GitHub does not know the new environment yet. */
function patientCalls(calls: TargetCalls, label: string, context: CreationContext): TargetCalls {
  const { clock, interruption, patienceMs, say } = context;
  const until = clock.now() + patienceMs;
  const patiently = async <T>(call: () => Promise<T>): Promise<T> => {
    const backoff = createBackoff({ clock, interruption, firstMs: environmentPollMs, until });
    const announce = (leftMs: number): void =>
      say(`GitHub does not know ${label} yet; retrying for up to ${inSeconds(leftMs)}`);
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
    publicKey: () => patiently(() => calls.publicKey()),
    putSecret: (name, sealed) => patiently(() => calls.putSecret(name, sealed)),
    createVariable: (name, value) => patiently(() => calls.createVariable(name, value)),
  };
}
