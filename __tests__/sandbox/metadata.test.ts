import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Call, Harness, Json } from './client.ts';
import { details, harness, WORKER } from './client.ts';

let at: Harness;
let admin: Call;
let application: Json;
let path: string;

beforeAll(async () => {
  at = await harness();
  admin = await at.as(at.ready.admin);
});
afterAll(() => at.sandbox.close());
beforeEach(async () => {
  await at.control('POST /reset');
  application = (await admin(`POST ${at.applications}`, WORKER)).body;
  path = `${at.applications}/${application.id}/metadata`;
});

test('is stored, replaced as a whole, and does not change the application', async () => {
  expect((await admin(`GET ${path}`)).status).toBe(404);
  const written = await admin(`PUT ${path}`, { metadata: { one: { a: [1, null] }, two: 2 } });
  expect([written.status, written.body.metadata]).toEqual([200, { one: { a: [1, null] }, two: 2 }]);
  await admin(`PUT ${path}`, { metadata: { three: 3 } });
  const { body } = await admin(`GET ${path}`);
  expect(body).toMatchObject({
    metadata: { three: 3 },
    application: { id: application.id },
    environment: { id: at.environment },
  });
  expect((await at.stored(application.id)).metadata).toEqual({ three: 3 });
  expect((await admin(`GET ${at.applications}/${application.id}`)).body).toEqual(application);
});

test.each([
  ['PUT', {}],
  ['PUT', { metadata: null }],
  ['DELETE', undefined],
])('is deleted by %s %j', async (method, body) => {
  await admin(`PUT ${path}`, { metadata: { a: 1 } });
  expect((await admin(`${method} ${path}`, body)).status).toBeLessThan(300);
  expect((await admin(`GET ${path}`)).status).toBe(404);
  expect(await at.stored(application.id)).not.toHaveProperty('metadata');
});

test('cannot be deleted if there is none', async () => {
  expect((await admin(`DELETE ${path}`)).status).toBe(404);
});

test.each([['text'], [[1]], [7]])('%j is not an object', async (metadata) => {
  expect(details(await admin(`PUT ${path}`, { metadata }))).toEqual(['INVALID_VALUE metadata']);
});
