/** Requests as PingOne's SDK, Terraform provider and CLI send them. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer, Call, Harness, Json } from './client.ts';
import { details, harness, WORKER } from './client.ts';

let at: Harness;
let sdk: Call;

beforeAll(async () => {
  at = await harness({ apps: 120 });
});
afterAll(() => at.sandbox.close());
beforeEach(async () => {
  await at.control('POST /reset');
  const admin = await at.as(at.ready.admin);
  sdk = (operation, body) => admin(operation, body, { accept: 'application/json' });
});

const filtered = (path: string, filter: string) => sdk(`GET ${path}?filter=${encodeURIComponent(filter)}`);
const names = ({ body }: Answer, list: string): string[] => body._embedded[list].map(({ name }: Json) => name);

describe('the media type', () => {
  test.each(['GET /environments', 'GET /roles', 'GET /organizations'])('%s', async (operation) => {
    expect((await sdk(operation)).headers.get('content-type')).toBe('application/json');
  });

  test('of a created, a read and a replaced application, and of its secret', async () => {
    const created = await sdk(`POST ${at.applications}`, WORKER);
    const path = `${at.applications}/${created.body.id}`;
    const answers = [
      created,
      await sdk(`GET ${path}`),
      await sdk(`PUT ${path}`, WORKER),
      await sdk(`GET ${path}/secret`),
    ];
    expect(answers.map(({ headers }) => headers.get('content-type'))).toEqual(Array(4).fill('application/json'));
  });

  test.each([
    ['*/*', 'application/hal+json;charset=UTF-8'],
    ['application/hal+json', 'application/hal+json;charset=UTF-8'],
    ['application/hal+json, application/json', 'application/hal+json;charset=UTF-8'],
    ['Application/JSON;q=0.9, */*;q=0.1', 'application/json'],
  ])('for %s is %s', async (accept, type) => {
    const admin = await at.as(at.ready.admin);
    expect((await admin('GET /roles', undefined, { accept })).headers.get('content-type')).toBe(type);
  });
});

test('an environment and a population are found by a filter with parentheses', async () => {
  expect(names(await filtered('/environments', '(name sw "Sandbox")'), 'environments')).toEqual(['Sandbox']);
  const populations = `/environments/${at.environment}/populations`;
  expect(names(await filtered(populations, '((name eq "Default"))'), 'populations')).toEqual(['Default']);
  const either = '(name eq "Default") OR (name eq "Employees")';
  expect(names(await filtered(populations, either), 'populations')).toEqual(['Default', 'Employees']);
});

test('the secret of a new worker can be rotated and read immediately', async () => {
  const { id } = (await sdk(`POST ${at.applications}`, WORKER)).body;
  const path = `${at.applications}/${id}/secret`;
  const first = await sdk(`GET ${path}`);
  const rotated = await sdk(`POST ${path}`, {});
  const read = await sdk(`GET ${path}`);
  expect([first.status, rotated.status, read.status]).toEqual([200, 200, 200]);
  expect(read.body.secret).toBe(rotated.body.secret);
});

test('the products of an environment can be read', async () => {
  const { status, body } = await sdk(`GET /environments/${at.environment}/billOfMaterials`);
  expect([status, body.products]).toEqual([200, [{ id: expect.any(String), type: 'PING_ONE_BASE' }]]);
  expect((await sdk('GET /environments/00000000-0000-4000-8000-000000000000/billOfMaterials')).status).toBe(404);
});

/** Every address in a body. */
function hrefs(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'href' && typeof inner === 'string' ? [inner] : hrefs(inner),
  );
}

test('every link works', async () => {
  const { clientId, environmentId } = at.ready.admin;
  const admin = await at.as(at.ready.admin);
  const gif = Buffer.from('GIF89a\u0001\0\u0001\0\0\0');
  const headers = { 'content-type': 'image/gif', 'content-disposition': 'attachment; filename=x.gif' };
  const image = (await admin(`POST /environments/${at.environment}/images`, gif, headers)).body;
  const icon = { id: image.id, href: image.targets.original.href };
  const { id } = (await admin(`POST ${at.applications}`, { ...WORKER, icon })).body;
  await admin(`PUT ${at.applications}/${id}/metadata`, { metadata: { a: 1 } });
  const api = at.ready.pingone.apiUrl;
  const todo = ['/environments', '/roles', `${at.applications}/${id}/metadata`].map((path) => `${api}${path}`);
  todo.push(...hrefs(image), `${api}/environments/${environmentId}/applications/${clientId}/roleAssignments`);
  for (const { id: environment } of at.ready.environments) {
    for (const list of ['applications', 'populations', 'roles'])
      todo.push(`${api}/environments/${environment}/${list}`);
  }
  const { authorization } = (await at.requests()).at(-1).headers;
  const seen = new Map<string, number>();
  for (let url = todo.shift(); url !== undefined; url = todo.shift()) {
    if (seen.has(url)) continue;
    const answer = await fetch(url, { headers: { authorization } });
    seen.set(url, answer.status);
    if (answer.headers.get('content-type')?.includes('json')) todo.push(...hrefs(await answer.json()));
  }
  // A worker may not read its own secret.
  const broken = [...seen].filter(([url, status]) => status !== 200 && !url.endsWith(`${clientId}/secret`));
  expect(broken).toEqual([]);
  expect([...seen.keys()].some((url) => /\/(attributes|grants)$/.test(url))).toBe(true);
  expect([...seen.keys()].some((url) => url.includes('cursor='))).toBe(true);
});

test('a read-only assignment is refused with the text that clients look for', async () => {
  const { id } = (await sdk(`POST ${at.applications}`, WORKER)).body;
  const role = { role: 'Environment Admin', scope: { type: 'ENVIRONMENT' } };
  const { roleAssignments } = (await at.control('POST /console', { application: id, grant: role })).body;
  const developer = await at.as(at.ready.admins.applicationsOnly);
  const path = `${at.applications}/${id}/roleAssignments/${roleAssignments[0].id}`;
  const { body } = await developer(`DELETE ${path}`, undefined, { accept: 'application/json' });
  expect(body.message).toBe(`Role assignment ${roleAssignments[0].id} cannot be deleted as it is read only`);
});

test('requests that PingOne refuses are refused', async () => {
  const refused = async (fields: Json) => details(await sdk(`POST ${at.applications}`, { ...WORKER, ...fields }));
  const icon = { id: '00000000-0000-4000-8000-000000000000', href: 'https://example.com/x.png' };
  expect(await refused({ icon })).toEqual(['INVALID_VALUE icon.id']);
  expect(await refused({ devicePathId: 'my path' })).toEqual(['INVALID_VALUE devicePathId']);
  expect(await refused({ refreshTokenDuration: 7200, refreshTokenRollingDuration: 3600 })).toHaveLength(1);
  expect(await refused({ accessControl: { group: { type: 'ANY_GROUP', groups: [{ id: 'x' }] } } })).toHaveLength(1);
});
