import { createBackoff } from '../http/backoff.ts';
import type { Clock, Interruption } from '../http/send.ts';
import type { Calls } from './calls.ts';
import { gitHubCall, GitHubError, unlessMissing } from './errors.ts';
import type { GitHub } from './octokit.ts';
import type { SecretStore } from './secrets.ts';
import { writersOf } from './secrets.ts';

/** Patience with a GitHub environment that was created a moment ago. */
export interface CreationContext {
  /** How long GitHub may answer 404 for it, in milliseconds. */
  readonly patienceMs: number;
  readonly clock: Clock;
  readonly interruption: Interruption;
  /** Told what is done and waited for, for the log. */
  readonly say: (line: string) => void;
}

const pollMs = 1_000;

/**
 * A GitHub environment that does not exist: `prepare` creates it, once nothing else can be refused any more.
 *
 * The PUT is empty and goes out only after another look says 404: on an existing environment it would take away every
 * protection rule that it does not repeat (GitHub REST API docs, "Create or update an environment").
 */
export function storeToCreate(
  gitHub: GitHub,
  place: { owner: string; repo: string; environment_name: string },
  calls: Calls,
  label: string,
  context: CreationContext,
): SecretStore {
  let writers: Pick<SecretStore, 'writeSecret' | 'writeVariable'> | undefined;
  const prepare = async (): Promise<void> => {
    if (writers) return;
    if (!(await unlessMissing(() => gitHub.rest.repos.getEnvironment(place)))) {
      context.say(`Creating ${label}`);
      await gitHubCall(() => gitHub.rest.repos.createOrUpdateEnvironment(place));
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
    existing: { secrets: [], variables: [] },
    prepare,
    writeSecret: async (name, value) => (await prepared()).writeSecret(name, value),
    writeVariable: async (name, value) => (await prepared()).writeVariable(name, value),
  };
}

/** The same calls, each repeated for as long as GitHub does not know the new environment yet. */
function patientCalls(calls: Calls, label: string, context: CreationContext): Calls {
  const { clock, interruption, patienceMs, say } = context;
  const until = clock.now() + patienceMs;
  const patiently = async <T>(call: () => Promise<T>): Promise<T> => {
    const backoff = createBackoff({ clock, interruption, firstMs: pollMs, until });
    const line = `GitHub does not know ${label} yet; trying again in ${pollMs / 1000} s`;
    for (;;) {
      try {
        return await gitHubCall(call);
      } catch (error) {
        const isLate = error instanceof GitHubError && error.status === 404;
        if (!isLate || !(await backoff.pause(() => say(line)))) throw error;
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
