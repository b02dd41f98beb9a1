import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Call, Harness, Json } from './client.ts';
import { details, harness } from './client.ts';

let at: Harness;
let admin: Call;

beforeAll(async () => {
  at = await harness();
  admin = await at.as(at.ready.admin);
});
afterAll(() => at.sandbox.close());
beforeEach(() => at.control('POST /reset'));

const names = ({ body }: Json, collection: string): string[] =>
  body._embedded[collection].map(({ name }: Json) => name);
const environments = (query: string) => admin(`GET /environments${query}`);
const filtered = (filter: string) => environments(`?filter=${encodeURIComponent(filter)}`);

describe('environments', () => {
  test('are those of the start line, created in 2025', async () => {
    const { body } = await environments('');
    expect(body._embedded.environments.map(({ id, name, type }: Json) => ({ id, name, type }))).toEqual(
      at.ready.environments,
    );
    for (const environment of body._embedded.environments) {
      expect(environment).toMatchObject({ status: 'ACTIVE', region: 'NA', organization: { id: expect.any(String) } });
      expect(environment.createdAt).toMatch(/^2025-/);
    }
  });

  test.each([
    ['name sw "Sandbox"', ['Sandbox']],
    ['name sw "sand"', ['Sandbox']],
    ['name sw ""', ['Sandbox', 'Production']],
    ['name sw "Sandbox 2"', []],
    ['status eq "ACTIVE" and name sw "P"', ['Production']],
    ['name sw "a \\"quoted\\" name"', []],
    ['((name sw "Sandbox"))', ['Sandbox']],
    ['(name sw "S") OR (name sw "P")', ['Sandbox', 'Production']],
    ['name sw "S" and status eq "X" or name sw "P"', ['Production']],
    ['name sw "S" AND (status eq "X" or status eq "ACTIVE")', ['Sandbox']],
  ])('%s', async (filter, expected) => {
    expect(names(await filtered(filter), 'environments')).toEqual(expected);
  });

  test('can be read by ID and by organization', async () => {
    const { organization } = (await admin(`GET /environments/${at.environment}`)).body;
    expect(names(await filtered(`id eq "${at.environment}"`), 'environments')).toEqual(['Sandbox']);
    expect(names(await filtered(`organization.id eq "${organization.id}"`), 'environments')).toHaveLength(2);
  });

  test.each([
    'name eq "Sandbox"',
    'type eq "SANDBOX"',
    'name sw Sandbox',
    '(name sw "a"',
    'name sw "a")',
    '()',
    '',
    'name sw "a" or',
    'name sw "\\x"',
    'not (name sw "a")',
    `${'('.repeat(3000)}name sw "a"${')'.repeat(3000)}`,
    'name',
  ])('the filter %s is refused', async (filter) => {
    expect(details(await filtered(filter))).toEqual(['INVALID_FILTER filter']);
  });

  test('have pages of the requested size', async () => {
    const first = await environments('?limit=1');
    const { href } = first.body._links.next;
    const second = await admin(`GET ${href.replace(at.ready.pingone.apiUrl, '')}`);
    expect([...names(first, 'environments'), ...names(second, 'environments')]).toEqual(['Sandbox', 'Production']);
    expect(second.body._links.next).toBeUndefined();
    expect(details(await environments('?limit=5001'))).toEqual(['INVALID_PARAMETER limit']);
  });
});

describe('roles', () => {
  test('of the platform have their API names', async () => {
    const { body } = await admin('GET /roles');
    const all = body._embedded.roles;
    expect(names({ body }, 'roles')).toEqual(
      expect.arrayContaining([
        'Identity Data Admin',
        'Identity Data Read Only',
        'Configuration Read Only',
        'Custom Roles Admin',
      ]),
    );
    const { id, applicableTo, permissions } = all.find(({ name }: Json) => name === 'Identity Data Admin');
    expect([applicableTo, permissions.length > 0]).toEqual([['ENVIRONMENT', 'POPULATION'], true]);
    expect((await admin(`GET /roles/${id}`)).body.name).toBe('Identity Data Admin');
    expect((await admin('GET /roles/unknown')).status).toBe(404);
    expect(names({ body }, 'roles')).not.toContain('Directory Sync Operator');
  });

  test('that are custom belong to an environment', async () => {
    const custom = (id: string) =>
      admin(`GET /environments/${id}/roles?filter=${encodeURIComponent('type eq "CUSTOM"')}`);
    const { body } = await custom(at.environment);
    expect(body._embedded.roles).toEqual([
      expect.objectContaining({ name: 'Directory Sync Operator', type: 'CUSTOM', canBeAssignedBy: expect.any(Array) }),
    ]);
    expect((await custom(at.ready.environments[1]!.id)).body._embedded.roles).toEqual([]);
    expect(names(await admin(`GET /environments/${at.environment}/roles`), 'roles').length).toBeGreaterThan(10);
  });
});

describe('populations', () => {
  test('are a default one and another in each environment', async () => {
    for (const { id } of at.ready.environments) {
      const answer = await admin(`GET /environments/${id}/populations`);
      expect(names(answer, 'populations')).toEqual(['Default', 'Employees']);
      expect(answer.body._embedded.populations.map((population: Json) => population.default)).toEqual([true, false]);
    }
  });

  test('can be read by ID and with a limit', async () => {
    const path = `/environments/${at.environment}/populations`;
    const { body } = await admin(`GET ${path}?limit=1`);
    const [population] = body._embedded.populations;
    expect([body.size, body.count]).toEqual([1, 2]);
    expect((await admin(`GET ${path}/${population.id}`)).body).toEqual(population);
    expect((await admin(`GET ${path}/unknown`)).status).toBe(404);
  });
});

test('organizations', async () => {
  const { body } = await admin('GET /organizations');
  const { organization } = (await admin(`GET /environments/${at.environment}`)).body;
  expect(body._embedded.organizations.map(({ id }: Json) => id)).toEqual([organization.id]);
});
