import { ActionError, explained } from '../errors.ts';
import { explainGitHub, permissionFor } from '../github/explain.ts';
import { deleteStored } from '../github/forget.ts';
import { namesFor } from '../github/names.ts';
import { connectToGitHub } from '../github/octokit.ts';
import { deleteApplication } from '../pingone/applications.ts';
import type { PingOne } from '../pingone/client.ts';
import { PingOneError } from '../pingone/errors.ts';
import { explainPingOne } from '../pingone/explain.ts';
import { deleteImage } from '../pingone/images.ts';
import { sentenceList } from '../text.ts';
import type { Change } from '../worker/changes.ts';
import type { RecordState, Stored } from '../worker/record.ts';
import type { TeardownObstacle } from '../worker/teardown.ts';
import { teardownObstacle } from '../worker/teardown.ts';
import { EnvironmentGone } from './environment.ts';
import type { ObservedApplication, Observation, StepContext } from './observe.ts';
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
    session.runner.info(error.explanation.what);
    return gone(session, undefined);
  }
  const { environment, worker } = observation;
  if (!worker) return gone(session, environment);

  const { teardown, dryRun } = session.settings;
  const obstacle = teardownObstacle(worker.record, environment.type, teardown);
  if (obstacle) throw refusal(session, obstacle, worker.record);
  const entries = entriesToDelete(session, worker.record);
  if (entries.length > 0 && session.settings.gitHub.token === '' && !dryRun) throw tokenMissing(entries);
  session.runner.info(`Worker "${shownName(session.settings)}" exists; to do:`);
  for (const entry of entries) session.runner.info(`  delete ${namesOf(entry)} in ${placeOf(entry)}`);
  session.runner.info('  delete application');
  if (!dryRun) await remove(observation.context, environment.id, worker, entries);
  return { environment, application: worker.application, result: 'deleted', plan };
}

async function gone(session: Session, environment: Outcome['environment']): Promise<Outcome> {
  const { runner, settings } = session;
  runner.info(`Worker "${shownName(settings)}" does not exist: nothing to tear down in PingOne`);
  const entries = storedEntries(settings);
  const places = entries.map((entry) => `${namesOf(entry)} in ${placeOf(entry)}`).join('; ');
  if (entries.length > 0 && settings.teardown.force && !settings.dryRun) await deleteSecrets(session, entries);
  else if (entries.length > 0) {
    runner.notice(`GitHub secrets that may be left over stay as they are: ${places}. \`force-delete\` deletes them.`);
  }
  return { environment, application: undefined, result: 'absent', plan: [] };
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

async function remove(
  { session, pingone }: StepContext,
  environmentId: string,
  { application, record }: ObservedApplication,
  entries: readonly Stored[],
): Promise<void> {
  await deleteSecrets(session, entries);
  // Before the application, since the record that names the image goes with it.
  const imageId = record.kind === 'own' ? record.record.icon?.imageId : undefined;
  const isImageLeft = imageId !== undefined && !(await isImageDeleted(pingone, environmentId, imageId));

  const ref = { environmentId, applicationId: application.id, isNew: false };
  await deleteApplication(pingone, ref).catch((error: unknown) => {
    throw explained(explainPingOne(error, 'deleting the application')).withAdvice(
      entries.length > 0 ? 'Its secrets in GitHub are deleted already; run again to delete the application.' : '',
    );
  });
  session.runner.info('Done: delete the application');
  if (isImageLeft && !(await isImageDeleted(pingone, environmentId, imageId))) {
    session.runner.notice(
      'The image of the icon stays in PingOne, where nothing points to it: PingOne refused to delete it.',
    );
  }
}

/** PingOne does not say whether it deletes an image that is still pointed to. */
async function isImageDeleted(pingone: PingOne, environmentId: string, imageId: string): Promise<boolean> {
  try {
    await deleteImage(pingone, environmentId, imageId);
    return true;
  } catch (error) {
    if (error instanceof PingOneError) return false;
    throw explainPingOne(error, 'deleting the image of the icon');
  }
}

async function deleteSecrets(session: Session, entries: readonly Stored[]): Promise<void> {
  if (entries.length === 0) return;
  if (session.settings.gitHub.token === '') throw tokenMissing(entries);
  for (const entry of entries) {
    try {
      const gitHub = await connectToGitHub(session.settings.gitHub, session.send);
      const { secrets, variables } = await deleteStored(gitHub, entry);
      const names = [...secrets, ...variables].join(', ');
      session.runner.info(`Deleted in ${placeOf(entry)}: ${names || 'nothing, they were gone already'}`);
    } catch (error) {
      const doing = `deleting secrets in ${placeOf(entry)}`;
      throw explained(explainGitHub(error, doing, permissionFor(entry.target, 'secret'))).withAdvice(
        'The application in PingOne is not deleted yet; run again to finish.',
      );
    }
  }
}

function namesOf({ prefix, ids }: Stored): string {
  const { secrets, variables } = namesFor(prefix, ids);
  return sentenceList([...secrets, ...variables]);
}

function placeOf({ target, repository }: Stored): string {
  return target === 'repository' ? `the repository ${repository}` : `${target} (${repository})`;
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
    cause: reasons[obstacle],
    fix: 'delete it in PingOne by hand, or set `force-delete` to true if nobody else uses it.',
  });
}

function tokenMissing(entries: readonly Stored[]): ActionError {
  return new ActionError({
    what: `\`github-token\` is missing: the worker's secrets in ${entries.map(placeOf).join(', ')} could not be deleted.`,
    cause: 'the secret that it is read from is not set, or is not passed to this step.',
    fix: 'pass the token that stored them, or one with the same permissions. Nothing was deleted.',
  });
}
