import { afterEach, describe, expect, test } from '@jest/globals';
import { latencyOf } from '../../sandbox/latency.ts';
import type { Exchange } from '../../sandbox/sandbox.ts';
import type { Harness } from './client.ts';
import { harness, WORKER } from './client.ts';

let at: Harness | undefined;
afterEach(() => at?.sandbox.close());

describe('latency', () => {
  test.each([
    [40, true, 120],
    [40, false, 40],
    [0, true, 0],
  ])('%d ms, first on its connection: %s: %d ms', (latency, first, expected) => {
    expect(latencyOf(latency, first)).toBe(expected);
  });

  test('delays answers, not changes, and control not at all', async () => {
    at = await harness({ latencyMs: 20 });
    const admin = await at.as(at.ready.admin);
    expect((await admin(`POST ${at.applications}`, WORKER)).status).toBe(201);
  });
});

describe('a rate limit', () => {
  test('refuses the request that is one too many, until the minute is over', async () => {
    at = await harness({ ratePerMinute: 3 });
    const admin = await at.as(at.ready.admin);
    await admin('GET /roles');
    await admin('GET /roles');
    const { status, headers, body } = await admin('GET /roles');
    expect([status, body.code, body.details[0].code]).toEqual([429, 'REQUEST_LIMITED', 'LIMIT_EXCEEDED']);
    const seconds = Number(headers.get('retry-after'));
    expect(Number.isInteger(seconds) && seconds > 0 && seconds <= 60).toBe(true);
    expect((await at.requests()).map((request) => request.status)).toEqual([200, 200, 200, 429]);
    await at.control('POST /clock', { advance: seconds });
    expect((await admin('GET /roles')).status).toBe(200);
  });

  test('counts each server for itself, and a reset forgets the count', async () => {
    at = await harness({ ratePerMinute: 1 });
    const github = at.github();
    expect((await github('GET /users/mona')).status).toBe(200);
    const refused = await github('GET /users/mona');
    expect([refused.status, refused.body.message]).toEqual([429, expect.stringContaining('secondary rate')]);
    await at.as(at.ready.admin);
    expect((await at.requests()).map((request) => request.status)).toEqual([200, 429, 200]);
    await at.control('POST /reset');
    expect((await github('GET /users/mona')).status).toBe(200);
  });

  test('a refused request changes nothing', async () => {
    at = await harness({ ratePerMinute: 1 });
    const admin = await at.as(at.ready.admin);
    const before = (await at.control('GET /state')).body;
    expect((await admin(`POST ${at.applications}`, WORKER)).status).toBe(429);
    expect((await at.control('GET /state')).body).toEqual(before);
  });
});

test('exchanges are handed to whoever asked, with the honest answer', async () => {
  const exchanges: Exchange[] = [];
  at = await harness({ onExchange: (exchange) => exchanges.push(exchange) });
  const admin = await at.as(at.ready.admin);
  await at.control('POST /faults', [{ do: { status: 500, body: {}, when: 'after' } }, { do: { status: 500 } }]);
  await admin(`POST ${at.applications}`, WORKER);
  await admin('GET /roles');
  await at.github()('GET /users/mona?a=b');
  const seen = exchanges.map(({ server, method, path, status }) => [server, method, path, status]);
  expect(seen).toEqual([
    ['pingone', 'POST', `/${at.ready.admin.environmentId}/as/token`, 200],
    ['pingone', 'POST', `/v1${at.applications}`, 201],
    ['github', 'GET', '/users/mona?a=b', 200],
  ]);
  const created = exchanges[1]!;
  expect(JSON.parse(created.requestBody.toString())).toEqual(WORKER);
  expect(JSON.parse(created.responseBody.toString()).name).toBe('worker');
  expect([created.requestHeaders['content-type'], created.responseHeaders['content-type']]).toEqual([
    'application/json',
    'application/hal+json;charset=UTF-8',
  ]);
});

test('faults can be there from the start', async () => {
  at = await harness({ faults: [{ match: { path: '/v1/' }, do: { status: 503 } }] });
  const admin = await at.as(at.ready.admin);
  expect((await admin('GET /roles')).status).toBe(503);
  await expect(harness({ faults: [{ do: { nonsense: 1 } }] })).rejects.toThrow();
});

test('closing does not wait for stalled answers or idle connections', async () => {
  at = await harness({ faults: [{ match: { path: '/v1/' }, do: { stall: 'headers' } }] });
  const stalled = fetch(`${at.ready.pingone.apiUrl}/roles`).then(
    () => 'answered',
    () => 'cut off',
  );
  while ((await at.requests()).length === 0);
  await at.sandbox.close();
  expect(await stalled).toBe('cut off');
});
