/**
 * What a sandbox starts with: an organization of two environments, applications of every kind that lists show, and
 * workers to sign in with, from almighty to powerless.
 */
import type { JsonObject } from '../json.ts';
import { asText } from '../json.ts';
import { seededId, seededSecret } from '../seed.ts';
import { createApplication, startId } from './application-store.ts';
import { ADMIN_KEY } from './key-pair.ts';
import { roleByName } from './roles.ts';
import { BUILT_IN, IN_SANDBOX, numberedApplication } from './start-applications.ts';
import type { Application, PingOneState, Scope } from './state.ts';
import { createState } from './state.ts';

const ORGANIZATION = seededId('organization');

export const ENVIRONMENT_IDS = {
  sandbox: seededId('environment Sandbox'),
  production: seededId('environment Production'),
};

export const ENVIRONMENTS = [
  { id: ENVIRONMENT_IDS.sandbox, name: 'Sandbox', type: 'SANDBOX', createdAt: '2025-01-10T10:00:00.000Z' },
  { id: ENVIRONMENT_IDS.production, name: 'Production', type: 'PRODUCTION', createdAt: '2025-01-09T10:00:00.000Z' },
];

const organization: Scope = { type: 'ORGANIZATION', id: ORGANIZATION };
const everywhere: readonly Scope[] = ENVIRONMENTS.map(({ id }) => ({ type: 'ENVIRONMENT', id }));

const ALMIGHTY = [
  ['Organization Admin', organization],
  ['Environment Admin', organization],
  ...everywhere.map((scope) => ['Identity Data Admin', scope] as const),
  ...everywhere.map((scope) => ['Client Application Developer', scope] as const),
] as const;

/** The workers that a caller can sign in with, and the roles that make them what their names say. */
const ADMINS = {
  admin: ALMIGHTY,
  applicationsOnly: everywhere.map((scope) => ['Client Application Developer', scope] as const),
  readOnly: everywhere.map((scope) => ['Configuration Read Only', scope] as const),
  noRoles: [],
  keyPair: ALMIGHTY,
} satisfies Record<string, readonly (readonly [role: string, scope: Scope])[]>;

export type AdminName = keyof typeof ADMINS;

export const adminId = (name: AdminName): string => startId('Production', `Admin ${name}`);
export const adminSecret = (name: AdminName): string => seededSecret(`admin ${name}`);

function grant(application: Application, roleName: string, scope: Scope): void {
  const roleId = roleByName(roleName)?.id;
  if (roleId === undefined) throw new Error(`There is no role "${roleName}".`);
  const id = seededId(`assignment ${application.id} ${roleId} ${scope.id}`);
  application.roleAssignments.push({ id, roleId, scope });
}

function add(state: PingOneState, environment: 'Sandbox' | 'Production', sent: JsonObject, id?: string): Application {
  const environmentId = environment === 'Sandbox' ? ENVIRONMENT_IDS.sandbox : ENVIRONMENT_IDS.production;
  const createdAt = asText(sent['createdAt']) ?? '2025-01-10T10:00:00.000Z';
  const application = createApplication(
    environmentId,
    sent,
    createdAt,
    id ?? startId(environment, String(sent['name'])),
  );
  if (application.secret !== undefined) application.secret = seededSecret(`application ${application.id}`);
  state.applications.set(application.id, application);
  return application;
}

function addEnvironments(state: PingOneState): void {
  for (const { id, name, type, createdAt } of ENVIRONMENTS) {
    const fields = {
      id,
      name,
      type,
      region: 'NA',
      status: 'ACTIVE',
      organization: { id: ORGANIZATION },
      license: { id: seededId('license') },
      createdAt,
      updatedAt: '2025-06-01T12:00:00.000Z',
    };
    state.environments.set(id, { id, fields });
    for (const population of ['Default', 'Employees']) addPopulation(state, id, population, createdAt);
  }
}

function addPopulation(state: PingOneState, environmentId: string, name: string, createdAt: string): void {
  const id = seededId(`population ${environmentId}/${name}`);
  const environment = { id: environmentId };
  const fields = { environment, id, name, default: name === 'Default', userCount: 0, createdAt, updatedAt: createdAt };
  state.populations.set(id, { id, environmentId, fields });
}

function addAdmins(state: PingOneState): void {
  for (const [name, roles] of Object.entries(ADMINS) as [AdminName, (typeof ADMINS)[AdminName]][]) {
    const fields = {
      name: `Admin ${name}`,
      enabled: true,
      type: 'WORKER',
      protocol: 'OPENID_CONNECT',
      grantTypes: ['CLIENT_CREDENTIALS'],
      ...(name === 'keyPair'
        ? { tokenEndpointAuthMethod: 'PRIVATE_KEY_JWT', jwks: ADMIN_KEY.jwks }
        : { tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC' }),
    };
    const worker = add(state, 'Production', fields, adminId(name));
    worker.secret = adminSecret(name);
    for (const [role, scope] of roles) grant(worker, role, scope);
  }
}

export function startState(numberOfApplications: number): PingOneState {
  const state = createState(ORGANIZATION);
  addEnvironments(state);
  for (const environment of ['Sandbox', 'Production'] as const) {
    for (const fields of BUILT_IN) add(state, environment, fields);
  }
  for (const { fields, roles, metadata } of IN_SANDBOX) {
    const application = add(state, 'Sandbox', fields);
    for (const role of roles ?? []) grant(application, role, { type: 'ENVIRONMENT', id: ENVIRONMENT_IDS.sandbox });
    if (metadata) application.metadata = structuredClone(metadata);
  }
  for (let n = 1; n <= numberOfApplications; n += 1) add(state, 'Sandbox', numberedApplication(n));
  addAdmins(state);
  return state;
}
