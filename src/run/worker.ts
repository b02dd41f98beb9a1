import type { Application, ApplicationRef } from '../pingone/applications.ts';
import { createPingOne } from '../pingone/client.ts';
import type { PingOne } from '../pingone/client.ts';
import type { Environment } from '../pingone/environments.ts';
import type { ClientSecret } from '../pingone/secret.ts';
import type { AccessTokens } from '../pingone/token.ts';
import type { Change, Result } from '../reconcile/diff.ts';
import type { OwnerFacts, RecordState } from '../reconcile/ownership.ts';
import type { HeldRole } from '../reconcile/roles.ts';
import type { Connection } from './connect.ts';
import type { RunContext } from './context.ts';

/** How the steps reach PingOne, and which application they must never touch. */
export interface StepContext {
  readonly session: RunContext;
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
export function pingOneFor(session: RunContext, tokens: AccessTokens, isYoung = false): PingOne {
  const { settings, limits, runner, clock, interruption, send, trace } = session;
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
