import { describe, expect, test } from '@jest/globals';
import * as z from 'zod/mini';
import type { ApiRequest } from '../../src/pingone/client.ts';
import { json } from '../http/fakes.ts';
import { apiUrl, errorBody, fakePingOne } from './fake-pingone.ts';

const schema = z.object({ id: z.string() });
const get: ApiRequest = { kind: 'read', method: 'GET', path: '/x' };
const good = json({ id: 'a' });
const expired = json(errorBody('ACCESS_FAILED', { code: 'INVALID_TOKEN' }), 401);
const forbidden = json(errorBody('ACCESS_FAILED', { code: 'INSUFFICIENT_PERMISSIONS' }), 403);
const missing = json(errorBody('NOT_FOUND', { code: 'NOT_FOUND' }), 404);

describe('a call', () => {
  test('goes to the API with the token and the IDs of the run', async () => {
    const { pingone, sent } = fakePingOne([good]);
    expect(await pingone.json({ ...get, method: 'PUT', kind: 'write', body: { ü: 1 } }, schema)).toEqual({ id: 'a' });
    expect(sent[0]!.request).toMatchObject({
      method: 'PUT',
      url: `${apiUrl}/x`,
      headers: {
        accept: 'application/json',
        authorization: 'Bearer token-1',
        'content-type': 'application/json',
        'x-trace': 'run 1',
      },
      body: '{"ü":1}',
    });
  });

  test('without a body has no content type', async () => {
    const { pingone, sent } = fakePingOne([{ status: 204 }]);
    await pingone.empty({ kind: 'write', method: 'DELETE', path: '/x' });
    expect(sent[0]!.request).not.toHaveProperty('body');
    expect(sent[0]!.request.headers).not.toHaveProperty('content-type');
  });

  test.each([300, 302, 304, 400, 404])('with the response %i is a PingOneError', async (status) => {
    const { pingone, sent } = fakePingOne([json({}, status)]);
    await expect(pingone.json(get, schema)).rejects.toMatchObject({ name: 'PingOneError', status });
    expect(sent).toHaveLength(1);
  });

  test('that changes something is not done if the response is an HTML page', async () => {
    const { pingone } = fakePingOne([{ status: 200, body: '<html>' }]);
    await expect(pingone.empty({ ...get, kind: 'create' })).rejects.toMatchObject({ failure: 'garbled' });
  });

  test.each(['https://elsewhere.example/v1/x', 'http://api.pingone.eu/v1/x', 'https://api.pingone.eu:444/v1/x'])(
    'sends no token to %s',
    async (path) => {
      const { pingone, sent } = fakePingOne([good]);
      await expect(pingone.json({ ...get, path }, schema)).rejects.toThrow('points to another host');
      expect(sent).toEqual([]);
    },
  );

  test('follows a link of the same origin', async () => {
    const { pingone, paths } = fakePingOne([good]);
    await pingone.json({ ...get, path: `${apiUrl}/y?cursor=%2F` }, schema);
    expect(paths()).toEqual(['GET /y?cursor=%2F']);
  });
});

describe('a token that PingOne no longer accepts', () => {
  test('is replaced, and the call repeated with the new one', async () => {
    const { pingone, tokensUsed } = fakePingOne([expired, good]);
    expect(await pingone.json(get, schema)).toEqual({ id: 'a' });
    expect(tokensUsed()).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  test('is replaced only once', async () => {
    const { pingone, tokensUsed } = fakePingOne([expired], { renewed: ['token-2', 'token-3'] });
    await expect(pingone.json(get, schema)).rejects.toMatchObject({ isInvalidToken: true });
    expect(tokensUsed()).toHaveLength(2);
  });

  test('is not replaced if the step cannot sign in', async () => {
    const { pingone, sent } = fakePingOne([expired], { renewed: [] });
    await expect(pingone.json(get, schema)).rejects.toMatchObject({ isInvalidToken: true });
    expect(sent).toHaveLength(1);
  });

  test('is different from a missing permission', async () => {
    const { pingone, sent } = fakePingOne([forbidden]);
    await expect(pingone.json(get, schema)).rejects.toMatchObject({ isAccessDenied: true });
    expect(sent).toHaveLength(1);
  });
});

describe('a response that may only be delayed', () => {
  const late: ApiRequest = { ...get, isLag: ({ status }) => status === 404 };

  test('is retried with growing waits, and a short wait gives no line in the log', async () => {
    const { pingone, clock, waits } = fakePingOne([missing, missing, missing, good]);
    expect(await pingone.json(late, schema)).toEqual({ id: 'a' });
    expect(clock.slept).toEqual([100, 200, 400]);
    expect(waits).toEqual([]);
  });

  test('gives one line in the log if it takes long', async () => {
    const { pingone, waits } = fakePingOne([...Array<typeof missing>(5).fill(missing), good]);
    await pingone.json(late, schema);
    expect(waits).toEqual([
      expect.stringMatching(/^PingOne may not be ready yet\. Retrying for up to 9 s: GET \/v1\/x: 404/),
    ]);
  });

  test('is retried for a limited time only', async () => {
    const { pingone, clock } = fakePingOne([missing]);
    const start = clock.now();
    await expect(pingone.json(late, schema)).rejects.toMatchObject({ status: 404 });
    expect(clock.now() - start).toBeLessThanOrEqual(10_000);
    expect(clock.slept.length).toBeGreaterThan(4);
  });

  test('does not include other responses', async () => {
    const { pingone, sent } = fakePingOne([forbidden]);
    await expect(pingone.json(late, schema)).rejects.toMatchObject({ status: 403 });
    expect(sent).toHaveLength(1);
  });
});

describe('while an environment is new', () => {
  const mustHave = json(errorBody('INVALID_DATA', { message: 'Must have role at the same or broader scope' }), 400);

  test.each([
    ['a missing permission', forbidden],
    ['not found', missing],
    ['a role that the caller lacks', mustHave],
  ])('%s is retried, with one new token', async (_, answer) => {
    const { pingone, tokensUsed } = fakePingOne([answer, answer, good], { isYoung: true });
    expect(await pingone.json(get, schema)).toEqual({ id: 'a' });
    expect(tokensUsed()).toEqual(['Bearer token-1', 'Bearer token-2', 'Bearer token-2']);
  });

  test.each([
    ['a resource that can be missing', { ...get, mayBeMissing: true }, missing],
    ['a wrong request', get, json(errorBody('INVALID_DATA'), 400)],
  ])('%s is final', async (_, request, answer) => {
    const { pingone, sent } = fakePingOne([answer], { isYoung: true });
    await expect(pingone.json(request, schema)).rejects.toMatchObject({ name: 'PingOneError' });
    expect(sent).toHaveLength(1);
  });
});

test("PingOne's time is that of its last response", async () => {
  const { pingone, clock } = fakePingOne([json({ id: 'a' }, 200, { date: 'Tue, 24 Nov 2026 13:00:00 GMT' }), good]);
  expect(pingone.now()).toBe(clock.now());
  await pingone.json(get, schema);
  await pingone.json(get, schema);
  clock.time += 5_000;
  expect(new Date(pingone.now()).toISOString()).toBe('2026-11-24T13:00:05.000Z');
});

test.each(['Fri, 31 Dec 9999 23:59:59 GMT', 'Sat, 13 Sep 275760 00:00:00 GMT', 'nonsense'])(
  'a `Date` of %s is ignored, because an expiry could not be counted from it',
  async (date) => {
    const { pingone, clock } = fakePingOne([json({ id: 'a' }, 200, { date })]);
    await pingone.json(get, schema);
    expect(pingone.now()).toBe(clock.now());
  },
);

describe('a success status that the method does not have', () => {
  test.each([
    ['GET', json({ id: 'a' }, 201)],
    ['GET', json({ id: 'a' }, 202)],
    ['GET', { status: 204 }],
    ['PUT', json({ id: 'a' }, 202)],
    ['POST', json({ id: 'a' }, 206)],
  ] as const)('is not a success of %s, and is not repeated', async (method, answer) => {
    const { pingone, sent } = fakePingOne([answer, good]);
    await expect(pingone.json({ ...get, method }, schema)).rejects.toMatchObject({ failure: 'unexpected' });
    expect(sent).toHaveLength(1);
  });

  test('does not mean that something was deleted', async () => {
    const { pingone } = fakePingOne([json({ status: 'ok' })]);
    const deletion = pingone.empty({ ...get, method: 'DELETE', kind: 'write' });
    await expect(deletion).rejects.toMatchObject({ failure: 'unexpected' });
  });
});
