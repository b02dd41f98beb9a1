import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { root } from '../../scripts/child.mjs';
import { DeliveryHarness } from '../delivery/harness.ts';
import { createEnvironment, putSecrets, runRecipe, setUpRepository } from './recipes.ts';

const harness = new DeliveryHarness();
beforeEach(() => setUpRepository(harness));

/** Runs the recipe with that list; the repositories are the two that the sandbox has. */
function run(workers: unknown) {
  const { token } = harness.ready.github;
  return runRecipe(harness, 'many-repositories.yml', {
    stubs: {
      'actions/checkout': { files: { 'workers.json': JSON.stringify(workers) } },
      'actions/create-github-app-token': { secretOutputs: { token } },
    },
  });
}
const entry = {
  repository: 'octo/sync',
  'github-environment': 'staging',
  name: 'sync-directory',
  environment: 'Sandbox',
};

test('each repository gets the credentials of its own worker, until its entry has the state `absent`', async () => {
  await putSecrets(harness, { SECRETS_APP_PRIVATE_KEY: 'made-up' }, 'pingone-admin');
  await harness.gitHub('PUT', '/repos/mona/sync/environments/live', {});
  const other = {
    repository: 'mona/sync',
    'github-environment': 'live',
    name: 'sync-reports',
    environment: 'Production',
  };
  const ensured = await run([entry, other]);
  expect(ensured.jobs['ensure']!.log).not.toContain('##[error]');
  expect(ensured.result).toBe('success');
  const stored = async () =>
    (await harness.state()).github.secrets
      .filter(({ name }) => name === 'PINGONE_WORKER_CLIENT_SECRET')
      .map(({ repository, target, value }) => [repository, target, value]);
  const [directory, reports] = [await harness.worker('sync-directory'), await harness.worker('sync-reports')];
  expect(await stored()).toEqual([
    ['octo/sync', 'github-environment:staging', directory.secret],
    ['mona/sync', 'github-environment:live', reports.secret],
  ]);

  const removed = await run([
    { ...entry, state: 'absent' },
    { ...other, environment: 'Production' },
  ]);
  expect(removed.result).toBe('success');
  expect(await stored()).toEqual([['mona/sync', 'github-environment:live', reports.secret]]);
  expect(await harness.worker('sync-directory')).toBeUndefined();
});

test('an empty list changes nothing, and the run succeeds', async () => {
  const { jobs, result } = await run([]);
  expect(jobs).toMatchObject({ read: { result: 'success' }, ensure: { result: 'skipped' } });
  expect(result).toBe('success');
});

test('the example list has the format that the workflow reads', async () => {
  const { jobs } = await run(JSON.parse(readFileSync(join(root, 'examples/workers.json'), 'utf8')));
  const workers = JSON.parse(jobs['read']!.outputs['workers']!);
  expect(workers).toMatchObject([
    { owner: 'octo', short: 'sync', state: 'present' },
    { owner: 'octo', short: 'reports', state: 'present' },
  ]);
});

describe('a wrong list fails before anything is changed', () => {
  test.each([
    ['with two entries for one worker', [entry, { ...entry, repository: 'octo/other' }], 'name the same worker'],
    ['with an entry without a name', [{ ...entry, name: '' }], 'an entry is incomplete'],
    ['with a repository that is not owner/name', [{ ...entry, repository: 'octo/sync/x' }], 'not owner/name'],
    ['with more entries than a matrix can have', Array.from({ length: 257 }, () => entry), 'at most 256'],
    ['that is not a list', 'workers', 'jq: error'],
  ])('%s', async (_, workers, message) => {
    const { jobs } = await run(workers);
    expect(jobs).toMatchObject({ read: { result: 'failure' }, ensure: { result: 'skipped' } });
    expect(jobs['read']!.log).toContain(message);
  });
});

test('a missing GitHub environment is not created', async () => {
  await createEnvironment(harness, 'other');
  const { result } = await run([{ ...entry, 'github-environment': 'nowhere' }]);
  expect(result).toBe('failure');
});
