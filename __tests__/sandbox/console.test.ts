import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Call, Harness, Json } from './client.ts';
import { harness, WORKER } from './client.ts';

let at: Harness;
let admin: Call;

beforeAll(async () => {
  at = await harness();
  admin = await at.as(at.ready.admin);
});
afterAll(() => at.sandbox.close());
beforeEach(() => at.control('POST /reset'));

const act = async (action: Json): Promise<Json> => (await at.control('POST /console', action)).body;
const read = async (id: string): Promise<Json> => (await admin(`GET ${at.applications}/${id}`)).body;

describe('creating an application', () => {
  test('needs only a name, and creates a worker in the environment Sandbox', async () => {
    const { id } = await act({ create: { name: 'by hand' } });
    expect(await read(id)).toMatchObject({
      id,
      name: 'by hand',
      type: 'WORKER',
      protocol: 'OPENID_CONNECT',
      enabled: false,
      grantTypes: ['CLIENT_CREDENTIALS'],
      tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC',
    });
    expect((await admin(`GET ${at.applications}/${id}/secret`)).status).toBe(200);
  });

  test('accepts any type, times and IDs, in any environment', async () => {
    const production = at.ready.environments[1]!.id;
    const given = {
      environment: { id: production },
      id: 'chosen',
      name: 'old',
      type: 'AI_AGENT',
      createdAt: '2024-01-01T00:00:00.000Z',
      updatedAt: '2024-06-01T00:00:00.000Z',
      clientId: 'imported-client',
      description: 'with <forbidden> characters',
      tomorrow: 1,
      metadata: { a: 1 },
      secret: 'a secret of 100% + other characters',
    };
    await act({ create: given });
    expect(await at.stored('chosen')).toMatchObject(given);
    const { body } = await admin(`GET /environments/${production}/applications/chosen`);
    expect(body).not.toHaveProperty('metadata');
    expect(body).not.toHaveProperty('secret');
  });

  test('of another protocol has no secret', async () => {
    const { id } = await act({ create: { name: 'link', type: 'PORTAL_LINK_APP', protocol: 'EXTERNAL_LINK' } });
    const stored = await at.stored(id);
    expect([stored.secret, stored.clientId, stored.grantTypes]).toEqual([undefined, undefined, undefined]);
  });
});

describe('changing an application', () => {
  let id: string;
  beforeEach(async () => {
    id = (await admin(`POST ${at.applications}`, WORKER)).body.id;
  });

  test('sets, adds and removes fields, and updates the time of the change', async () => {
    const before = await read(id);
    await act({ application: id, set: { name: 'renamed', tomorrow: [1], parTimeout: null } });
    const { parTimeout, ...rest } = before;
    const after = await read(id);
    expect(parTimeout).toBe(60);
    expect(after).toEqual({ ...rest, name: 'renamed', tomorrow: [1], updatedAt: after.updatedAt });
    expect(Date.parse(after.updatedAt)).toBeGreaterThan(Date.parse(before.updatedAt));
  });

  test('sets metadata and secret, which do not change the application', async () => {
    const before = await read(id);
    await act({ application: id, set: { metadata: { a: 1 }, secret: 'mine' } });
    expect(await at.stored(id)).toMatchObject({ metadata: { a: 1 }, secret: 'mine' });
    await act({ application: id, set: { metadata: null } });
    expect(await at.stored(id)).not.toHaveProperty('metadata');
    expect(await read(id)).toEqual(before);
  });

  test('grants any role, even if no caller could', async () => {
    await act({ application: id, grant: { role: 'organization admin', scope: { type: 'ORGANIZATION' } } });
    const elsewhere = { type: 'ENVIRONMENT', id: at.ready.environments[1]!.id };
    await act({ application: id, grant: { role: 'DaVinci Admin', scope: elsewhere } });
    const { roleAssignments } = await at.stored(id);
    expect(roleAssignments.map(({ role, readOnly }: Json) => [role, readOnly])).toEqual([
      ['Organization Admin', false],
      ['DaVinci Admin', false],
    ]);
    expect(roleAssignments[1].scope).toEqual(elsewhere);
  });

  test('rotates the secret without an overlap', async () => {
    const before = (await at.stored(id)).secret;
    await act({ application: id, rotate: true });
    const after = await at.stored(id);
    expect([after.secret === before, after.previous]).toEqual([false, undefined]);
  });

  test('can do everything at once, and delete it', async () => {
    await act({ application: id, set: { enabled: false }, rotate: true, delete: true });
    expect(await at.stored(id)).toBeUndefined();
    expect((await admin(`GET ${at.applications}/${id}`)).status).toBe(404);
  });

  test.each<[string, Json]>([
    ['a role', { grant: { role: 'Emperor', scope: { type: 'ENVIRONMENT' } } }],
    ['a population', { grant: { role: 'Identity Data Admin', scope: { type: 'POPULATION' } } }],
  ])('%s that does not exist is refused', async (_, action) => {
    expect((await at.control('POST /console', { application: id, ...action })).status).toBe(400);
  });
});

test('changing an environment', async () => {
  const createdAt = new Date().toISOString();
  await act({ environment: at.environment, set: { type: 'PRODUCTION', status: 'DELETE_PENDING', createdAt } });
  const { body } = await admin(`GET /environments/${at.environment}`);
  expect(body).toMatchObject({ name: 'Sandbox', type: 'PRODUCTION', status: 'DELETE_PENDING', createdAt });
  const { environments } = (await at.control('GET /state')).body;
  expect(environments[0]).toEqual({
    id: at.environment,
    name: 'Sandbox',
    type: 'PRODUCTION',
    status: 'DELETE_PENDING',
  });
  expect((await at.control('POST /console', { environment: 'unknown', set: {} })).status).toBe(400);
});
