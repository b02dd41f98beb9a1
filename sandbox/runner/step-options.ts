import type { EnvironmentOverrides } from './environment.ts';
import type { Conclusion, Stream } from './events.ts';
import type { SecretMasker } from './masks.ts';
import type { GracePeriods, StartProcess } from './process.ts';
import type { StepResult } from './step-result.ts';

/** The post step: to be run when the job is over, with the status that the job has then. */
export type PostStep = (status: Conclusion) => Promise<StepResult>;

export interface StepOptions {
  /** The directory that holds action.yml. */
  readonly action: string;
  readonly with?: Readonly<Record<string, string>>;
  /** The step's `env:`. Unlike GitHub's runner it may also replace GITHUB_* and RUNNER_*; undefined removes one. */
  readonly env?: EnvironmentOverrides;
  /** The values that the workflow reads from `secrets`: masked before the step starts. */
  readonly secrets?: readonly string[];
  /** The job's masks, when several steps share them; else the step gets its own. */
  readonly masker?: SecretMasker;
  /** Where the step runs, GITHUB_WORKSPACE. Without it, an empty directory that is removed in the end. */
  readonly workspace?: string;
  /** RUNNER_TEMP. Without it, an empty directory that is removed in the end. */
  readonly temp?: string;
  /** The payload behind GITHUB_EVENT_PATH. */
  readonly event?: unknown;
  /** What `${{ github.… }}` in the defaults of action.yml means, such as `{ token: '…' }`. */
  readonly github?: Readonly<Record<string, string>>;
  /** Receives the post step, of a job with several steps. Without it, `post` runs right after `main`. */
  readonly atJobEnd?: (post: PostStep) => void;
  /** The Node binary; without it, the running one. */
  readonly node?: string;
  /** How the action's scripts are started. Without it, as processes of their own, as GitHub's runner does. */
  readonly startProcess?: StartProcess;
  /**
   * Sends stdout and GITHUB_OUTPUT to one file, so that `events` has the outputs among the lines of stdout, in the order
   * of writing. Stderr's lines come before them all.
   */
  readonly oneStream?: boolean;
  /** After this long a phase is killed, so that nothing hangs. Default: 60,000. */
  readonly timeoutMs?: number;
  readonly graceMs?: Partial<GracePeriods>;
  /** Called with each raw line as it arrives; a place to cancel from. Not for stdout while `oneStream` is set. */
  readonly onLine?: (text: string, stream: Stream) => void;
}
