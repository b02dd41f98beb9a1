// Writes the credentials to GitHub and to the files for PingDataSync.
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
import type { Step, StoreStep } from './progress.ts';
import type { WorkerCredentials } from './read-secret.ts';
import { refuseIfTearingDown, updateRecord } from './record.ts';
import type { PreparedTarget } from './targets.ts';

/**
 * Writes the files for PingDataSync, if the inputs ask for them. May be called again with newer credentials.
 *
 * @returns the absolute paths, none if no files are asked for
 * @throws ActionError if they cannot be written
 */
export function deliverDataSyncFiles(
  { settings, runner }: RunContext,
  { clientId, clientSecret, environmentId }: WorkerCredentials,
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
      `The files for PingDataSync in ${inline(directory, 100)} belonged to another worker and are replaced.
Likely cause: two steps have the same \`datasync-dir\` and \`datasync-prefix\`, or the worker was created anew.
What to do: if both workers are needed, give each step its own \`datasync-prefix\`, e.g. PING_ONE_SOURCE_.`,
    );
  }
  const paths = writeDataSyncFiles(workspace, directory, files);
  runner.info(`Written for PingDataSync: ${sentenceList(files.map(({ name }) => name))} in ${inline(directory)}`);
  const secret = paths[files.findIndex(({ isSecret }) => isSecret)];
  if (!keep && secret !== undefined) removeAfterJob(runner, secret, clientSecret);
  return paths;
}

/** Tells the post step which file holds the secret. The credentials are delivered: a failure here is no failure. */
function removeAfterJob(runner: RunContext['runner'], path: string, content: string): void {
  try {
    const digest = createHash('sha256').update(content).digest('hex');
    runner.saveState(secretFileState, JSON.stringify(describeSecretFile(path, digest)));
    runner.info('The file with the client secret is removed at the end of the job (`datasync-keep`).');
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

/** What a run wrote to a target: the `Date` of GitHub's response by the name of each secret. */
export type WrittenTargets = ReadonlyMap<PreparedTarget, ReadonlyMap<string, string | undefined>>;

/** Where the credentials are. */
export interface Delivered {
  readonly stored: readonly StoredReport[];
  readonly written: WrittenTargets;
  /** Absolute paths of the files for PingDataSync. */
  readonly dataSyncFiles: readonly string[];
}

/** Nothing was delivered anywhere. */
export const nothingDelivered: Delivered = { stored: [], written: new Map(), dataSyncFiles: [] };

/**
 * Writes the credentials to every target that does not have them, one after the other, then the files for PingDataSync.
 * May be called again with newer credentials.
 *
 * @param rewrites true if targets are written to even if they have the credentials: that proves the right to write
 * @throws ActionError for the first write that fails
 */
export async function deliver(
  worker: EnsuredWorker,
  targets: readonly PreparedTarget[],
  credentials: WorkerCredentials,
  rewrites = false,
): Promise<Delivered> {
  const { run } = worker.context;
  const open = rewrites ? targets : targetsToWrite(targets, worker.seen, credentials);
  await noteUnnoted(worker, open);
  const written = await writeTo(run, open, credentials);
  const stored = targets.map((target) => {
    const report = reportOf(target, credentials, written.has(target));
    const names = sentenceList([...report.secrets, ...report.variables]);
    run.runner.info(`${report.written ? 'Stored in' : 'Unchanged in'} ${target.store.label}: ${names}`);
    return report;
  });
  const dataSyncFiles = deliverDataSyncFiles(run, credentials);
  if (dataSyncFiles.length > 0) run.progress.finish(fileStep);
  return { stored, written, dataSyncFiles };
}

/** The values that a credential consists of, as far as targets are compared with it. */
export type DeliveredValues = Pick<WorkerCredentials, 'clientId' | 'environmentId' | 'version'>;

/**
 * The targets that are not known to have the credentials. GitHub does not return the values of secrets, but when each was
 * written last: a target has them if the record lists it with this version, and nobody has written to it since.
 *
 * @param seen the record as it was before this run noted anything
 */
export function targetsToWrite(
  targets: readonly PreparedTarget[],
  seen: RecordState,
  values: DeliveredValues,
): readonly PreparedTarget[] {
  return targets.filter((target) => {
    const entry = entriesOf(seen).find((known) => isSameEntry(known, target.entry));
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

/** A target is noted before the first write to it, so that a run that is killed does not lock out the next. */
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

/** Names and values in the order in which they are written; the client secret has no value here. */
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

/** What `deliver` does, for the progress of the run. */
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
 * The entries of what a run wrote, with what the record notes of it. GitHub's times have whole seconds and come from its
 * own clock: a secret that was written after the response to this run's write is somebody else's.
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
 * When each secret was written last, if that was by this run.
 *
 * @param updatedAt what GitHub lists
 * @param dates the `Date` of the response to this run's write of each
 * @returns undefined if one of them is missing, or was written by somebody else afterwards
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
