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

const faults = (...list: Json[]) => at.control('POST /faults', list);
const create = (name = 'worker') => admin(`POST ${at.applications}`, { ...WORKER, name });
const exists = async (name = 'worker') =>
  (await at.control('GET /state')).body.applications.some((application: Json) => application.name === name);
const statuses = async (...operations: string[]) => {
  const found = [];
  for (const operation of operations) found.push((await admin(operation)).status);
  return found;
};

describe('matching', () => {
  test.each<[string, Json, boolean]>([
    ['anything', {}, true],
    ['this server', { server: 'pingone' }, true],
    ['the other server', { server: 'github' }, false],
    ['the method, in any case', { method: 'get' }, true],
    ['another method', { method: 'POST' }, false],
    ['a prefix of the path', { path: '/v1/ro' }, true],
    ['another path', { path: '/v1/environments' }, false],
    ['a part from the middle', { path: '/roles' }, false],
    ['an expression', { path: 're:/ROLES$|roles$' }, true],
    ['the query, which does not count', { path: 're:limit' }, false],
  ])('%s', async (_, match, hit) => {
    await faults({ match, do: { status: 503 } });
    expect(await statuses('GET /roles?limit=1')).toEqual([hit ? 503 : 200]);
  });

  test('happens once, unless told otherwise', async () => {
    await faults({ do: { status: 503 } });
    expect(await statuses('GET /roles', 'GET /roles')).toEqual([503, 200]);
    await faults({ times: 2, do: { status: 503 } });
    expect(await statuses('GET /roles', 'GET /roles', 'GET /roles')).toEqual([503, 503, 200]);
  });

  test('happens from the nth request that matches the rest', async () => {
    await faults({ match: { path: '/v1/roles', n: 2 }, times: 2, do: { status: 503 } });
    const operations = [
      'GET /roles',
      'GET /environments',
      'GET /roles',
      'GET /environments',
      'GET /roles',
      'GET /roles',
    ];
    expect(await statuses(...operations)).toEqual([200, 200, 503, 200, 503, 200]);
  });

  test('of several the first acts, and only that one is used up', async () => {
    await faults({ do: { status: 500 } }, { do: { status: 502 } }, { match: { n: 3 }, do: { status: 504 } });
    expect(await statuses('GET /roles', 'GET /roles', 'GET /roles', 'GET /roles')).toEqual([500, 502, 504, 200]);
  });

  test('a new list replaces the old one', async () => {
    await faults({ times: 9, do: { status: 503 } });
    await faults();
    expect(await statuses('GET /roles')).toEqual([200]);
  });

  test('control and token requests: the first never, the second like any other', async () => {
    await faults({ times: 1, do: { status: 503 } });
    expect((await at.control('GET /state')).status).toBe(200);
    expect((await at.token('x', {})).status).toBe(503);
  });
});

describe('another answer', () => {
  test.each<[Json, number, string | null, Json]>([
    [{ status: 503 }, 503, null, undefined],
    [
      { status: 429, headers: { 'Retry-After': 7 }, body: { code: 'REQUEST_LIMITED' } },
      429,
      'application/json',
      { code: 'REQUEST_LIMITED' },
    ],
    [{ body: '{"a":1}' }, 200, 'application/json', { a: 1 }],
    [{ body: [] }, 200, 'application/json', []],
    [{ status: 404, body: '7' }, 404, 'text/plain; charset=utf-8', 7],
    [{ status: 400, body: '1', headers: { 'content-type': 'text/x' } }, 400, 'text/x', 1],
  ])('%j', async (effect, status, type, body) => {
    await faults({ do: effect });
    const answer = await admin('GET /roles');
    expect([answer.status, answer.headers.get('content-type'), answer.body]).toEqual([status, type, body]);
    expect(answer.headers.get('date')).not.toBeNull();
    if (effect.headers?.['Retry-After']) expect(answer.headers.get('retry-after')).toBe('7');
    expect((await at.requests())[0].status).toBe(status);
  });

  test('a page of a proxy', async () => {
    await faults({ do: { status: 502, body: '<html>Bad gateway</html>' } });
    const answer = await fetch(`${at.ready.pingone.apiUrl}/roles`);
    expect([answer.headers.get('content-type'), await answer.text()]).toEqual([
      'text/html; charset=utf-8',
      '<html>Bad gateway</html>',
    ]);
  });

  test('headers alone are added to the honest answer', async () => {
    await faults({ do: { headers: { Date: 'Thu, 01 Jan 1970 00:00:00 GMT', 'X-Extra': 'yes' } } });
    const { status, body, headers } = await admin('GET /roles');
    expect([status, body.count > 1, headers.get('x-extra')]).toEqual([200, true, 'yes']);
    expect(headers.get('date')).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
  });
});

describe('before or after the change', () => {
  test.each<[Json, boolean]>([
    [{ status: 500 }, false],
    [{ status: 500, when: 'before' }, false],
    [{ status: 500, when: 'after' }, true],
    [{ reset: true }, false],
    [{ reset: true, when: 'after' }, true],
    [{ cut: 10 }, true],
    [{ cut: 10, when: 'before', body: 'x'.repeat(20) }, false],
    [{ headers: { a: 'b' } }, true],
    [{ delay: 1 }, true],
    [{ delay: 1, when: 'before' }, true],
    [{ hideFor: 1 }, true],
  ])('%j: the change is made: %s', async (effect, made) => {
    await faults({ do: effect });
    await create().catch(() => undefined);
    expect(await exists()).toBe(made);
  });

  test('after: the status of the honest answer stays where only the body is replaced', async () => {
    await faults({ do: { body: { broken: true }, when: 'after' } });
    const answer = await create();
    expect([answer.status, answer.body]).toEqual([201, { broken: true }]);
  });
});
