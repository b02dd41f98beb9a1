// Renamed repositories and organizations, which are identified by their IDs.
import { describe, expect, test } from '@jest/globals';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import { DeliveryHarness, errorOf, valuesIn } from './harness.ts';

const harness = new DeliveryHarness();
const key = 'pingone-worker-app';

interface Entry {
  readonly target: string;
  readonly repositoryId: string;
  readonly repository: string;
}

const entries = async (): Promise<readonly Entry[]> =>
  ((await harness.worker()).metadata![key] as { stored: Entry[] }).stored;
const secretsIn = async (repository: string) =>
  (await harness.state()).github.secrets.filter((secret) => secret.repository === repository);
const rename = (repository: string, to: string) => harness.control('console', { repository, rename: to });
const absent = (given: Readonly<Record<string, string>> = {}): Promise<StepResult> =>
  harness.run({ state: 'absent', ...given });

describe('a repository that was renamed', () => {
  test.each(['repository', 'github-environment:staging'])(
    'before the run gets the secrets under its current name (%s)',
    async (target) => {
      await rename('octo/sync', 'octo/new');
      const step = await harness.run({ 'store-in': target });
      expect(errorOf(step)).toBe('');
      await harness.expectCredentials(valuesIn(await secretsIn('octo/new'), target));
      expect(await entries()).toMatchObject([{ target, repositoryId: '1001', repository: 'octo/new' }]);
    },
  );

  test.each(['octo/sync', 'octo/new'])(
    'since the last run keeps its secrets (GITHUB_REPOSITORY is %s)',
    async (name) => {
      await harness.run({ 'store-in': 'repository' });
      await rename('octo/sync', 'octo/new');
      const step = await harness.run({ 'store-in': 'repository' }, { env: { GITHUB_REPOSITORY: name } });
      expect(errorOf(step)).toBe('');
      expect(step.outputs.get('result')).toBe('unchanged');
      await harness.expectCredentials(valuesIn(await secretsIn('octo/new'), 'repository'));
    },
  );

  test('is not confused with another repository that has its old name now', async () => {
    await harness.run({ 'store-in': 'repository' });
    await rename('octo/sync', 'octo/new');
    await rename('octo/website', 'octo/sync');
    const step = await harness.run({ 'store-in': 'repository' });
    expect(errorOf(step)).toBe('');
    expect(await secretsIn('octo/sync')).toEqual([]);
    expect(errorOf(await absent())).toBe('');
    expect((await harness.state()).github.secrets).toEqual([]);
  });

  test.each(['repository', 'github-environment:staging'])(
    'has its secrets deleted with the worker (%s)',
    async (target) => {
      await harness.run({ 'store-in': target });
      await rename('octo/sync', 'mona/moved');
      const step = await absent();
      expect(errorOf(step)).toBe('');
      expect(step.outputs.get('result')).toBe('deleted');
      expect((await harness.state()).github.secrets).toEqual([]);
    },
  );

  test('is found by its old name in `repository`, and by its new one in the next run', async () => {
    await rename('octo/website', 'octo/site');
    const first = await harness.run({ 'store-in': 'repository', repository: 'octo/website' });
    expect(errorOf(first)).toBe('');
    expect(await entries()).toMatchObject([{ repositoryId: '1002', repository: 'octo/site' }]);
    const second = await harness.run({ 'store-in': 'repository', repository: 'octo/site' });
    expect(errorOf(second)).toBe('');
    await harness.expectCredentials(valuesIn(await secretsIn('octo/site'), 'repository'));
    expect(await entries()).toHaveLength(1);
  });

  test('is not followed to another host', async () => {
    const headers = { location: 'http://127.0.0.1:9/repositories/1001' };
    await harness.control('faults', [
      { match: { server: 'github', path: 're:^/repos/octo/sync$' }, times: 99, do: { status: 301, headers, body: {} } },
    ]);
    const step = await harness.run({ 'store-in': 'repository', timeout: '5' });
    expect(errorOf(step)).toContain('links to another host, and the action does not follow that');
    expect((await harness.requests('pingone')).filter(({ write }) => write)).toEqual([]);
  });
});

test('a renamed organization keeps its secrets, and they are deleted with the worker', async () => {
  await harness.run({ 'store-in': 'organization' });
  await harness.control('console', { organization: 'octo', rename: 'octo-inc' });
  const again = await harness.run({ 'store-in': 'organization' });
  expect(errorOf(again)).toBe('');
  await harness.expectCredentials(valuesIn((await harness.state()).github.secrets, 'organization'));
  expect(await entries()).toMatchObject([{ target: 'organization', repositoryId: '501' }]);
  expect(errorOf(await absent({ 'force-delete': 'true' }))).toBe('');
  expect((await harness.state()).github.secrets).toEqual([]);
});

describe('existing secrets in the record of another repository', () => {
  const recordOfAnother = async (repositoryId: string): Promise<void> => {
    const { id, metadata } = await harness.worker();
    const record = metadata![key] as { owner: object; stored: Entry[] };
    const owner = { ...record.owner, repositoryId: '7', repository: 'octo/other' };
    const stored = record.stored.map((entry) => ({ ...entry, repositoryId }));
    await harness.control('console', { application: id, set: { metadata: { [key]: { ...record, owner, stored } } } });
  };

  test('belong to this worker', async () => {
    await harness.run({ 'store-in': 'repository' });
    await recordOfAnother('1001');
    expect(errorOf(await harness.run({ 'store-in': 'repository' }))).toBe('');
  });

  test('do not if the record lists them for another ID, even with the same name', async () => {
    await harness.run({ 'store-in': 'repository' });
    await recordOfAnother('1002');
    const step = await harness.run({ 'store-in': 'repository' });
    expect(errorOf(step)).toContain("this worker's record does not list them");
  });
});
