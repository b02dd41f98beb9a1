import { beforeAll, describe, expect, test } from '@jest/globals';
import sodium from 'libsodium-wrappers';
import { connectToGitHub } from '../../src/github/api.ts';
import { GitHubError } from '../../src/github/errors.ts';
import { openStore, repositoryCalls } from '../../src/github/secrets.ts';
import { NetworkError } from '../../src/http/errors.ts';
import type { HttpRequest } from '../../src/http/errors.ts';
import { fakeWorld, json } from '../http/fakes.ts';
import type { Answer } from '../http/fakes.ts';

type Keys = Readonly<Record<'publicKey' | 'privateKey', Uint8Array>>;
let keys: readonly [Keys, Keys];
beforeAll(async () => {
  await sodium.ready;
  keys = [sodium.crypto_box_keypair(), sodium.crypto_box_keypair()];
});
const publicKey = (which: 0 | 1) =>
  json({ key_id: `id-${which}`, key: Buffer.from(keys[which].publicKey).toString('base64') });
const secretsList = json({ total_count: 1, secrets: [{ name: 'taken' }] });
const repository = { owner: 'octo', repo: 'sync' };
const names = { secrets: ['NAME', 'TAKEN'], variables: [] };
const label = 'the repository octo/sync';
const pathOf = ({ url }: HttpRequest): string => new URL(url).pathname;

/** GitHub as far as a store needs it: its key, its list, and an answer to each write. */
async function open(writes: readonly Answer[], laterKey: 0 | 1 = 0) {
  let written = 0;
  let keysRead = 0;
  const world = fakeWorld((request) => {
    if (pathOf(request).endsWith('/public-key')) return publicKey((keysRead += 1) === 1 ? 0 : laterKey);
    if (request.method === 'GET') return secretsList;
    const answer = writes[(written += 1) - 1]!;
    return typeof answer === 'function' ? answer(request) : answer;
  });
  const gitHub = await connectToGitHub({ token: 'ghp_x', apiUrl: 'https://ghe.example/api/v3' }, world.send);
  const store = await openStore(repositoryCalls(gitHub, repository), label, names);
  const puts = () => world.sent.map(({ request }) => request).filter(({ method }) => method === 'PUT');
  return { ...world, store, puts };
}

const opened = (request: HttpRequest, which: 0 | 1): string => {
  const { encrypted_value: box } = JSON.parse(request.body as string);
  const { publicKey: shown, privateKey } = keys[which];
  return Buffer.from(sodium.crypto_box_seal_open(Buffer.from(box, 'base64'), shown, privateKey)).toString();
};

describe('the secrets of a repository', () => {
  test('are read with two requests to the address in GITHUB_API_URL, with the token', async () => {
    const { store, sent } = await open([]);
    expect(store).toMatchObject({
      label,
      existing: { secrets: new Map([['TAKEN', undefined]]), variables: new Map() },
    });
    expect(sent.map(({ request }) => request.url).sort()).toEqual([
      'https://ghe.example/api/v3/repos/octo/sync/actions/secrets/public-key',
      'https://ghe.example/api/v3/repos/octo/sync/actions/secrets?per_page=100',
    ]);
    for (const { request } of sent) {
      expect(request.headers).toMatchObject({
        authorization: 'token ghp_x',
        'x-github-api-version': '2022-11-28',
        accept: 'application/vnd.github.v3+json',
      });
    }
  });

  test("are sealed with the key that was read, and the request contains the key's ID", async () => {
    const { store, puts } = await open([json({}, 201)]);
    await store.writeSecret('NAME', 'vålue');
    const [put] = puts();
    expect(pathOf(put!)).toBe('/api/v3/repos/octo/sync/actions/secrets/NAME');
    expect(JSON.parse(put!.body as string)).toEqual({ encrypted_value: expect.any(String), key_id: 'id-0' });
    expect(opened(put!, 0)).toBe('vålue');
  });

  test('are sealed again, once, if GitHub has changed its key', async () => {
    const { store, puts } = await open([json({ message: 'key' }, 422), { status: 204 }], 1);
    await store.writeSecret('NAME', 'value');
    expect(puts().map(({ body }) => JSON.parse(body as string).key_id)).toEqual(['id-0', 'id-1']);
    expect(opened(puts()[1]!, 1)).toBe('value');
  });

  test.each([
    ['the key is the same', 0, 1],
    ['the second write is refused, too', 1, 2],
  ] as const)('are not written again after a 422 if %s', async (_, laterKey, writes) => {
    const { store, puts } = await open([json({ message: 'no' }, 422), json({ message: 'no' }, 422)], laterKey);
    await expect(store.writeSecret('NAME', 'value')).rejects.toBeInstanceOf(GitHubError);
    expect(puts()).toHaveLength(writes);
  });

  test('are written again after an outage, because a write of a secret can be repeated', async () => {
    const { store, puts, clock } = await open([
      json({ message: 'x' }, 503),
      new NetworkError('timeout', 'x'),
      { status: 204 },
    ]);
    await store.writeSecret('NAME', 'value');
    expect(puts()).toHaveLength(3);
    expect(clock.slept).toHaveLength(2);
  });

  test('are written again after the wait that GitHub asks for', async () => {
    const limited = json({ message: 'You have exceeded a secondary rate limit' }, 403, { 'retry-after': '5' });
    const { store, clock } = await open([limited, { status: 204 }]);
    await store.writeSecret('NAME', 'value');
    // The jitter is half of half a second here.
    expect(clock.slept).toEqual([5_250]);
  });
});

describe('an error response', () => {
  test("is a GitHubError with GitHub's text and the accepted permissions", async () => {
    const headers = { 'x-accepted-github-permissions': 'secrets=write' };
    const { store } = await open([json({ message: 'Resource not accessible by integration' }, 403, headers)]);
    await expect(store.writeSecret('NAME', 'value')).rejects.toMatchObject({
      name: 'GitHubError',
      status: 403,
      isJobToken: true,
      acceptedPermissions: 'secrets=write',
      message: '403 "Resource not accessible by integration"',
    });
  });

  test('that is an HTML page has no text', async () => {
    const { store } = await open([{ status: 404, headers: { 'content-type': 'text/html' }, body: '<html>' }]);
    await expect(store.writeSecret('NAME', 'value')).rejects.toMatchObject({ message: '404 "no message"' });
  });
});

describe('the client for GitHub', () => {
  test.each([
    ['a redirect, which is an error', { status: 302, headers: { location: 'https://elsewhere' } }, { status: 302 }],
    [
      'a page instead of JSON, which is a network error',
      { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' },
      { failure: 'garbled' },
    ],
  ])('sends no request to other hosts (%s)', async (_, answer, error) => {
    const { send, sent } = fakeWorld(answer);
    const gitHub = await connectToGitHub({ token: 'x', apiUrl: 'https://api.github.com' }, send);
    const opening = openStore(repositoryCalls(gitHub, repository), label, names);
    await expect(opening).rejects.toMatchObject(error);
    expect(sent.every(({ request }) => request.url.startsWith('https://api.github.com/'))).toBe(true);
  });
});
