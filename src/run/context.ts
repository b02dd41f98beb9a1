// What all steps of one run share.
import type { Core, Runner } from '../github/runner.ts';
import { createRunner } from '../github/runner.ts';
import type { Clock, Interruption, Send } from '../http/send.ts';
import { createSend } from '../http/send.ts';
import type { Transport } from '../http/transport.ts';
import type { ReadFile } from '../inputs/application.ts';
import type { Application, ApplicationRef } from '../pingone/applications.ts';
import type { PingOne } from '../pingone/client.ts';
import { createPingOne } from '../pingone/client.ts';
import type { Environment } from '../pingone/environments.ts';
import type { ClientSecret } from '../pingone/secret.ts';
import type { AccessTokens } from '../pingone/token.ts';
import type { Change, Result } from '../reconcile/diff.ts';
import type { OwnerFacts, RecordState } from '../reconcile/ownership.ts';
import type { HeldRole } from '../reconcile/roles.ts';
import type { RunIdentity, Settings } from '../settings.ts';
import { delivers } from '../settings.ts';
import { inline } from '../text.ts';
import type { Progress } from './progress.ts';
import { createProgress } from './progress.ts';

/** How long and how much the step allows, all derived from the input `timeout`. Times in milliseconds, sizes in bytes. */
export interface Limits {
  /** The whole step. */
  readonly totalMs: number;
  /** One request, first byte to last. */
  readonly requestMs: number;
  /** The largest body of an answer. */
  readonly bodyBytes: number;
  /** The longest back-off between two attempts. */
  readonly backoffMs: number;
  /** The longest `Retry-After` that is obeyed. */
  readonly retryAfterMs: number;
  /** Waiting for new credentials to be accepted, and for the parts of a new application to appear. */
  readonly verifyMs: number;
  /** Looking in the list of applications for our own one after creating it. */
  readonly lookMs: number;
  /** How long a run has to write an intent, and how long it then waits before it relies on it. */
  readonly intentMs: number;
  /** Patience with an environment that PingOne is still setting up. */
  readonly youngEnvironmentMs: number;
  /** What must be left of the step's time before a secret is rotated: enough to verify and to store the new one. */
  readonly rotationMs: number;
  /** What of that is kept for storing it. */
  readonly storeMs: number;
}

/**
 * Every limit as a share of the step's timeout, so that a short timeout makes every wait short as well.
 *
 * @param timeoutSeconds the input `timeout`, in seconds
 */
export function limitsFor(timeoutSeconds: number): Limits {
  const totalMs = timeoutSeconds * 1000;
  return {
    totalMs,
    requestMs: Math.min(15_000, totalMs / 10),
    bodyBytes: 16 * 1024 * 1024,
    backoffMs: Math.min(8_000, totalMs / 20),
    retryAfterMs: Math.min(60_000, totalMs / 4),
    verifyMs: Math.min(90_000, totalMs * 0.3),
    lookMs: Math.min(15_000, totalMs / 10),
    intentMs: Math.min(3_000, totalMs / 20),
    youngEnvironmentMs: Math.min(120_000, totalMs * 0.4),
    rotationMs: Math.min(60_000, totalMs / 5),
    storeMs: Math.min(30_000, totalMs / 10),
  };
}

/**
 * What leads from PingOne's audit trail back to the workflow run, on every request: at most 100 characters, letters,
 * digits and `. _ - / @ = # +` (PingOne API docs, "Request headers").
 */
export function traceHeaders({ owner, repository, runId, runAttempt }: RunIdentity): Readonly<Record<string, string>> {
  const header = (name: string, value: string): Record<string, string> =>
    value === '' ? {} : { [name]: value.replace(/[^A-Za-z0-9._\-/@=#+]/g, '_').slice(0, 100) };
  return {
    ...header('x-ping-external-transaction-id', [owner?.repositoryId, runId, runAttempt].filter(Boolean).join('/')),
    ...header('x-ping-external-session-id', repository),
  };
}

/** What the process gives to each entry point (`process.ts`); tests hand in another. */
export interface ProcessDependencies {
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
  readonly abortPending: () => void;
}

/** What the process hands in to the step that ensures a worker. */
export interface Dependencies extends ProcessDependencies {
  readonly readFile: ReadFile;
}

/** What all steps of one run share. */
export interface RunContext {
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

/** The runner of this process. */
export function runnerOf({ core, env }: ProcessDependencies): Runner {
  return createRunner(core, env['GITHUB_STEP_SUMMARY']);
}

/** Starts the step's clock: from here on everything has to fit into `timeout`. */
export function createRunContext(dependencies: Dependencies, plainRunner: Runner, settings: Settings): RunContext {
  const { clock, random, transport, interruption } = dependencies;
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
    instanceId: dependencies.randomId(),
    interruption,
    deadline,
    send,
    trace: traceHeaders(settings.run),
  };
}

/** Masks a client id or an environment id as soon as it is known, where the input `mask-ids` says so. */
export function maskId({ settings, runner }: RunContext, id: string): void {
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

/** Signed in with the admin credentials. */
export interface Connection {
  readonly tokens: AccessTokens;
  /** The client id of the admin credentials, as far as it is known: that application is never touched. */
  readonly adminClientId: string | undefined;
}

/** How the steps reach PingOne, and which application they must never touch. */
export interface StepContext {
  readonly run: RunContext;
  readonly pingone: PingOne;
  readonly connection: Connection;
}

/** The worker after the changes were made. */
export interface AppliedWorker {
  readonly ref: ApplicationRef;
  readonly application: Application;
  /** True if this run's POST made the application. */
  readonly isCreated: boolean;
  /** The new worker's secret, read ahead; undefined for any other. */
  readonly secret?: ClientSecret | undefined;
}

/** What this run noted about the worker. */
export interface NotedWorker extends AppliedWorker {
  /** The record as this run read it, before it noted anything. */
  readonly seen: RecordState;
  readonly record: RecordState;
  /** PingOne's message, if it refused to change the record. */
  readonly recordRefused: string | undefined;
  /** What has to be noted again at the end, if it was refused. */
  readonly ownerFacts: OwnerFacts;
}

/** The worker as it should be, and what was done for it. */
export interface EnsuredWorker extends NotedWorker {
  readonly context: StepContext;
  readonly environment: Environment;
  readonly plan: readonly Change[];
  readonly result: Result;
  /** How old the secret was before this run and when it is due for rotation, if that depends on its age. */
  readonly secretAge: string | undefined;
  /** All roles that the worker holds now. */
  readonly roles: readonly HeldRole[];
}

/**
 * PingOne's API with these tokens.
 *
 * @param isYoung true while PingOne may still be setting the environment up, see `isSettling`
 */
export function pingOneFor(run: RunContext, tokens: AccessTokens, isYoung = false): PingOne {
  const { settings, limits, runner, clock, interruption, send, trace } = run;
  return createPingOne({
    apiUrl: settings.apiUrl,
    send,
    tokens,
    traceHeaders: trace,
    clock,
    interruption,
    lagMs: isYoung ? limits.youngEnvironmentMs : limits.verifyMs,
    isYoung,
    onWait: runner.info,
  });
}
