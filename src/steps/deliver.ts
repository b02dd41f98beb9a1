import { explainGitHub, permissionFor } from '../github/explain.ts';
import { secretNames } from '../github/names.ts';
import { sentenceList } from '../text.ts';
import type { WorkerCredentials } from './credentials.ts';
import { deliverDataSyncFiles } from './datasync.ts';
import type { PreparedTarget } from './preflight.ts';
import type { Step, StoreStep } from './progress.ts';
import type { Session } from './session.ts';

/** One entry of the output `stored`. */
export interface StoredReport {
  readonly target: string;
  readonly secrets: readonly string[];
  readonly variables: readonly string[];
}

/** One thing to write. */
interface Write {
  readonly target: PreparedTarget;
  readonly kind: 'secret' | 'variable';
  readonly name: string;
  readonly value: string;
}

/** Where the credentials are. */
export interface Delivered {
  readonly stored: readonly StoredReport[];
  /** Absolute paths of the files for PingDataSync. */
  readonly dataSyncFiles: readonly string[];
}

/**
 * Writes the credentials to every place that the inputs name, one after the other: GitHub's first, then the files for
 * PingDataSync. May be called again with newer ones.
 *
 * @throws ActionError for the first write that fails
 */
export async function deliver(
  session: Session,
  targets: readonly PreparedTarget[],
  credentials: WorkerCredentials,
): Promise<Delivered> {
  const stored = await storeCredentials(session, targets, credentials);
  const dataSyncFiles = deliverDataSyncFiles(session, credentials);
  if (dataSyncFiles.length > 0) session.progress.finish(fileStep);
  return { stored, dataSyncFiles };
}

async function storeCredentials(
  session: Session,
  targets: readonly PreparedTarget[],
  credentials: WorkerCredentials,
): Promise<readonly StoredReport[]> {
  const writes = targets.flatMap((target) => writesTo(target, credentials));
  for (const write of writes) {
    await perform(write).catch((error: unknown) => {
      throw explain(error, write);
    });
    session.progress.finish(stepOf(write));
  }
  return targets.map((target) => {
    const report = reportOf(target, writes);
    const names = sentenceList([...report.secrets, ...report.variables]);
    session.runner.info(`Stored in ${target.store.label}: ${names}`);
    return report;
  });
}

function writesTo(
  target: PreparedTarget,
  { clientId, clientSecret, environmentId }: Pick<WorkerCredentials, 'clientId' | 'clientSecret' | 'environmentId'>,
): Write[] {
  const { prefix, ids } = target.entry;
  const names = secretNames(prefix);
  const kind = ids === 'variables' ? 'variable' : 'secret';
  return [
    { target, kind, name: names.clientId, value: clientId },
    { target, kind: 'secret', name: names.clientSecret, value: clientSecret },
    { target, kind, name: names.environmentId, value: environmentId },
  ];
}

/** What `deliver` does, for the progress of the run. */
export function deliverySteps({ settings }: Session, targets: readonly PreparedTarget[]): readonly Step[] {
  const nothing = { clientId: '', clientSecret: '', environmentId: '' };
  const writes = targets.flatMap((target) => writesTo(target, nothing).map(stepOf));
  return [...writes, ...(settings.dataSync ? [fileStep] : [])];
}

const fileStep = 'write the files for PingDataSync';

function stepOf({ target: { store, entry }, kind, name }: Write): StoreStep {
  return { target: entry.target, label: store.label, kind, name };
}

function perform({ target: { store }, kind, name, value }: Write): Promise<void> {
  return kind === 'secret' ? store.writeSecret(name, value) : store.writeVariable(name, value);
}

function explain(error: unknown, { target: { store, entry }, kind, name }: Write): unknown {
  return explainGitHub(error, `writing ${name} to ${store.label}`, permissionFor(entry.target, kind));
}

function reportOf(target: PreparedTarget, writes: readonly Write[]): StoredReport {
  const namesOf = (kind: Write['kind']): string[] =>
    writes.filter((write) => write.target === target && write.kind === kind).map(({ name }) => name);
  return { target: target.entry.target, secrets: namesOf('secret'), variables: namesOf('variable') };
}
