// The context of a run: what all its steps share.
import type { Core, Runner } from '../github/runner.ts';
import { createRunner } from '../github/runner.ts';
import type { Clock, Interruption, Send } from '../http/send.ts';
import { createSend } from '../http/send.ts';
import type { Transport } from '../http/transport.ts';
import type { ReadFile } from '../inputs/application.ts';
import type { Application, ApplicationRef, ClientSecret } from '../pingone/applications.ts';
import type { PingOne } from '../pingone/client.ts';
import { createPingOne } from '../pingone/client.ts';
import type { Environment } from '../pingone/environments.ts';
import type { AccessTokens } from '../pingone/token.ts';
import type { Change, Result } from '../reconcile/diff.ts';
import type { OwnerFacts, RecordState } from '../reconcile/ownership.ts';
import type { HeldRole } from '../reconcile/roles.ts';
import type { RunIdentity, Settings } from '../settings.ts';
import { delivers } from '../settings.ts';
import { inline } from '../text.ts';
import type { Progress } from './progress.ts';
import { createProgress } from './progress.ts';

/** The limits of the step, all derived from the input `timeout`. Times in milliseconds, sizes in bytes. */
export interface Limits {
  /** The whole step. */
  readonly totalMs: number;
  /** One request with its response. */
  readonly requestMs: number;
  /** The largest body of a response. */
  readonly bodyBytes: number;
  /** The longest back-off between two attempts. */
  readonly backoffMs: number;
  /** The longest accepted `Retry-After`. */
  readonly retryAfterMs: number;
  /** How long to wait until PingOne accepts new credentials and returns the parts of a new application. */
  readonly verifyMs: number;
  /** How long to wait until the list of applications shows the created one. */
  readonly lookMs: number;
  /** How long the write of an intent may take, and how long the run then waits before it relies on it. */
  readonly intentMs: number;
  /** How long to retry while PingOne sets up the environment. */
  readonly youngEnvironmentMs: number;
  /** The remaining time that a rotation needs, to verify and store the new secret. */
  readonly rotationMs: number;
  /** The part of it that is reserved for storing, and the most that revoking the previous secret may take. */
  readonly storeMs: number;
}

/**
 * Every limit is a share of the step's timeout, so a short timeout shortens every wait.
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
 * Headers of every request that link PingOne's audit trail to the workflow run: at most 100 characters, letters, digits
 * and `. _ - / @ = # +` (PingOne API docs, "Request headers").
 */
export function traceHeaders({ owner, repository, runId, runAttempt }: RunIdentity): Readonly<Record<string, string>> {
  const header = (name: string, value: string): Record<string, string> =>
    value === '' ? {} : { [name]: value.replace(/[^A-Za-z0-9._\-/@=#+]/g, '_').slice(0, 100) };
  return {
    ...header('x-ping-external-transaction-id', [owner?.repositoryId, runId, runAttempt].filter(Boolean).join('/')),
    ...header('x-ping-external-session-id', repository),
  };
}

/** What each entry point needs from the process (`process.ts`); tests pass their own. */
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
  /** Cancels pending requests after the step has failed. */
  readonly abortPending: () => void;
}

/** What the main entry point needs from the process. */
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
  /** The ID of this run of the step in the record. (The jobs of a matrix share the workflow's run ID.) */
  readonly instanceId: string;
  readonly interruption: Interruption;
  /** When the step's time ends, in milliseconds since the epoch. */
  readonly deadline: number;
  readonly send: Send;
  readonly progress: Progress;
  /** `traceHeaders`, for every request to PingOne. */
  readonly trace: Readonly<Record<string, string>>;
}

/** Creates the runner of this process. */
export function runnerOf({ core, env }: ProcessDependencies): Runner {
  return createRunner(core, env['GITHUB_STEP_SUMMARY']);
}

/** Creates the context and starts the step's `timeout`. */
export function createRunContext(dependencies: Dependencies, plainRunner: Runner, settings: Settings): RunContext {
  const { clock, random, transport, interruption } = dependencies;
  const limits = limitsFor(settings.timeoutSeconds);
  const deadline = clock.now() + limits.totalMs;
  const progress = createProgress();
  plainRunner.setTitle(`PingOne worker ${shownName(settings)}`);
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
    onResponse: runner.debug,
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

/** Masks a client ID or an environment ID, if `mask-ids` is `true`. */
export function maskId({ settings, runner }: RunContext, id: string): void {
  if (settings.maskIds) runner.mask(id);
}

/** Whether the inputs need the worker's secret. */
export function needsSecret(settings: Settings): boolean {
  if (!delivers(settings)) return false;
  const { outputSecret, verify, store, dataSync, desired } = settings;
  return outputSecret || verify || desired.rotateSecret !== false || store !== undefined || dataSync !== undefined;
}

/** The worker as messages name it: by its name, or by its ID if `name` is empty. */
export function shownName({ desired }: Settings): string {
  return inline(desired.name ?? desired.applicationId ?? '', 100);
}

/** Signed in with the admin credentials. */
export interface Connection {
  readonly tokens: AccessTokens;
  /** The client ID of the admin application, if known. That application is never changed. */
  readonly adminClientId: string | undefined;
}

/** The run with its connection to PingOne. */
export interface StepContext {
  readonly run: RunContext;
  readonly pingone: PingOne;
  readonly connection: Connection;
}

/** The worker after the changes. */
export interface AppliedWorker {
  readonly ref: ApplicationRef;
  readonly application: Application;
  /** True if this run's POST created the application. */
  readonly isCreated: boolean;
  /** The new worker's secret, read ahead; undefined for any other. */
  readonly secret?: ClientSecret | undefined;
}

/** The worker with its record. */
export interface NotedWorker extends AppliedWorker {
  /** The record before this run changed it. */
  readonly seen: RecordState;
  readonly record: RecordState;
  /** PingOne's message, if it refused to change the record. */
  readonly recordRefused: string | undefined;
  /** The facts to write again at the end, if PingOne refused them. */
  readonly ownerFacts: OwnerFacts;
}

/** The worker after the plan, with the result. */
export interface EnsuredWorker extends NotedWorker {
  readonly context: StepContext;
  readonly environment: Environment;
  readonly plan: readonly Change[];
  readonly result: Result;
  /** How old the secret is and when it will be rotated, if `rotate-secret` is an age. */
  readonly secretAge: string | undefined;
  /** All roles of the worker. */
  readonly roles: readonly HeldRole[];
}

/**
 * Creates the client of PingOne's API with these tokens.
 *
 * @param isYoung true while PingOne may still be setting up the environment (`isSetupLag`)
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
