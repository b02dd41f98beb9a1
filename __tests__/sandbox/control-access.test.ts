/** The control interface can change everything, so web pages and other host names cannot use it, and no request blocks it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { request } from 'node:http';
import type { Harness, HeaderFields, Json } from './client.ts';
import { harness } from './client.ts';

let at: Harness;

beforeAll(async () => {
  at = await harness();
});
afterAll(() => at.sandbox.close());
beforeEach(() => at.control('POST /reset'));

const state = async (): Promise<Json> => (await at.control('GET /state')).body;

const JSON_TYPE = { 'content-type': 'application/json' };

/** A request whose Host and Origin are the caller's choice, as a browser's are a web page's. */
function raw(path: string, headers: HeaderFields, body?: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const url = `${at.ready.pingone.authUrl}/__sandbox/${path}`;
    const sent = request(url, { method, headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode));
    });
    sent.on('error', reject).end(body);
  });
}

describe('access to control', () => {
  test.each([
    ['sandbox.example.com', 403],
    ['127.0.0.1.example.com', 403],
    ['localhost.example.com:80', 403],
    ['192.168.0.1', 403],
    ['localhost', 200],
    ['LOCALHOST:1234', 200],
    ['127.0.0.1:80', 200],
    ['[::1]:80', 200],
  ])('the host %s: %d', async (host, status) => {
    expect(await raw('state', { host })).toBe(status);
  });

  test.each([
    ['https://example.com', 403],
    ['null', 403],
    ['http://localhost:3000', 204],
  ])('a page of %s: %d', async (origin, status) => {
    expect(await raw('reset', { origin, ...JSON_TYPE }, '')).toBe(status);
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
  ])('a body as %s is refused, and changes nothing', async (type) => {
    const before = await state();
    const body = JSON.stringify({ application: at.ready.admin.clientId, delete: true });
    expect(await raw('console', { 'content-type': type }, body)).toBe(415);
    expect(await raw('console', {}, body)).toBe(415);
    expect(await state()).toEqual(before);
  });
});

test('a regular expression that takes too long is stopped', async () => {
  const path = 're:^(/|[a-z0-9]|[a-z0-9]+)+!$';
  await at.control('POST /faults', [{ match: { path }, times: 99, do: { status: 503 } }]);
  const admin = await at.as(at.ready.admin);
  const long = `GET /${'a'.repeat(60)}`;
  expect((await admin(long)).status).toBe(403);
  expect((await admin(long)).status).toBe(403);
});
