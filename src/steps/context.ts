import type { Application, ApplicationRef } from '../pingone/applications.ts';
import type { PingOne } from '../pingone/client.ts';
import type { Environment } from '../pingone/environments.ts';
import type { ClientSecret } from '../pingone/secret.ts';
import type { Change, Result } from '../worker/changes.ts';
import type { OwnerFacts, RecordState } from '../worker/record.ts';
import type { HeldRole } from '../worker/roles.ts';
import type { Connection } from './connect.ts';
import type { Session } from './session.ts';

/** How the steps reach PingOne, and which application they must never touch. */
export interface StepContext {
  readonly session: Session;
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
