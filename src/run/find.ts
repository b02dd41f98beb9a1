// Finds the application of the inputs, by its ID or by its name, and refuses one that the inputs cannot mean.
import type { Advice } from '../errors.ts';
import { ActionError } from '../errors.ts';
import { inSeconds } from '../http/send.ts';
import type { Application } from '../pingone/applications.ts';
import { clientIdOf, listApplications, readApplication } from '../pingone/applications.ts';
import type { PingOneError } from '../pingone/errors.ts';
import { explainPingOne, grantAdminRoles, isMissing } from '../pingone/errors.ts';
import { isCreatedHere } from '../reconcile/ownership.ts';
import { distinguishable, inline, looseName, sentenceList } from '../text.ts';
import type { StepContext } from './context.ts';
import { maskId, shownName } from './context.ts';
import { observeRecord } from './record.ts';

const duplicatePollMs = 500;

/**
 * Chooses between several workers with the same name: the oldest, if this repository created all of them, since
 * simultaneous runs can leave duplicates. If such runs may still be active (a new worker without a record), the list is
 * read again.
 *
 * @returns undefined if none is left after waiting
 * @throws ActionError with the IDs, if a person must decide
 */
async function chooseAmong(
  context: StepContext,
  environmentId: string,
  name: string,
  candidates: readonly Application[],
): Promise<Application | undefined> {
  const { run, pingone } = context;
  const { clock, limits, interruption, runner } = run;
  const until = clock.now() + limits.lookMs;
  let workers = candidates;
  let isAnnounced = false;
  for (;;) {
    const records = await Promise.all(
      workers.map(({ id }) => observeRecord(run, pingone, { environmentId, applicationId: id, isNew: false })),
    );
    const [oldest, ...others] = workers;
    if (oldest && records.every(isCreatedHere)) {
      maskId(run, clientIdOf(oldest));
      runner.warning(
        `${workers.length} workers are named "${inline(name, 60)}", all created by this repository. This run uses the ` +
          `oldest, ${oldest.id}. Delete ${sentenceList(others.map(({ id }) => id))} if nobody uses them.`,
      );
      return oldest;
    }
    const mayBeRace = workers.some((worker, index) => records[index]?.kind === 'none' && isNewWorker(worker, context));
    if (!mayBeRace || clock.now() >= until) throw severalWorkers(name, workers);

    if (!isAnnounced) runner.info(waitLine(workers.length, until - clock.now()));
    isAnnounced = true;
    await clock.sleep(duplicatePollMs, interruption.stop);
    const found = findWorker(await listApplications(pingone, environmentId, name), name);
    if (found.kind !== 'several') return found.kind === 'one' ? found.application : undefined;
    workers = found.applications;
  }
}

function waitLine(count: number, leftMs: number): string {
  return `${count} workers have this name, and one is new. Waiting up to ${inSeconds(leftMs)} for its run to remove it`;
}

function isNewWorker({ createdAt }: Application, { run, pingone }: StepContext): boolean {
  return pingone.now() - Date.parse(createdAt ?? '') < 2 * run.limits.lookMs;
}

function severalWorkers(name: string, workers: readonly Application[]): ActionError {
  return new ActionError({
    what: `\`name\`: ${workers.length} workers are named "${inline(name)}": ${sentenceList(workers.map(({ id }) => id))}.`,
    cause: 'names are not unique in PingOne, and this repository did not create all of these workers.',
    fix: 'set `application-id` to the worker that you mean, or delete or rename the others in PingOne.',
  });
}

/**
 * Finds the application of the inputs: by `application-id`, else the worker with exactly the name.
 *
 * @returns undefined if there is none
 * @throws ActionError if it is not a worker, or several have the name
 */
export async function findApplication(context: StepContext, environmentId: string): Promise<Application | undefined> {
  const { desired } = context.run.settings;
  if (desired.applicationId !== undefined) return applicationById(context, environmentId, desired.applicationId);
  const name = desired.name ?? '';
  const applications = await listApplications(context.pingone, environmentId, name).catch((error: unknown) => {
    throw explainPingOne(error, 'reading the applications of the environment', cannotManage);
  });
  const found = findWorker(applications, name);
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
  // A teardown does not rename, so a different name means that one of the two inputs is wrong.
  const isAnother = desired.name !== undefined && application?.name !== desired.name;
  if (application && state === 'absent' && isAnother) throw notThatName(application, desired.name);
  return application;
}

/** `name` with `application-id` renames the worker, which must not create a second worker with the name. */
export async function refuseTakenName(
  { run, pingone }: StepContext,
  environmentId: string,
  application: Application,
): Promise<void> {
  const { name, applicationId } = run.settings.desired;
  if (applicationId === undefined || name === undefined || name === application.name) return;
  const applications = await listApplications(pingone, environmentId).catch((error: unknown) => {
    throw explainPingOne(error, 'reading the applications of the environment', cannotManage);
  });
  const others = applications.filter((it) => it.type === 'WORKER' && it.name === name && it.id !== application.id);
  if (others.length > 0) throw nameTaken(name, others);
}

/** @throws ActionError if the application is the admin application itself */
export function refuseAdminApplication({ run: { settings }, connection }: StepContext, application: Application): void {
  const { id } = application;
  if (![clientIdOf(application), id].some((own) => own === connection.adminClientId)) return;
  const input = settings.desired.applicationId === undefined ? '`name`' : '`application-id`';
  throw new ActionError({
    what: `${input} "${shownName(settings)}" is the admin application itself (${id}).`,
    cause: 'the worker and the admin application were mixed up.',
    fix: `set ${input} to another application. The admin application must not be the worker: PingOne does not let it read its own secret.`,
  });
}

/** Reading applications was refused. */
function cannotManage(error: PingOneError): Advice | undefined {
  if (!error.isAccessDenied || error.isFromGateway) return undefined;
  return {
    cause: 'the admin application has no role to manage applications in this environment.',
    fix: grantAdminRoles,
  };
}

function nearMissWarning(name: string, similar: readonly string[]): string {
  const [wanted = '', ...others] = distinguishable([name, ...similar.slice(0, 10)]);
  return `No worker is named ${wanted}, but there is ${sentenceList(others)}.
Likely cause: a typo. \`name\` is matched exactly, and these names differ only in case, blanks, Unicode form or invisible characters.
What to do: if you mean one of these applications, set \`name\` to its exact name, or set \`application-id\`.`;
}

function notThatName({ id, name }: Application, wanted: string): ActionError {
  const [actual = '', asked = ''] = distinguishable([name, wanted], 300);
  return new ActionError({
    what: `\`name\` is ${asked}, but the application in \`application-id\` (${id}) is named ${actual}. It was not deleted.`,
    cause: 'one of the two inputs belongs to another worker.',
    fix: 'correct the wrong input, or remove `name`.',
  });
}

function noSuchApplication(applicationId: string): ActionError {
  return new ActionError({
    what: `\`application-id\`: the environment has no application with the ID ${applicationId}.`,
    cause: 'the application was deleted, or it belongs to another environment.',
    fix: 'copy the application ID from PingOne (Applications > Applications > Overview tab), and check `environment`.',
  });
}

function wrongType(which: string, { id, type }: Application): ActionError {
  return new ActionError({
    what: `${which} is an application of type ${inline(type, 40)} (${id}), not a worker.`,
    cause: 'the application belongs to another team or tool. PingOne cannot change the type of an application.',
    fix: 'choose another `name`, or set `application-id` to a Worker application.',
  });
}

/** The applications with a name. */
export type Found =
  | { readonly kind: 'none'; readonly nearMisses: readonly string[] }
  | { readonly kind: 'one'; readonly application: Application }
  /** The oldest first, by `createdAt`, then by ID: the same order in every run. */
  | { readonly kind: 'several'; readonly applications: readonly [Application, Application, ...Application[]] }
  | { readonly kind: 'other-type'; readonly application: Application };

/**
 * Finds a worker by its exact name, including case. Names are not unique in PingOne. `nearMisses` are names that look the
 * same (`looseName`).
 */
export function findWorker(applications: readonly Application[], name: string): Found {
  const named = applications.filter((application) => application.name === name);
  const [first, second, ...rest] = named.filter(({ type }) => type === 'WORKER').sort(byAge);
  if (first && second) return { kind: 'several', applications: [first, second, ...rest] };
  if (first) return { kind: 'one', application: first };
  if (named[0]) return { kind: 'other-type', application: named[0] };
  const loose = looseName(name);
  // Comparing a name of some megabytes would take seconds.
  const similar = (other: string): boolean => other.length < 10_000 && looseName(other) === loose;
  return { kind: 'none', nearMisses: applications.map((application) => application.name).filter(similar) };
}

/** Sorts applications from the oldest to the newest, by `createdAt`, then by ID. */
export function byAge(a: Application, b: Application): number {
  const difference = Date.parse(a.createdAt ?? '') - Date.parse(b.createdAt ?? '');
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  return a.id < b.id ? -1 : 1;
}

/** A rename would create a second worker with this name, and later runs could not distinguish them. */
function nameTaken(name: string, others: readonly Application[]): ActionError {
  const ids = sentenceList(others.map(({ id }) => id));
  return new ActionError({
    what: `\`name\`: the application in \`application-id\` cannot be renamed to "${inline(name, 60)}". Another worker has this name (${ids}).`,
    cause: '`application-id` or `name` belongs to another worker.',
    fix: 'correct the wrong input, choose another `name`, or remove `name` to keep the current name.',
  });
}
