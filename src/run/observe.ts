// What PingOne has now: the environment, and the worker with its roles and its record.
import type { Explanation } from '../errors.ts';
import { ActionError } from '../errors.ts';
import { createBackoff, inSeconds } from '../http/send.ts';
import type { Application } from '../pingone/applications.ts';
import { clientIdOf, listApplications } from '../pingone/applications.ts';
import type { PingOne } from '../pingone/client.ts';
import type { Environment } from '../pingone/environments.ts';
import { findEnvironments, isYoung, listEnvironments, readEnvironment } from '../pingone/environments.ts';
import { explainPingOne, isMissing, PingOneError } from '../pingone/errors.ts';
import { isImageGone } from '../pingone/images.ts';
import type { Role, RoleAssignment } from '../pingone/roles.ts';
import { listRoleAssignments, listRoles } from '../pingone/roles.ts';
import type { ClientSecret } from '../pingone/secret.ts';
import { imageIdOf } from '../reconcile/diff.ts';
import type { RecordState } from '../reconcile/ownership.ts';
import type { Settings } from '../settings.ts';
import { distinguishable, inline, looseName, nearest, sentenceList } from '../text.ts';
import type { StepContext } from './context.ts';
import { maskId, pingOneFor, shownName } from './context.ts';
import { findApplication } from './find.ts';
import { readSecretAhead } from './read-secret.ts';
import { observeRecord } from './record.ts';
import { cannotManage, nameTaken } from './refusals.ts';

/** The environment does not exist, or is about to be deleted: nothing can be ensured in it, and nothing torn down. */
export class EnvironmentGone extends ActionError {}

/** The environment exists, but was deleted in PingOne a short time ago. */
export class EnvironmentDeletePending extends EnvironmentGone {}

const namePollMs = 1_000;
const namePatienceMs = 5_000;

/**
 * The PingOne environment that the input names, by id or by exact name.
 *
 * @throws EnvironmentGone where there is none, or it is about to be deleted
 * @throws ActionError where the admin credentials may not see it
 */
export async function observeEnvironment(context: StepContext, wanted: Settings['environment']): Promise<Environment> {
  const environment =
    'id' in wanted ? await environmentById(context, wanted.id) : await environmentByName(context, wanted.name);
  if (environment.status === 'DELETE_PENDING') {
    throw new EnvironmentDeletePending({
      what: `The PingOne environment in \`environment\` ("${inline(environment.name)}") is about to be deleted.`,
      cause: 'somebody deleted it; PingOne keeps it for some days in the status DELETE_PENDING.',
      fix: 'restore it in PingOne, or name another one in `environment`.',
    });
  }
  return environment;
}

async function environmentById({ pingone }: StepContext, id: string): Promise<Environment> {
  try {
    return await readEnvironment(pingone, id);
  } catch (error) {
    if (isMissing(error)) {
      throw new EnvironmentGone(environmentNotFound(`no environment of the id ${id}`), { cause: error });
    }
    const isHidden = error instanceof PingOneError && error.isAccessDenied && !error.isFromGateway;
    if (!isHidden) throw explainPingOne(error, 'reading the environment in `environment`');
    const what = `the environment of the id ${id} exists: PingOne answers ${error.message}`;
    throw new ActionError(
      { ...environmentNotFound(''), what: `\`environment\`: the admin credentials may not see whether ${what}` },
      { cause: error },
    );
  }
}

/** A new environment takes a moment to show in the list of names. */
async function environmentByName({ run, pingone }: StepContext, name: string): Promise<Environment> {
  const { clock, limits, runner, interruption } = run;
  const until = clock.now() + Math.min(namePatienceMs, limits.lookMs);
  const backoff = createBackoff({ clock, interruption, firstMs: namePollMs, until });
  const line = `No environment is named "${inline(name)}" yet; looking again for up to `;
  for (;;) {
    const candidates = await findEnvironments(pingone, name).catch((error: unknown) => {
      throw explainPingOne(error, 'finding the environment in `environment` by its name');
    });
    const [found, ...others] = candidates.filter((candidate) => candidate.name === name);
    if (found && others.length === 0) return found;
    if (found) throw ambiguousEnvironment(name, [found, ...others]);
    if (!(await backoff.pause((leftMs) => runner.info(line + inSeconds(leftMs))))) {
      throw new EnvironmentGone(await notFoundByName(pingone, name));
    }
  }
}

const mostNames = 10;

/** The environments that there are, first of all the one that was probably meant. Not knowing them is no failure. */
async function notFoundByName(pingone: PingOne, name: string): Promise<Explanation> {
  const environments = await listEnvironments(pingone).catch(() => []);
  const names = [...new Set(environments.map((environment) => environment.name))].sort();
  const alike = names.filter((other) => looseName(other) === looseName(name));
  const near = alike.length > 0 ? alike : [nearest(name, names)].filter((other) => other !== undefined);
  const [wanted = '', ...shown] = distinguishable([name, ...(near.length > 0 ? near : names).slice(0, mostNames)]);
  const more = near.length === 0 && names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
  const { what, cause, fix } = environmentNotFound(`no environment of the name ${wanted}`);
  if (shown.length === 0) return { what, cause: `${cause} They see no environment at all.`, fix };
  if (near.length > 0) return { what: what.replace(/\.$/, `, but ${sentenceList(shown)}.`), cause, fix };
  return { what, cause, fix: `${fix} The admin credentials see ${sentenceList(shown)}${more}.` };
}

function ambiguousEnvironment(name: string, environments: readonly Environment[]): ActionError {
  return new ActionError({
    what: `\`environment\` "${inline(name)}" names ${environments.length} PingOne environments.`,
    cause: 'the admin credentials see several organizations, and each has one of this name.',
    fix: `give the id instead: ${sentenceList(environments.map(({ id }) => id))}.`,
  });
}

function environmentNotFound(what: string): Explanation {
  return {
    what: `\`environment\` was not found: the admin credentials see ${what}.`,
    cause:
      'a typo (names are matched exactly, including case), another region, or the admin credentials have no role there.',
    fix:
      'copy the environment ID from PingOne (Settings > Environment Properties), and check `region` and the roles of ' +
      "the admin credentials' application.",
  };
}

/** What PingOne has now. */
export interface Observation {
  /** The context for all further steps: patient, where the environment is young. */
  readonly context: StepContext;
  readonly environment: Environment;
  readonly roles: readonly Role[];
  readonly worker: ObservedApplication | undefined;
}

/** The worker as it is, with what belongs to it. */
export interface ObservedApplication {
  readonly application: Application;
  readonly assignments: readonly RoleAssignment[];
  readonly record: RecordState;
  /** True if PingOne no longer has the image that the application points to; read only if an icon is asked for. */
  readonly isIconMissing: boolean;
  /** Read ahead, for a run that turns out to have nothing to change. */
  readonly secret: ClientSecret | undefined;
}

/**
 * Reads what there is: the environment, the roles, the worker, its role assignments and record.
 *
 * @throws ActionError where the environment is not found, the right to read is missing, or the inputs do not lead to
 *   exactly one worker
 */
export async function observe(given: StepContext): Promise<Observation> {
  const { run, pingone, connection } = given;
  const wanted = run.settings.environment;
  const known = 'id' in wanted ? undefined : await observeEnvironment(given, wanted);
  const environmentId = known?.id ?? ('id' in wanted ? wanted.id : '');
  maskId(run, environmentId);

  // With the id at hand these need nothing of each other.
  const [first, found, listed] = await Promise.allSettled([
    known ?? observeEnvironment(given, wanted),
    observeApplication(given, environmentId),
    observeRoles(pingone),
  ]);
  // Where the environment does not exist all of them fail, and its own failure explains it best.
  const environment = valueOf(first);
  run.progress.reach(environment);
  if (!isYoung(environment, pingone.now())) {
    return { context: given, environment, roles: valueOf(listed), worker: valueOf(found) };
  }
  const context = { ...given, pingone: pingOneFor(run, connection.tokens, true) };
  return {
    context,
    environment,
    roles: listed.status === 'fulfilled' ? listed.value : await observeRoles(context.pingone),
    worker: found.status === 'fulfilled' ? found.value : await observeApplication(context, environmentId),
  };
}

function valueOf<T>(result: PromiseSettledResult<T>): T {
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}

async function observeRoles(pingone: PingOne): Promise<readonly Role[]> {
  return listRoles(pingone).catch((error: unknown) => {
    throw explainPingOne(error, 'reading the roles that PingOne has');
  });
}

async function observeApplication(
  context: StepContext,
  environmentId: string,
): Promise<ObservedApplication | undefined> {
  const { run, pingone, connection } = context;
  const application = await findApplication(context, environmentId, () =>
    listApplications(pingone, environmentId, run.settings.desired.name).catch((error: unknown) => {
      throw explainPingOne(error, 'reading the applications of the environment', cannotManage);
    }),
  );
  if (!application) return undefined;
  const clientId = clientIdOf(application);
  if (connection.adminClientId === clientId || connection.adminClientId === application.id) {
    throw adminsOwn(run.settings, application);
  }
  maskId(run, clientId);
  return observeParts(context, environmentId, application);
}

async function observeParts(
  context: StepContext,
  environmentId: string,
  application: Application,
): Promise<ObservedApplication> {
  const { run, pingone } = context;
  const ref = { environmentId, applicationId: application.id, isNew: false };
  // None of these needs another.
  const [assignments, record, secret, isIconMissing] = await Promise.all([
    listRoleAssignments(pingone, ref).catch((error: unknown) => {
      throw explainPingOne(error, "reading the worker's role assignments");
    }),
    observeRecord(run, pingone, ref),
    readSecretAhead(run, pingone, ref, clientIdOf(application)),
    isImageMissing(context, environmentId, application),
    refuseTakenName(context, environmentId, application),
  ]);
  return { application, assignments, record, secret, isIconMissing };
}

/** Without an answer the icon is taken to be there: an upload would replace it. */
async function isImageMissing(
  { run, pingone }: StepContext,
  environmentId: string,
  application: Application,
): Promise<boolean> {
  const imageId = imageIdOf(application);
  if (run.settings.desired.iconSha256 === undefined || imageId === undefined) return false;
  return isImageGone(pingone, environmentId, imageId).catch((error: unknown) => {
    if (error instanceof PingOneError) return false;
    throw explainPingOne(error, 'reading the image of the icon');
  });
}

/** `name` beside `application-id` renames the worker: that must not make a second worker of the name. */
async function refuseTakenName(
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

function adminsOwn(settings: Settings, { id }: Application): ActionError {
  const input = settings.desired.applicationId === undefined ? '`name`' : '`application-id`';
  return new ActionError({
    what: `${input} "${shownName(settings)}" is the application of the admin credentials themselves (${id}).`,
    cause: 'the worker and the admin credentials were mixed up.',
    fix: `choose another ${input}: a worker may not change itself, and PingOne does not let it read its own secret.`,
  });
}
