import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Call, Harness, Json } from './client.ts';
import { harness } from './client.ts';

const REPOSITORY = '/repos/octo/sync/actions/variables';
const ENVIRONMENT = '/repos/octo/sync/environments/staging/variables';
const ORGANIZATION = '/orgs/octo/actions/variables';

let at: Harness;
let github: Call;

beforeAll(async () => {
  at = await harness();
  github = at.github();
});
afterAll(() => at.sandbox.close());
beforeEach(() => at.control('POST /reset'));

const stored = async (): Promise<Json[]> => (await at.control('GET /state')).body.github.variables;

describe('a variable', () => {
  test.each([
    ['repository', REPOSITORY, {}, { target: 'repository', repository: 'octo/sync' }],
    ['environment', ENVIRONMENT, {}, { target: 'github-environment:staging', repository: 'octo/sync' }],
    ['organization', ORGANIZATION, { visibility: 'all' }, { target: 'organization', visibility: 'all' }],
  ])('of the %s is created once, changed, read with its value, and deleted', async (_, base, more, expected) => {
    const create = () => github(`POST ${base}`, { name: 'some_name', value: 'one', ...more });
    expect((await create()).status).toBe(201);
    const again = await create();
    expect([again.status, again.body.message]).toEqual([409, 'Already exists - Variable already exists']);
    expect((await github(`PATCH ${base}/SOME_NAME`, { value: 'two' })).status).toBe(204);
    expect(await stored()).toEqual([{ ...expected, name: 'SOME_NAME', value: 'two' }]);
    const { body } = await github(`GET ${base}/some_name`);
    expect(body).toMatchObject({ name: 'SOME_NAME', value: 'two' });
    expect((await github(`GET ${base}`)).body).toEqual({ total_count: 1, variables: [body] });
    expect((await github(`DELETE ${base}/SOME_NAME`)).status).toBe(204);
    expect((await github(`DELETE ${base}/SOME_NAME`)).status).toBe(404);
    expect((await github(`PATCH ${base}/SOME_NAME`, { value: 'x' })).status).toBe(404);
  });

  test('can be renamed, but not to an existing name', async () => {
    await github(`POST ${REPOSITORY}`, { name: 'A', value: '1' });
    await github(`POST ${REPOSITORY}`, { name: 'B', value: '2' });
    expect((await github(`PATCH ${REPOSITORY}/A`, { name: 'b' })).status).toBe(409);
    expect((await github(`PATCH ${REPOSITORY}/A`, { name: 'c' })).status).toBe(204);
    expect((await stored()).map(({ name, value }) => [name, value]).sort()).toEqual([
      ['B', '2'],
      ['C', '1'],
    ]);
  });

  test.each([
    [{ name: 'GITHUB_A', value: '' }],
    [{ name: 'A B', value: '' }],
    [{ name: 'A' }],
    [{ value: '' }],
    [{ name: 'A', value: 'x'.repeat(48 * 1024 + 1) }],
  ])('is refused: %#', async (body) => {
    expect((await github(`POST ${REPOSITORY}`, body)).status).toBe(422);
  });

  test('of an organization needs a visibility, and keeps it on changes', async () => {
    expect((await github(`POST ${ORGANIZATION}`, { name: 'A', value: '' })).status).toBe(422);
    const selected = { visibility: 'selected', selected_repository_ids: [1001] };
    await github(`POST ${ORGANIZATION}`, { name: 'A', value: '1', ...selected });
    await github(`PATCH ${ORGANIZATION}/A`, { value: '2' });
    expect(await stored()).toEqual([
      { target: 'organization', name: 'A', value: '2', visibility: 'selected', selectedRepositoryIds: [1001] },
    ]);
    expect((await github(`GET ${ORGANIZATION}/A/repositories`)).body.total_count).toBe(1);
  });
});

test('lists have pages of 10, at most 30', async () => {
  for (let n = 0; n < 31; n += 1) await github(`POST ${ENVIRONMENT}`, { name: `V${n}`, value: '' });
  const sizes = [];
  for (const query of ['', '?per_page=100', '?per_page=30&page=2']) {
    sizes.push((await github(`GET ${ENVIRONMENT}${query}`)).body.variables.length);
  }
  expect(sizes).toEqual([10, 30, 1]);
});
