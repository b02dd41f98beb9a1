// Responses that look like a success but are not, and lists with unexpected items or pages.
import { describe, expect, test } from '@jest/globals';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import { startWithoutWaiting } from '../in-process/start.ts';
import { DeliveryHarness, errorOf, valuesIn } from './harness.ts';

const harness = new DeliveryHarness();
const secrets = '/repos/octo/sync/actions/secrets';
const html = '<html>Sign in to the network</html>';
const keyOf = (bytes: number): object => ({ key_id: '1', key: Buffer.alloc(bytes, 7).toString('base64') });

const fault = (method: string, path: string, effect: object, match: object = {}): object => ({
  match: { server: 'github', method, path, ...match },
  times: 9_999,
  do: effect,
});
const run = (given: Readonly<Record<string, string>>): Promise<StepResult> =>
  harness.run({ timeout: '10', ...given }, { startProcess: startWithoutWaiting });
const pingOneWrites = async () => (await harness.requests('pingone')).filter(({ write }) => write);

const before: readonly (readonly [string, string, object])[] = [
  ['the response to the public key is 204', `${secrets}/public-key`, { status: 204 }],
  ['the response to the public key is 202', `${secrets}/public-key`, { status: 202, body: keyOf(32) }],
  ['the response to the public key is a page', `${secrets}/public-key`, { status: 200, body: html }],
  ['the public key is too short', `${secrets}/public-key`, { status: 200, body: keyOf(31) }],
  ['the public key is too long', `${secrets}/public-key`, { status: 200, body: keyOf(33) }],
  [
    'the public key is not base64',
    `${secrets}/public-key`,
    { status: 200, body: { key_id: '1', key: '!'.repeat(44) } },
  ],
  ['the response to the list is 204', `re:^${secrets}$`, { status: 204 }],
  ['the list has no items', `re:^${secrets}$`, { status: 200, body: { total_count: 3 } }],
  ['the items of the list are not a list', `re:^${secrets}$`, { status: 200, body: { total_count: 3, secrets: {} } }],
  ['the response to the repository is a page', 're:^/repos/octo/sync$', { status: 200, body: html }],
  ['the repository has no ID', 're:^/repos/octo/sync$', { status: 200, body: { full_name: 'octo/sync' } }],
  [
    'the list is its own next page',
    `re:^${secrets}$`,
    {
      status: 200,
      headers: { link: `<https://api.github.com${secrets}>; rel="next"` },
      body: { total_count: 300, secrets: [{ name: 'A' }] },
    },
  ],
];

test.each(before)('%s: the step fails with an explanation before anything is changed', async (_, path, effect) => {
  const link = (effect as { headers?: { link: string } }).headers?.link;
  const headers =
    link === undefined ? {} : { link: link.replace('https://api.github.com', harness.ready.github.apiUrl) };
  await harness.control('faults', [fault('GET', path, { ...effect, ...(link === undefined ? {} : { headers }) })]);
  const step = await run({ 'store-in': 'repository' });
  expect(errorOf(step)).toMatch(/^GitHub (could not be reached for|sent an unexpected response for) reading the /);
  expect(errorOf(step)).not.toContain('defect');
  expect(await pingOneWrites()).toEqual([]);
  expect((await harness.state()).github.secrets).toEqual([]);
});

test('a list whose next page is the same page is read only a few times', async () => {
  const { apiUrl } = harness.ready.github;
  const list = '/orgs/octo/actions/secrets';
  const page = (number: number): object => ({
    status: 200,
    headers: { link: `<${apiUrl}${list}?per_page=100&page=${number}>; rel="next"` },
    body: { total_count: 1_000_000, secrets: [{ name: `A${number}`, visibility: 'all' }] },
  });
  await harness.control('faults', [
    { match: { server: 'github', path: `re:^${list}$` }, do: page(2) },
    { match: { server: 'github', path: `re:^${list}$` }, times: 9_999, do: page(2) },
  ]);
  const step = await run({ 'store-in': 'organization' });
  expect(errorOf(step)).toContain('the pages of secrets form a loop');
  expect((await harness.requests('github')).filter(({ path }) => path.startsWith(`${list}?`))).toHaveLength(2);
});

describe.each([
  ['201 with a page', { status: 201, body: html }],
  ['202 with a page', { status: 202, body: html }],
  ['200 without a body', { status: 200 }],
  ['202 with JSON', { status: 202, body: {} }],
])('a PUT of a secret with the response %s', (_, effect) => {
  test('counts as not stored, and the message says so', async () => {
    await harness.control('faults', [fault('PUT', `${secrets}/PINGONE_WORKER_CLIENT_SECRET`, effect)]);
    const step = await run({ 'store-in': 'repository' });
    expect(errorOf(step)).toMatch(/^GitHub could not be reached for writing PINGONE_WORKER_CLIENT_SECRET/);
    expect(errorOf(step)).toContain(
      '; store PINGONE_WORKER_CLIENT_ID in the repository octo/sync. ' +
        'Not done: store PINGONE_WORKER_CLIENT_SECRET and PINGONE_WORKER_ENVIRONMENT_ID in the repository octo/sync.',
    );
    expect(step.log).not.toContain('Stored in the repository');
  });
});

test('a PUT of a secret with one such response is repeated', async () => {
  const effect = { status: 202, body: html };
  await harness.control('faults', [{ match: { server: 'github', method: 'PUT', path: secrets }, do: effect }]);
  expect(errorOf(await run({ 'store-in': 'repository' }))).toBe('');
  await harness.expectCredentials(valuesIn((await harness.state()).github.secrets, 'repository'));
});

test.each([
  ['202 with a page', { status: 202, body: html }],
  ['200 with a page', { status: 200, body: html }],
])('a DELETE of a secret with the response %s counts as not deleted, and the worker stays', async (_, effect) => {
  await harness.run({ 'store-in': 'repository' });
  await harness.control('faults', [fault('DELETE', secrets, effect)]);
  const step = await run({ state: 'absent' });
  expect(errorOf(step)).toContain('for deleting secrets in the repository octo/sync');
  expect(await harness.worker()).toBeDefined();
});

test.each([
  ['a POST', 'POST', 201],
  ['a PATCH', 'PATCH', 204],
])('%s of a variable with a page as response counts as not stored', async (_, method, status) => {
  const inputs = { 'store-in': 'repository', 'store-ids-as': 'variables' };
  await harness.run(inputs);
  const path = '/repos/octo/sync/actions/variables';
  // Somebody changed or deleted the variables, so this run writes them again.
  for (const name of ['PINGONE_WORKER_CLIENT_ID', 'PINGONE_WORKER_ENVIRONMENT_ID'])
    await (method === 'POST'
      ? harness.gitHub('DELETE', `${path}/${name}`)
      : harness.gitHub('PATCH', `${path}/${name}`, { value: 'made up by hand' }));
  await harness.control('faults', [fault(method, path, { status: status === 204 ? 200 : status, body: html })]);
  expect(errorOf(await run(inputs))).toMatch(/for writing PINGONE_WORKER_CLIENT_ID to the repository octo\/sync/);
});

test('odd items of a list do no harm, and a name that is listed twice counts once', async () => {
  await harness.run({ 'store-in': 'repository' });
  const item = { name: 'pingone_worker_client_id', updated_at: '2026-11-27T00:00:00Z' };
  const list = [null, 7, 'text', {}, { name: 5 }, { name: null }, item, item, { ...item, updated_at: 5 }];
  await harness.control('faults', [
    fault('GET', `re:^${secrets}$`, { status: 200, body: { total_count: list.length, secrets: list } }),
  ]);
  const step = await run({ 'store-in': 'repository' });
  expect(errorOf(step)).toBe('');
  await harness.expectCredentials(valuesIn((await harness.state()).github.secrets, 'repository'));
});

test('a selected repository without an ID stops the PUT of an organization secret, which would remove the repository', async () => {
  await harness.run({ 'store-in': 'organization' });
  // Somebody deleted the last one, so this run writes all of them again.
  await harness.gitHub('DELETE', '/orgs/octo/actions/secrets/PINGONE_WORKER_ENVIRONMENT_ID');
  const path = 're:^/orgs/octo/actions/secrets/[^/]+/repositories$';
  await harness.control('faults', [
    fault('GET', path, { status: 200, body: { total_count: 2, repositories: [{ id: 1001 }, { name: 'website' }] } }),
  ]);
  const step = await run({ 'store-in': 'organization' });
  expect(errorOf(step)).toContain('with one without an ID');
});

test.each(['secrets', 'variables', 'environments'])('a repository with the name "%s" is accepted', async (name) => {
  await harness.control('console', { repository: 'octo/website', rename: `octo/${name}` });
  const step = await harness.run({
    'store-in': 'repository\ngithub-environment:secrets',
    'create-github-environment': 'true',
    repository: `octo/${name}`,
  });
  expect(errorOf(step)).toBe('');
});
