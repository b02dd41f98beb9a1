// `state: absent`: checks whether the worker may be deleted, and deletes it with its secrets and its icon.
import { isDeepStrictEqual } from 'node:util';
import { ActionError, explained, isCancelledInFlight } from '../errors.ts';
import type { Names } from '../github/secrets.ts';
import type { SecretsRow } from '../github/summary.ts';
import { createBackoff, inSeconds } from '../http/send.ts';
import { clientIdOf, deleteApplication } from '../pingone/applications.ts';
import { listEnvironments } from '../pingone/environments.ts';
import { explainPingOne } from '../pingone/errors.ts';
import type { Change } from '../reconcile/diff.ts';
import type { Intent, RecordState, Stored, TeardownObstacle } from '../reconcile/ownership.ts';
import { entriesOf, isSameEntry, recordOf, teardownObstacle } from '../reconcile/ownership.ts';
import type { Settings } from '../settings.ts';
import { inline } from '../text.ts';
import type { RunContext, StepContext } from './context.ts';
import { shownName } from './context.ts';
import type { Deletion } from './delete-secrets.ts';
import {
  deletionOf,
  deleteSecrets,
  describeDeleted,
  describeKept,
  forgetStep,
  knownTarget,
  planDeletions,
} from './delete-secrets.ts';
import { discardUpload, isImageDeleted } from './icon.ts';
import type { Observation, ObservedApplication } from './observe.ts';
import { EnvironmentDeletePending, EnvironmentGone, observe } from './observe.ts';
import { claim, observeRecord, release } from './record.ts';
import type { RunOutcome } from './report.ts';
import type { NamedEntry, WorkerIds } from './targets.ts';
import { describeEntry, describeEntryTarget, identifyEntries, namesOf, storedEntries } from './targets.ts';

/**
 * Deletes the GitHub secrets that the record lists, then the application, then the image of its icon. If PingOne keeps
 * the image, that is only a notice.
 *
 * @param chosen the entries to delete
 * @throws ActionError for the first that cannot be deleted, with the deletions before it
 */
async function deleteWorker(
  context: StepContext,
  environmentId: string,
  { application, record }: ObservedApplication,
  chosen: (state: RecordState) => readonly Stored[],
): Promise<readonly Deletion[]> {
  const { run, pingone } = context;
  const ref = { environmentId, applicationId: application.id, isNew: false };
  const ids = idsToCompare(run, { environmentId, clientId: clientIdOf(application) });
  const imageId = recordOf(record)?.icon?.imageId;
  const releaseAndThrow = async (error: unknown): Promise<never> => {
    await release(context, ref, record);
    throw error;
  };
  const deletions = await deleteAllSecrets(context, ref, record, { chosen, ids }).catch(releaseAndThrow);
  // Deleted before the application, since the record with the image is deleted with it.
  const isImageLeft =
    imageId !== undefined && !(await isImageDeleted(pingone, environmentId, imageId).catch(releaseAndThrow));
  await deleteApplication(pingone, ref).catch(async (error: unknown) => {
    // What was under way may still delete it.
    if (!isCancelledInFlight(error)) await release(context, ref, record);
    throw explained(explainPingOne(error, 'deleting the application')).withAdvice(
      deletions.flatMap(describeDeleted).length > 0
        ? 'Its secrets in GitHub are already deleted. Run the workflow again to delete the application.'
        : '',
    );
  });
  run.progress.finish('delete the application');
  run.runner.info('Done: delete the application');
  if (isImageLeft) await discardUpload(context, environmentId, { imageId });
  return deletions;
}

/**
 * Another run may store the credentials in the meantime: the record is read until it lists nothing new.
 *
 * @returns what was deleted of each entry
 */
async function deleteAllSecrets(
  { run, pingone }: StepContext,
  ref: Parameters<typeof observeRecord>[2],
  record: RecordState,
  { chosen, ids }: { chosen: (state: RecordState) => readonly Stored[]; ids: WorkerIds | undefined },
): Promise<readonly Deletion[]> {
  let state = record;
  let deletions: readonly Deletion[] = [];
  const done: Stored[] = [];
  for (;;) {
    const open = chosen(state).filter((entry) => !done.some((other) => isDeepStrictEqual(other, entry)));
    if (open.length === 0) return deletions;
    const others = deletions.filter(({ entry }) => !open.some((other) => isSameEntry(other, entry)));
    deletions = [...others, ...(await deleteSecrets(run, open, ids))];
    done.push(...open);
    state = await observeRecord(run, pingone, ref);
  }
}

/** What the target has is only compared without `force-delete`, which also deletes what another client wrote. */
function idsToCompare({ settings }: RunContext, ids: WorkerIds): WorkerIds | undefined {
  return settings.teardown.force ? undefined : ids;
}

const plan: readonly Change[] = [{ kind: 'delete-application' }];

/**
 * Deletes the GitHub secrets that the worker's record lists, then the application, then its icon. Missing resources count
 * as deleted, so the next run can continue after a stopped run.
 *
 * @throws ActionError if this repository may not delete the worker
 */
export async function tearDown(context: StepContext): Promise<RunOutcome> {
  const { run } = context;
  let observation: Observation;
  try {
    observation = await observe(context);
  } catch (error) {
    if (!(error instanceof EnvironmentGone)) throw error;
    const isPending = error instanceof EnvironmentDeletePending;
    // If a name is not found, it may be a typo, the wrong region or a missing permission.
    if ('name' in run.settings.environment && !isPending) throw error;
    run.runner.notice(error.explanation.what);
    return absent(run, undefined, await provesThatWorkerIsGone(context, error));
  }
  const { environment, worker } = observation;
  if (!worker) return absent(run, environment, run.settings.desired.applicationId !== undefined);
  return deletePresent(observation, worker);
}

/** Whether this environment error proves that the worker does not exist. A name may have a typo and proves nothing. */
async function provesThatWorkerIsGone({ run, pingone }: StepContext, error: EnvironmentGone): Promise<boolean> {
  const { environment, desired } = run.settings;
  if (error instanceof EnvironmentDeletePending) return 'id' in environment || desired.applicationId !== undefined;
  // If the admin application sees no environment, it has lost its roles or belongs to another region.
  return (await listEnvironments(pingone).catch(() => [])).length > 0;
}

async function deletePresent({ context, environment }: Observation, worker: ObservedApplication): Promise<RunOutcome> {
  const { run } = context;
  const { teardown, dryRun } = run.settings;
  const obstacle = teardownObstacle(worker.record, environment.type, teardown);
  if (obstacle) throw mayNotDelete(run, obstacle, worker.record);
  const planned = await planSecrets(run, environment.id, worker);
  const steps = planned.flatMap(describeDeleted).map(forgetStep);
  run.runner.section('Plan');
  run.runner.info(`Worker "${shownName(run.settings)}" exists; changes:`);
  for (const step of steps) run.runner.info(`  ${step}`);
  for (const entry of entriesToKeep(run.settings, worker.record)) run.runner.notice(keptNotice(entry));
  for (const kept of planned.flatMap(describeKept)) run.runner.notice(changedNotice(kept));
  run.runner.info('  delete application');
  run.runner.section('Apply');
  run.progress.plan([...steps, 'delete the application']);
  let deletions = planned;
  if (!dryRun) {
    const record = await announceTeardown(context, environment.id, worker);
    const chosen = (state: RecordState): readonly Stored[] => entriesToDelete(run, state);
    deletions = await deleteWorker(context, environment.id, { ...worker, record }, chosen);
    for (const kept of deletions.flatMap(describeKept)) run.runner.notice(changedNotice(kept));
  }
  return { environment, application: worker.application, result: 'deleted', plan, deleted: deletions.flatMap(rowOf) };
}

/**
 * What happens to the secrets. A dry run needs no GitHub token.
 *
 * @throws ActionError if the secrets cannot be deleted, except for a dry run
 */
async function planSecrets(
  run: RunContext,
  environmentId: string,
  { application, record }: ObservedApplication,
): Promise<readonly Deletion[]> {
  const { dryRun, gitHub } = run.settings;
  const entries = entriesToDelete(run, record);
  entries.forEach(knownTarget);
  const planned = planDeletions(run, entries, idsToCompare(run, { environmentId, clientId: clientIdOf(application) }));
  if (!dryRun) return planned;
  return planned.catch((error: unknown) => {
    if (!(error instanceof ActionError)) throw error;
    if (gitHub.token !== '') run.runner.notice(`The secrets could not be checked: ${error.explanation.what}`);
    else run.runner.info('Without `github-token`, GitHub is not checked. Secrets that another client changed are kept');
    return entries.map((entry) => deletionOf(entry, undefined, undefined));
  });
}

const rotationPollMs = 1_000;

/** Waits for a run that is rotating the secret. After this run's announcement, no other rotation starts. */
async function announceTeardown(
  context: StepContext,
  environmentId: string,
  { application, record }: ObservedApplication,
): Promise<RecordState> {
  const { clock, limits, interruption, runner } = context.run;
  const ref = { environmentId, applicationId: application.id, isNew: false };
  const until = clock.now() + limits.lookMs;
  const backoff = createBackoff({ clock, interruption, firstMs: rotationPollMs, until });
  for (;;) {
    const claimed = await claim(context, ref, record, 'teardown');
    if (claimed.kind === 'claimed') return claimed.record;
    if (claimed.kind === 'unrecorded') return record;
    const announce = (leftMs: number): void =>
      runner.info(`Another run is rotating the secret of this worker. Waiting for up to ${inSeconds(leftMs)}`);
    if (!(await backoff.pause(announce))) throw rotating(claimed.by);
  }
}

function rotating({ until }: Intent): ActionError {
  return new ActionError({
    what: '`state: absent`: another run is rotating the secret of this worker, so the worker was not deleted.',
    cause: 'both runs started simultaneously, or a run was stopped during a rotation.',
    fix: `run the workflow again after ${until}. Nothing was deleted.`,
  });
}

/**
 * The worker does not exist. Secrets with its names may belong to another worker, so they are deleted only with
 * `force-delete`, and only if an ID proves that the worker does not exist.
 */
async function absent(run: RunContext, environment: RunOutcome['environment'], isProven: boolean): Promise<RunOutcome> {
  const { runner, settings } = run;
  runner.info(`Worker "${shownName(settings)}" does not exist: nothing to delete in PingOne`);
  const entries = storedEntries(settings);
  const isForced = settings.teardown.force && isProven;
  if (entries.length > 0 && isForced && !settings.dryRun)
    await deleteSecrets(run, await identifyEntries(run), undefined);
  else if (entries.length > 0) runner.notice(leftNotice(settings, entries, isForced));
  const deleted = isForced ? entries.flatMap((entry) => rowOf({ entry, names: namesOf(entry) })) : [];
  return { environment, application: undefined, result: 'absent', plan: [], deleted };
}

/** A row of the summary. */
function rowOf({ entry, names }: { readonly entry: NamedEntry; readonly names: Names }): readonly SecretsRow[] {
  const all = [...new Set([...names.secrets, ...names.variables])];
  return all.length === 0 ? [] : [{ target: describeEntryTarget(entry), names: all }];
}

function leftNotice({ teardown }: Settings, entries: readonly NamedEntry[], isForced: boolean): string {
  const targets = entries.map(describeEntry).join('; ');
  if (isForced) return `Would delete ${targets}.`;
  const remedy = teardown.force
    ? 'A name does not prove that the worker was deleted. To delete them with `force-delete`, set `application-id`.'
    : 'To delete them, set `force-delete` to `true` and `application-id` to the ID of the deleted worker.';
  return `GitHub was not checked: secrets that are still there may belong to another worker: ${targets}. ${remedy}`;
}

/** Other repositories may use an organization's secrets, so they are deleted only with `force-delete`. */
function entriesToDelete({ settings }: Pick<RunContext, 'settings'>, record: RecordState): readonly Stored[] {
  const kept = entriesToKeep(settings, record);
  return entriesOf(record).filter((entry) => !kept.includes(entry));
}

function entriesToKeep({ teardown }: Settings, record: RecordState): readonly Stored[] {
  return teardown.force ? [] : entriesOf(record).filter(({ target }) => target === 'organization');
}

/** The teardown deletes the record, so a later run can find the secrets by its inputs only. */
const howToDelete =
  '`force-delete` deletes them as well. After the worker is deleted, it also needs `store-in`, and `application-id` with ' +
  'the ID of the deleted worker.';

function keptNotice(entry: Stored): string {
  return `The secrets with the prefix ${inline(entry.prefix)} in ${describeEntryTarget(entry)} are not deleted, because other repositories may use them. ${howToDelete}`;
}

function changedNotice(kept: string): string {
  return `Not deleted, because another client, e.g. another worker, changed them after this worker stored them: ${kept}. ${howToDelete}`;
}

const reasons: Readonly<Record<Exclude<TeardownObstacle, 'production'>, string>> = {
  adopted:
    'somebody created it in PingOne, or a run of this action created it and was stopped before it wrote the record.',
  foreign: 'another repository created it, or used it first.',
  unrecorded: 'it has no record that this action can read, so its origin is unknown.',
};

function mayNotDelete(run: RunContext, obstacle: TeardownObstacle, record: RecordState): ActionError {
  const name = shownName(run.settings);
  if (obstacle === 'production') {
    return new ActionError({
      what: `\`state: absent\`: the worker "${name}" belongs to a PingOne environment of type PRODUCTION, so it was not deleted.`,
      cause: '`environment` is the wrong environment, or `allow-production-delete` is not set.',
      fix: 'check `environment`. If it is right, set `allow-production-delete` to `true`.',
    });
  }
  const owner = obstacle === 'foreign' ? recordOf(record)?.owner.repository : undefined;
  const why =
    owner === undefined
      ? 'nothing shows that this repository created it'
      : `its record belongs to ${inline(owner, 100)}`;
  return new ActionError({
    what: `\`state: absent\`: the worker "${name}" was not deleted: ${why}.`,
    cause:
      obstacle === 'foreign' && !run.settings.run.owner
        ? 'the runner does not provide the ID of this repository (GITHUB_REPOSITORY_ID is not set).'
        : reasons[obstacle],
    fix: 'if nobody else uses it, set `force-delete` to `true`, or delete it in PingOne.',
  });
}
