import { ActionError } from '../errors.ts';
import type { ApplicationRef } from '../pingone/applications.ts';
import type { Intent, RecordState } from '../worker/record.ts';
import { noteIntent, recordOf, removeIntent, validIntent } from '../worker/record.ts';
import type { StepContext } from './context.ts';
import { observeRecord, updateRecord } from './record.ts';

/** Whether this run may go on: it may, or another run announced first that it rotates or deletes. */
export type Claim =
  | { readonly kind: 'claimed'; readonly record: RecordState }
  | { readonly kind: 'taken'; readonly by: Intent }
  /** There is no record to announce anything in. */
  | { readonly kind: 'unrecorded' };

const mostTries = 5;
const mostErased = 2;

/**
 * Announces in the record that this run rotates the secret or deletes the worker, so that of several runs only one does.
 * Each run has `intentMs` from its read of the record to the response of its PUT, and reads the record again that much
 * later: by then every run that did not see this intent has replaced it.
 *
 * @param kind a teardown gives way to a rotation, but not to another teardown
 * @returns `taken` if another run's intent stands
 * @throws ActionError if PingOne is too slow for that
 */
export async function claim(
  context: StepContext,
  ref: ApplicationRef,
  seen: RecordState,
  kind: Intent['kind'],
): Promise<Claim> {
  const latest = { record: seen };
  try {
    return await announceAndWait(context, ref, latest, kind);
  } catch (error) {
    await release(context, ref, latest.record);
    throw error;
  }
}

async function announceAndWait(
  context: StepContext,
  ref: ApplicationRef,
  latest: { record: RecordState },
  kind: Intent['kind'],
): Promise<Claim> {
  const { session, pingone } = context;
  const { clock, limits, interruption, deadline } = session;
  let erased = 0;
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    const until = new Date(pingone.now() + Math.max(0, deadline - clock.now())).toISOString();
    const intent: Intent = { id: session.instanceId, kind, until };
    const startedAt = clock.now();
    const { state, refused } = await updateRecord(context, ref, latest.record, announce(intent, pingone.now()));
    if (!('record' in state) || refused !== undefined) return { kind: 'unrecorded' };
    latest.record = state;
    const by = othersIntent(state, intent, pingone.now());
    if (by) return { kind: 'taken', by };
    if (clock.now() - startedAt > limits.intentMs) continue;

    await clock.sleep(limits.intentMs, interruption.requested);
    const record = await observeRecord(session, pingone, ref);
    const replacedBy = othersIntent(record, intent, pingone.now());
    if (replacedBy) return { kind: 'taken', by: replacedBy };
    if (isAnnounced(record, intent, pingone.now())) return { kind: 'claimed', record };
    erased += 1;
    if (erased > mostErased) break;
  }
  throw tooSlow(kind);
}

/** A teardown that was killed must not stand in the way of the next one. */
function announce(intent: Intent, now: number): ReturnType<typeof noteIntent> {
  const edit = noteIntent(intent, now);
  return (record) =>
    intent.kind === 'teardown' && record?.intent?.kind === 'teardown' ? { ...record, intent } : edit(record);
}

function othersIntent(state: RecordState, own: Intent, now: number): Intent | undefined {
  const intent = validIntent(recordOf(state), now);
  if (!intent || intent.id === own.id) return undefined;
  return own.kind === 'teardown' && intent.kind === 'teardown' ? undefined : intent;
}

/** Two teardowns replace each other's intent, and either keeps other runs away from both. */
function isAnnounced(state: RecordState, own: Intent, now: number): boolean {
  const intent = recordOf(state)?.intent;
  if (intent?.id === own.id) return true;
  return own.kind === 'teardown' && validIntent(recordOf(state), now)?.kind === 'teardown';
}

/** Removes this run's intent. It is void after a while anyway, so a failure is not reported. */
export async function release(context: StepContext, ref: ApplicationRef, record: RecordState): Promise<void> {
  await updateRecord(context, ref, record, removeIntent(context.session.instanceId)).catch(() => undefined);
}

/**
 * @param now PingOne's time, in milliseconds since the epoch
 * @throws ActionError if another run is deleting the worker
 */
export function refuseIfTearingDown(state: RecordState, now: number): void {
  const intent = validIntent(recordOf(state), now);
  if (intent?.kind === 'teardown') throw tearingDown(intent);
}

/** Another run is deleting the worker. */
export function tearingDown({ until }: Intent): ActionError {
  return new ActionError({
    what: 'Another run is deleting this worker.',
    cause: 'a run with `state: absent` started for the same worker, or it was stopped before it was done.',
    fix:
      `run again after ${until}. A \`concurrency\` group in the workflow keeps runs for one worker from running at the ` +
      'same time.',
  });
}

function tooSlow(kind: Intent['kind']): ActionError {
  return new ActionError({
    what: `The action could not announce to other runs that it ${kind === 'rotate' ? 'rotates the secret' : 'deletes the worker'}.`,
    cause: 'PingOne answers too slowly, or many runs change the record of this worker at the same time.',
    fix: 'run again later. Nothing was rotated or deleted.',
  });
}
