import { ActionError } from '../errors.ts';
import type { Change } from '../worker/changes.ts';
import type { RecordState, Stored } from '../worker/record.ts';
import type { TeardownObstacle } from '../worker/teardown.ts';
import { teardownObstacle } from '../worker/teardown.ts';
import type { StepContext } from './context.ts';
import { deleteWorker } from './delete.ts';
import { EnvironmentGone } from './environment.ts';
import { deleteSecrets, describeEntry, forgetStep, placeOf, requireToken } from './forget.ts';
import type { Observation } from './observe.ts';
import { observe } from './observe.ts';
import type { Outcome } from './outputs.ts';
import { storedEntries } from './preflight.ts';
import type { Session } from './session.ts';
import { shownName } from './session.ts';

const plan: readonly Change[] = [{ kind: 'delete-application' }];

/**
 * Deletes the worker and what belongs to it: first the GitHub secrets that its record lists, then the application,
 * then its icon. What is gone already counts as deleted, so that a run that was killed half-way is finished by the next.
 *
 * @throws ActionError where the worker is not this repository's to delete
 */
export async function tearDown(context: StepContext): Promise<Outcome> {
  const { session } = context;
  let observation: Observation;
  try {
    observation = await observe(context);
  } catch (error) {
    if (!(error instanceof EnvironmentGone)) throw error;
    session.runner.notice(error.explanation.what);
    return gone(session, undefined);
  }
  const { environment, worker } = observation;
  if (!worker) return gone(session, environment);

  const { teardown, dryRun } = session.settings;
  const obstacle = teardownObstacle(worker.record, environment.type, teardown);
  if (obstacle) throw refusal(session, obstacle, worker.record);
  const entries = entriesToDelete(session, worker.record);
  if (!dryRun) requireToken(session, entries);
  session.runner.info(`Worker "${shownName(session.settings)}" exists; to do:`);
  for (const entry of entries) session.runner.info(`  delete ${describeEntry(entry)}`);
  session.runner.info('  delete application');
  session.progress.plan([...entries.map(forgetStep), 'delete the application']);
  if (!dryRun) await deleteWorker(observation.context, environment.id, worker, entries);
  return { environment, application: worker.application, result: 'deleted', plan, deleted: entries };
}

async function gone(session: Session, environment: Outcome['environment']): Promise<Outcome> {
  const { runner, settings } = session;
  runner.info(`Worker "${shownName(settings)}" does not exist: nothing to tear down in PingOne`);
  const entries = storedEntries(settings);
  const places = entries.map(describeEntry).join('; ');
  const deletes = entries.length > 0 && settings.teardown.force;
  if (deletes && !settings.dryRun) await deleteSecrets(session, entries);
  else if (entries.length > 0 && !deletes) {
    runner.notice(`GitHub secrets that may be left over stay as they are: ${places}. \`force-delete\` deletes them.`);
  }
  return { environment, application: undefined, result: 'absent', plan: [], deleted: deletes ? entries : [] };
}

/** Secrets of a whole organization may serve others as well: they go only where it is forced. */
function entriesToDelete({ settings, runner }: Session, record: RecordState): readonly Stored[] {
  const listed = record.kind === 'own' ? record.record.stored : [];
  const kept = listed.filter(({ target }) => target === 'organization' && !settings.teardown.force);
  for (const entry of kept) {
    runner.notice(
      `The secrets of prefix ${entry.prefix} in ${placeOf(entry)} stay: \`force-delete\` deletes them, too.`,
    );
  }
  return listed.filter((entry) => !kept.includes(entry));
}

const reasons: Readonly<Record<Exclude<TeardownObstacle, 'production'>, string>> = {
  adopted: 'this repository found it and took it over; somebody else created it.',
  foreign: 'its record belongs to another repository.',
  unrecorded: 'it has no record, so nobody can tell who created it.',
};

function refusal(session: Session, obstacle: TeardownObstacle, record: RecordState): ActionError {
  const name = shownName(session.settings);
  if (obstacle === 'production') {
    return new ActionError({
      what: `\`state: absent\`: the worker "${name}" lives in a PingOne environment of type PRODUCTION, so it is not deleted.`,
      cause: '`environment` names the wrong one, or production is really meant.',
      fix: 'check `environment`; if it is right, set `allow-production-delete` to true.',
    });
  }
  const whose = record.kind === 'foreign' ? ` (${record.owner})` : '';
  return new ActionError({
    what: `\`state: absent\`: the worker "${name}" was not created by this repository${whose}, so it is not deleted.`,
    cause:
      obstacle === 'foreign' && !session.settings.run.owner
        ? 'the runner does not say which repository this is (GITHUB_REPOSITORY_ID is not set).'
        : reasons[obstacle],
    fix: 'delete it in PingOne by hand, or set `force-delete` to true if nobody else uses it.',
  });
}
