import { isDeepStrictEqual } from 'node:util';
import type { Advice } from '../errors.ts';
import { createBackoff, inSeconds } from '../http/send.ts';
import type { Application } from '../pingone/applications.ts';
import {
  clientIdOf,
  createApplication,
  deleteApplication,
  listApplications,
  readApplication,
} from '../pingone/applications.ts';
import { explainPingOne, grantAdminRoles, isOutcomeUnknown, PingOneError } from '../pingone/errors.ts';
import { listRoleAssignments } from '../pingone/roles.ts';
import type { Attributes } from '../reconcile/attributes.ts';
import type { AppliedWorker, StepContext } from './context.ts';
import { maskId } from './context.ts';
import { byAge } from './find.ts';
import { pollRecord } from './record.ts';

const firstPollMs = 250;
const longestPollMs = 2_000;
const mostPosts = 3;

/**
 * Creates the worker, never twice: PingOne has no idempotency key, and other runs may create a worker of the same name
 * simultaneously. If the outcome of a POST is unknown, the action looks for the application before it retries.
 *
 * @returns the new worker, to be followed by `resolveDuplicate`; `superseded` if there is one that another run may have
 *   created
 */
export async function createWorker(
  context: StepContext,
  environmentId: string,
  attributes: Attributes,
): Promise<AppliedWorker | 'superseded'> {
  const { run, pingone } = context;
  for (let attempt = 1; ; attempt += 1) {
    // `createdAt` is compared with PingOne's `Date`, which has whole seconds.
    const notBefore = Math.floor(pingone.now() / 1000) * 1000;
    const posted = await postOnce(context, environmentId, attributes);
    if ('application' in posted) {
      maskId(run, clientIdOf(posted.application));
      return newWorker(environmentId, posted.application);
    }
    run.runner.info('The response to the create request was lost. Looking for the application');
    const lostAt = run.clock.now();
    const [found, ...others] = await pollList(context, environmentId, (workers) => workers.length > 0);
    if (found) {
      const mayBeOurs =
        isOutcomeUnknown(posted.unknown) && others.length === 0 && isAsSent(found, attributes, notBefore);
      return mayBeOurs ? unlessRecorded(context, environmentId, found, lostAt) : 'superseded';
    }
    if (attempt === mostPosts) throw explainPingOne(posted.unknown, 'creating the application');
  }
}

function newWorker(environmentId: string, application: Application): AppliedWorker {
  return { ref: { environmentId, applicationId: application.id, isNew: true }, application, isCreated: true };
}

async function postOnce(
  { pingone }: StepContext,
  environmentId: string,
  attributes: Attributes,
): Promise<{ readonly application: Application } | { readonly unknown: unknown }> {
  try {
    return { application: await createApplication(pingone, environmentId, attributes) };
  } catch (error) {
    if (isOutcomeUnknown(error) || isNameTaken(error)) return { unknown: error };
    throw explainPingOne(error, 'creating the application', cannotCreate);
  }
}

/** Another run created a worker of the same name first. PingOne's documentation does not say which error it returns. */
function isNameTaken(error: unknown): boolean {
  if (!(error instanceof PingOneError)) return false;
  const isUnique = error.details.some(({ code, target }) => code === 'UNIQUENESS_VIOLATION' && target === 'name');
  return error.status === 409 || isUnique;
}

function isAsSent(application: Application, attributes: Attributes, notBefore: number): boolean {
  const { assignActorRoles: _, icon: _icon, ...sent } = attributes;
  return (
    Date.parse(application.createdAt ?? '') >= notBefore &&
    Object.entries(sent).every(([name, value]) => isDeepStrictEqual(application[name], value))
  );
}

/**
 * The application that the look-up found is taken as created by this run, unless another run records it as its own: that
 * run does so within one look after its POST.
 */
async function unlessRecorded(
  context: StepContext,
  environmentId: string,
  application: Application,
  lostAt: number,
): Promise<AppliedWorker | 'superseded'> {
  const { run } = context;
  maskId(run, clientIdOf(application));
  const worker = newWorker(environmentId, application);
  const record = await pollRecord(context, worker.ref, lostAt + run.limits.lookMs);
  return record.kind === 'none' || record.kind === 'unavailable' ? worker : 'superseded';
}

/**
 * Resolves a duplicate from a simultaneous run: after a successful POST, the list is read until it shows this run's
 * application. If it shows an older one with the name, this run deletes its own and returns `superseded`.
 */
export async function resolveDuplicate(
  context: StepContext,
  { ref, application: own }: AppliedWorker,
): Promise<'resolved' | 'superseded'> {
  const { runner } = context.run;
  const workers = await pollList(context, ref.environmentId, (listed) => listed.some(({ id }) => id === own.id));
  const [oldest] = [...workers.filter(({ id }) => id !== own.id), own].sort(byAge);
  if (!oldest || oldest.id === own.id) return 'resolved';

  maskId(context.run, clientIdOf(oldest));
  runner.info(`Another run created ${oldest.id} with the same name first. Deleting ${own.id} and using the other one`);
  try {
    const [current, assignments] = await Promise.all([
      readApplication(context.pingone, ref),
      listRoleAssignments(context.pingone, ref),
    ]);
    if (current.updatedAt === own.updatedAt && assignments.length === 0) await deleteApplication(context.pingone, ref);
    else
      runner.warning(
        `${own.id} was changed since this run created it, so it is not deleted. Two workers have the same name now.`,
      );
  } catch (error) {
    throw explainPingOne(error, 'deleting the duplicate application that this run created');
  }
  return 'superseded';
}

/** Lists the workers with the desired name until `isEnough`, or until the time ends. */
async function pollList(
  { run, pingone }: StepContext,
  environmentId: string,
  isEnough: (workers: readonly Application[]) => boolean,
): Promise<readonly Application[]> {
  const { clock, limits, interruption, runner, settings } = run;
  const until = clock.now() + limits.lookMs;
  const backoff = createBackoff({ clock, interruption, firstMs: firstPollMs, longestMs: longestPollMs, until });
  const announce = (leftMs: number): void =>
    runner.info(`The list of applications does not show the worker yet. Retrying for up to ${inSeconds(leftMs)}`);
  for (;;) {
    const listed = await listApplications(pingone, environmentId, settings.desired.name).catch((error: unknown) => {
      throw explainPingOne(error, 'reading the applications of the environment');
    });
    const workers = listed.filter(({ name, type }) => name === settings.desired.name && type === 'WORKER');
    if (isEnough(workers) || !(await backoff.pause(announce))) return workers;
  }
}

/** Creating the application was refused. */
function cannotCreate(error: PingOneError): Advice | undefined {
  if (!error.isAccessDenied || error.isFromGateway) return refusedAttributes(error);
  return {
    cause: 'the admin application can read applications in this environment, but not create them.',
    fix: grantAdminRoles,
  };
}

/** PingOne refused an attribute: names the input that it comes from. */
export function refusedAttributes(error: PingOneError): Advice | undefined {
  const isAbout = (attribute: string): boolean => error.details.some(({ target }) => target?.includes(attribute));
  if (isAbout('redirectUris')) {
    return {
      cause: 'PingOne does not accept one of the addresses in `redirect-uris`.',
      fix: "see PingOne's text above, and correct `redirect-uris`.",
    };
  }
  if (!isAbout('description')) return undefined;
  // The characters are not documented; users of PingOne reported them.
  return {
    cause: 'PingOne does not accept the characters $ + < = > ^ ` | ~ in a description.',
    fix: 'remove these characters from `description`.',
  };
}
