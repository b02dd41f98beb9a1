import { describe, expect, test } from '@jest/globals';
import { DeliveryHarness, errorOf, valuesIn } from './harness.ts';

const harness = new DeliveryHarness();
const sealed = { name: 'PINGONE_WORKER_CLIENT_SECRET', key: 'PINGONE_WORKER_CLIENT_ID' };

async function expectCredentials(values: Readonly<Record<string, string>>): Promise<void> {
  const worker = await harness.worker();
  expect(values).toEqual({
    PINGONE_WORKER_CLIENT_ID: worker.id,
    PINGONE_WORKER_CLIENT_SECRET: worker.secret,
    PINGONE_WORKER_ENVIRONMENT_ID: harness.ready.environments[0]!.id,
  });
}

/** Puts an organization secret there by hand; its value does not matter, so it is sealed for nobody. */
async function putOrganizationSecret(name: string, sharing: Record<string, unknown>): Promise<void> {
  const { key_id } = await harness.gitHub('GET', '/orgs/octo/actions/secrets/public-key');
  const encrypted_value = Buffer.from('by hand, sealed for nobody').toString('base64');
  await harness.gitHub('PUT', `/orgs/octo/actions/secrets/${name}`, { encrypted_value, key_id, ...sharing });
}

describe('github-environment', () => {
  test('gets values sealed with its own key, and an existing one is not touched', async () => {
    const step = await harness.run({ 'store-in': 'github-environment:staging' });

    expect(errorOf(step)).toBe('');
    const { github } = await harness.state();
    await expectCredentials(valuesIn(github.secrets, 'github-environment:staging'));
    expect(github.environments).toEqual([{ name: 'staging', protected: true }]);
    expect(JSON.parse(step.outputs.get('stored')!)).toEqual([
      {
        target: 'github-environment:staging',
        secrets: ['PINGONE_WORKER_CLIENT_ID', sealed.name, 'PINGONE_WORKER_ENVIRONMENT_ID'],
        variables: [],
      },
    ]);
    const requests = await harness.requests('github');
    expect(requests.filter(({ method, path }) => method === 'PUT' && !path.includes('/secrets/'))).toEqual([]);
  });

  test('is created by one empty PUT where it is missing and the input allows it; its name is encoded once', async () => {
    const step = await harness.run({
      'store-in': 'github-environment:feature/ü x',
      'create-github-environment': 'true',
    });

    expect(errorOf(step)).toBe('');
    const { github } = await harness.state();
    await expectCredentials(valuesIn(github.secrets, 'github-environment:feature/ü x'));
    expect(github.environments.map(({ name }) => name)).toEqual(['staging', 'feature/ü x']);
    const puts = (await harness.requests('github')).filter(
      ({ method, path }) => method === 'PUT' && !path.includes('/secrets/'),
    );
    expect(puts.map(({ path }) => path)).toEqual(['/repos/octo/sync/environments/feature%2F%C3%BC%20x']);
  });

  test('is created once only: the second run finds it', async () => {
    const inputs = { 'store-in': 'github-environment:qa', 'create-github-environment': 'true' };
    await harness.run(inputs);
    const before = (await harness.requests('github')).length;
    const step = await harness.run(inputs);

    expect(step.outputs.get('result')).toBe('unchanged');
    const later = (await harness.requests('github')).slice(before);
    expect(later.filter(({ method, path }) => method === 'PUT' && path.endsWith('/environments/qa'))).toEqual([]);
  });

  test('is not created before everything else is known to be allowed', async () => {
    const step = await harness.run({
      'store-in': 'github-environment:qa\norganization',
      'create-github-environment': 'true',
      environment: 'No such environment',
    });

    expect(step.conclusion).toBe('failure');
    expect((await harness.state()).github.environments.map(({ name }) => name)).toEqual(['staging']);
  });

  test('that is missing is told apart from a missing right, before PingOne is touched', async () => {
    const step = await harness.run({ 'store-in': 'github-environment:nowhere' });

    expect(errorOf(step)).toContain('the GitHub environment "nowhere" of octo/sync does not exist');
    expect(errorOf(step)).toContain('create-github-environment');
    expect((await harness.requests('pingone')).filter(({ write }) => write)).toEqual([]);
  });

  test('of a repository that does not exist is blamed on the repository', async () => {
    const step = await harness.run({ 'store-in': 'github-environment:qa', repository: 'octo/nothing' });
    expect(errorOf(step)).toContain('`repository` does not exist, or `github-token` does not see it');
  });

  test('that exists, with secrets that the token does not see, is blamed on the permission', async () => {
    const path = 're:/environments/staging/secrets';
    await harness.control('faults', [
      { match: { server: 'github', path }, times: 9, do: { status: 404, body: { message: 'Not Found' } } },
    ]);
    const step = await harness.run({ 'store-in': 'github-environment:staging' });
    expect(errorOf(step)).toContain('exists, but `github-token` does not see its secrets');
    expect(errorOf(step)).toContain('Environments: write');
  });

  test('that GitHub does not know yet after its creation is waited for', async () => {
    const path = '/repos/octo/sync/environments/qa/secrets/public-key';
    await harness.control('faults', [
      // The first one is the honest answer to the look in preflight.
      { match: { server: 'github', path, n: 2 }, do: { status: 404, body: { message: 'Not Found' } } },
    ]);
    const step = await harness.run({ 'store-in': 'github-environment:qa', 'create-github-environment': 'true' });

    expect(errorOf(step)).toBe('');
    expect(step.log).toContain('GitHub does not know the GitHub environment "qa" of octo/sync yet');
    await expectCredentials(valuesIn((await harness.state()).github.secrets, 'github-environment:qa'));
  });

  test('cannot be created without the right to administer the repository', async () => {
    const step = await harness.run({
      'store-in': 'github-environment:qa',
      'create-github-environment': 'true',
      'github-token': harness.ready.github.readOnlyToken,
    });
    expect(errorOf(step)).toContain('creating the GitHub environment "qa"');
    expect(errorOf(step)).toContain('administration=write');
    expect((await harness.requests('pingone')).filter(({ write }) => write)).toEqual([]);
  });
});

describe('organization', () => {
  test('gets new secrets for the target repository alone', async () => {
    const step = await harness.run({ 'store-in': 'organization' });

    expect(errorOf(step)).toBe('');
    const { secrets } = (await harness.state()).github;
    await expectCredentials(valuesIn(secrets, 'organization'));
    expect(secrets.map(({ visibility, selectedRepositoryIds }) => [visibility, selectedRepositoryIds])).toEqual([
      ['selected', [1001]],
      ['selected', [1001]],
      ['selected', [1001]],
    ]);
  });

  test('keeps who sees existing secrets, over all pages', async () => {
    await putOrganizationSecret('PINGONE_WORKER_CLIENT_ID', { visibility: 'all' });
    await putOrganizationSecret('PINGONE_WORKER_CLIENT_SECRET', {
      visibility: 'selected',
      selected_repository_ids: [1001, 1003],
    });
    await putOrganizationSecret('PINGONE_WORKER_ENVIRONMENT_ID', { visibility: 'private' });
    const step = await harness.run({ 'store-in': 'organization', 'overwrite-secrets': 'true' });

    expect(errorOf(step)).toBe('');
    const { secrets } = (await harness.state()).github;
    await expectCredentials(valuesIn(secrets, 'organization'));
    const sharing = Object.fromEntries(secrets.map((secret) => [secret.name, secret]));
    expect(sharing['PINGONE_WORKER_CLIENT_ID']).toMatchObject({ visibility: 'all' });
    expect(sharing['PINGONE_WORKER_CLIENT_SECRET']).toMatchObject({ selectedRepositoryIds: [1001, 1003] });
    expect(sharing['PINGONE_WORKER_ENVIRONMENT_ID']).toMatchObject({ visibility: 'private' });
  });

  test('that is a user is refused, before PingOne is touched', async () => {
    const step = await harness.run({ 'store-in': 'organization', repository: harness.ready.github.userRepository });

    expect(errorOf(step)).toContain('mona, the owner of mona/sync, is a user');
    expect((await harness.requests('pingone')).filter(({ write }) => write)).toEqual([]);
  });

  test('of another repository of ours gets that repository selected', async () => {
    await harness.run({ 'store-in': 'organization', repository: 'octo/tools' });
    const { secrets } = (await harness.state()).github;
    expect(secrets.map(({ selectedRepositoryIds }) => selectedRepositoryIds)).toEqual([[1003], [1003], [1003]]);
  });
});

describe('several targets', () => {
  const everywhere = 'repository\ngithub-environment:staging\norganization';

  test('all get the same credentials, and the record lists them before', async () => {
    const step = await harness.run({ 'store-in': everywhere });

    expect(errorOf(step)).toBe('');
    const { secrets } = (await harness.state()).github;
    for (const target of everywhere.split('\n')) await expectCredentials(valuesIn(secrets, target));
    const record = (await harness.worker()).metadata!['pingone-worker-app'] as { stored: { target: string }[] };
    expect(record.stored.map(({ target }) => target)).toEqual(everywhere.split('\n'));
  });

  test('are all looked at before PingOne is touched', async () => {
    const step = await harness.run({ 'store-in': 'repository\ngithub-environment:nowhere' });
    expect(step.conclusion).toBe('failure');
    const { secrets } = (await harness.state()).github;
    expect(secrets).toEqual([]);
    expect((await harness.requests('pingone')).filter(({ write }) => write)).toEqual([]);
  });

  test('where one fails half-way, the message says what is where, and a re-run mends it', async () => {
    await harness.control('faults', [
      {
        match: { server: 'github', method: 'PUT', path: '/repos/octo/sync/environments/staging/secrets/', n: 2 },
        do: {
          status: 403,
          headers: { 'x-accepted-github-permissions': 'environments=write' },
          body: { message: 'No' },
        },
      },
    ]);
    const step = await harness.run({ 'store-in': everywhere });

    expect(errorOf(step)).toContain(
      'the repository octo/sync has the new values, the GitHub environment "staging" of octo/sync has ' +
        'PINGONE_WORKER_CLIENT_ID, but not PINGONE_WORKER_CLIENT_SECRET and PINGONE_WORKER_ENVIRONMENT_ID and the ' +
        'organization octo has none of them',
    );
    expect(errorOf(step)).toContain('GitHub would accept: environments=write');
    expect(step.outputs.get('client-secret')).toBeUndefined();

    const again = await harness.run({ 'store-in': everywhere });
    expect(again.conclusion).toBe('success');
    const { secrets } = (await harness.state()).github;
    for (const target of everywhere.split('\n')) await expectCredentials(valuesIn(secrets, target));
  });

  test('that are one and the same are refused, whatever their case', async () => {
    const step = await harness.run({ 'store-in': 'github-environment:Staging\ngithub-environment:staging' });
    expect(errorOf(step)).toContain('`store-in` names github-environment:staging more than once');
    expect(await harness.requests()).toEqual([]);
  });
});

describe('store-ids-as: variables', () => {
  test.each(['repository', 'github-environment:staging', 'organization'])('%s', async (target) => {
    const inputs = { 'store-in': target, 'store-ids-as': 'variables' };
    const first = await harness.run(inputs);
    expect(errorOf(first)).toBe('');
    const check = async (): Promise<void> => {
      const worker = await harness.worker();
      const { secrets, variables } = (await harness.state()).github;
      expect(valuesIn(secrets, target)).toEqual({ PINGONE_WORKER_CLIENT_SECRET: worker.secret });
      expect(valuesIn(variables, target)).toEqual({
        PINGONE_WORKER_CLIENT_ID: worker.id,
        PINGONE_WORKER_ENVIRONMENT_ID: harness.ready.environments[0]!.id,
      });
    };
    await check();

    // POST answers 409 now, and PATCH follows.
    const second = await harness.run(inputs);
    expect(errorOf(second)).toBe('');
    await check();
    expect((await harness.requests('github')).filter(({ method }) => method === 'PATCH')).toHaveLength(2);
    expect(JSON.parse(second.outputs.get('stored')!)).toEqual([
      {
        target,
        secrets: ['PINGONE_WORKER_CLIENT_SECRET'],
        variables: ['PINGONE_WORKER_CLIENT_ID', 'PINGONE_WORKER_ENVIRONMENT_ID'],
      },
    ]);
    if (target === 'organization') {
      const { variables } = (await harness.state()).github;
      expect(variables.map(({ selectedRepositoryIds }) => selectedRepositoryIds)).toEqual([[1001], [1001]]);
    }
  });

  test('after secrets: the own secret is not taken for a foreign one', async () => {
    await harness.run({ 'store-in': 'repository' });
    const step = await harness.run({ 'store-in': 'repository', 'store-ids-as': 'variables' });
    expect(errorOf(step)).toBe('');
  });
});
