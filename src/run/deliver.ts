// Writes the credentials to targets in GitHub and to the files for PingDataSync.
import { createHash } from 'node:crypto';
import { dataSyncFiles, replacesAnotherWorker, writeDataSyncFiles } from '../datasync.ts';
import { explainGitHub, permissionFor } from '../github/errors.ts';
import { secretNames } from '../github/names.ts';
import { deliveredAddresses } from '../pingone/addresses.ts';
import type { RecordState, Stored } from '../reconcile/ownership.ts';
import { entriesOf, isSameEntry, noteWriting } from '../reconcile/ownership.ts';
import { describeSecretFile, secretFileState } from '../secret-file.ts';
import { inline, sentenceList } from '../text.ts';
import type { EnsuredWorker, RunContext } from './context.ts';
import type { WorkerCredentials } from './credentials.ts';
import type { Step, StoreStep } from './progress.ts';
import { refuseIfTearingDown, updateRecord } from './record.ts';
import type { PreparedTarget } from './targets.ts';
import { describeEntry } from './targets.ts';

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

/** The targets that a run wrote to, with the `Date` of GitHub's response by the name of each secret. */
export type WrittenTargets = ReadonlyMap<PreparedTarget, ReadonlyMap<string, string | undefined>>;

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
 *   before a rotation, which proves the permission to write
 * @throws ActionError for the first write that fails
 */
export async function deliver(
  worker: EnsuredWorker,
  targets: readonly PreparedTarget[],
  credentials: WorkerCredentials,
  rewrites: boolean | 'check' = false,
): Promise<Delivered> {
  const { run } = worker.context;
  const open = rewrites ? targets : targetsToWrite(targets, entriesOf(worker.seen), credentials);
  await noteUnnoted(worker, open);
  const written = await writeTo(run, open, credentials);
  const stored = targets.map((target) => {
    const report = reportOf(target, credentials, written.has(target));
    const names = sentenceList([...report.secrets, ...report.variables]);
    const did = report.written ? 'Stored in' : 'Unchanged in';
    run.runner.info(
      `${rewrites === 'check' ? 'Checked that this run can write to' : did} ${target.store.label}: ${names}`,
    );
    return report;
  });
  const dataSyncFiles = deliverDataSyncFiles(run, credentials, rewrites !== 'check');
  if (dataSyncFiles.length > 0) run.progress.finish(fileStep);
  return { stored, written, dataSyncFiles };
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
  const { version, at, ids, writing } = entry;
  if (writing !== undefined || version !== values.version || at === undefined || ids !== wanted.ids) return false;
  return valuesFor(wanted, values).every(({ kind, name, value }) => {
    if (kind === 'variable') return store.existing.variables.get(name) === value;
    const updatedAt = store.existing.secrets.get(name);
    return updatedAt !== undefined && updatedAt === at[name];
  });
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

async function writeTo(
  { progress }: RunContext,
  open: readonly PreparedTarget[],
  credentials: WorkerCredentials,
): Promise<WrittenTargets> {
  const written = new Map(open.map((target) => [target, new Map<string, string | undefined>()]));
  for (const write of open.flatMap((target) => writesTo(target, credentials))) {
    const { target, kind, name, value } = write;
    try {
      if (kind === 'variable') await target.store.writeVariable(name, value);
      else written.get(target)?.set(name, await target.store.writeSecret(name, value));
    } catch (error) {
      throw explain(error, write);
    }
    progress.finish(stepOf(write));
  }
  return written;
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

/**
 * The record's entries for the targets that a run wrote to. GitHub's times have whole seconds of its own clock. If a
 * secret was written after the response to this run's write, another client wrote it.
 */
export async function storedEntriesOf(
  written: WrittenTargets,
  { version }: Pick<WorkerCredentials, 'version'>,
): Promise<readonly Stored[]> {
  return Promise.all(
    [...written].map(async ([{ store, entry }, dates]) => {
      const existing = await store.readExisting().catch(() => undefined);
      const at = existing && timesOfOwnWrites(existing.secrets, dates);
      return at ? { ...entry, version, at } : entry;
    }),
  );
}

/**
 * When this run wrote each secret.
 *
 * @param updatedAt from GitHub's list
 * @param dates the `Date` of the response to each write of this run
 * @returns undefined if a secret is missing, or another client wrote it later
 */
export function timesOfOwnWrites(
  updatedAt: ReadonlyMap<string, string | undefined>,
  dates: ReadonlyMap<string, string | undefined>,
): Record<string, string> | undefined {
  const times: Record<string, string> = {};
  for (const [name, date] of dates) {
    const time = updatedAt.get(name);
    if (time === undefined || !(Date.parse(time) <= Date.parse(date ?? ''))) return undefined;
    times[name] = time;
  }
  return times;
}

/** Warns of the entries without the new secret that this run does not write to: they stop working with the old one. */
export function warnOfOtherTargets(
  { context: { run } }: EnsuredWorker,
  targets: readonly PreparedTarget[],
  record: RecordState,
  newVersion: string,
): void {
  const isOwn = (entry: Stored): boolean => targets.some((target) => isSameEntry(target.entry, entry));
  const others = entriesOf(record).filter((entry) => entry.version !== newVersion && !isOwn(entry));
  if (others.length === 0) return;
  const when = run.settings.secretOverlapMs === 0 ? 'now' : 'when the previous secret expires';
  run.runner.warning(
    `This run does not store the new secret in ${sentenceList(others.map(describeEntry))}, where the record lists this ` +
      `worker's credentials. Unless another run stores it there, they stop working ${when}. Run the action for each of them.`,
  );
}
