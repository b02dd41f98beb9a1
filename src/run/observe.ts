// Reads from PingOne: the environment, and the worker with its roles and its record.
import type { Explanation } from '../errors.ts';
import { ActionError } from '../errors.ts';
import { createBackoff, inSeconds } from '../http/send.ts';
import type { Application, ClientSecret } from '../pingone/applications.ts';
import { clientIdOf } from '../pingone/applications.ts';
import type { PingOne } from '../pingone/client.ts';
import type { Environment } from '../pingone/environments.ts';
import { findEnvironments, isYoung, listEnvironments, readEnvironment } from '../pingone/environments.ts';
import { explainPingOne, isMissing, PingOneError } from '../pingone/errors.ts';
import type { Role, RoleAssignment } from '../pingone/roles.ts';
import { listRoleAssignments } from '../pingone/roles.ts';
import type { RecordState } from '../reconcile/ownership.ts';
import type { Settings } from '../settings.ts';
import { distinguishable, inline, looseName, nearest, sentenceList } from '../text.ts';
import type { StepContext } from './context.ts';
import { maskId, pingOneFor } from './context.ts';
import { readSecretAhead } from './credentials.ts';
import { findApplication, refuseAdminApplication, refuseTakenName } from './find.ts';
import { isImageMissing } from './icon.ts';
import { observeRecord } from './record.ts';
import { observeRoles } from './roles.ts';

/** The environment does not exist, or is being deleted. */
export class EnvironmentGone extends ActionError {}

/** The environment was deleted, and PingOne still keeps it (DELETE_PENDING). */
export class EnvironmentDeletePending extends EnvironmentGone {}

const namePollMs = 1_000;
const namePatienceMs = 5_000;

/**
 * Finds the PingOne environment by ID or by exact name.
 *
 * @throws EnvironmentGone if there is none, or it is being deleted
 * @throws ActionError if the admin application has no access to it
 */
async function observeEnvironment(context: StepContext, wanted: Settings['environment']): Promise<Environment> {
  const environment =
    'id' in wanted ? await environmentById(context, wanted.id) : await environmentByName(context, wanted.name);
  if (environment.status === 'DELETE_PENDING') {
    throw new EnvironmentDeletePending({
      what: `\`environment\`: the PingOne environment "${inline(environment.name)}" is being deleted.`,
      cause: 'somebody deleted it. PingOne keeps it for some days in the status DELETE_PENDING.',
      fix: 'restore it in PingOne, or set `environment` to another one.',
    });
  }
  return environment;
}

async function environmentById({ pingone }: StepContext, id: string): Promise<Environment> {
  try {
    return await readEnvironment(pingone, id);
  } catch (error) {
    if (isMissing(error)) {
      throw new EnvironmentGone(environmentNotFound(`no environment with the ID ${id}`), { cause: error });
    }
    const isHidden = error instanceof PingOneError && error.isAccessDenied && !error.isFromGateway;
    if (!isHidden) throw explainPingOne(error, 'reading the environment in `environment`');
    const what = `\`environment\`: PingOne refused reading the environment with the ID ${id}: ${error.message}`;
    throw new ActionError({ ...environmentNotFound(''), what }, { cause: error });
  }
}

/** A new environment appears in the list of names after a moment. */
async function environmentByName({ run, pingone }: StepContext, name: string): Promise<Environment> {
  const { clock, limits, runner, interruption } = run;
  const until = clock.now() + Math.min(namePatienceMs, limits.lookMs);
  const backoff = createBackoff({ clock, interruption, firstMs: namePollMs, until });
  const line = `The list of environments does not show "${inline(name)}" yet. Retrying for up to `;
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

/** Names the visible environments, the most similar one first. If reading them fails, the message has no names. */
async function notFoundByName(pingone: PingOne, name: string): Promise<Explanation> {
  const environments = await listEnvironments(pingone).catch(() => []);
  const names = [...new Set(environments.map((environment) => environment.name))].sort();
  const alike = names.filter((other) => looseName(other) === looseName(name));
  const near = alike.length > 0 ? alike : [nearest(name, names)].filter((other) => other !== undefined);
  const sorted = [...near, ...names.filter((other) => !near.includes(other))];
  const [wanted = '', ...shown] = distinguishable([name, ...sorted.slice(0, mostNames)]);
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
  const { what, cause, fix } = environmentNotFound(`no environment named ${wanted}`);
  if (shown.length === 0) return { what, cause: noEnvironment, fix };
  const visible = `The admin application sees ${sentenceList(shown)}${more}.`;
  if (near.length === 0) return { what, cause, fix: `${fix} ${visible}` };
  const typo = 'a typo. Names are matched exactly, including case.';
  return { what, cause: typo, fix: `set \`environment\` to the exact name or to the environment ID. ${visible}` };
}

const noEnvironment = 'the admin application has no role on any environment of this region, or `region` is wrong.';

function ambiguousEnvironment(name: string, environments: readonly Environment[]): ActionError {
  return new ActionError({
    what: `\`environment\`: ${environments.length} PingOne environments are named "${inline(name)}".`,
    cause: 'the admin application has access to several organizations with an environment of this name.',
    fix: `set \`environment\` to one of their IDs: ${sentenceList(environments.map(({ id }) => id))}.`,
  });
}

function environmentNotFound(what: string): Explanation {
  return {
    what: `\`environment\` was not found: the admin application sees ${what}.`,
    cause: 'a typo, or another region, or the admin application has no role on the environment.',
    fix:
      'copy the environment ID from PingOne (Settings > Environment Properties). Then check `region` and the roles of the ' +
      'admin application.',
  };
}

/** What PingOne has now. */
export interface Observation {
  /** The context for all further steps. It retries longer if the environment is young. */
  readonly context: StepContext;
  readonly environment: Environment;
  readonly roles: readonly Role[];
  readonly worker: ObservedApplication | undefined;
}

/** The worker as it is in PingOne. */
export interface ObservedApplication {
  readonly application: Application;
  readonly assignments: readonly RoleAssignment[];
  readonly record: RecordState;
  /** True if PingOne no longer has the image of the icon; only checked if `icon` is set. */
  readonly isIconMissing: boolean;
  /** Read early, for a run without changes. */
  readonly secret: ClientSecret | undefined;
}

/**
 * Reads the environment, the roles, the worker, its role assignments and its record.
 *
 * @throws ActionError if the environment is not found, a permission to read is missing, or the inputs do not identify
 *   exactly one worker
 */
export async function observe(given: StepContext): Promise<Observation> {
  const { run, pingone, connection } = given;
  const wanted = run.settings.environment;
  const known = 'id' in wanted ? undefined : await observeEnvironment(given, wanted);
  const environmentId = known?.id ?? ('id' in wanted ? wanted.id : '');
  maskId(run, environmentId);

  // These reads only need the environment ID, so they run in parallel.
  const [first, found, listed] = await Promise.allSettled([
    known ?? observeEnvironment(given, wanted),
    observeApplication(given, environmentId),
    observeRoles(pingone),
  ]);
  // If the environment does not exist, all of them fail, and this failure explains it best.
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

async function observeApplication(
  context: StepContext,
  environmentId: string,
): Promise<ObservedApplication | undefined> {
  const application = await findApplication(context, environmentId);
  if (!application) return undefined;
  refuseAdminApplication(context, application);
  maskId(context.run, clientIdOf(application));
  return observeParts(context, environmentId, application);
}

async function observeParts(
  context: StepContext,
  environmentId: string,
  application: Application,
): Promise<ObservedApplication> {
  const { run, pingone } = context;
  const ref = { environmentId, applicationId: application.id, isNew: false };
  // These reads are independent of each other.
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
