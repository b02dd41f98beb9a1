// Writes the credentials to targets in GitHub and to the files for PingDataSync.
import { createHash } from 'node:crypto';
import { allFailures } from '../errors.ts';
import { dataSyncFiles, replacesAnotherWorker, writeDataSyncFiles } from '../datasync.ts';
import { explainGitHub, permissionFor } from '../github/errors.ts';
import { secretNames } from '../github/names.ts';
import { deliveredAddresses } from '../pingone/addresses.ts';
import type { Stored } from '../reconcile/ownership.ts';
import { entriesOf, isSameEntry, noteWriting } from '../reconcile/ownership.ts';
import { describeSecretFile, secretFileState } from '../secret-file.ts';
import { inline, sentenceList } from '../text.ts';
import type { EnsuredWorker, RunContext } from './context.ts';
import type { WorkerCredentials } from './credentials.ts';
import type { Step, StoreStep } from './progress.ts';
import { refuseIfTearingDown, updateRecord } from './record.ts';
import type { WrittenTargets } from './stored.ts';
import type { PreparedTarget } from './targets.ts';
import { heldNames } from './targets.ts';

/**
 * Writes the files for PingDataSync, if `datasync-dir` is set. Can be called again with newer credentials.
 *
 * @returns the absolute paths
 * @throws ActionError if they cannot be written
 */
function deliverDataSyncFiles(
  { settings, runner }: RunContext,
  { clientId, clientSecret, environmentId }: WorkerCredentials,
  isLogged = true,
): readonly string[] {
  if (!settings.dataSync) return [];
  const { workspace, directory, prefix, keep } = settings.dataSync;
  const files = dataSyncFiles(prefix, {
    apiUrl: settings.apiUrl,
    tokenEndpoint: deliveredAddresses(settings, environmentId).tokenEndpoint,
    environmentId,
    clientId,
    clientSecret,
  });
  if (replacesAnotherWorker(directory, files)) {
    runner.warning(
      `The files for PingDataSync in ${inline(directory, 100)} belong to another worker and are replaced.
Likely cause: two steps have the same \`datasync-dir\` and \`datasync-prefix\`, or the worker was created again.
What to do: if you need both workers, set another \`datasync-prefix\` in each step, e.g. PING_ONE_SOURCE_.`,
    );
  }
  const paths = writeDataSyncFiles(workspace, directory, files);
  const secret = paths[files.findIndex(({ isSecret }) => isSecret)];
  if (!keep && secret !== undefined) removeAfterJob(runner, secret, clientSecret);
  if (!isLogged) return paths;
  const names = sentenceList(files.map(({ name }) => name));
  const end = keep ? '' : '. The post step removes the file with the client secret (`datasync-keep`)';
  runner.info(`Wrote for PingDataSync: ${names} in ${inline(directory)}${end}`);
  return paths;
}

/** Saves the file with the secret for the post step. An error here is only a warning: the credentials are delivered. */
function removeAfterJob(runner: RunContext['runner'], path: string, content: string): void {
  try {
    const digest = createHash('sha256').update(content).digest('hex');
    runner.saveState(secretFileState, JSON.stringify(describeSecretFile(path, digest)));
  } catch (error) {
    runner.warning(
      `\`datasync-keep\`: the file with the client secret stays after the job: ${inline(String(error), 200)}\n` +
        'Likely cause: the file that GITHUB_STATE names cannot be written.\n' +
        'What to do: remove the file in a later step.',
    );
  }
}

/** One entry of the output `stored`. */
export interface StoredReport {
  readonly target: string;
  readonly secrets: readonly string[];
  readonly variables: readonly string[];
  /** False if the target had these values already. */
  readonly written: boolean;
}

/** One value for a target. */
interface Write {
  readonly target: PreparedTarget;
  readonly kind: 'secret' | 'variable';
  readonly name: string;
  readonly value: string;
}

/** Where the credentials are. */
export interface Delivered {
  readonly stored: readonly StoredReport[];
  readonly written: WrittenTargets;
  /** Absolute paths of the files for PingDataSync. */
  readonly dataSyncFiles: readonly string[];
}

/** No credentials were delivered. */
export const nothingDelivered: Delivered = { stored: [], written: new Map(), dataSyncFiles: [] };

/**
 * Writes the credentials to every target that does not have them, then the files for PingDataSync. Can be called again
 * with newer credentials.
 *
 * @param rewrites true to write to all targets, also to those that have the credentials already; `check` for the same
 *   before a rotation, which proves the permission to write; `rotated` for the same after it
 * @throws ActionError for the first target that fails, after all of them were tried; the message names the others that fail
 */
export async function deliver(
  worker: EnsuredWorker,
  targets: readonly PreparedTarget[],
  credentials: WorkerCredentials,
  rewrites: boolean | 'check' | 'rotated' = false,
): Promise<Delivered> {
  const { run } = worker.context;
  const open = rewrites ? targets : targetsToWrite(targets, entriesOf(worker.seen), credentials);
  if (rewrites === false || rewrites === 'check') warnOfChanges(worker, open, credentials);
  // After a rotation nothing comes before the writes, and the check noted the targets.
  if (rewrites !== 'rotated') await noteUnnoted(worker, open);
  const { written, failures } = await writeToAll(run, open, credentials);
  const stored = targets.flatMap((target) => {
    if (open.includes(target) && !written.has(target)) return [];
    const report = reportOf(target, credentials, written.has(target));
    const names = sentenceList([...report.secrets, ...report.variables]);
    const did = report.written ? 'Stored in' : 'Unchanged in';
    run.runner.info(
      `${rewrites === 'check' ? 'Checked that this run can write to' : did} ${target.store.label}: ${names}`,
    );
    return [report];
  });
  try {
    const paths = deliverDataSyncFiles(run, credentials, rewrites !== 'check');
    if (paths.length > 0) run.progress.finish(fileStep);
    if (failures.length === 0) return { stored, written, dataSyncFiles: paths };
  } catch (error) {
    failures.push(error);
  }
  throw allFailures(failures);
}

/** The credentials for comparison with a target. */
export type DeliveredValues = Pick<WorkerCredentials, 'clientId' | 'environmentId' | 'version'>;

/**
 * The targets to write to. GitHub does not return the values of secrets, only when each was last written. So a target has
 * the credentials if the record lists it with this version and its secrets were not written since.
 *
 * @param recorded the entries of the record before this run changed it
 */
export function targetsToWrite(
  targets: readonly PreparedTarget[],
  recorded: readonly Stored[],
  values: DeliveredValues,
): readonly PreparedTarget[] {
  return targets.filter((target) => {
    const entry = recorded.find((known) => isSameEntry(known, target.entry));
    return entry === undefined || !isCurrent(target, entry, values);
  });
}

function isCurrent({ store, entry: wanted }: PreparedTarget, entry: Stored, values: DeliveredValues): boolean {
  const { version, ids, writing } = entry;
  if (writing !== undefined || version !== values.version || ids !== wanted.ids) return false;
  const own = heldNames({ ...entry, old: undefined }, store.existing, values).filter(({ state }) => state === 'own');
  return own.length === valuesFor(wanted, values).length;
}

/** Another worker that has the same names would store its credentials again at its next run, and so on. */
function warnOfChanges({ seen, context }: EnsuredWorker, open: readonly PreparedTarget[], ids: DeliveredValues): void {
  for (const { store, entry: wanted } of open) {
    const entry = entriesOf(seen).find((known) => isSameEntry(known, wanted));
    // Without times, an earlier run of this worker may have been stopped while it stored.
    if (entry?.at === undefined) continue;
    const held = heldNames({ ...entry, old: undefined }, store.existing, ids);
    const names = held.filter(({ state }) => state === 'changed').map(({ name }) => name);
    if (names.length === 0) continue;
    context.run.runner.warning(
      `\`store-in\`: ${sentenceList(names)} in ${store.label} changed after this worker stored them, and are stored again.
Likely cause: another worker or a person uses the same names, or two runs for this worker ran simultaneously.
What to do: if another worker stores its credentials there, set another \`secret-prefix\` for one of them.`,
    );
  }
}

/** Records a target before the first write to it: otherwise, after a killed run, the next run would refuse to overwrite. */
async function noteUnnoted(worker: EnsuredWorker, open: readonly PreparedTarget[]): Promise<void> {
  const { context, ref, record } = worker;
  const { settings, instanceId } = context.run;
  const isNoted = ({ entry }: PreparedTarget): boolean =>
    entriesOf(record).some((known) => isSameEntry(known, entry) && known.writing === instanceId);
  const unnoted = open.filter((target) => !isNoted(target)).map(({ entry }) => entry);
  if (unnoted.length === 0 || !settings.run.owner) return;
  const { state } = await updateRecord(context, ref, record, noteWriting(settings.run.owner, unnoted, instanceId));
  refuseIfTearingDown(state, context.pingone.now());
}

/**
 * Tries every target, one after the other. A target without a response does not use up the time of the next ones: they
 * start after its share of the time.
 */
async function writeToAll(
  run: RunContext,
  open: readonly PreparedTarget[],
  credentials: WorkerCredentials,
): Promise<{ readonly written: WrittenTargets; readonly failures: unknown[] }> {
  const writes: Promise<ReadonlyMap<string, string | undefined>>[] = [];
  for (const target of open) {
    const write = writeTo(run, target, credentials);
    writes.push(write);
    if (target !== open.at(-1)) await noLongerThan(run, run.limits.storeMs / open.length, Promise.allSettled([write]));
  }
  const written = new Map<PreparedTarget, ReadonlyMap<string, string | undefined>>();
  const failures: unknown[] = [];
  for (const [index, result] of (await Promise.allSettled(writes)).entries()) {
    const target = open[index];
    if (result.status === 'rejected') failures.push(result.reason);
    else if (target) written.set(target, result.value);
  }
  return { written, failures };
}

async function noLongerThan({ clock }: RunContext, ms: number, work: Promise<unknown>): Promise<void> {
  const done = new AbortController();
  const ended = work.then(() => {
    done.abort();
  });
  await Promise.race([ended, clock.sleep(ms, done.signal)]);
}

/** @returns the `Date` of GitHub's response by the name of each secret */
async function writeTo(
  { progress }: RunContext,
  target: PreparedTarget,
  credentials: WorkerCredentials,
): Promise<ReadonlyMap<string, string | undefined>> {
  const dates = new Map<string, string | undefined>();
  for (const write of writesTo(target, credentials)) {
    const { kind, name, value } = write;
    try {
      if (kind === 'variable') await target.store.writeVariable(name, value);
      else dates.set(name, await target.store.writeSecret(name, value));
    } catch (error) {
      throw explain(error, write);
    }
    progress.finish(stepOf(write));
  }
  return dates;
}

function writesTo(target: PreparedTarget, credentials: WorkerCredentials): readonly Write[] {
  return valuesFor(target.entry, credentials).map((part) => ({
    target,
    ...part,
    value: part.value ?? credentials.clientSecret,
  }));
}

/** Names and values in the order of writing; without the value of the client secret. */
function valuesFor(
  { prefix, ids }: Stored,
  { clientId, environmentId }: DeliveredValues,
): readonly { readonly kind: Write['kind']; readonly name: string; readonly value: string | undefined }[] {
  const names = secretNames(prefix);
  const kind = ids === 'variables' ? 'variable' : 'secret';
  return [
    { kind, name: names.clientId, value: clientId },
    { kind: 'secret', name: names.clientSecret, value: undefined },
    { kind, name: names.environmentId, value: environmentId },
  ];
}

/** The steps of `deliver`, for the progress of the run. */
export function deliverySteps({ settings }: RunContext, targets: readonly PreparedTarget[]): readonly Step[] {
  const nothing = { clientId: '', environmentId: '', version: '' };
  const writes = targets.flatMap((target) =>
    valuesFor(target.entry, nothing).map((part) => stepOf({ target, ...part })),
  );
  return [...writes, ...(settings.dataSync ? [fileStep] : [])];
}

const fileStep = 'write the files for PingDataSync';

function stepOf({ target: { store, entry }, kind, name }: Pick<Write, 'target' | 'kind' | 'name'>): StoreStep {
  return { target: entry.target, label: store.label, kind, name };
}

function explain(error: unknown, { target: { store, entry }, kind, name }: Write): unknown {
  return explainGitHub(error, `writing ${name} to ${store.label}`, permissionFor(entry.target, kind));
}

function reportOf(target: PreparedTarget, credentials: WorkerCredentials, written: boolean): StoredReport {
  const namesOf = (kind: Write['kind']): string[] =>
    valuesFor(target.entry, credentials)
      .filter((part) => part.kind === kind)
      .map(({ name }) => name);
  return { target: target.entry.target, secrets: namesOf('secret'), variables: namesOf('variable'), written };
}
