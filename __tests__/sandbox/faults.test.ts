import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { request } from 'node:http';
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
    ['a part of the path from its middle', { path: '/roles' }, false],
    ['a regular expression', { path: 're:/ROLES$|roles$' }, true],
    ['the query, which is ignored', { path: 're:limit' }, false],
  ])('%s', async (_, match, hit) => {
    await faults({ match, do: { status: 503 } });
    expect(await statuses('GET /roles?limit=1')).toEqual([hit ? 503 : 200]);
  });

  test('happens once by default', async () => {
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

  test('uses the first matching fault, and counts only that one', async () => {
    await faults({ do: { status: 500 } }, { do: { status: 502 } }, { match: { n: 3 }, do: { status: 504 } });
    expect(await statuses('GET /roles', 'GET /roles', 'GET /roles', 'GET /roles')).toEqual([500, 502, 504, 200]);
  });

  test('uses a new list instead of the old one', async () => {
    await faults({ times: 9, do: { status: 503 } });
    await faults();
    expect(await statuses('GET /roles')).toEqual([200]);
  });

  test('does not apply to control requests, but to token requests', async () => {
    await faults({ times: 1, do: { status: 503 } });
    expect((await at.control('GET /state')).status).toBe(200);
    expect((await at.token('x', {})).status).toBe(503);
  });
});

describe('another response', () => {
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

  test('adds only headers to the normal response', async () => {
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

  test('after: the status of the normal response is kept if only the body is replaced', async () => {
    await faults({ do: { body: { broken: true }, when: 'after' } });
    const answer = await create();
    expect([answer.status, answer.body]).toEqual([201, { broken: true }]);
  });
});

interface RawAnswer {
  readonly status: number | undefined;
  readonly length: string | undefined;
  readonly received: number;
  readonly error: string | undefined;
}

/** What arrives of an answer, byte by byte; hangs up once `enough` bytes are there. */
function raw(path: string, enough = Infinity): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const sent = request(`${at.ready.pingone.apiUrl}${path}`, (answer) => {
      let received = 0;
      const done = (error?: string) => {
        sent.destroy();
        resolve({ status: answer.statusCode, length: answer.headers['content-length'], received, error });
      };
      answer.on('data', (chunk: Buffer) => {
        received += chunk.length;
        if (received >= enough) done();
      });
      answer.on('end', () => done());
      answer.on('error', (error: NodeJS.ErrnoException) => done(error.code));
    });
    sent.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ status: undefined, length: undefined, received: 0, error: error.code }),
    );
    sent.end();
  });
}

describe('on the connection', () => {
  test('a reset: nothing arrives, and no status is logged', async () => {
    await faults({ do: { reset: true } });
    expect(await raw('/roles')).toMatchObject({ status: undefined, error: 'ECONNRESET' });
    const [logged] = await at.requests();
    expect([logged.status, logged.end >= logged.start]).toEqual([null, true]);
  });

  test.each([0, 1, 100])('the body is cut after %d bytes', async (bytes) => {
    await faults({ do: { cut: bytes } });
    const { status, length, received, error } = await raw('/roles');
    expect([status, received, error]).toEqual([401, bytes, 'ECONNRESET']);
    expect(Number(length)).toBeGreaterThan(100);
  });

  test('a cut after the end changes nothing', async () => {
    await faults({ do: { cut: 100_000 } });
    expect(await raw('/roles')).toMatchObject({ status: 401, error: undefined });
  });

  test('a stall before the headers: the client never gets a response', async () => {
    await faults({ do: { stall: 'headers' } });
    await expect(fetch(`${at.ready.pingone.apiUrl}/roles`, { signal: AbortSignal.timeout(50) })).rejects.toThrow();
    const [logged] = await at.requests();
    expect(logged.status).toBeNull();
  });

  test('a stall in the body: half of it arrives', async () => {
    await faults({ do: { stall: 'body', body: 'x'.repeat(100), status: 200 } });
    expect(await raw('/roles', 50)).toMatchObject({ status: 200, length: '100', received: 50 });
  });
});

describe('lists with a delay', () => {
  const listed = async () =>
    (await admin(`GET ${at.applications}`)).body._embedded.applications.map(({ name }: Json) => name);
  const LONG = 60_000;

  test('show a new application by ID, but not in the list', async () => {
    await faults({ match: { method: 'POST' }, do: { hideFor: LONG } });
    const { id } = (await create('hidden')).body;
    await create('shown');
    expect((await admin(`GET ${at.applications}/${id}`)).status).toBe(200);
    expect(await listed()).toContain('shown');
    expect(await listed()).not.toContain('hidden');
    expect(await exists('hidden')).toBe(true);
  });

  test('show the old list after a change or a deletion', async () => {
    const { id } = (await create('before')).body;
    const gone = (await create('gone')).body.id;
    await faults({ times: 2, do: { hideFor: LONG } });
    await admin(`PUT ${at.applications}/${id}`, { ...WORKER, name: 'after' });
    await admin(`DELETE ${at.applications}/${gone}`);
    expect((await admin(`GET ${at.applications}/${id}`)).body.name).toBe('after');
    expect(await listed()).toEqual(expect.arrayContaining(['before', 'gone']));
  });

  test("include role assignments and GitHub's lists", async () => {
    const { id } = (await create()).body;
    const role = (await admin('GET /roles')).body._embedded.roles.find(
      ({ name }: Json) => name === 'Identity Data Admin',
    );
    await faults({ match: { method: 'POST' }, times: 2, do: { hideFor: LONG } });
    const sent = { role: { id: role.id }, scope: { type: 'ENVIRONMENT', id: at.environment } };
    const assignment = (await admin(`POST ${at.applications}/${id}/roleAssignments`, sent)).body;
    expect((await admin(`GET ${at.applications}/${id}/roleAssignments`)).body.count).toBe(0);
    expect((await admin(`GET ${at.applications}/${id}/roleAssignments/${assignment.id}`)).status).toBe(200);
    const variables = '/repos/octo/sync/actions/variables';
    await at.github()(`POST ${variables}`, { name: 'A', value: '1' });
    expect((await at.github()(`GET ${variables}`)).body.total_count).toBe(0);
    expect((await at.github()(`GET ${variables}/A`)).status).toBe(200);
  });

  test('hide what is changed after a hidden creation', async () => {
    await faults({ times: 2, do: { hideFor: LONG } });
    const { id } = (await create('first name')).body;
    await admin(`PUT ${at.applications}/${id}`, { ...WORKER, name: 'second name' });
    expect(await listed()).toHaveLength(7);
  });

  test('are current after the delay', async () => {
    await faults({ do: { hideFor: 0 } });
    await create('soon');
    expect(await listed()).toContain('soon');
  });
});
