import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Call, Harness, Json } from './client.ts';
import { harness } from './client.ts';

let at: Harness;
let github: Call;

beforeAll(async () => {
  at = await harness();
  github = at.github();
});
afterAll(() => at.sandbox.close());
beforeEach(() => at.control('POST /reset'));

const act = (action: Json) => at.control('POST /console', action);
/** Without following a redirect, which `fetch` does by itself. */
const first = (method: string, path: string) =>
  fetch(at.ready.github.apiUrl + path, {
    method,
    redirect: 'manual',
    headers: { authorization: `Bearer ${at.ready.github.token}`, 'user-agent': 'tests' },
  });

test.each([
  ['GET', '/actions/secrets?per_page=100', 301],
  ['GET', '', 301],
  ['DELETE', '/environments/a%2Fb', 307],
])('a renamed repository answers %s with a redirect to its ID, with path and query', async (method, rest, status) => {
  await act({ repository: 'octo/sync', rename: 'mona/moved' });
  const answer = await first(method, `/repos/Octo/Sync${rest}`);
  expect(answer.status).toBe(status);
  expect(answer.headers.get('location')).toBe(`${at.ready.github.apiUrl}/repositories/1001${rest}`);
});

test('it keeps its ID, its secrets and its environments under its new name', async () => {
  await github('POST /repos/octo/sync/actions/variables', { name: 'A', value: 'b' });
  await act({ repository: 'octo/sync', rename: 'octo/new' });
  expect((await github('GET /repositories/1001')).body).toMatchObject({ id: 1001, full_name: 'octo/new' });
  expect((await github('GET /repos/octo/new/actions/variables/A')).body).toMatchObject({ value: 'b' });
  expect((await github('GET /repositories/1001/environments/staging')).body).toMatchObject({ name: 'staging' });
  expect((await at.control('GET /state')).body.github.variables).toMatchObject([{ repository: 'octo/new' }]);
});

test('another repository can get the old name, which is then its own', async () => {
  await act({ repository: 'octo/sync', rename: 'octo/new' });
  await act({ repository: 'octo/website', rename: 'octo/sync' });
  expect((await first('GET', '/repos/octo/sync')).status).toBe(200);
  expect((await github('GET /repos/octo/sync')).body.id).toBe(1002);
});

test('a renamed organization answers 404 under its old name, and its repositories redirect', async () => {
  await act({ organization: 'octo', rename: 'octo-inc' });
  expect((await github('GET /orgs/octo')).status).toBe(404);
  expect((await github('GET /orgs/octo-inc')).body).toMatchObject({ id: 501 });
  expect((await github('GET /repos/octo/sync')).body).toMatchObject({ id: 1001, full_name: 'octo-inc/sync' });
});

test('a deleted repository loses all its secrets and environments', async () => {
  await github('POST /repos/octo/sync/actions/variables', { name: 'A', value: 'b' });
  await act({ repository: 'octo/sync', delete: true });
  for (const path of ['/repos/octo/sync', '/repositories/1001']) expect((await first('GET', path)).status).toBe(404);
  expect((await at.control('GET /state')).body.github).toEqual({ secrets: [], variables: [], environments: [] });
});

test('a reset restores all names', async () => {
  await act({ repository: 'octo/sync', rename: 'octo/new' });
  await at.control('POST /reset');
  expect((await github('GET /repos/octo/sync')).body).toMatchObject({ id: 1001 });
  expect((await first('GET', '/repos/octo/new')).status).toBe(404);
});

test.each([
  { repository: 'octo/none', rename: 'octo/new' },
  { repository: 'octo/sync', rename: 'octo/website' },
  { repository: 'octo/sync', rename: 'nobody/sync' },
  { organization: 'nobody', rename: 'somebody' },
  { repository: 'octo/sync' },
])('%j is refused', async (action) => {
  expect((await act(action)).status).toBe(400);
});
