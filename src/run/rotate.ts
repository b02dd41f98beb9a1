import { ActionError, allFailures, Cancelled, explained } from '../errors.ts';
import type { ClientSecret } from '../pingone/applications.ts';
import { deletePreviousSecret, readSecret, regenerateSecret } from '../pingone/applications.ts';
import { explainPingOne, isOutcomeUnknown, OAuthError } from '../pingone/errors.ts';
import type { RecordEdit, RecordState } from '../reconcile/ownership.ts';
import { noteSecret, recordOf } from '../reconcile/ownership.ts';
import type { EnsuredWorker } from './context.ts';
import type { Verification, WorkerCredentials } from './credentials.ts';
import {
  awaitedPrevious,
  cannotReadSecret,
  maskedCredentials,
  readCredentials,
  verifyCredentials,
} from './credentials.ts';
import type { Delivered } from './deliver.ts';
import { deliver, deliverySteps } from './deliver.ts';
import { claim, release, tearingDown } from './record.ts';
import { warnOfOtherTargets } from './stored.ts';
import type { PreparedTarget } from './targets.ts';

/** The verified and delivered new secret. */
export interface Rotation extends Delivered {
  readonly credentials: WorkerCredentials;
  readonly verification: Verification;
  /** The record right before the rotation. */
  readonly record: RecordState;
}

// PingOne accepts at most 30 days. The margin is for the duration of the request and for clock skew.
const mostOverlapMs = 30 * 86_400_000 - 5 * 60_000;

/** A rotation that did not happen: another run's is under way. */
export interface NotRotated {
  readonly notRotated: string;
  /** True if this run wrote the credentials as they were before: another run may have replaced the secret since. */
  readonly isStored?: boolean;
}

/**
 * Replaces the secret: first writes the current credentials to every target, which proves the permission to write; then
 * rotates, verifies and stores. After the rotation started, only a kill by the runner stops it.
 *
 * @param present the credentials before the rotation
 * @returns `notRotated` with the reason if an earlier rotation is still under way: PingOne keeps one previous secret, and
 *   a second rotation would revoke it
 * @throws ActionError that says until when the stored secret still works
 */
export async function rotateSecret(
  worker: EnsuredWorker,
  targets: readonly PreparedTarget[],
  present: WorkerCredentials,
): Promise<Rotation | NotRotated> {
  const { run } = worker.context;
  const overlapMs = run.settings.secretOverlapMs;
  if (awaitedPrevious(worker.context, present.previous)) return notRotated(worker, present.previous?.expiresAt);
  if (isYoungSecret(worker, present)) return notDue(worker);
  await deliver(worker, targets, present, 'check');
  return run.interruption.critical(async () => {
    const announced = await announceRotation(worker, present, overlapMs);
    if ('notRotated' in announced) return { ...announced, isStored: true };
    const claimed = { ...worker, record: announced.record };
    let version: string | undefined;
    try {
      if (run.interruption.requested.aborted) throw new Cancelled('before the secret was rotated');
      if (run.deadline - run.clock.now() < run.limits.rotationMs) throw noTimeLeft();
      const credentials = await replaceSecret(worker, present, overlapMs);
      version = credentials.version;
      run.progress.finish('rotate the secret');
      run.progress.plan(deliverySteps(run, targets));
      run.runner.info('Done: rotate the secret');
      return await deliverRotated(claimed, targets, credentials);
    } catch (error) {
      if (version !== undefined) warnOfOtherTargets(claimed, targets, claimed.record, version);
      throw error;
    } finally {
      const note = version === undefined ? undefined : noteVersion(claimed, version);
      await release(worker.context, worker.ref, claimed.record, note);
    }
  });
}

/** Whether the secret was replaced after its age made a rotation due. */
function isYoungSecret({ seen, context }: EnsuredWorker, { version }: WorkerCredentials): boolean {
  return typeof context.run.settings.desired.rotateSecret !== 'boolean' && version !== recordOf(seen)?.secret?.version;
}

/**
 * Ensures that no other run rotates, by an intent in the record and by the secret itself. A rotation without overlap does
 * not wait for other runs.
 */
async function announceRotation(
  worker: EnsuredWorker,
  present: WorkerCredentials,
  overlapMs: number,
): Promise<NotRotated | { readonly record: RecordState }> {
  if (overlapMs === 0 && worker.context.run.settings.desired.rotateSecret === true) return { record: worker.record };
  const { context, ref, record } = worker;
  const claimed = await claim(context, ref, record, 'rotate');
  if (claimed.kind === 'taken') {
    if (claimed.by.kind === 'teardown') throw tearingDown(claimed.by);
    return notRotated(worker, undefined);
  }
  const announced = claimed.kind === 'claimed' ? claimed.record : record;
  let isRotated = true;
  let previousExpiresAt: string | undefined;
  try {
    // Without a record, only this read shows that another run rotated.
    const now = await readCredentials(worker);
    isRotated = now.version !== present.version || awaitedPrevious(context, now.previous) !== undefined;
    previousExpiresAt = now.previous?.expiresAt;
  } finally {
    if (isRotated) await release(context, ref, announced);
  }
  return isRotated ? notRotated(worker, previousExpiresAt) : { record: announced };
}

function notRotated({ context }: EnsuredWorker, previousExpiresAt: string | undefined): NotRotated {
  const why =
    previousExpiresAt === undefined
      ? 'another run is rotating it now, or the previous secret is still valid'
      : `the previous secret is still valid until ${previousExpiresAt}`;
  context.run.progress.drop('rotate the secret');
  const { runner, settings } = context.run;
  // A rotation by age can wait. If `rotate-secret` is `true`, the user expects the rotation now.
  const annotate = typeof settings.desired.rotateSecret === 'boolean' ? runner.warning : runner.notice;
  annotate(
    `The secret was not rotated: ${why}. The next rotation is possible after that. ` +
      'With `secret-overlap: 0` it is possible now, and every older secret stops working.',
  );
  return { notRotated: why };
}

/** Another run or a person rotated the secret after this run planned the rotation, so it is no longer due. */
function notDue({ context }: EnsuredWorker): NotRotated {
  context.run.progress.drop('rotate the secret');
  context.run.runner.notice('The secret was not rotated: it was replaced after this run read it.');
  return { notRotated: 'another run or a person replaced it during this run' };
}

/** Writes the version of the worker's secret, first seen now. */
export function noteVersion({ context, record }: EnsuredWorker, version: string): RecordEdit {
  return noteSecret(version, new Date(context.pingone.now()).toISOString(), recordOf(record)?.secret?.version);
}

async function replaceSecret(
  worker: EnsuredWorker,
  present: WorkerCredentials,
  overlapMs: number,
): Promise<WorkerCredentials> {
  const { run, pingone } = worker.context;
  const until = pingone.now() + Math.min(overlapMs, mostOverlapMs);
  const expiresAt = overlapMs === 0 ? undefined : new Date(until).toISOString();
  const response = await regenerateSecret(pingone, worker.ref, expiresAt).catch((error: unknown) =>
    readAfterLostRotation(worker, present, error),
  );
  return maskedCredentials(run.runner, worker, response);
}

/**
 * Without overlap, revokes the previous secret if PingOne still lists it.
 *
 * @returns the credentials as they are then
 */
async function cutOffPrevious(worker: EnsuredWorker, credentials: WorkerCredentials): Promise<WorkerCredentials> {
  const { run, pingone } = worker.context;
  if (run.settings.secretOverlapMs > 0 || !credentials.previous) return credentials;
  try {
    await deletePreviousSecret(pingone, worker.ref, run.clock.now() + run.limits.storeMs);
    return { ...credentials, previous: undefined };
  } catch (error) {
    throw explainPingOne(error, 'deleting the previous secret');
  }
}

/** The response to a rotation was lost: the secret says whether it happened. Never a second rotation. */
async function readAfterLostRotation(
  worker: EnsuredWorker,
  present: WorkerCredentials,
  error: unknown,
): Promise<ClientSecret> {
  const { run, pingone } = worker.context;
  if (!isOutcomeUnknown(error)) throw explainPingOne(error, 'rotating the secret', cannotReadSecret);
  run.runner.info('Whether the secret was rotated is unknown; reading it');
  const secret = await readSecret(pingone, worker.ref).catch((unread: unknown) => {
    throw explained(explainPingOne(unread, 'reading the secret after a rotation with a lost response')).withAdvice(
      'Run the workflow again without `rotate-secret`: it delivers the current secret.',
    );
  });
  if (secret.secret !== present.clientSecret) return secret;
  throw explained(explainPingOne(error, 'rotating the secret')).withAdvice(
    'The secret was not rotated, and the stored one still works.',
  );
}

/**
 * Verifies and stores the new secret, then revokes the previous one: the targets have it until then. A failure of one
 * does not prevent the next, except that a secret that does not work is not stored.
 */
async function deliverRotated(
  worker: EnsuredWorker,
  targets: readonly PreparedTarget[],
  credentials: WorkerCredentials,
): Promise<Rotation> {
  const failures: unknown[] = [];
  const fail = (error: unknown): undefined => {
    failures.push(error);
  };
  const proof = await proveUnlessStopped(worker, credentials);
  if (proof.failure) fail(proof.failure);
  const delivered = proof.isRefused ? undefined : await deliver(worker, targets, credentials, 'rotated').catch(fail);
  const left = proof.isRefused ? undefined : await cutOffPrevious(worker, credentials).catch(fail);
  if (failures.length === 0 && delivered && left) {
    return { credentials: left, verification: proof.verification, record: worker.record, ...delivered };
  }
  throw explained(allFailures(failures)).withAdvice(whatStillWorks(worker, left ?? credentials, delivered));
}

/** The result of the verification of a new secret. */
interface Proof {
  readonly verification: Verification;
  readonly failure?: ActionError;
  /** True after `invalid_client`, which proves that the secret does not work. No other failure does. */
  readonly isRefused?: boolean;
}

async function proveUnlessStopped(worker: EnsuredWorker, credentials: WorkerCredentials): Promise<Proof> {
  const { interruption, deadline, limits } = worker.context.run;
  const stopped = new Promise<Verification>((resolve) => {
    const skip = (): void => {
      resolve({ notVerified: 'the step was cancelled' });
    };
    if (interruption.requested.aborted) skip();
    else interruption.requested.addEventListener('abort', skip, { once: true });
  });
  try {
    // The remaining time must be enough to store the new secret.
    const until = deadline - limits.storeMs;
    const proof = verifyCredentials(worker, credentials, { mayLag: true, until });
    return { verification: await Promise.race([proof, stopped]) };
  } catch (error) {
    const failure = explained(error);
    const isRefused = failure.cause instanceof OAuthError && failure.cause.error === 'invalid_client';
    return { verification: { notVerified: 'the token endpoint gave no clear response' }, failure, isRefused };
  }
}

/**
 * Which secret works after a rotation, for the message of a later failure.
 *
 * @param delivered where the new secret is stored; undefined if storing failed
 */
export function whatStillWorks(
  { context }: EnsuredWorker,
  { previous }: WorkerCredentials,
  delivered: Delivered | undefined,
): string {
  const isStored = delivered !== undefined && delivered.stored.length + delivered.dataSyncFiles.length > 0;
  const rotated = `The secret was rotated${isStored ? ', and the new one is stored' : ''}.`;
  if (!previous) {
    const then = isStored ? '' : ' Run the workflow again without `rotate-secret` to deliver the new one.';
    return `${rotated} The previous secret no longer works.${then}`;
  }
  const until = previous.expiresAt === undefined ? '' : ` until ${previous.expiresAt}`;
  if (context.run.settings.secretOverlapMs > 0) return `${rotated} The previous secret works${until}.`;
  return (
    `${rotated} The previous secret still works${until}. To revoke it, run the workflow again with ` +
    '`rotate-secret: true` and `secret-overlap: 0`, or delete it in PingOne.'
  );
}

function noTimeLeft(): ActionError {
  return new ActionError({
    what: 'The secret was not rotated: the time in `timeout` is not enough to verify and store a new one.',
    cause: 'PingOne or GitHub was slow.',
    fix: 'run the workflow again, or raise `timeout`. The stored secret still works.',
  });
}
