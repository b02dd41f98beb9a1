import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { inspectExchange, unusedDeviations } from './check.ts';
import { contractGuard } from './guard.ts';
import { github } from './samples.ts';
import type { Client } from './sandbox-client.ts';
import { answerTo, createClient } from './sandbox-client.ts';

const guard = contractGuard({ allowRefusedRequests: true });
const used = new Set<string>();
const repository = '/repos/octo/sync';
const agent = { 'user-agent': 'contract-test' };
let sandbox: Sandbox;
let owner: Client;
let reader: Client;
let job: Client;

/** 48 bytes and more that open with nothing: GitHub does not look into what it stores. */
const sealed = Buffer.alloc(60, 7).toString('base64');

/** The places of secrets and variables, with what an organization wants to know in addition. */
const places: readonly [string, string, object][] = [
  ['a repository', `${repository}/actions`, {}],
  ['a GitHub environment', `${repository}/environments/staging`, {}],
  ['an organization', '/orgs/octo/actions', { visibility: 'selected', selected_repository_ids: [1001] }],
];

describe('the GitHub simulator', () => {
  beforeAll(async () => {
    sandbox = await startSandbox({ onExchange: guard.onExchange });
    const { apiUrl, token, readOnlyToken, jobToken } = sandbox.ready.github;
    const clientOf = (bearer: string) => createClient(apiUrl, { ...agent, authorization: `Bearer ${bearer}` });
    [owner, reader, job] = [clientOf(token), clientOf(readOnlyToken), clientOf(jobToken)];
  });
  afterEach(guard.assertClean);
  afterAll(() => sandbox.close());

  test.each(places)('secrets of %s', async (_, place, sharing) => {
    const { key_id } = await owner(`GET ${place}/secrets/public-key`, 200);
    const send = { encrypted_value: sealed, key_id, ...sharing };
    await owner(`GET ${place}/secrets/NAME`, 404);
    await owner(`PUT ${place}/secrets/NAME`, 201, { send });
    await owner(`PUT ${place}/secrets/NAME`, 204, { send });
    await owner(`GET ${place}/secrets/NAME`, 200);
    await owner(`GET ${place}/secrets?per_page=100&page=1`, 200);
    await owner(`PUT ${place}/secrets/NAME`, 422, { send: { ...send, key_id: '0' } });
    await owner(`PUT ${place}/secrets/GITHUB_NAME`, 422, { send });
    await owner(`PUT ${place}/secrets/NAME`, 422, { send: {} });
    await reader(`PUT ${place}/secrets/NAME`, 403, { send });
    await job(`GET ${place}/secrets/public-key`, 403);
    await owner(`GET ${place}/secrets`, 401, { headers: { authorization: 'Bearer none' } });
    await owner(`DELETE ${place}/secrets/NAME`, 204);
    await owner(`DELETE ${place}/secrets/NAME`, 404);
  });

  test.each(places)('variables of %s', async (_, place, sharing) => {
    const send = { name: 'NAME', value: 'a', ...sharing };
    await owner(`POST ${place}/variables`, 201, { send });
    await owner(`POST ${place}/variables`, 409, { send });
    await owner(`PATCH ${place}/variables/NAME`, 204, { send: { value: 'b' } });
    await owner(`PATCH ${place}/variables/OTHER`, 404, { send: { value: 'b' } });
    await owner(`POST ${place}/variables`, 422, { send: { name: 'X' } });
    await owner(`POST ${place}/variables`, 400, {
      send: Buffer.from('{'),
      headers: { 'content-type': 'application/json' },
    });
    await owner(`GET ${place}/variables/NAME`, 200);
    await owner(`GET ${place}/variables?per_page=30`, 200);
    await owner(`DELETE ${place}/variables/NAME`, 204);
    await owner(`DELETE ${place}/variables/NAME`, 404);
  });

  test.each([
    [
      'secrets',
      (key_id: string) => ['PUT /orgs/octo/actions/secrets/SHARED', { encrypted_value: sealed, key_id }] as const,
    ],
    ['variables', () => ['POST /orgs/octo/actions/variables', { name: 'SHARED', value: 'a' }] as const],
  ])('the selected repositories of %s', async (kind, creation) => {
    const { key_id } = await owner('GET /orgs/octo/actions/secrets/public-key', 200);
    const [create, send] = creation(key_id);
    const path = `/orgs/octo/actions/${kind}/SHARED`;
    await owner(create, 201, { send: { ...send, visibility: 'selected', selected_repository_ids: [1001, 1002] } });
    await owner(`GET ${path}`, 200);
    expect(await owner(`GET ${path}/repositories?per_page=1`, 200)).toMatchObject({ total_count: 2 });
    await owner(`PUT ${path}/repositories`, 204, { send: { selected_repository_ids: [1001] } });
    await owner(`PUT ${path}/repositories/1003`, 204);
    await owner(`DELETE ${path}/repositories/1003`, 204);
    await owner(`DELETE ${path}`, 204);
    await owner(create, 201, { send: { ...send, visibility: 'private' } });
    await owner(`GET ${path}`, 200);
    await owner(`GET ${path}/repositories`, 409);
    await owner(`PUT ${path}/repositories/1003`, 409);
    await owner(create, 422, { send: { ...send, visibility: 'some' } });
  });

  test('GitHub environments', async () => {
    const path = `${repository}/environments`;
    const protection = {
      wait_timer: 5,
      reviewers: [{ type: 'User', id: 502 }],
      deployment_branch_policy: { protected_branches: true, custom_branch_policies: false },
    };
    await owner(`GET ${path}`, 200);
    await owner(`GET ${path}/staging`, 200);
    await owner(`GET ${path}/none`, 404);
    await owner(`PUT ${path}/feature%2Fone`, 200);
    await owner(`PUT ${path}/feature%2Fone`, 200, { send: protection });
    await owner(`GET ${path}/feature%2Fone`, 200);
    await owner(`GET ${path}/feature%2Fone/secrets/public-key`, 200);
    await owner(`PUT ${path}/${'x'.repeat(256)}`, 422);
    await reader(`PUT ${path}/other`, 403);
    await owner(`DELETE ${path}/feature%2Fone`, 204);
    await owner(`GET ${path}/none/secrets/public-key`, 404);
  });

  test('repositories, users and organizations', async () => {
    await owner(`GET ${repository}`, 200);
    await owner('GET /repos/octo/none', 404);
    await owner('GET /users/mona', 200);
    await owner('GET /users/octo', 200);
    await owner('GET /users/nobody', 404);
    await owner('GET /orgs/octo', 200);
    await owner('GET /orgs/mona', 404);
    await owner(`GET ${repository}`, 400, { headers: { 'x-github-api-version': '2001-01-01' } });
    await createClient(sandbox.ready.github.apiUrl, {})(`GET ${repository}`, 403);
  });

  test('a renamed repository', async () => {
    const control = createClient(sandbox.ready.github.apiUrl, {});
    await control('POST /__sandbox/console', 200, { send: { repository: 'octo/tools', rename: 'octo/kit' } });
    await owner('GET /repos/octo/tools', 301);
    await owner('GET /repos/octo/tools/actions/secrets', 301);
    await owner('PUT /repos/octo/tools/environments/new', 307);
    expect(await owner('GET /repositories/1003', 200)).toMatchObject({ id: 1003, full_name: 'octo/kit' });
    await owner('GET /repositories/9', 404);
    await owner('GET /repos/octo/kit/actions/secrets', 200);
  });

  test('the guard sees a wrong request to the simulator', async () => {
    const strict = contractGuard();
    const watched = await startSandbox({ onExchange: strict.onExchange });
    const { apiUrl, token } = watched.ready.github;
    const client = createClient(apiUrl, { ...agent, authorization: `Bearer ${token}` });
    await client(`PUT ${repository}/actions/secrets/NAME`, 422, { send: { encrypted_value: sealed } });
    await watched.close();
    expect(strict.assertClean).toThrow("request body: must have required property 'key_id'");
  });

  test('a request over the rate limit', async () => {
    const limited = await startSandbox({ ratePerMinute: 1 });
    const answers = [repository, repository].map((path) => answerTo(limited.ready.github.apiUrl, `GET ${path}`, {}));
    const refused = (await Promise.all(answers)).find(({ status }) => status === 429);
    await limited.close();
    const { problems, deviations } = inspectExchange({ ...github(`GET ${repository}`), ...refused! });
    for (const name of deviations) used.add(name);
    expect(problems).toEqual([]);
  });

  test('every deviation was needed', () => {
    expect(unusedDeviations(new Set([...guard.usedDeviations(), ...used]), ['github'])).toEqual([]);
  });
});
