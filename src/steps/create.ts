import { createBackoff } from '../http/backoff.ts';
import type { Application } from '../pingone/applications.ts';
import {
  clientIdOf,
  createApplication,
  deleteApplication,
  listApplications,
  readApplication,
} from '../pingone/applications.ts';
import { isOutcomeUnknown, PingOneError } from '../pingone/errors.ts';
import { explainPingOne } from '../pingone/explain.ts';
import { listRoleAssignments } from '../pingone/roles.ts';
import { byAge } from '../worker/find.ts';
import type { Attributes } from '../worker/target.ts';
import type { AppliedWorker, StepContext } from './context.ts';
import { cannotCreate } from './refusals.ts';
import { maskId } from './session.ts';

const firstPollMs = 250;
const longestPollMs = 2_000;
const mostTries = 3;

/**
 * Creates the worker, never twice: PingOne has no idempotency key, and other runs may be creating one of the same name
 * at this moment.
 *
 * A POST whose outcome is unknown is followed by a look-up.
 *
 * @returns the new worker, to be followed by `settleRace`; `superseded` where there is one that is not provably ours
 */
export async function createWorker(
  context: StepContext,
  environmentId: string,
  attributes: Attributes,
): Promise<AppliedWorker | 'superseded'> {
  for (let attempt = 1; ; attempt += 1) {
    const posted = await postOnce(context, environmentId, attributes);
    if ('application' in posted) {
      maskId(context.session, clientIdOf(posted.application));
      const { application } = posted;
      return { ref: { environmentId, applicationId: application.id, isNew: true }, application };
    }
    context.session.runner.info('Whether the application was created is unknown; looking for it');
    if (await appears(context, environmentId)) return 'superseded';
    if (attempt === mostTries) throw explainPingOne(posted.unknown, 'creating the application');
  }
}

async function postOnce(
  { pingone }: StepContext,
  environmentId: string,
  attributes: Attributes,
): Promise<{ readonly application: Application } | { readonly unknown: unknown }> {
  try {
    return { application: await createApplication(pingone, environmentId, attributes) };
  } catch (error) {
    if (isUnknownOutcome(error)) return { unknown: error };
    throw explainPingOne(error, 'creating the application', cannotCreate);
  }
}

/** The POST may have created something, or somebody was faster with the same name. */
function isUnknownOutcome(error: unknown): boolean {
  return isOutcomeUnknown(error) || (error instanceof PingOneError && (error.status === 409 || isNameTaken(error)));
}

function isNameTaken(error: PingOneError): boolean {
  return error.details.some(({ code, target }) => code === 'UNIQUENESS_VIOLATION' && target === 'name');
}

/** Reads the list until a worker of the name shows, for as long as a list may lag. */
async function appears(context: StepContext, environmentId: string): Promise<boolean> {
  const found = await pollList(context, environmentId, (workers) => workers.length > 0);
  return found.length > 0;
}

/**
 * Looks whether another run was creating the worker, too: after a POST that went well the list is read until our own
 * application shows; if an older one of the name shows as well, ours is removed again, and `superseded` returned.
 */
export async function settleRace(
  context: StepContext,
  { ref, application: own }: AppliedWorker,
): Promise<'settled' | 'superseded'> {
  const { runner } = context.session;
  const workers = await pollList(context, ref.environmentId, (listed) => listed.some(({ id }) => id === own.id));
  const [oldest] = [...workers.filter(({ id }) => id !== own.id), own].sort(byAge);
  if (!oldest || oldest.id === own.id) return 'settled';

  maskId(context.session, clientIdOf(oldest));
  runner.info(`Another run created ${oldest.id} of the same name first: removing ${own.id}, going on with the other`);
  try {
    const [current, assignments] = await Promise.all([
      readApplication(context.pingone, ref),
      listRoleAssignments(context.pingone, ref),
    ]);
    if (current.updatedAt === own.updatedAt && assignments.length === 0) await deleteApplication(context.pingone, ref);
    else runner.warning(`${own.id} was changed since it was created, so it stays: two workers have the same name now.`);
  } catch (error) {
    throw explainPingOne(error, 'removing the application that this run created a moment after another one');
  }
  return 'superseded';
}

/** Lists the workers of the desired name until `isEnough`, or until the time for it is over. */
async function pollList(
  { session, pingone }: StepContext,
  environmentId: string,
  isEnough: (workers: readonly Application[]) => boolean,
): Promise<readonly Application[]> {
  const { clock, limits, interruption, runner, settings } = session;
  const until = clock.now() + limits.lookMs;
  const backoff = createBackoff({ clock, interruption, firstMs: firstPollMs, longestMs: longestPollMs, until });
  for (let isFirst = true; ; isFirst = false) {
    const listed = await listApplications(pingone, environmentId).catch((error: unknown) => {
      throw explainPingOne(error, 'reading the applications of the environment');
    });
    const workers = listed.filter(({ name, type }) => name === settings.desired.name && type === 'WORKER');
    const announce = (): void => {
      if (isFirst) runner.info('The list of applications does not show it yet; looking again for a while');
    };
    if (isEnough(workers) || !(await backoff.pause(announce))) return workers;
  }
}
