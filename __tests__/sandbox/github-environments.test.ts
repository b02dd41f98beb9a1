import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Call, Harness, Json } from './client.ts';
import { harness } from './client.ts';

const BASE = '/repos/octo/sync/environments';

let at: Harness;
let github: Call;

beforeAll(async () => {
  at = await harness();
  github = at.github();
});
afterAll(() => at.sandbox.close());
beforeEach(() => at.control('POST /reset'));

const stored = async (): Promise<Json[]> => (await at.control('GET /state')).body.github.environments;

test('one exists at the start, with protection', async () => {
  const { body } = await github(`GET ${BASE}`);
  expect([body.total_count, body.environments[0].name, body.environments[0].protection_rules.length]).toEqual([
    1,
    'staging',
    1,
  ]);
  expect(await stored()).toEqual([{ name: 'staging', protected: true }]);
});

test('a PUT without settings removes the protection', async () => {
  const { status, body } = await github(`PUT ${BASE}/Staging`);
  expect([status, body.name, body.protection_rules]).toEqual([200, 'staging', []]);
  expect(await stored()).toEqual([{ name: 'staging', protected: false }]);
});

test.each<[Json, boolean, number]>([
  [{}, false, 200],
  [{ wait_timer: 30 }, true, 200],
  [{ reviewers: [{ type: 'User', id: 1 }] }, true, 200],
  [{ deployment_branch_policy: { protected_branches: true, custom_branch_policies: false } }, true, 200],
  [{ deployment_branch_policy: { protected_branches: true, custom_branch_policies: true } }, false, 422],
])('a PUT of %j: protected %s, %d', async (body, isProtected, status) => {
  expect((await github(`PUT ${BASE}/new`, body)).status).toBe(status);
  if (status === 200) expect((await stored())[1]).toEqual({ name: 'new', protected: isProtected });
});

describe('names', () => {
  test.each(['feature/x', '100%', 'a%2Fb', 'Größe & Co', 'a+b', 'dots..'])(
    '"%s" is decoded exactly once',
    async (name) => {
      const encoded = encodeURIComponent(name);
      expect((await github(`PUT ${BASE}/${encoded}`)).body.name).toBe(name);
      expect((await github(`GET ${BASE}/${encoded}`)).body.name).toBe(name);
      await github(`POST ${BASE}/${encoded}/variables`, { name: 'A', value: 'v' });
      const { variables } = (await at.control('GET /state')).body.github;
      expect(variables[0].target).toBe(`github-environment:${name}`);
    },
  );

  test('are compared without case, and keep the case of their creation', async () => {
    await github(`PUT ${BASE}/Preview`);
    expect((await github(`GET ${BASE}/PREVIEW`)).body.name).toBe('Preview');
    expect((await github(`PUT ${BASE}/preview`)).body.name).toBe('Preview');
    expect(await stored()).toHaveLength(2);
  });

  test('an unencoded slash is another path, and a long name is refused', async () => {
    expect((await github(`PUT ${BASE}/feature/x`)).status).toBe(404);
    expect((await github(`PUT ${BASE}/${'x'.repeat(256)}`)).status).toBe(422);
  });
});

test('deleting a GitHub environment deletes its variables', async () => {
  await github(`POST ${BASE}/staging/variables`, { name: 'A', value: 'v' });
  await github('POST /repos/octo/sync/actions/variables', { name: 'A', value: 'kept' });
  expect((await github(`DELETE ${BASE}/staging`)).status).toBe(204);
  expect((await github(`GET ${BASE}/staging`)).status).toBe(404);
  const { variables } = (await at.control('GET /state')).body.github;
  expect(variables.map(({ value }: Json) => value)).toEqual(['kept']);
});

test('the state names the repository of those in other repositories', async () => {
  await github('PUT /repos/mona/sync/environments/staging');
  expect((await stored())[1]).toEqual({ name: 'staging', protected: false, repository: 'mona/sync' });
});
