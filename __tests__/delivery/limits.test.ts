// GitHub limits the number of secrets and variables of a target. The action checks this before it changes PingOne.
import { describe, expect, test } from '@jest/globals';
import { DeliveryHarness, errorOf } from './harness.ts';

const harness = new DeliveryHarness();
const pingOneWrites = async () => (await harness.requests('pingone')).filter(({ write }) => write);

/** The place holds this many, by GitHub's count, and none of ours. */
async function pretend(path: string, kind: 'secrets' | 'variables', total: number): Promise<void> {
  const body = { total_count: total, [kind]: [] };
  await harness.control('faults', [
    { match: { server: 'github', method: 'GET', path: `re:^${path}/${kind}$` }, times: 99, do: { status: 200, body } },
  ]);
}

const places = [
  ['repository', '/repos/octo/sync/actions', 100, 500],
  ['github-environment:staging', '/repos/octo/sync/environments/staging', 100, 100],
  ['organization', '/orgs/octo/actions', 1000, 1000],
] as const;

describe.each(places)('%s', (target, path, secrets, variables) => {
  test('without space for three secrets is refused before PingOne is changed', async () => {
    await pretend(path, 'secrets', secrets - 2);
    const step = await harness.run({ 'store-in': target });
    expect(errorOf(step)).toMatch(/^`store-in`: the .* has no room for PINGONE_WORKER_CLIENT_ID, /);
    expect(errorOf(step)).toContain(`GitHub stores at most ${secrets} secrets there`);
    expect(await pingOneWrites()).toEqual([]);
  });

  test('with space for exactly three secrets is written to', async () => {
    await pretend(path, 'secrets', secrets - 3);
    expect(errorOf(await harness.run({ 'store-in': target }))).toBe('');
  });

  test('without space for two variables is refused before PingOne is changed', async () => {
    await pretend(path, 'variables', variables - 1);
    const step = await harness.run({ 'store-in': target, 'store-ids-as': 'variables' });
    expect(errorOf(step)).toContain(`GitHub stores at most ${variables} variables there`);
    expect(await pingOneWrites()).toEqual([]);
  });
});

test("a full repository that contains the worker's own three secrets is written to again", async () => {
  await harness.run({ 'store-in': 'repository' });
  const base = '/repos/octo/sync/actions/secrets';
  const { key_id } = await harness.gitHub('GET', `${base}/public-key`);
  const encrypted_value = Buffer.from('by hand, sealed for nobody').toString('base64');
  for (let n = 0; n < 97; n += 1) await harness.gitHub('PUT', `${base}/A${n}`, { encrypted_value, key_id });
  expect(errorOf(await harness.run({ 'store-in': 'repository' }))).toBe('');
  const step = await harness.run({ 'store-in': 'repository', name: 'Another', 'secret-prefix': 'B_' });
  expect(errorOf(step)).toContain('has no room for B_CLIENT_ID, B_CLIENT_SECRET and B_ENVIRONMENT_ID');
});
