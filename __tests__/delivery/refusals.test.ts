import { describe, expect, test } from '@jest/globals';
import { DeliveryHarness, errorOf } from './harness.ts';

const harness = new DeliveryHarness();

describe('secrets that somebody else created', () => {
  const places = [
    ['repository', '/repos/octo/sync/actions'],
    ['github-environment:staging', '/repos/octo/sync/environments/staging'],
    ['organization', '/orgs/octo/actions'],
  ] as const;

  async function putByHand(base: string, name: string): Promise<void> {
    const { key_id } = await harness.gitHub('GET', `${base}/secrets/public-key`);
    await harness.gitHub('PUT', `${base}/secrets/${name}`, {
      encrypted_value: Buffer.from('by hand, sealed for nobody').toString('base64'),
      key_id,
      ...(base.startsWith('/orgs') ? { visibility: 'private' } : {}),
    });
  }

  test.each(places)('a secret in %s is not overwritten', async (target, base) => {
    await putByHand(base, 'PINGONE_WORKER_CLIENT_SECRET');
    const step = await harness.run({ 'store-in': target });

    expect(errorOf(step)).toContain('already has PINGONE_WORKER_CLIENT_SECRET');
    expect(errorOf(step)).toContain('`secret-prefix`');
    expect((await harness.requests()).filter(({ server, write }) => server === 'pingone' && write)).toEqual([]);
    expect((await harness.state()).github.secrets).toHaveLength(1);
  });

  test.each(places)('a variable in %s is not overwritten', async (target, base) => {
    await harness.gitHub('POST', `${base}/variables`, {
      name: 'PINGONE_WORKER_ENVIRONMENT_ID',
      value: 'by hand',
      ...(base.startsWith('/orgs') ? { visibility: 'private' } : {}),
    });
    const step = await harness.run({ 'store-in': target, 'store-ids-as': 'variables' });
    expect(errorOf(step)).toContain('already has PINGONE_WORKER_ENVIRONMENT_ID');
  });

  test.each(places)('with overwrite-secrets, those in %s are overwritten', async (target, base) => {
    await putByHand(base, 'PINGONE_WORKER_CLIENT_SECRET');
    const step = await harness.run({ 'store-in': target, 'overwrite-secrets': 'true' });
    expect(errorOf(step)).toBe('');
    const worker = await harness.worker();
    const { secrets } = (await harness.state()).github;
    expect(secrets.find(({ name }) => name === 'PINGONE_WORKER_CLIENT_SECRET')!.value).toBe(worker.secret);
  });

  test("another worker's secrets are not overwritten", async () => {
    await harness.run({ 'store-in': 'organization' });
    const step = await harness.run({ 'store-in': 'organization', name: 'Another' });
    expect(errorOf(step)).toContain("this worker's record does not list them");
  });

  test('a protected GitHub environment is not changed by create-github-environment', async () => {
    await harness.run({ 'store-in': 'github-environment:staging', 'create-github-environment': 'true' });
    expect((await harness.state()).github.environments).toEqual([{ name: 'staging', protected: true }]);
  });
});

test('wrong inputs are refused before any request', async () => {
  const step = await harness.run({ 'store-in': 'environment:qa', 'custom-domain': 'not a host' });
  expect(errorOf(step)).toContain('`store-in`');
  expect(errorOf(step)).toContain('`custom-domain`');
  expect(await harness.requests()).toEqual([]);
});

describe('refusals of GitHub', () => {
  const key = '/repos/octo/sync/actions/secrets/public-key';

  test('for GITHUB_TOKEN: the message names the required permission', async () => {
    const step = await harness.run({ 'store-in': 'organization', 'github-token': harness.ready.github.jobToken });
    expect(errorOf(step)).toContain('`GITHUB_TOKEN`, which cannot write secrets');
    expect(errorOf(step)).toContain('the organization permission "Secrets: write"');
    expect(errorOf(step)).toContain('GitHub would accept: organization_secrets=read');
  });

  test('for a missing permission are not retried', async () => {
    const step = await harness.run({ 'store-in': 'repository', 'github-token': harness.ready.github.readOnlyToken });
    expect(errorOf(step)).toContain('GitHub would accept: secrets=write');
    expect((await harness.requests('github')).filter(({ method }) => method === 'PUT')).toHaveLength(1);
  });

  test.each([
    ['repository', '"Variables: write"', '/repos/octo/sync/actions/variables'],
    ['organization', 'the organization permission "Variables: write"', '/orgs/octo/actions/variables'],
    ['github-environment:staging', '"Environments: write"', '/repos/octo/sync/environments/staging/variables'],
  ])('for the variables of %s: the message names their permission', async (target, permission, path) => {
    const body = { message: 'Resource not accessible by personal access token' };
    await harness.control('faults', [{ match: { server: 'github', path }, times: 99, do: { status: 403, body } }]);
    const step = await harness.run({ 'store-in': target, 'store-ids-as': 'variables' });
    expect(errorOf(step)).toContain('GitHub refused reading the variables of');
    expect(errorOf(step)).toContain(permission);
    expect((await harness.requests('pingone')).filter(({ write }) => write)).toEqual([]);
  });

  test.each([
    ['a time to wait', 403, { 'retry-after': '1' }, { message: 'You have exceeded a secondary rate limit.' }],
    ['429', 429, { 'retry-after': '1' }, { message: 'Too many requests' }],
    ['503', 503, {}, { message: 'Service unavailable' }],
  ])('%s: the step waits', async (_, status, headers, body) => {
    await harness.control('faults', [{ match: { server: 'github', path: key }, do: { status, headers, body } }]);
    const step = await harness.run({ 'store-in': 'repository' });
    expect(errorOf(step)).toBe('');
    expect(step.log).toMatch(new RegExp(`status ${status}.*retrying in`));
  });

  test('a rate limit that is longer than the step can wait is not reported as a missing permission', async () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3000) };
    await harness.control('faults', [
      {
        match: { server: 'github', path: key },
        do: { status: 403, headers, body: { message: 'API rate limit exceeded' } },
      },
    ]);
    const step = await harness.run({ 'store-in': 'repository' });
    expect(errorOf(step)).toContain('`github-token` reached a rate limit of GitHub');
  });

  test('GitHub Enterprise Server is contacted at its own address', async () => {
    const step = await harness.run(
      { 'store-in': 'repository', timeout: '5' },
      { env: { GITHUB_API_URL: 'http://127.0.0.1:9/api/v3', GITHUB_SERVER_URL: 'http://127.0.0.1:9' } },
    );
    expect(errorOf(step)).toContain('GET 127.0.0.1:9/api/v3/repos/octo/sync');
    expect(await harness.requests('github')).toEqual([]);
  });
});
