import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import sodium from 'libsodium-wrappers';
import type { Call, Harness, Json } from './client.ts';
import { harness } from './client.ts';

const REPOSITORY = '/repos/octo/sync/actions/secrets';
const ENVIRONMENT = '/repos/octo/sync/environments/staging/secrets';
const ORGANIZATION = '/orgs/octo/actions/secrets';

let at: Harness;
let github: Call;

beforeAll(async () => {
  await sodium.ready;
  at = await harness();
  github = at.github();
});
afterAll(() => at.sandbox.close());
beforeEach(() => at.control('POST /reset'));

const seal = (value: string, key: string): string =>
  Buffer.from(sodium.crypto_box_seal(Buffer.from(value), Buffer.from(key, 'base64'))).toString('base64');
const publicKey = async (base: string): Promise<{ key: string; key_id: string }> =>
  (await github(`GET ${base}/public-key`)).body;
const store = async (base: string, name: string, value: string, more: Json = {}) => {
  const { key, key_id } = await publicKey(base);
  return github(`PUT ${base}/${name}`, { encrypted_value: seal(value, key), key_id, ...more });
};
const stored = async (): Promise<Json[]> => (await at.control('GET /state')).body.github.secrets;

describe('a secret', () => {
  test.each([
    ['repository', REPOSITORY, {}, { target: 'repository', repository: 'octo/sync' }],
    ['environment', ENVIRONMENT, {}, { target: 'github-environment:staging', repository: 'octo/sync' }],
    ["user's repository", '/repos/mona/sync/actions/secrets', {}, { target: 'repository', repository: 'mona/sync' }],
    ['organization', ORGANIZATION, { visibility: 'private' }, { target: 'organization', visibility: 'private' }],
  ])('of the %s is created, changed, read without its value, and deleted', async (_, base, more, expected) => {
    const value = 'a "value" with ünïcode\nand two lines';
    const created = await store(base, 'some_Name', value, more);
    expect([created.status, created.body]).toEqual([201, {}]);
    expect(await stored()).toEqual([{ ...expected, name: 'SOME_NAME', value }]);
    expect((await store(base, 'SOME_NAME', 'another', more)).status).toBe(204);
    expect((await stored()).map((secret) => secret.value)).toEqual(['another']);
    const { body } = await github(`GET ${base}/some_name`);
    expect(body).toMatchObject({ name: 'SOME_NAME', created_at: expect.stringMatching(/^\d{4}-.{5}T.{8}Z$/) });
    expect(JSON.stringify(body)).not.toContain('another');
    expect((await github(`GET ${base}`)).body).toEqual({ total_count: 1, secrets: [body] });
    expect((await github(`DELETE ${base}/SOME_NAME`)).status).toBe(204);
    expect((await github(`DELETE ${base}/SOME_NAME`)).status).toBe(404);
    expect((await github(`GET ${base}/SOME_NAME`)).status).toBe(404);
  });

  test('has the time of its last write, even if the value is the same', async () => {
    await store(REPOSITORY, 'A', 'same');
    const before = (await github(`GET ${REPOSITORY}/A`)).body;
    await at.control('POST /clock', { advance: 60 });
    await store(REPOSITORY, 'A', 'same');
    const after = (await github(`GET ${REPOSITORY}/A`)).body;
    expect(after.created_at).toBe(before.created_at);
    expect(Date.parse(after.updated_at) - Date.parse(before.updated_at)).toBeGreaterThanOrEqual(60_000);
  });
});

describe('keys', () => {
  test('are one per target, have 32 bytes, and stay the same after a reset', async () => {
    const bases = [REPOSITORY, ENVIRONMENT, ORGANIZATION, '/repos/octo/website/actions/secrets'];
    const keys = await Promise.all(bases.map(publicKey));
    expect(new Set(keys.map(({ key }) => key)).size).toBe(4);
    expect(new Set(keys.map(({ key_id: id }) => id)).size).toBe(4);
    expect(keys.map(({ key }) => Buffer.from(key, 'base64').length)).toEqual([32, 32, 32, 32]);
    await at.control('POST /reset');
    expect(await Promise.all(bases.map(publicKey))).toEqual(keys);
  });

  test('of another target seal a value that is accepted and then empty', async () => {
    const { key } = await publicKey(REPOSITORY);
    const { key_id } = await publicKey(ENVIRONMENT);
    const answer = await github(`PUT ${ENVIRONMENT}/A`, { encrypted_value: seal('value', key), key_id });
    expect([answer.status, (await stored())[0].value]).toEqual([201, '']);
  });

  test('can seal an empty value', async () => {
    expect((await store(REPOSITORY, 'A', '')).status).toBe(201);
  });
});

describe('refused requests', () => {
  test.each(['1A', 'A-B', 'A%20B', 'GITHUB_A', 'github_a', '%C3%84'])('the name %s', async (name) => {
    const { status, body } = await store(REPOSITORY, name, 'value');
    expect([status, body.status]).toEqual([422, '422']);
    expect(await stored()).toEqual([]);
  });

  test('a wrong key ID, text that is not base64, no value', async () => {
    const { key, key_id } = await publicKey(REPOSITORY);
    const encrypted_value = seal('value', key);
    const attempts = [
      { encrypted_value, key_id: '1' },
      { encrypted_value },
      { encrypted_value: 'not base64!', key_id },
      { encrypted_value: encrypted_value.replace(/=*$/, '*'), key_id },
      { key_id },
    ];
    for (const attempt of attempts) expect((await github(`PUT ${REPOSITORY}/A`, attempt)).status).toBe(422);
    expect((await github(`PUT ${REPOSITORY}/A`, '{')).status).toBe(400);
  });

  test('more than 48 KB', async () => {
    expect((await store(REPOSITORY, 'A', 'x'.repeat(48 * 1024))).status).toBe(201);
    expect((await store(REPOSITORY, 'A', 'x'.repeat(48 * 1024 + 1))).status).toBe(422);
  });

  test.each([
    '/repos/octo/unknown/actions/secrets',
    '/repos/octo/sync/environments/unknown/secrets',
    '/orgs/unknown/actions/secrets',
    '/orgs/mona/actions/secrets',
  ])('the target %s', async (base) => {
    expect((await github(`GET ${base}/public-key`)).status).toBe(404);
    expect((await github(`PUT ${base}/A`, { encrypted_value: 'AAAA', key_id: '1' })).status).toBe(404);
  });
});

describe('an organization secret', () => {
  const secret = async () => (await stored())[0];
  const repositories = `${ORGANIZATION}/A/repositories`;

  test('needs a visibility, and repositories with "selected" only', async () => {
    expect((await store(ORGANIZATION, 'A', 'v')).status).toBe(422);
    expect((await store(ORGANIZATION, 'A', 'v', { visibility: 'all', selected_repository_ids: [1001] })).status).toBe(
      422,
    );
    for (const ids of [['1001'], [4711], [2001], 'x']) {
      const answer = await store(ORGANIZATION, 'A', 'v', { visibility: 'selected', selected_repository_ids: ids });
      expect(answer.status).toBe(422);
    }
    expect(await stored()).toEqual([]);
  });

  test('is replaced together with its visibility and repositories', async () => {
    await store(ORGANIZATION, 'A', 'v', { visibility: 'selected', selected_repository_ids: [1001, 1002] });
    expect((await secret()).selectedRepositoryIds).toEqual([1001, 1002]);
    await store(ORGANIZATION, 'A', 'w', { visibility: 'selected' });
    expect((await secret()).selectedRepositoryIds).toEqual([]);
    await store(ORGANIZATION, 'A', 'x', { visibility: 'all' });
    expect(await secret()).toEqual({ target: 'organization', name: 'A', value: 'x', visibility: 'all' });
  });

  test('lists its repositories in pages, and they can be changed', async () => {
    await store(ORGANIZATION, 'A', 'v', { visibility: 'selected', selected_repository_ids: [1001, 1002] });
    const { body } = await github(`GET ${ORGANIZATION}/A`);
    expect(body.selected_repositories_url).toBe(`${at.ready.github.apiUrl}${repositories}`);
    const first = await github(`GET ${repositories}?per_page=1`);
    expect([first.body.total_count, first.body.repositories.map(({ id }: Json) => id)]).toEqual([2, [1001]]);
    expect(first.headers.get('link')).toContain(`page=2>; rel="next"`);
    await github(`PUT ${repositories}/1003`);
    await github(`DELETE ${repositories}/1001`);
    expect((await secret()).selectedRepositoryIds).toEqual([1002, 1003]);
    await github(`PUT ${repositories}`, { selected_repository_ids: [1001] });
    expect((await secret()).selectedRepositoryIds).toEqual([1001]);
    expect((await github(`PUT ${repositories}/9`)).status).toBe(404);
  });

  test('with another visibility has no list of repositories: 409', async () => {
    await store(ORGANIZATION, 'A', 'v', { visibility: 'private' });
    for (const call of [
      `GET ${repositories}`,
      `PUT ${repositories}`,
      `PUT ${repositories}/1001`,
      `DELETE ${repositories}/1001`,
    ]) {
      expect((await github(call)).status).toBe(409);
    }
    expect((await github(`GET ${ORGANIZATION}/B/repositories`)).status).toBe(404);
  });
});

test('lists are sorted by name, in pages of 30, at most 100', async () => {
  const { key, key_id } = await publicKey(ORGANIZATION);
  const encrypted_value = seal('v', key);
  for (let n = 0; n < 101; n += 1)
    await github(`PUT ${ORGANIZATION}/S${String(n).padStart(3, '0')}`, { encrypted_value, key_id, visibility: 'all' });
  const list = async (query: string) => (await github(`GET ${ORGANIZATION}${query}`)).body;
  const [standard, large, last] = [await list(''), await list('?per_page=500'), await list('?per_page=100&page=2')];
  expect([standard.secrets.length, large.secrets.length, last.secrets.length]).toEqual([30, 100, 1]);
  expect([standard.total_count, standard.secrets[0].name, last.secrets[0].name]).toEqual([101, 'S000', 'S100']);
});

test.each([
  ['repository', REPOSITORY],
  ['environment', ENVIRONMENT],
])('a %s can have 100 secrets: one more is refused, an existing one is replaced', async (_, base) => {
  const { key, key_id } = await publicKey(base);
  const encrypted_value = seal('v', key);
  for (let n = 0; n < 100; n += 1) await github(`PUT ${base}/S${n}`, { encrypted_value, key_id });
  expect((await github(`PUT ${base}/MORE`, { encrypted_value, key_id })).status).toBe(422);
  expect((await github(`PUT ${base}/S0`, { encrypted_value, key_id })).status).toBe(204);
});
