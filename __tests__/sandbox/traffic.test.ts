import { afterEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { latencyOf } from '../../sandbox/latency.ts';
import type { Exchange } from '../../sandbox/sandbox.ts';
import type { Harness, Json } from './client.ts';
import { harness, WORKER } from './client.ts';

let at: Harness | undefined;
afterEach(() => at?.sandbox.close());

describe('latency', () => {
  test.each([
    ['a later response on a connection', 40, undefined, 40],
    ['the first one, right after the connection was opened', 40, 0, 120],
    ['the first one on a connection that was opened early', 40, 50, 70],
    ['the first one on a connection that was opened long before', 40, 10_000, 40],
    ['none', 0, 0, 0],
  ])('%s', (_, latency, age, expected) => {
    expect(latencyOf(latency, age)).toBe(expected);
  });

  test('of the first response counts from the opening of the connection, not from the request', async () => {
    at = await harness({ latencyMs: 600 });
    const { port, hostname } = new URL(at.ready.pingone.apiUrl);
    const [socket, opened] = [connect(Number(port), hostname), performance.now()];
    await once(socket, 'connect');
    await sleep(1200);
    const [asked, answered] = [performance.now(), once(socket, 'data')];
    socket.write('GET /v1/roles HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    await answered;
    const now = performance.now();
    socket.destroy();
    const [request] = await at.requests();
    expect(now - asked).toBeGreaterThanOrEqual(590);
    expect(now - opened).toBeGreaterThanOrEqual(1790);
    // Not three times from the request on. On a busy machine the answer may still come later than the sandbox sent it.
    expect(request.end - request.start).toBeLessThan(1790);
  });

  test('delays responses, not changes, and does not delay control', async () => {
    at = await harness({ latencyMs: 20 });
    const admin = await at.as(at.ready.admin);
    expect((await admin(`POST ${at.applications}`, WORKER)).status).toBe(201);
  });
});

describe('a rate limit', () => {
  test('refuses requests above it until the minute ends', async () => {
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

  test('counts for each server, and a reset clears the count', async () => {
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

describe("GitHub's rate limit on content", () => {
  test('refuses further writes with 403, but no reads', async () => {
    at = await harness({ githubRatePerMinute: 2 });
    const github = at.github();
    const write = (name: string) => github(`PUT /repos/octo/sync/environments/${name}`, {});
    expect([(await write('a')).status, (await write('b')).status]).toEqual([200, 200]);
    const { status, headers, body } = await write('c');
    expect([status, body.message]).toEqual([403, expect.stringContaining('secondary rate limit')]);
    expect((await github('GET /users/mona')).status).toBe(200);
    const seconds = Number(headers.get('retry-after'));
    expect(seconds > 0 && seconds <= 60).toBe(true);
    const { github: held } = (await at.control('GET /state')).body;
    expect(held.environments.map(({ name }: Json) => name)).toEqual(['staging', 'a', 'b']);
    await at.control('POST /clock', { advance: seconds });
    expect((await write('c')).status).toBe(200);
  });
});

describe('a sign-in on its own origin', () => {
  test('issues tokens for the API, and neither origin has the paths of the other', async () => {
    at = await harness({ authPort: 0 });
    const { apiUrl, authUrl } = at.ready.pingone;
    expect(new URL(apiUrl).origin).not.toBe(authUrl);
    const admin = await at.as(at.ready.admin);
    expect((await admin('GET /roles')).status).toBe(200);
    expect((await fetch(`${authUrl}/v1/roles`)).status).toBe(403);
    const { environmentId } = at.ready.admin;
    const elsewhere = await fetch(`${new URL(apiUrl).origin}/${environmentId}/as/token`, { method: 'POST' });
    expect(elsewhere.status).toBe(403);
    expect((await at.requests()).map(({ server }: Json) => server)).toEqual(Array(4).fill('pingone'));
    expect((await at.control('GET /state')).status).toBe(200);
  });
});

test('a listener gets each exchange, with the normal response', async () => {
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

test('faults can be set at the start', async () => {
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
