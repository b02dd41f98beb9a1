import { ActionError } from '../errors.ts';
import type { Application } from '../pingone/applications.ts';
import { clientIdOf, listApplications } from '../pingone/applications.ts';
import type { PingOne } from '../pingone/client.ts';
import type { Environment } from '../pingone/environments.ts';
import { explainPingOne } from '../pingone/explain.ts';
import type { Role, RoleAssignment } from '../pingone/roles.ts';
import { listRoleAssignments, listRoles } from '../pingone/roles.ts';
import type { Session } from './session.ts';
import { maskId } from './session.ts';
import { inline, sentenceList } from '../text.ts';
import { findWorker } from '../worker/find.ts';
import type { RecordState } from '../worker/record.ts';
import { chooseAmong } from './choose.ts';
import { observeEnvironment } from './environment.ts';
import { observeRecord } from './record.ts';
import { cannotManage } from './refusals.ts';

/** What PingOne has now. */
export interface Observation {
  readonly environment: Environment;
  readonly roles: readonly Role[];
  readonly worker: ObservedApplication | undefined;
}

/** The worker as it is, with what belongs to it. */
export interface ObservedApplication {
  readonly application: Application;
  readonly assignments: readonly RoleAssignment[];
  readonly record: RecordState;
}

/** How `observe` reaches PingOne, and which application it must never touch. */
export interface ObserveContext {
  readonly session: Session;
  readonly pingone: PingOne;
  readonly adminClientId: string | undefined;
}

/**
 * Reads what there is: the environment, the roles, the worker of the desired name, its role assignments and record.
 * Throws ActionError where the environment is not found, the right to read is missing, or the name does not lead to
 * exactly one worker.
 */
export async function observe(context: ObserveContext): Promise<Observation> {
  const { session, pingone } = context;
  const wanted = session.settings.environment;
  const known = 'id' in wanted ? undefined : await observeEnvironment(pingone, wanted);
  const environmentId = known?.id ?? ('id' in wanted ? wanted.id : '');
  maskId(session, environmentId);

  // With the id at hand these need nothing of each other. Where the environment does not exist all of them fail, and
  // the first of them explains it best.
  const [environment, applications, roles] = await firstFailureOf(
    known ?? observeEnvironment(pingone, wanted),
    listApplications(pingone, environmentId).catch((error: unknown) => {
      throw explainPingOne(error, 'reading the applications of the environment', cannotManage);
    }),
    listRoles(pingone).catch((error: unknown) => {
      throw explainPingOne(error, 'reading the roles that PingOne has');
    }),
  );
  const application = await findOne(context, environmentId, applications);
  return { environment, roles, worker: application && (await observeParts(context, environmentId, application)) };
}

/** Waits for all, so that nothing is left running, and throws the first failure in the order given. */
async function firstFailureOf<A, B, C>(a: A | Promise<A>, b: Promise<B>, c: Promise<C>): Promise<[A, B, C]> {
  await Promise.allSettled([a, b, c]);
  return [await a, await b, await c];
}

async function findOne(
  context: ObserveContext,
  environmentId: string,
  applications: readonly Application[],
): Promise<Application | undefined> {
  const { session, adminClientId } = context;
  const { name } = session.settings.desired;
  const found = findWorker(applications, name);
  if (found.kind === 'none') {
    if (found.nearMisses.length > 0) session.runner.notice(nearMissNotice(name, found.nearMisses));
    return undefined;
  }
  if (found.kind === 'other-type') throw otherType(name, found.application);
  const application =
    found.kind === 'one' ? found.application : await chooseAmong(context, environmentId, found.applications);
  if (!application) return undefined;
  if (isAdmins(application, adminClientId)) throw adminsOwn(name, application);
  maskId(session, clientIdOf(application));
  return application;
}

async function observeParts(
  { session, pingone }: ObserveContext,
  environmentId: string,
  application: Application,
): Promise<ObservedApplication> {
  const ref = { environmentId, applicationId: application.id, isNew: false };
  const [assignments, record] = await Promise.all([
    listRoleAssignments(pingone, ref).catch((error: unknown) => {
      throw explainPingOne(error, "reading the worker's role assignments");
    }),
    observeRecord(session, pingone, ref),
  ]);
  return { application, assignments, record };
}

function isAdmins(application: Application, adminClientId: string | undefined): boolean {
  return adminClientId !== undefined && [application.id, application.clientId].includes(adminClientId);
}

function nearMissNotice(name: string, similar: readonly string[]): string {
  const names = similar.map((other) => `"${inline(other, 60)}"`);
  return `No application is named "${inline(name, 60)}", but ${sentenceList(names)} differs only in case or blanks.`;
}

function otherType(name: string, { id, type }: Application): ActionError {
  return new ActionError({
    what: `\`name\` "${inline(name)}" belongs to an application of type ${inline(type, 40)} (${id}), not to a worker.`,
    cause: "the name is taken by somebody else's application.",
    fix: 'choose another `name`, or rename that application in PingOne: the type of an application cannot be changed.',
  });
}

function adminsOwn(name: string, { id }: Application): ActionError {
  return new ActionError({
    what: `\`name\` "${inline(name)}" is the application of the admin credentials themselves (${id}).`,
    cause: 'the worker and the admin credentials were mixed up.',
    fix: 'choose another `name`: a worker may not change itself, and PingOne does not let it read its own secret.',
  });
}
