import { ActionError } from '../errors.ts';
import type { Application } from '../pingone/applications.ts';
import { clientIdOf, listApplications } from '../pingone/applications.ts';
import type { PingOne } from '../pingone/client.ts';
import type { Environment } from '../pingone/environments.ts';
import { isYoung } from '../pingone/environments.ts';
import { PingOneError } from '../pingone/errors.ts';
import { explainPingOne } from '../pingone/explain.ts';
import { isImageGone } from '../pingone/images.ts';
import type { Role, RoleAssignment } from '../pingone/roles.ts';
import { listRoleAssignments, listRoles } from '../pingone/roles.ts';
import type { ClientSecret } from '../pingone/secret.ts';
import type { Settings } from '../settings.ts';
import { imageIdOf } from '../worker/icon.ts';
import type { RecordState } from '../worker/record.ts';
import { findApplication } from './application.ts';
import type { StepContext } from './context.ts';
import { readSecretAhead } from './credentials.ts';
import { observeEnvironment } from './environment.ts';
import { pingOneFor } from './pingone.ts';
import { observeRecord } from './record.ts';
import { cannotManage, nameTaken } from './refusals.ts';
import { maskId, shownName } from './session.ts';

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
  const { session, pingone, connection } = given;
  const wanted = session.settings.environment;
  const known = 'id' in wanted ? undefined : await observeEnvironment(given, wanted);
  const environmentId = known?.id ?? ('id' in wanted ? wanted.id : '');
  maskId(session, environmentId);

  // With the id at hand these need nothing of each other.
  const [first, found, listed] = await Promise.allSettled([
    known ?? observeEnvironment(given, wanted),
    observeApplication(given, environmentId),
    observeRoles(pingone),
  ]);
  // Where the environment does not exist all of them fail, and its own failure explains it best.
  const environment = valueOf(first);
  if (!isYoung(environment, pingone.now())) {
    return { context: given, environment, roles: valueOf(listed), worker: valueOf(found) };
  }
  const context = { ...given, pingone: pingOneFor(session, connection.tokens, true) };
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
  const { session, pingone, connection } = context;
  const application = await findApplication(context, environmentId, () =>
    listApplications(pingone, environmentId, session.settings.desired.name).catch((error: unknown) => {
      throw explainPingOne(error, 'reading the applications of the environment', cannotManage);
    }),
  );
  if (!application) return undefined;
  const clientId = clientIdOf(application);
  if (connection.adminClientId === clientId || connection.adminClientId === application.id) {
    throw adminsOwn(session.settings, application);
  }
  maskId(session, clientId);
  return observeParts(context, environmentId, application);
}

async function observeParts(
  context: StepContext,
  environmentId: string,
  application: Application,
): Promise<ObservedApplication> {
  const { session, pingone } = context;
  const ref = { environmentId, applicationId: application.id, isNew: false };
  // None of these needs another.
  const [assignments, record, secret, isIconMissing] = await Promise.all([
    listRoleAssignments(pingone, ref).catch((error: unknown) => {
      throw explainPingOne(error, "reading the worker's role assignments");
    }),
    observeRecord(session, pingone, ref),
    readSecretAhead(session, pingone, ref, clientIdOf(application)),
    isImageMissing(context, environmentId, application),
    refuseTakenName(context, environmentId, application),
  ]);
  return { application, assignments, record, secret, isIconMissing };
}

/** Without an answer the icon is taken to be there: an upload would replace it. */
async function isImageMissing(
  { session, pingone }: StepContext,
  environmentId: string,
  application: Application,
): Promise<boolean> {
  const imageId = imageIdOf(application);
  if (session.settings.desired.iconSha256 === undefined || imageId === undefined) return false;
  return isImageGone(pingone, environmentId, imageId).catch((error: unknown) => {
    if (error instanceof PingOneError) return false;
    throw explainPingOne(error, 'reading the image of the icon');
  });
}

/** `name` beside `application-id` renames the worker: that must not make a second worker of the name. */
async function refuseTakenName(
  { session, pingone }: StepContext,
  environmentId: string,
  application: Application,
): Promise<void> {
  const { name, applicationId } = session.settings.desired;
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
