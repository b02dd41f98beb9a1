import { ActionError } from '../errors.ts';
import type { Application } from '../pingone/applications.ts';
import { clientIdOf, listApplications } from '../pingone/applications.ts';
import { inline, sentenceList } from '../text.ts';
import { findWorker } from '../worker/find.ts';
import type { RecordState } from '../worker/record.ts';
import type { StepContext } from './context.ts';
import { observeRecord } from './record.ts';
import { maskId } from './session.ts';

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
