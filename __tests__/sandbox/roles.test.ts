import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Call, Harness, Json } from './client.ts';
import { details, harness, WORKER } from './client.ts';

const NOWHERE = '00000000-0000-4000-8000-000000000000';

let at: Harness;
let admin: Call;
let developer: Call;
let roles: Map<string, string>;
let organization: string;
let population: string;
let worker: Json;
let path: string;

beforeAll(async () => {
  at = await harness();
  admin = await at.as(at.ready.admin);
  developer = await at.as(at.ready.admins.applicationsOnly);
  const custom = `/environments/${at.environment}/roles?filter=${encodeURIComponent('type eq "CUSTOM"')}`;
  const lists = [(await admin('GET /roles')).body, (await admin(`GET ${custom}`)).body];
  roles = new Map(lists.flatMap(({ _embedded }) => _embedded.roles).map(({ name, id }: Json) => [name, id]));
  organization = (await admin(`GET /environments/${at.environment}`)).body.organization.id;
  population = (await admin(`GET /environments/${at.environment}/populations`)).body._embedded.populations[1].id;
});
afterAll(() => at.sandbox.close());
beforeEach(async () => {
  await at.control('POST /reset');
  worker = (await admin(`POST ${at.applications}`, WORKER)).body;
  path = `${at.applications}/${worker.id}/roleAssignments`;
});

const SCOPE_IDS: Record<string, () => string> = {
  ORGANIZATION: () => organization,
  ENVIRONMENT: () => at.environment,
  POPULATION: () => population,
  APPLICATION: () => worker.id,
};
const body = (role: string, type: string) => ({
  role: { id: roles.get(role) ?? role },
  scope: { type, id: SCOPE_IDS[type]?.() ?? NOWHERE },
});
const grant = (role: string, type = 'ENVIRONMENT', call = admin) => call(`POST ${path}`, body(role, type));

test('a grant is returned and listed with `readOnly` for the caller', async () => {
  const { status, body: granted } = await grant('Identity Data Admin');
  expect(status).toBe(201);
  expect(granted).toEqual({
    _links: { self: { href: `${at.ready.pingone.apiUrl}${path}/${granted.id}` } },
    id: expect.any(String),
    role: { id: roles.get('Identity Data Admin') },
    scope: { id: at.environment, type: 'ENVIRONMENT' },
    environment: { id: at.environment },
    application: { id: worker.id },
    readOnly: false,
  });
  const { body: list } = await admin(`GET ${path}`);
  expect([list._embedded.roleAssignments, list.count, list.size]).toEqual([[granted], 1, 1]);
  expect((await admin(`GET ${path}/${granted.id}`)).body).toEqual(granted);
  expect((await developer(`GET ${path}/${granted.id}`)).body.readOnly).toBe(true);
});

test('grants do not change the application or its metadata', async () => {
  await grant('Identity Data Admin');
  expect((await admin(`GET ${at.applications}/${worker.id}`)).body).toEqual(worker);
});

describe('the scopes that a role applies to', () => {
  test.each([
    ['Application Owner', ['APPLICATION', 'ENVIRONMENT']],
    ['Identity Data Admin', ['ENVIRONMENT', 'POPULATION']],
    ['Environment Admin', ['ENVIRONMENT', 'ORGANIZATION']],
    ['Organization Admin', ['ORGANIZATION']],
    ['Client Application Developer', ['ENVIRONMENT']],
  ])('%s: %j', async (role, expected) => {
    const accepted = [];
    // From narrow to wide: a role that is held more widely cannot be granted again.
    for (const type of ['APPLICATION', 'POPULATION', 'ENVIRONMENT', 'ORGANIZATION']) {
      const answer = await grant(role, type);
      if (answer.status === 201) accepted.push(type);
      else expect(details(answer)).toEqual(['INVALID_VALUE scope']);
    }
    expect(accepted.sort()).toEqual(expected);
  });
});

describe('refused grants', () => {
  test.each([
    ['the same grant twice', ['ENVIRONMENT', 'ENVIRONMENT']],
    ['a role at a wider scope: a population in an environment', ['ENVIRONMENT', 'POPULATION']],
  ])('%s', async (_, [first, second]) => {
    await grant('Identity Data Admin', first);
    const answer = await grant('Identity Data Admin', second);
    expect([answer.status, answer.body.code, details(answer)]).toEqual([
      400,
      'INVALID_DATA',
      ['UNIQUENESS_VIOLATION role'],
    ]);
    expect(answer.body.details[0].message).toBe('May not assign duplicate Role');
  });

  test('an environment in an organization on which the role is already granted', async () => {
    await grant('Environment Admin', 'ORGANIZATION');
    expect(details(await grant('Environment Admin'))).toEqual(['UNIQUENESS_VIOLATION role']);
  });

  test('the opposite order is accepted', async () => {
    await grant('Identity Data Admin', 'POPULATION');
    expect((await grant('Identity Data Admin')).status).toBe(201);
  });

  test.each<[string, Json, number]>([
    ['no role', { scope: { type: 'ENVIRONMENT', id: NOWHERE } }, 400],
    ['no scope', { role: { id: NOWHERE } }, 400],
    ['an unknown role', { role: { id: NOWHERE }, scope: { type: 'ENVIRONMENT', id: NOWHERE } }, 400],
  ])('%s', async (_, sent, status) => {
    expect((await admin(`POST ${path}`, sent)).status).toBe(status);
  });

  test('unknown scopes', async () => {
    const role = { id: roles.get('Identity Data Admin') };
    const withScope = (type: string) => admin(`POST ${path}`, { role, scope: { type, id: NOWHERE } });
    expect([(await withScope('POPULATION')).status, (await withScope('ENVIRONMENT')).status]).toEqual([404, 404]);
    expect(details(await withScope('PLANET'))).toEqual(['INVALID_VALUE scope.type']);
  });

  test('DaVinci roles for a worker', async () => {
    expect(details(await grant('DaVinci Admin'))).toEqual(['INVALID_VALUE role']);
  });

  test('roles for applications that cannot have any', async () => {
    const { body: state } = await at.control('GET /state');
    for (const name of ['Canteen Menu', 'PingOne Admin Console']) {
      const { id } = state.applications.find((application: Json) => application.name === name);
      expect((await admin(`GET ${at.applications}/${id}/roleAssignments`)).status).toBe(404);
    }
  });
});

describe('deleting an assignment', () => {
  test('is allowed if the caller could grant it', async () => {
    const { id } = (await grant('Identity Data Admin')).body;
    const refused = await developer(`DELETE ${path}/${id}`);
    expect([refused.status, refused.body.message]).toEqual([
      403,
      `Role assignment ${id} cannot be deleted as it is read only`,
    ]);
    expect((await admin(`DELETE ${path}/${id}`)).status).toBe(204);
    expect((await admin(`DELETE ${path}/${id}`)).status).toBe(404);
    expect((await at.stored(worker.id)).roleAssignments).toEqual([]);
  });

  test("is never allowed for one's own", async () => {
    const { clientId, environmentId } = at.ready.admin;
    const own = `/environments/${environmentId}/applications/${clientId}/roleAssignments`;
    const { body: list } = await admin(`GET ${own}`);
    expect(new Set(list._embedded.roleAssignments.map(({ readOnly }: Json) => readOnly))).toEqual(new Set([true]));
    expect((await admin(`DELETE ${own}/${list._embedded.roleAssignments[0].id}`)).status).toBe(403);
  });
});

describe('who can grant what', () => {
  const holder = async (role: string, type: string): Promise<Call> => {
    const create = { ...WORKER, name: role, tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC' };
    const { body: made } = await at.control('POST /console', { create });
    for (const each of [role, 'Client Application Developer']) {
      const scope = each === role ? { type, id: SCOPE_IDS[type]!() } : { type: 'ENVIRONMENT' };
      await at.control('POST /console', { application: made.id, grant: { role: each, scope } });
    }
    return at.as({ clientId: made.clientId, clientSecret: made.secret, environmentId: at.environment });
  };
  const CANDIDATES = [
    'Organization Admin',
    'Environment Admin',
    'Identity Data Admin',
    'Identity Data Read Only',
    'Help Desk Admin',
    'Client Application Developer',
    'Configuration Read Only',
    'Directory Sync Operator',
  ];

  test.each([
    ['Organization Admin', 'ORGANIZATION', ['Organization Admin', 'Environment Admin']],
    ['Environment Admin', 'ENVIRONMENT', CANDIDATES.slice(1)],
    [
      'Identity Data Admin',
      'ENVIRONMENT',
      ['Identity Data Admin', 'Identity Data Read Only', 'Help Desk Admin', 'Directory Sync Operator'],
    ],
    ['Application Owner', 'ENVIRONMENT', []],
    ['Custom Roles Admin', 'ENVIRONMENT', []],
  ])('%s', async (role, type, expected) => {
    const call = await holder(role, type);
    const granted = [];
    for (const candidate of CANDIDATES) {
      const answer = await grant(candidate, candidate === 'Organization Admin' ? 'ORGANIZATION' : 'ENVIRONMENT', call);
      if (answer.status === 201) granted.push(candidate);
      else expect(answer.body.details[0].message).toBe('Must have role at the same or broader scope');
    }
    expect(granted).toEqual(expected);
  });

  test("not at a wider scope than one's own", async () => {
    const call = await holder('Environment Admin', 'ENVIRONMENT');
    const elsewhere = { type: 'ENVIRONMENT', id: at.ready.environments[1]!.id };
    const sent = { role: { id: roles.get('Identity Data Admin') }, scope: elsewhere };
    expect((await call(`POST ${path}`, sent)).body.code).toBe('INVALID_DATA');
    expect((await grant('Environment Admin', 'ORGANIZATION', call)).body.code).toBe('INVALID_DATA');
    expect((await grant('Identity Data Admin', 'POPULATION', call)).status).toBe(201);
  });
});
