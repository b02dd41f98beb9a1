import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { request } from 'node:http';
import type { Call, Harness } from './client.ts';
import { caller, harness } from './client.ts';

let at: Harness;
let owner: Call;
let reader: Call;
let job: Call;

beforeAll(async () => {
  at = await harness();
  owner = at.github();
  reader = at.github(at.ready.github.readOnlyToken);
  job = at.github(at.ready.github.jobToken);
});
afterAll(() => at.sandbox.close());

const ACCEPTED = 'x-accepted-github-permissions';
const R = '/repos/octo/sync';
const E = `${R}/environments/staging`;
const O = '/orgs/octo/actions';

describe('tokens', () => {
  const both = [403, 403];
  test.each<[operation: string, permission: string, owner: number, reader: number, job: number]>([
    [`GET ${R}`, '', 200, 200, 200],
    ['GET /users/octo', '', 200, 200, 200],
    ['GET /orgs/octo', '', 200, 200, 200],
    [`GET ${E}`, '', 200, 200, 200],
    [`GET ${R}/actions/secrets/public-key`, 'secrets=read', 200, 200, 403],
    [`GET ${R}/actions/secrets`, 'secrets=read', 200, 200, 403],
    [`PUT ${R}/actions/secrets/A`, 'secrets=write', 422, ...(both as [number, number])],
    [`DELETE ${R}/actions/secrets/A`, 'secrets=write', 404, ...(both as [number, number])],
    [`GET ${E}/secrets/public-key`, 'environments=read', 200, 200, 403],
    [`PUT ${E}/secrets/A`, 'environments=write', 422, ...(both as [number, number])],
    [`GET ${O}/secrets/public-key`, 'organization_secrets=read', 200, 200, 403],
    [`PUT ${O}/secrets/A`, 'organization_secrets=write', 422, ...(both as [number, number])],
    [`GET ${R}/actions/variables`, 'actions_variables=read', 200, 200, 403],
    [`POST ${R}/actions/variables`, 'actions_variables=write', 422, ...(both as [number, number])],
    [`PATCH ${E}/variables/A`, 'environments=write', 404, ...(both as [number, number])],
    [`GET ${O}/variables`, 'organization_actions_variables=read', 200, 200, 403],
    [`PUT ${R}/environments/new`, 'administration=write', 200, ...(both as [number, number])],
  ])('%s (%s)', async (operation, permission, ...expected) => {
    const answers = [await owner(operation), await reader(operation), await job(operation)];
    expect(answers.map(({ status }) => status)).toEqual(expected);
    const [, byReader, byJob] = answers;
    if (byReader!.status === 403)
      expect(byReader!.body.message).toBe('Resource not accessible by personal access token');
    if (byJob!.status === 403) {
      expect([byJob!.body.message, byJob!.headers.get(ACCEPTED)]).toEqual([
        'Resource not accessible by integration',
        permission,
      ]);
    }
  });

  test('an unknown token, and none', async () => {
    const unknown = await at.github('ghp_unknown')(`GET ${R}`);
    expect([unknown.status, unknown.body.message]).toEqual([401, 'Bad credentials']);
    expect((await caller(at.ready.github.apiUrl, {})(`GET ${R}`)).status).toBe(401);
  });

  test('the older scheme is accepted', async () => {
    const headers = { authorization: `token ${at.ready.github.token}` };
    expect((await caller(at.ready.github.apiUrl, headers)(`GET ${R}`)).status).toBe(200);
  });
});

describe('what each request needs', () => {
  test.each([
    ['2022-11-28', 200],
    ['2026-03-10', 200],
    ['2021-01-01', 400],
  ])('the API version %s: %d', async (version, status) => {
    expect((await owner(`GET ${R}`, undefined, { 'x-github-api-version': version })).status).toBe(status);
  });

  test('a User-Agent', async () => {
    const headers = { authorization: `Bearer ${at.ready.github.token}` };
    const status = await new Promise((resolve, reject) => {
      const sent = request(`${at.ready.github.apiUrl}${R}`, { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      sent.on('error', reject);
      sent.end();
    });
    expect(status).toBe(403);
  });
});

describe('existing objects', () => {
  test('are repositories with their IDs, in any case', async () => {
    const { repository, repositoryId, userRepository } = at.ready.github;
    expect((await owner(`GET /repos/${repository}`)).body).toMatchObject({
      id: Number(repositoryId),
      full_name: repository,
    });
    expect((await owner('GET /repos/OCTO/Sync')).body.id).toBe(Number(repositoryId));
    expect((await owner(`GET /repos/${userRepository}`)).body.owner.type).toBe('User');
    expect((await owner('GET /repos/octo/unknown')).body).toMatchObject({ message: 'Not Found', status: '404' });
  });

  test('distinguish users and organizations', async () => {
    const types = [(await owner('GET /users/mona')).body.type, (await owner('GET /users/octo')).body.type];
    expect(types).toEqual(['User', 'Organization']);
    expect([(await owner('GET /orgs/octo')).status, (await owner('GET /orgs/mona')).status]).toEqual([200, 404]);
    expect((await owner('GET /users/unknown')).status).toBe(404);
  });

  test('do not include others', async () => {
    expect((await owner('GET /gists')).status).toBe(404);
  });
});
