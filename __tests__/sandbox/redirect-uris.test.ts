import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Call, Harness, Json } from './client.ts';
import { details, harness, WORKER } from './client.ts';

let at: Harness;
let admin: Call;
beforeAll(async () => {
  at = await harness();
});
afterAll(() => at.sandbox.close());
beforeEach(async () => {
  await at.control('POST /reset');
  admin = await at.as(at.ready.admin);
});

const create = (fields: Json = {}) => admin(`POST ${at.applications}`, { ...WORKER, ...fields });

describe('redirect URIs', () => {
  const interactive = { grantTypes: ['CLIENT_CREDENTIALS', 'AUTHORIZATION_CODE'], responseTypes: ['CODE'] };

  test.each([
    'https://example.com/callback',
    'http://localhost:8080/',
    'http://127.0.0.1/cb',
    'org.example.app://callback',
  ])('%s is accepted', async (uri) => {
    expect((await create({ ...interactive, redirectUris: [uri] })).status).toBe(201);
  });

  test.each([
    ['http://example.com/', 'http elsewhere'],
    ['/relative', 'relative'],
    ['https://example.com/#part', 'a fragment'],
    ['https://example.com/*', 'a wildcard that was not allowed'],
  ])('%s is refused: %s', async (uri) => {
    expect(details(await create({ ...interactive, redirectUris: [uri] }))).toEqual(['INVALID_VALUE redirectUris']);
  });

  test.each<[string, Json, string]>([
    ['no URI for the grant Authorization Code', interactive, 'REQUIRED_VALUE redirectUris'],
    [
      'no response type for it',
      { ...interactive, responseTypes: undefined, redirectUris: ['https://example.com'] },
      'REQUIRED_VALUE responseTypes',
    ],
    ['the response type without the grant', { responseTypes: ['CODE'] }, 'INVALID_VALUE responseTypes'],
  ])('%s is refused', async (_, fields, expected) => {
    expect(details(await create(fields))).toEqual([expected]);
  });

  test('one wildcard is accepted if the application allows it', async () => {
    const wildcard = { ...interactive, allowWildcardInRedirectUris: true };
    expect((await create({ ...wildcard, redirectUris: ['https://example.com/*/cb'] })).status).toBe(201);
    expect((await create({ ...wildcard, redirectUris: ['https://example.com/*/*'] })).status).toBe(400);
  });
});
