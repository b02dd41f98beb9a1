import type { Core, Runner } from '../github/runner.ts';
import { createRunner } from '../github/runner.ts';
import type { Clock, Interruption, Send } from '../http/send.ts';
import { createSend } from '../http/send.ts';
import type { Transport } from '../http/transport.ts';
import type { ReadFile } from '../inputs/icon.ts';
import type { Limits } from '../limits.ts';
import { limitsFor } from '../limits.ts';
import { traceHeaders } from '../pingone/trace.ts';
import type { Settings } from '../settings.ts';
import { delivers } from '../settings.ts';
import { inline } from '../text.ts';
import type { Progress } from './progress.ts';
import { createProgress } from './progress.ts';

/** What the process gives to each entry point (`process.ts`); tests hand in another. */
export interface ProcessWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The payload of the event that started the workflow. */
  readonly event: () => unknown;
  readonly core: Core;
  /** Why nothing can be appended to a file; undefined if it can. */
  readonly appendProblem: (path: string) => string | undefined;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: () => number;
  /** A new ID, different for every process. */
  readonly randomId: () => string;
  readonly interruption: Interruption;
  /** Ends what is still under way, once the step has failed. */
  readonly giveUp: () => void;
}

/** The world of the step that ensures a worker. */
export interface World extends ProcessWorld {
  readonly readFile: ReadFile;
}

/** What all steps of one run share. */
export interface Session {
  readonly settings: Settings;
  readonly limits: Limits;
  readonly runner: Runner;
  readonly clock: Clock;
  readonly random: () => number;
  /** The ID of this run of the step in the record: the jobs of a matrix share the workflow's run ID. */
  readonly instanceId: string;
  readonly interruption: Interruption;
  /** When the step's time is up, in milliseconds since the epoch. */
  readonly deadline: number;
  readonly send: Send;
  readonly progress: Progress;
  /** Headers of every request to PingOne: its audit trail leads back to the workflow run by them. */
  readonly trace: Readonly<Record<string, string>>;
}

/** The runner of this world. */
export function runnerOf({ core, env }: ProcessWorld): Runner {
  return createRunner(core, Boolean(env['GITHUB_STEP_SUMMARY']));
}

/** Starts the step's clock: from here on everything has to fit into `timeout`. */
export function openSession(world: World, plainRunner: Runner, settings: Settings): Session {
  const { clock, random, transport, interruption } = world;
  const limits = limitsFor(settings.timeoutSeconds);
  const deadline = clock.now() + limits.totalMs;
  const progress = createProgress();
  plainRunner.entitle(`PingOne worker ${shownName(settings)}`);
  // The summary repeats all warnings.
  const runner: Runner = {
    ...plainRunner,
    warning: (message) => {
      progress.warn(message);
      plainRunner.warning(message);
    },
  };
  const send = createSend({
    transport,
    clock,
    random,
    interruption,
    limits,
    deadline,
    onWait: runner.info,
    onAnswer: runner.debug,
  });
  return {
    settings,
    limits,
    runner,
    progress,
    clock,
    random,
    instanceId: world.randomId(),
    interruption,
    deadline,
    send,
    trace: traceHeaders(settings.run),
  };
}

/** Masks a client id or an environment id as soon as it is known, where the input `mask-ids` says so. */
export function maskId({ settings, runner }: Session, id: string): void {
  if (settings.maskIds) runner.mask(id);
}

/** Whether anybody asked for the worker's secret, or for a proof that it works. */
export function needsSecret(settings: Settings): boolean {
  if (!delivers(settings)) return false;
  const { outputSecret, verify, store, dataSync, desired } = settings;
  return outputSecret || verify || desired.rotateSecret !== false || store !== undefined || dataSync !== undefined;
}

/** How messages call the worker: by its name, or by the id that was given instead. */
export function shownName({ desired }: Settings): string {
  return inline(desired.name ?? desired.applicationId ?? '', 100);
}
