import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Call, Harness, Json } from './client.ts';
import { details, harness, WORKER } from './client.ts';

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

let at: Harness;
let admin: Call;
let path: string;
let worker: Json;

beforeAll(async () => {
  at = await harness();
  admin = await at.as(at.ready.admin);
});
afterAll(() => at.sandbox.close());
beforeEach(async () => {
  await at.control('POST /reset');
  worker = (await at.control('POST /console', { create: WORKER })).body;
  await at.control('POST /console', {
    application: worker.id,
    grant: { role: 'Identity Data Admin', scope: { type: 'ENVIRONMENT' } },
  });
  path = `${at.applications}/${worker.id}/secret`;
});

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const rotate = (seconds?: number) =>
  admin(`POST ${path}`, seconds === undefined ? undefined : { previous: { expiresAt: inSeconds(seconds) } });
const opens = async (secret: string) => {
  const form = { grant_type: 'client_credentials', client_id: worker.clientId, client_secret: secret };
  return (await at.token(at.environment, form)).status === 200;
};

test('is returned with links, and is long, with simple characters', async () => {
  const { body } = await admin(`GET ${path}`);
  const base = `${at.ready.pingone.apiUrl}/environments/${at.environment}`;
  expect(body).toEqual({
    _links: {
      self: { href: `${at.ready.pingone.apiUrl}${path}` },
      environment: { href: base },
      application: { href: `${base}/applications/${worker.id}` },
    },
    environment: { id: at.environment },
    secret: worker.secret,
  });
  expect(body.secret).toMatch(/^[A-Za-z0-9\-._~]{64,}$/);
});

describe('of a new application', () => {
  test('can be read immediately, before and after a rotation', async () => {
    const { body } = await admin(`POST ${at.applications}`, WORKER);
    const own = `${at.applications}/${body.id}/secret`;
    expect((await admin(`GET ${own}`)).status).toBe(200);
    const rotated = await admin(`POST ${own}`);
    expect((await admin(`GET ${own}`)).body.secret).toBe(rotated.body.secret);
  });

  test('can be delayed by a fault', async () => {
    const match = { method: 'GET', path: 're:/secret$' };
    await at.control('POST /faults', [{ match, do: { status: 404, body: { code: 'NOT_FOUND', details: [] } } }]);
    const { body } = await admin(`POST ${at.applications}`, WORKER);
    const own = `${at.applications}/${body.id}/secret`;
    const first = await admin(`GET ${own}`);
    expect([first.status, first.body.code]).toEqual([404, 'NOT_FOUND']);
    expect((await admin(`GET ${own}`)).status).toBe(200);
  });
});

describe('rotating', () => {
  test.each([
    ['no body', undefined],
    ['an empty object', {}],
    ['a previous of null', { previous: null }],
  ])('with %s the old secret stops working immediately', async (_, sent) => {
    const { status, body } = await admin(`POST ${path}`, sent);
    expect([status, body.previous]).toEqual([200, undefined]);
    expect(body.secret).not.toBe(worker.secret);
    expect([await opens(worker.secret), await opens(body.secret)]).toEqual([false, true]);
    expect((await admin(`GET ${path}`)).body).toEqual(body);
  });

  test('with an overlap the old secret works until its end, and its last use is recorded', async () => {
    const { body } = await rotate(DAY);
    expect(body.previous).toEqual({ secret: worker.secret, expiresAt: expect.any(String) });
    expect([await opens(worker.secret), await opens(body.secret)]).toEqual([true, true]);
    const { lastUsed } = (await admin(`GET ${path}`)).body.previous;
    expect((await at.stored(worker.id)).previous).toMatchObject({ secret: worker.secret, lastUsed });
    await at.control('POST /clock', { advance: 1800 });
    const later = Date.now() + 1_790_000;
    await opens(worker.secret);
    const again = (await admin(`GET ${path}`)).body.previous.lastUsed;
    expect(Date.parse(again)).toBeGreaterThan(later);
    expect([Date.parse(lastUsed) < later, (await at.stored(worker.id)).previous.lastUsed]).toEqual([true, again]);
    await at.control('POST /clock', { advance: DAY + MINUTE });
    admin = await at.as(at.ready.admin);
    expect((await admin(`GET ${path}`)).body.previous).toBeUndefined();
    expect([await opens(worker.secret), await opens(body.secret)]).toEqual([false, true]);
  });

  test('a second time within the overlap revokes the oldest', async () => {
    const second = (await rotate(DAY)).body.secret;
    const third = (await rotate(DAY)).body;
    expect(third.previous.secret).toBe(second);
    expect([await opens(worker.secret), await opens(second), await opens(third.secret)]).toEqual([false, true, true]);
  });

  test.each([
    [MINUTE - 2, 400],
    [MINUTE + 5, 200],
    [30 * DAY - 5, 200],
    [30 * DAY + 5, 400],
    [-DAY, 400],
  ])('an overlap of %d seconds: %d', async (seconds, status) => {
    const answer = await rotate(seconds);
    expect(answer.status).toBe(status);
    if (status === 400) expect(details(answer)).toEqual(['OUT_OF_RANGE previous.expiresAt']);
  });

  test('uses the clock of the sandbox', async () => {
    await at.control('POST /clock', { advance: 1800 });
    expect((await rotate(1800 + MINUTE - 2)).status).toBe(400);
    expect((await rotate(1800 + MINUTE + 5)).status).toBe(200);
  });

  test.each([['tomorrow'], [''], ['2030-01-01'], [1_900_000_000], [undefined]])(
    '%j is not a date',
    async (expiresAt) => {
      const answer = await admin(`POST ${path}`, { previous: { expiresAt } });
      expect([details(answer), await opens(worker.secret)]).toEqual([['INVALID_VALUE previous.expiresAt'], true]);
    },
  );

  test('does not change the application', async () => {
    const before = (await admin(`GET ${at.applications}/${worker.id}`)).body;
    await rotate(DAY);
    expect((await admin(`GET ${at.applications}/${worker.id}`)).body).toEqual(before);
  });
});

test('deleting the previous secret ends its overlap, and fails without one', async () => {
  expect((await admin(`DELETE ${path}`)).status).toBe(404);
  const { body } = await rotate(DAY);
  expect((await admin(`DELETE ${path}`)).status).toBe(204);
  expect([await opens(worker.secret), await opens(body.secret)]).toEqual([false, true]);
  expect((await admin(`GET ${path}`)).body.previous).toBeUndefined();
});
