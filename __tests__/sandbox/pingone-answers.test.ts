import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Call, Harness } from './client.ts';
import { basic, caller, harness, WORKER } from './client.ts';

let at: Harness;
let admin: Call;

beforeAll(async () => {
  at = await harness();
  admin = await at.as(at.ready.admin);
});
afterAll(() => at.sandbox.close());

describe('unknown paths and methods', () => {
  test.each([
    ['PATCH', () => `${at.applications}/x`],
    ['GET', () => '/nonsense'],
    ['GET', () => `${at.applications}/x/unknown`],
    ['POST', () => `${at.applications}/x/metadata`],
    ['PUT', () => `/environments/${at.environment}`],
    ['DELETE', () => at.applications],
  ])("%s: the response is the gateway's", async (method, path) => {
    const { status, body } = await admin(`${method} ${path()}`);
    expect([status, Object.keys(body)]).toEqual([403, ['message']]);
    expect(body.message).toMatch(/^Invalid key=value pair \(missing equal-sign\) in Authorization header/);
  });
});

describe('bodies', () => {
  test.each([
    ['malformed JSON', '{', { 'content-type': 'application/json' }, 400],
    ['a list', '[]', { 'content-type': 'application/json' }, 400],
    ['nothing', undefined, {}, 400],
    ['a form', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ])('%s', async (_, body, headers, expected) => {
    const answer = await admin(`POST ${at.applications}`, body, headers);
    expect([answer.status, answer.body.code]).toEqual([expected, 'INVALID_REQUEST']);
  });

  test('a JSON media type with a suffix is accepted', async () => {
    const headers = { 'content-type': 'application/vnd.pingidentity+json; charset=utf-8' };
    expect((await admin(`POST ${at.applications}`, JSON.stringify(WORKER), headers)).status).toBe(201);
  });
});

describe('headers of every response', () => {
  test.each(['GET /roles', 'GET /nonsense', 'GET /roles/unknown'])('%s', async (operation) => {
    const { headers, body } = await admin(operation);
    expect(headers.get('correlation-id')).toMatch(/^[\da-f-]{36}$/);
    if (body.id !== undefined && body.code !== undefined) expect(body.id).toBe(headers.get('correlation-id'));
  });

  test('contain the IDs of the caller, with other characters replaced', async () => {
    const { headers } = await admin('GET /roles', undefined, {
      'x-ping-external-transaction-id': '1001/42/1',
      'x-ping-external-session-id': `a b;${'c'.repeat(200)}`,
    });
    expect(headers.get('x-ping-external-transaction-id')).toBe('1001/42/1');
    expect(headers.get('x-ping-external-session-id')).toBe(`a_b_${'c'.repeat(96)}`);
    expect((await admin('GET /roles')).headers.get('x-ping-external-session-id')).toMatch(/^[\da-f-]{36}$/);
  });
});

test('links have the host name that the caller used', async () => {
  const { body } = await at.token(
    at.ready.admin.environmentId,
    { grant_type: 'client_credentials' },
    basic(at.ready.admin),
  );
  const local = at.ready.pingone.apiUrl.replace('127.0.0.1', 'localhost');
  const call = caller(local, { authorization: `Bearer ${body.access_token}` });
  expect((await call('GET /roles')).body._links.self.href).toBe(`${local}/roles`);
});
