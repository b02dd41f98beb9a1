import { describe, expect, test } from '@jest/globals';
import { DeliveryHarness, errorOf, valuesIn } from './harness.ts';

const harness = new DeliveryHarness();

describe('a GitHub environment', () => {
  test('gets values sealed with its own key, and its settings are not changed', async () => {
    const step = await harness.run({ 'store-in': 'github-environment:staging' });

    expect(errorOf(step)).toBe('');
    const { github } = await harness.state();
    await harness.expectCredentials(valuesIn(github.secrets, 'github-environment:staging'));
    expect(github.environments).toEqual([{ name: 'staging', protected: true }]);
    expect(JSON.parse(step.outputs.get('stored')!)).toEqual([
      {
        target: 'github-environment:staging',
        secrets: ['PINGONE_WORKER_CLIENT_ID', 'PINGONE_WORKER_CLIENT_SECRET', 'PINGONE_WORKER_ENVIRONMENT_ID'],
        variables: [],
        written: true,
      },
    ]);
    const requests = await harness.requests('github');
    expect(requests.filter(({ method, path }) => method === 'PUT' && !path.includes('/secrets/'))).toEqual([]);
  });

  test('is created by one empty PUT if it is missing and the input allows it, and its name is encoded once', async () => {
    const step = await harness.run({
      'store-in': 'github-environment:feature/ü x',
      'create-github-environment': 'true',
    });

    expect(errorOf(step)).toBe('');
    const { github } = await harness.state();
    await harness.expectCredentials(valuesIn(github.secrets, 'github-environment:feature/ü x'));
    expect(github.environments.map(({ name }) => name)).toEqual(['staging', 'feature/ü x']);
    const puts = (await harness.requests('github')).filter(
      ({ method, path }) => method === 'PUT' && !path.includes('/secrets/'),
    );
    expect(puts.map(({ path }) => path)).toEqual(['/repos/octo/sync/environments/feature%2F%C3%BC%20x']);
  });

  test('is created only once: the second run finds it', async () => {
    const inputs = { 'store-in': 'github-environment:qa', 'create-github-environment': 'true' };
    await harness.run(inputs);
    const before = (await harness.requests('github')).length;
    const step = await harness.run(inputs);

    expect(step.outputs.get('result')).toBe('unchanged');
    const later = (await harness.requests('github')).slice(before);
    expect(later.filter(({ method, path }) => method === 'PUT' && path.endsWith('/environments/qa'))).toEqual([]);
  });

  test('is not created before all other checks pass', async () => {
    const step = await harness.run({
      'store-in': 'github-environment:qa\norganization',
      'create-github-environment': 'true',
      environment: 'No such environment',
    });

    expect(step.conclusion).toBe('failure');
    expect((await harness.state()).github.environments.map(({ name }) => name)).toEqual(['staging']);
  });

  test('that is missing and one that the token cannot see have different messages, before PingOne is changed', async () => {
    const step = await harness.run({ 'store-in': 'github-environment:nowhere' });

    expect(errorOf(step)).toContain('the GitHub environment "nowhere" of octo/sync does not exist');
    expect(errorOf(step)).toContain('create-github-environment');
    expect((await harness.requests('pingone')).filter(({ write }) => write)).toEqual([]);
  });

  test('of a repository that does not exist: the message names the repository', async () => {
    const step = await harness.run({ 'store-in': 'github-environment:qa', repository: 'octo/nothing' });
    expect(errorOf(step)).toContain('`github-token` has no access to the repository, or `repository` does not exist');
  });

  test('that exists, but whose secrets the token cannot see: the message names the permission', async () => {
    const path = 're:/environments/staging/secrets';
    await harness.control('faults', [
      { match: { server: 'github', path }, times: 9, do: { status: 404, body: { message: 'Not Found' } } },
    ]);
    const step = await harness.run({ 'store-in': 'github-environment:staging' });
    expect(errorOf(step)).toContain('exists, but `github-token` has no access to its secrets');
    expect(errorOf(step)).toContain('Environments: write');
  });

  test.each([1, 2, 3, 4])('that exists is never created, even if GitHub answers 404 for it %i times', async (times) => {
    await harness.control('faults', [
      {
        match: { server: 'github', method: 'GET', path: 're:/environments/staging(/|$)' },
        times,
        do: { status: 404, body: { message: 'Not Found' } },
      },
      {
        match: { server: 'github', method: 'GET', path: 're:/environments/staging$' },
        times,
        do: { status: 404, body: { message: 'Not Found' } },
      },
    ]);
    await harness.run({ 'store-in': 'github-environment:Staging', 'create-github-environment': 'true' });
    expect((await harness.state()).github.environments).toEqual([{ name: 'staging', protected: true }]);
    const puts = (await harness.requests('github')).filter(
      ({ method, path }) => method === 'PUT' && /staging$/i.test(path),
    );
    expect(puts).toEqual([]);
  });

  test('that first appears in the list right before its creation is not created', async () => {
    const missing = { status: 404, body: { message: 'Not Found' } };
    await harness.control('faults', [
      { match: { server: 'github', method: 'GET', path: 're:/environments/staging(/|$)' }, times: 4, do: missing },
      {
        match: { server: 'github', method: 'GET', path: 're:^/repos/octo/sync/environments$' },
        do: { status: 200, body: { total_count: 0, environments: [] } },
      },
    ]);
    await harness.run({ 'store-in': 'github-environment:staging', 'create-github-environment': 'true' });
    expect((await harness.state()).github.environments).toEqual([{ name: 'staging', protected: true }]);
  });

  test('that GitHub does not find right after its creation: the step waits', async () => {
    const path = '/repos/octo/sync/environments/qa/secrets/public-key';
    await harness.control('faults', [
      // The first one is the honest answer to the look in preflight.
      { match: { server: 'github', path, n: 2 }, do: { status: 404, body: { message: 'Not Found' } } },
    ]);
    const step = await harness.run({ 'store-in': 'github-environment:qa', 'create-github-environment': 'true' });

    expect(errorOf(step)).toBe('');
    // Such a short wait is no line of the log.
    expect(step.log).not.toContain('GitHub does not know');
    await harness.expectCredentials(valuesIn((await harness.state()).github.secrets, 'github-environment:qa'));
  });

  test('is not created without the permission to administer the repository', async () => {
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
