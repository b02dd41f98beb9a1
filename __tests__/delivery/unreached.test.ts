// A teardown with secrets in targets that the token cannot access, or that no longer exist.
import { describe, expect, test } from '@jest/globals';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import { DeliveryHarness, errorOf } from './harness.ts';

const harness = new DeliveryHarness();
const key = 'pingone-worker-app';

const secretsIn = async (repository: string) =>
  (await harness.state()).github.secrets.filter((secret) => secret.repository === repository);
const absent = (given: Readonly<Record<string, string>> = {}): Promise<StepResult> =>
  harness.run({ state: 'absent', ...given });

describe('a teardown with secrets', () => {
  const both = async (): Promise<void> => {
    await harness.run({ 'store-in': 'repository' });
    await harness.run({ 'store-in': 'repository', repository: 'octo/website' });
  };

  const unreached: readonly (readonly [string, () => Promise<void>])[] = [
    ['in a deleted repository', () => harness.control('console', { repository: 'octo/website', delete: true })],
    [
      'in a repository that the token cannot see',
      () =>
        harness.control('faults', [
          {
            match: { server: 'github', path: 're:^/(repos/octo/website|repositories/1002)' },
            times: 99,
            do: { status: 404, body: { message: 'Not Found' } },
          },
        ]),
    ],
    [
      'in a public repository whose secrets the token cannot read',
      () =>
        harness.control('faults', [
          {
            match: { server: 'github', path: '/repos/octo/website/actions' },
            times: 99,
            do: { status: 403, body: { message: 'Resource not accessible by personal access token' } },
          },
        ]),
    ],
  ];

  test.each(unreached)('%s is refused before anything is deleted, and the message names them', async (_, happen) => {
    await both();
    const before = await secretsIn('octo/sync');
    await happen();
    const step = await absent();
    expect(errorOf(step)).toContain('PINGONE_WORKER_ENVIRONMENT_ID in the repository octo/website');
    expect(errorOf(step)).toContain('Nothing was deleted');
    expect(await secretsIn('octo/sync')).toEqual(before);
    expect(await harness.worker()).toBeDefined();
  });

  test.each(unreached)('%s continues with `force-delete`, with a notice', async (_, happen) => {
    await both();
    await happen();
    const step = await absent({ 'force-delete': 'true' });
    expect(errorOf(step)).toBe('');
    const notices = step.annotations.filter(({ level }) => level === 'notice').map(({ message }) => message);
    expect(notices).toEqual([expect.stringMatching(/^Not deleted: .*octo\/website/)]);
    expect(await secretsIn('octo/sync')).toEqual([]);
    expect(await harness.worker()).toBeUndefined();
  });

  test.each([
    [
      'of an unknown kind',
      { target: 'codespaces' },
      'does not accept: target codespaces, prefix PINGONE_WORKER_ (octo',
    ],
    [
      'with the names of admin credentials',
      { prefix: 'PINGONE_ADMIN_' },
      'target repository, prefix PINGONE_ADMIN_ (octo',
    ],
    ['with a prefix that changes a path', { prefix: '../x' }, 'target repository, prefix ../x (octo'],
    ['in a GitHub environment of dots', { target: 'github-environment:..' }, 'target github-environment:.., prefix'],
    ['on another server', { server: 'https://ghe.example' }, 'they are on https://ghe.example'],
    ['in a repository without a name', { repositoryId: '77', repository: '..' }, 'not the name of a repository'],
    ['in a repository without an ID', { repositoryId: '../users/mona' }, 'not the ID of a repository'],
  ])('%s is refused before anything is deleted', async (_, odd, told) => {
    await both();
    const { id, metadata } = await harness.worker();
    const record = metadata![key] as { stored: object[] };
    const stored = record.stored.map((entry, index) => (index === 1 ? { ...entry, ...odd } : entry));
    await harness.control('console', { application: id, set: { metadata: { [key]: { ...record, stored } } } });
    const before = (await harness.state()).github.secrets;
    const step = await absent();
    expect(errorOf(step)).toContain(told);
    expect(errorOf(step)).toContain('Nothing was deleted');
    expect((await harness.requests('github')).filter(({ method }) => method === 'DELETE')).toEqual([]);
    expect((await harness.state()).github.secrets).toEqual(before);
    expect(await harness.worker()).toBeDefined();
  });
});

test('a deleted GitHub environment counts as deleted secrets', async () => {
  const target = 'github-environment:qa';
  await harness.run({ 'store-in': target, 'create-github-environment': 'true' });
  await harness.gitHub('DELETE', '/repos/octo/sync/environments/qa');
  const step = await absent();
  expect(errorOf(step)).toBe('');
  expect(step.log).toContain('nothing, they did not exist');
});
