// The application that the inputs mean, by its ID or by its name.
import { ActionError } from '../errors.ts';
import type { Application } from '../pingone/applications.ts';
import { clientIdOf, listApplications, readApplication } from '../pingone/applications.ts';
import { explainPingOne, isMissing } from '../pingone/errors.ts';
import type { RecordState } from '../reconcile/ownership.ts';
import { distinguishable, inline, looseName, sentenceList } from '../text.ts';
import type { StepContext } from './context.ts';
import { maskId } from './context.ts';
import { observeRecord } from './record.ts';
import { cannotManage } from './refusals.ts';

const duplicatePollMs = 500;

/**
 * Chooses among several workers of one name: the oldest, if the records say that this repository created all of
 * them, which is what runs that raced leave behind. While such a race may still be going on (a worker without a record
 * that is younger than the time a run looks for others) the list is read again.
 *
 * @returns undefined if none is left after waiting
 * @throws ActionError with the IDs, if somebody has to decide
 */
export async function chooseAmong(
  context: StepContext,
  environmentId: string,
  name: string,
  candidates: readonly Application[],
): Promise<Application | undefined> {
  const { run, pingone } = context;
  const { clock, limits, interruption, runner } = run;
  const until = clock.now() + limits.lookMs;
  let workers = candidates;
  for (;;) {
    const records = await Promise.all(
      workers.map(({ id }) => observeRecord(run, pingone, { environmentId, applicationId: id, isNew: false })),
    );
    const [oldest, ...others] = workers;
    if (oldest && records.every(isCreatedHere)) {
      maskId(run, clientIdOf(oldest));
      runner.warning(
        `${workers.length} workers are named "${inline(name, 60)}", all created by this repository: taking the oldest, ` +
          `${oldest.id}. Delete ${sentenceList(others.map(({ id }) => id))} once nobody uses them.`,
      );
      return oldest;
    }
    const mayBeRace = workers.some((worker, index) => records[index]?.kind === 'none' && isNewWorker(worker, context));
    if (!mayBeRace || clock.now() >= until) throw severalWorkers(name, workers);

    runner.info(`${workers.length} workers are named alike, and one is very new: waiting for another run to settle it`);
    await clock.sleep(duplicatePollMs, interruption.stop);
    const found = findWorker(await listApplications(pingone, environmentId, name), name);
    if (found.kind !== 'several') return found.kind === 'one' ? found.application : undefined;
    workers = found.applications;
  }
}

function isCreatedHere(state: RecordState): boolean {
  return state.kind === 'own' && state.record.origin === 'created';
}

function isNewWorker({ createdAt }: Application, { run, pingone }: StepContext): boolean {
  return pingone.now() - Date.parse(createdAt ?? '') < 2 * run.limits.lookMs;
}

function severalWorkers(name: string, workers: readonly Application[]): ActionError {
  return new ActionError({
    what: `\`name\` "${inline(name)}" belongs to ${workers.length} workers: ${sentenceList(workers.map(({ id }) => id))}.`,
    cause: 'names are not unique in PingOne, and not all of these were created by this repository.',
    fix: 'delete or rename all but one of them in PingOne, or choose another `name`.',
  });
}

/**
 * The application that the inputs mean: the one of `application-id`, else the worker of exactly the name.
 *
 * @param list reads all applications of the environment; not called if the ID is given
 * @returns undefined if there is none of the name
 * @throws ActionError if it is not a worker, or somebody has to choose among several
 */
export async function findApplication(
  context: StepContext,
  environmentId: string,
  list: () => Promise<readonly Application[]>,
): Promise<Application | undefined> {
  const { desired } = context.run.settings;
  if (desired.applicationId !== undefined) return applicationById(context, environmentId, desired.applicationId);
  const name = desired.name ?? '';
  const found = findWorker(await list(), name);
  switch (found.kind) {
    case 'none':
      if (found.nearMisses.length > 0) context.run.runner.warning(nearMissWarning(name, found.nearMisses));
      return undefined;
    case 'one':
      return found.application;
    case 'several':
      return chooseAmong(context, environmentId, name, found.applications);
    case 'other-type':
      throw wrongType(`\`name\` "${inline(name)}"`, found.application);
  }
}

async function applicationById(
  { run, pingone }: StepContext,
  environmentId: string,
  applicationId: string,
): Promise<Application | undefined> {
  const { state, desired } = run.settings;
  const application = await readApplication(pingone, { environmentId, applicationId, isNew: false }).catch(
    (error: unknown) => {
      if (!isMissing(error)) throw explainPingOne(error, 'reading the application in `application-id`', cannotManage);
      return undefined;
    },
  );
  if (!application && state === 'present') throw noSuchApplication(applicationId);
  if (application && application.type !== 'WORKER') throw wrongType('`application-id`', application);
  // A new name is no wish for a worker that is to go: one of the two inputs means another.
  const isAnother = desired.name !== undefined && application?.name !== desired.name;
  if (application && state === 'absent' && isAnother) throw notThatName(application, desired.name);
  return application;
}

function nearMissWarning(name: string, similar: readonly string[]): string {
  const [wanted = '', ...others] = distinguishable([name, ...similar.slice(0, 10)]);
  return `No worker is named ${wanted}, but there is ${sentenceList(others)}.
Likely cause: \`name\` is matched exactly. These names differ only in case, blanks, Unicode form or invisible characters.
What to do: if you mean one of these applications, set \`name\` to its exact name, or set \`application-id\`.`;
}

function notThatName({ id, name }: Application, wanted: string): ActionError {
  const [actual = '', asked = ''] = distinguishable([name, wanted], 300);
  return new ActionError({
    what: `\`application-id\` ${id} is named ${actual}, not ${asked} as \`name\` says, so it is not deleted.`,
    cause: 'one of the two inputs means another worker.',
    fix: 'correct the wrong one, or leave `name` out.',
  });
}

function noSuchApplication(applicationId: string): ActionError {
  return new ActionError({
    what: `\`application-id\` ${applicationId} is no application of this environment.`,
    cause:
      'it was deleted, it belongs to another environment, or a client ID was given that is not the application id.',
    fix: 'copy the id from PingOne (Applications > its Overview tab), and check `environment`.',
  });
}

function wrongType(which: string, { id, type }: Application): ActionError {
  return new ActionError({
    what: `${which} belongs to an application of type ${inline(type, 40)} (${id}), not to a worker.`,
    cause: "this is somebody else's application.",
    fix: 'name another one, or rename that application in PingOne: the type of an application cannot be changed.',
  });
}

/** What the list of applications says about a name. */
export type Found =
  | { readonly kind: 'none'; readonly nearMisses: readonly string[] }
  | { readonly kind: 'one'; readonly application: Application }
  /** The oldest first, by creation, then by id: every run puts them in the same order. */
  | { readonly kind: 'several'; readonly applications: readonly [Application, Application, ...Application[]] }
  | { readonly kind: 'other-type'; readonly application: Application };

/**
 * Looks a worker up by its exact name, case and all, among the applications of type WORKER. Names are not unique in
 * PingOne. `nearMisses` are names that a person would take for the same (`looseName`).
 */
export function findWorker(applications: readonly Application[], name: string): Found {
  const named = applications.filter((application) => application.name === name);
  const [first, second, ...rest] = named.filter(({ type }) => type === 'WORKER').sort(byAge);
  if (first && second) return { kind: 'several', applications: [first, second, ...rest] };
  if (first) return { kind: 'one', application: first };
  if (named[0]) return { kind: 'other-type', application: named[0] };
  const loose = looseName(name);
  // Nobody takes a name of some megabytes for another, and comparing it would take seconds.
  const similar = (other: string): boolean => other.length < 10_000 && looseName(other) === loose;
  return { kind: 'none', nearMisses: applications.map((application) => application.name).filter(similar) };
}

/** Orders applications from the oldest to the youngest, by `createdAt`, then by ID. */
export function byAge(a: Application, b: Application): number {
  const difference = Date.parse(a.createdAt ?? '') - Date.parse(b.createdAt ?? '');
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  return a.id < b.id ? -1 : 1;
}
