import { ActionError } from '../errors.ts';
import { clientIdOf, listApplications, readApplication } from '../pingone/applications.ts';
import type { Application } from '../pingone/applications.ts';
import { isMissing } from '../pingone/errors.ts';
import { explainPingOne } from '../pingone/explain.ts';
import { findWorker } from '../reconcile/find.ts';
import type { RecordState } from '../reconcile/ownership.ts';
import { distinguishable, inline, sentenceList } from '../text.ts';
import { maskId } from './context.ts';
import { observeRecord } from './record.ts';
import { cannotManage } from './refusals.ts';
import type { StepContext } from './worker.ts';

const pollMs = 500;

/**
 * Chooses among several workers of one name: the oldest, where the records say that this repository created all of
 * them, which is what runs that raced leave behind. While such a race may still be going on (a worker without a record
 * that is younger than the time a run looks for others) the list is read again.
 *
 * @returns undefined where none is left after waiting
 * @throws ActionError with the ids, where somebody has to decide
 */
export async function chooseAmong(
  context: StepContext,
  environmentId: string,
  name: string,
  candidates: readonly Application[],
): Promise<Application | undefined> {
  const { session, pingone } = context;
  const { clock, limits, interruption, runner } = session;
  const until = clock.now() + limits.lookMs;
  let workers = candidates;
  for (;;) {
    const records = await Promise.all(
      workers.map(({ id }) => observeRecord(session, pingone, { environmentId, applicationId: id, isNew: false })),
    );
    const [oldest, ...others] = workers;
    if (oldest && records.every(isCreatedHere)) {
      maskId(session, clientIdOf(oldest));
      runner.warning(
        `${workers.length} workers are named "${inline(name, 60)}", all created by this repository: taking the oldest, ` +
          `${oldest.id}. Delete ${sentenceList(others.map(({ id }) => id))} once nobody uses them.`,
      );
      return oldest;
    }
    const mayBeRace = workers.some((worker, index) => records[index]?.kind === 'none' && isYoung(worker, context));
    if (!mayBeRace || clock.now() >= until) throw several(name, workers);

    runner.info(`${workers.length} workers are named alike, and one is very new: waiting for another run to settle it`);
    await clock.sleep(pollMs, interruption.stop);
    const found = findWorker(await listApplications(pingone, environmentId, name), name);
    if (found.kind !== 'several') return found.kind === 'one' ? found.application : undefined;
    workers = found.applications;
  }
}

function isCreatedHere(state: RecordState): boolean {
  return state.kind === 'own' && state.record.origin === 'created';
}

function isYoung({ createdAt }: Application, { session, pingone }: StepContext): boolean {
  return pingone.now() - Date.parse(createdAt ?? '') < 2 * session.limits.lookMs;
}

function several(name: string, workers: readonly Application[]): ActionError {
  return new ActionError({
    what: `\`name\` "${inline(name)}" belongs to ${workers.length} workers: ${sentenceList(workers.map(({ id }) => id))}.`,
    cause: 'names are not unique in PingOne, and not all of these were created by this repository.',
    fix: 'delete or rename all but one of them in PingOne, or choose another `name`.',
  });
}

/**
 * The application that the inputs mean: the one of `application-id`, else the worker of exactly the name.
 *
 * @param list reads all applications of the environment; not called where the id is given
 * @returns undefined where there is none of the name
 * @throws ActionError where it is not a worker, or somebody has to choose among several
 */
export async function findApplication(
  context: StepContext,
  environmentId: string,
  list: () => Promise<readonly Application[]>,
): Promise<Application | undefined> {
  const { desired } = context.session.settings;
  if (desired.applicationId !== undefined) return byId(context, environmentId, desired.applicationId);
  const name = desired.name ?? '';
  const found = findWorker(await list(), name);
  switch (found.kind) {
    case 'none':
      if (found.nearMisses.length > 0) context.session.runner.warning(nearMissWarning(name, found.nearMisses));
      return undefined;
    case 'one':
      return found.application;
    case 'several':
      return chooseAmong(context, environmentId, name, found.applications);
    case 'other-type':
      throw otherType(`\`name\` "${inline(name)}"`, found.application);
  }
}

async function byId(
  { session, pingone }: StepContext,
  environmentId: string,
  applicationId: string,
): Promise<Application | undefined> {
  const { state, desired } = session.settings;
  const application = await readApplication(pingone, { environmentId, applicationId, isNew: false }).catch(
    (error: unknown) => {
      if (!isMissing(error)) throw explainPingOne(error, 'reading the application in `application-id`', cannotManage);
      return undefined;
    },
  );
  if (!application && state === 'present') throw noSuchApplication(applicationId);
  if (application && application.type !== 'WORKER') throw otherType('`application-id`', application);
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

function otherType(which: string, { id, type }: Application): ActionError {
  return new ActionError({
    what: `${which} belongs to an application of type ${inline(type, 40)} (${id}), not to a worker.`,
    cause: "this is somebody else's application.",
    fix: 'name another one, or rename that application in PingOne: the type of an application cannot be changed.',
  });
}
