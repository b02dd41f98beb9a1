import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startSandbox } from '../../sandbox/sandbox.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { connectToGitHub } from '../../src/github/api.ts';
import type { GitHub } from '../../src/github/api.ts';
import { formatTarget, namesFor } from '../../src/github/names.ts';
import type { SecretTarget } from '../../src/github/names.ts';
import { deleteStored, identifyRepository, locateTarget, openTarget } from '../../src/github/targets.ts';
import { createInterruption, createSend } from '../../src/http/send.ts';
import { createTransport } from '../../src/http/transport.ts';
import { limitsFor } from '../../src/run/context.ts';
import { Control } from '../bundle/control.ts';
import type { SandboxState } from '../bundle/control.ts';
import { contractGuard } from '../contract/guard.ts';

const guard = contractGuard({ allowRefusedRequests: true });
const repository = { owner: 'octo', repo: 'sync' };
const never = new AbortController().signal;
let sandbox: Sandbox;
let gitHub: GitHub;
let control: Control;

beforeAll(async () => {
  sandbox = await startSandbox({ onExchange: guard.onExchange });
  control = new Control(sandbox.ready.github.apiUrl);
  const limits = limitsFor(20);
  const send = createSend({
    transport: createTransport('tests'),
    clock: { now: Date.now, sleep: () => Promise.resolve() },
    random: () => 0,
    interruption: createInterruption(never, never),
    limits,
    deadline: Number.MAX_SAFE_INTEGER,
    onWait: () => undefined,
    onResponse: () => undefined,
  });
  gitHub = await connectToGitHub(sandbox.ready.github, send);
});
beforeEach(() => control.reset());
afterEach(() => guard.assertClean());
afterAll(() => sandbox.close());

const openAt = (place: SecretTarget, names = namesFor('A_', 'secrets')) =>
  openTarget(
    { gitHub, repository, identity: identifyRepository(gitHub, repository), names, creation: undefined },
    place,
  );
const held = async (): Promise<SandboxState['github']> => (await control.state()).github;

const places: readonly SecretTarget[] = [
  { kind: 'repository' },
  { kind: 'github-environment', name: 'staging' },
  { kind: 'organization' },
];

describe.each(places.map((place) => [formatTarget(place), place] as const))('%s', (target, place) => {
  const names = namesFor('A_', 'variables');
  const open = () => openAt(place, names);
  const entry = {
    target,
    server: 'https://github.com',
    repositoryId: place.kind === 'organization' ? '501' : '1001',
    repository: 'octo/sync',
    prefix: 'A_',
    ids: 'variables',
  } as const;
  const forget = async () => deleteStored((await locateTarget(gitHub, entry, place, names)).calls, names);

  test('the secrets that were written are found, and deleted secrets are not', async () => {
    const empty = await open();
    expect(empty.existing).toEqual({ secrets: new Map(), variables: new Map() });
    await empty.writeSecret('A_CLIENT_SECRET', 'made-up secret');
    await empty.writeVariable('A_CLIENT_ID', 'made-up id');
    await empty.writeVariable('A_CLIENT_ID', 'made-up id, once more');

    const existing = {
      secrets: new Map([['A_CLIENT_SECRET', expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)]]),
      variables: new Map([['A_CLIENT_ID', 'made-up id, once more']]),
    };
    expect((await open()).existing).toEqual(existing);
    expect(await empty.readExisting()).toEqual(existing);
    expect(await held()).toMatchObject({
      secrets: [{ target, name: 'A_CLIENT_SECRET', value: 'made-up secret' }],
      variables: [{ target, name: 'A_CLIENT_ID', value: 'made-up id, once more' }],
    });

    expect(await forget()).toEqual({ secrets: ['A_CLIENT_SECRET'], variables: ['A_CLIENT_ID'] });
    expect(await held()).toMatchObject({ secrets: [], variables: [] });
    expect(await forget()).toEqual({ secrets: [], variables: [] });
  });

  test('a changed key of GitHub is read again', async () => {
    const key = Buffer.alloc(32, 9).toString('base64');
    const match = { server: 'github', path: 're:/public-key$' };
    await control.faults({ match, do: { status: 200, body: { key_id: '1', key } } });
    const store = await open();
    await store.writeSecret('A_CLIENT_SECRET', 'made-up secret');
    expect((await held()).secrets).toMatchObject([{ target, value: 'made-up secret' }]);
  });
});

test('an organization secret keeps its selected repositories over several pages', async () => {
  const store = await openAt({ kind: 'organization' });
  await store.writeSecret('A_CLIENT_ID', 'first');
  const pages = [
    { next: '&page=2', ids: [1001] },
    { next: '', ids: [1002] },
  ];
  const list = `${sandbox.ready.github.apiUrl}/orgs/octo/actions/secrets/A_CLIENT_ID/repositories?per_page=100`;
  const answer = await fetch(`${sandbox.ready.github.apiUrl}/repos/octo/sync`, {
    headers: { authorization: `Bearer ${sandbox.ready.github.token}`, 'user-agent': 'tests' },
  });
  const whole = (await answer.json()) as Record<string, unknown>;
  await control.faults(
    ...pages.map(({ next, ids }) => ({
      match: { server: 'github', path: '/orgs/octo/actions/secrets/A_CLIENT_ID/repositories' },
      do: {
        status: 200,
        headers: next === '' ? {} : { link: `<${list}${next}>; rel="next"` },
        body: { total_count: 2, repositories: ids.map((id) => ({ ...whole, id })) },
      },
    })),
  );
  await store.writeSecret('A_CLIENT_ID', 'second');
  expect((await held()).secrets).toMatchObject([{ value: 'second', selectedRepositoryIds: [1001, 1002] }]);
});

test('a next page on another host is not read, because the token would be sent there', async () => {
  const store = await openAt({ kind: 'organization' });
  await store.writeSecret('A_CLIENT_ID', 'first');
  await control.faults({
    match: { server: 'github', path: '/orgs/octo/actions/secrets/A_CLIENT_ID/repositories' },
    do: {
      status: 200,
      headers: { link: '<http://127.0.0.1:9/elsewhere?page=2>; rel="next"' },
      body: { total_count: 2, repositories: [{ id: 1001 }] },
    },
  });
  await expect(store.writeSecret('A_CLIENT_ID', 'second')).rejects.toThrow('links to another host');
});
