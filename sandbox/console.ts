/**
 * `POST /__sandbox/console`: what somebody else does in the admin console meanwhile. No rule of the API applies here: any
 * field can be set, so that a test can produce every situation it wants to see handled.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from './clock.ts';
import type { JsonObject } from './json.ts';
import { asText, isObject, without, withoutNulls } from './json.ts';
import { isOidc, laterThan } from './pingone/application-fields.ts';
import { createApplication, newId } from './pingone/application-store.ts';
import { roleById, roleByName } from './pingone/roles.ts';
import { rotateSecret } from './pingone/secret.ts';
import { ENVIRONMENT_IDS } from './pingone/start-state.ts';
import type { Application, PingOneState } from './pingone/state.ts';

const fields = z.record(z.string(), z.unknown());

const grant = z.object({
  /** A role's name or id. */
  role: z.string(),
  /** Without an id: the application's environment, or the organization. */
  scope: z.object({
    type: z.enum(['ORGANIZATION', 'ENVIRONMENT', 'POPULATION', 'APPLICATION']),
    id: z.string().optional(),
  }),
});

export const consoleSchema = z.union([
  z.strictObject({
    application: z.string(),
    set: fields.optional(),
    grant: grant.optional(),
    rotate: z.boolean().optional(),
    delete: z.boolean().optional(),
  }),
  z.strictObject({ create: fields }),
  z.strictObject({ environment: z.string(), set: fields }),
]);

export type ConsoleAction = z.output<typeof consoleSchema>;
type ApplicationAction = Extract<ConsoleAction, { application: string }>;

/** The action names something that is not there. */
export class ConsoleError extends Error {}

/** Null takes a field away. Fields that the caller did not set stay, `updatedAt` apart. */
function setFields(current: JsonObject, set: JsonObject, now: number): JsonObject {
  return withoutNulls({ ...current, updatedAt: laterThan(current['updatedAt'], now), ...set });
}

/** Resources of their own in the API, which the state shows, and which can be set, like fields of the application. */
const APART = ['metadata', 'secret'];

function setApart(application: Application, { metadata, secret }: JsonObject): void {
  if (isObject(metadata)) application.metadata = metadata;
  else if (metadata === null) delete application.metadata;
  if (typeof secret === 'string') application.secret = secret;
}

function setApplication(application: Application, set: JsonObject, now: number): void {
  setApart(application, set);
  const rest = without(set, APART);
  if (Object.keys(rest).length > 0) application.fields = setFields(application.fields, rest, now);
}

function addRole(state: PingOneState, application: Application, { role, scope }: z.output<typeof grant>): void {
  const found = roleByName(role) ?? roleById(role);
  if (!found) throw new ConsoleError(`There is no role "${role}".`);
  const standard = { ORGANIZATION: state.organizationId, ENVIRONMENT: application.environmentId };
  const id = scope.id ?? (scope.type in standard ? standard[scope.type as keyof typeof standard] : undefined);
  if (id === undefined) throw new ConsoleError(`A scope of the type ${scope.type} needs an id.`);
  application.roleAssignments.push({ id: randomUUID(), roleId: found.id, scope: { type: scope.type, id } });
}

/** What the console's form for a new worker would send; anything of it can be given. */
const NEW_WORKER: JsonObject = { type: 'WORKER', protocol: 'OPENID_CONNECT' };
const NEW_OIDC: JsonObject = { grantTypes: ['CLIENT_CREDENTIALS'], tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC' };

function create(state: PingOneState, given: JsonObject, clock: Clock): Application {
  const sent = { ...NEW_WORKER, ...without(given, APART) };
  const environment = isObject(given['environment']) ? given['environment']['id'] : given['environment'];
  const environmentId = asText(environment) ?? ENVIRONMENT_IDS.sandbox;
  if (!state.environments.get(environmentId)) throw new ConsoleError(`There is no environment "${environmentId}".`);
  const application = createApplication(
    environmentId,
    isOidc(sent) ? { ...NEW_OIDC, ...sent } : sent,
    asText(given['createdAt']) ?? clock.iso(),
    asText(given['id']) ?? newId(),
  );
  const { updatedAt, clientId } = given;
  application.fields = { ...application.fields, ...withoutNulls({ updatedAt, clientId }) };
  setApart(application, given);
  state.applications.set(application.id, application);
  return application;
}

function changeApplication(state: PingOneState, action: ApplicationAction, clock: Clock): Application {
  const application = state.applications.get(action.application);
  if (!application) throw new ConsoleError(`There is no application "${action.application}".`);
  if (action.set) setApplication(application, action.set, clock.now());
  if (action.grant) addRole(state, application, action.grant);
  if (action.rotate) rotateSecret(application);
  if (action.delete) state.applications.delete(application.id);
  return application;
}

function changeEnvironment(state: PingOneState, id: string, set: JsonObject, now: number): void {
  const environment = state.environments.get(id);
  if (!environment) throw new ConsoleError(`There is no environment "${id}".`);
  environment.fields = setFields(environment.fields, set, now);
}

/** Does it; the application concerned, if it was about one. */
export function actInConsole(state: PingOneState, action: ConsoleAction, clock: Clock): Application | undefined {
  if ('create' in action) return create(state, action.create, clock);
  if ('application' in action) return changeApplication(state, action, clock);
  changeEnvironment(state, action.environment, action.set, clock.now());
  return undefined;
}
