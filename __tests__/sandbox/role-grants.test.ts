import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Call, Harness, Json } from './client.ts';
import { harness, WORKER } from './client.ts';

const NOWHERE = '00000000-0000-4000-8000-000000000000';

let at: Harness;
let admin: Call;
let roles: Map<string, string>;
let organization: string;
let population: string;
let worker: Json;
let path: string;

beforeAll(async () => {
  at = await harness();
  admin = await at.as(at.ready.admin);
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

describe('who can assign what', () => {
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

  test('not more widely than one is allowed to', async () => {
    const call = await holder('Environment Admin', 'ENVIRONMENT');
    const elsewhere = { type: 'ENVIRONMENT', id: at.ready.environments[1]!.id };
    const sent = { role: { id: roles.get('Identity Data Admin') }, scope: elsewhere };
    expect((await call(`POST ${path}`, sent)).body.code).toBe('INVALID_DATA');
    expect((await grant('Environment Admin', 'ORGANIZATION', call)).body.code).toBe('INVALID_DATA');
    expect((await grant('Identity Data Admin', 'POPULATION', call)).status).toBe(201);
  });
});
