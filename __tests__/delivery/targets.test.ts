import { describe, expect, test } from '@jest/globals';
import { DeliveryHarness, errorOf, valuesIn } from './harness.ts';

const harness = new DeliveryHarness();

describe('several targets', () => {
  const everywhere = 'repository\ngithub-environment:staging\norganization';

  test('get the same credentials, and the record lists them first', async () => {
    const step = await harness.run({ 'store-in': everywhere });

    expect(errorOf(step)).toBe('');
    const { secrets } = (await harness.state()).github;
    for (const target of everywhere.split('\n')) await harness.expectCredentials(valuesIn(secrets, target));
    const record = (await harness.worker()).metadata!['pingone-worker-app'] as { stored: { target: string }[] };
    expect(record.stored.map(({ target }) => target)).toEqual(everywhere.split('\n'));
  });

  test('are all checked before PingOne is changed', async () => {
    const step = await harness.run({ 'store-in': 'repository\ngithub-environment:nowhere' });
    expect(step.conclusion).toBe('failure');
    const { secrets } = (await harness.state()).github;
    expect(secrets).toEqual([]);
    expect((await harness.requests('pingone')).filter(({ write }) => write)).toEqual([]);
  });

  test('if one fails, the message says what is stored where, and the next run completes it', async () => {
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
      'PINGONE_WORKER_ENVIRONMENT_ID in the repository octo/sync; store PINGONE_WORKER_CLIENT_ID in the GitHub ' +
        'environment "staging" of octo/sync; store PINGONE_WORKER_CLIENT_ID, PINGONE_WORKER_CLIENT_SECRET and ' +
        'PINGONE_WORKER_ENVIRONMENT_ID in the organization octo. Not done: store PINGONE_WORKER_CLIENT_SECRET and ' +
        'PINGONE_WORKER_ENVIRONMENT_ID in the GitHub environment "staging" of octo/sync. The next run',
    );
    expect(errorOf(step)).toContain('GitHub would accept: environments=write');
    expect(step.outputs.get('client-secret')).toBeUndefined();

    const again = await harness.run({ 'store-in': everywhere });
    expect(again.conclusion).toBe('success');
    const { secrets } = (await harness.state()).github;
    for (const target of everywhere.split('\n')) await harness.expectCredentials(valuesIn(secrets, target));
  });

  test('if several fail, the message names each failure, and the others are written', async () => {
    const refuse = (path: string) => ({
      match: { server: 'github', method: 'PUT', path },
      times: 9,
      do: { status: 403, body: { message: 'No' } },
    });
    await harness.control('faults', [refuse('/repos/octo/sync/actions/'), refuse('/repos/octo/sync/environments/')]);
    const step = await harness.run({ 'store-in': everywhere });

    expect(errorOf(step)).toMatch(/^GitHub refused writing PINGONE_WORKER_CLIENT_ID to the repository octo\/sync: 403/);
    expect(errorOf(step)).toMatch(
      /Also failed: GitHub refused writing \w+ to the GitHub environment "staging" of octo/,
    );
    await harness.expectCredentials(valuesIn((await harness.state()).github.secrets, 'organization'));
  });

  test('that do not respond do not use up the time of the others', async () => {
    const match = { server: 'github', method: 'PUT', path: '/repos/octo/sync/actions/secrets/' };
    await harness.control('faults', [{ match, times: 99, do: { stall: 'headers' } }]);
    const step = await harness.run({ 'store-in': everywhere, timeout: '20' });

    expect(step.conclusion).toBe('failure');
    const { secrets } = (await harness.state()).github;
    expect(valuesIn(secrets, 'repository')).toEqual({});
    for (const target of ['github-environment:staging', 'organization']) {
      await harness.expectCredentials(valuesIn(secrets, target));
    }
  });

  test('that are the same, apart from case, are refused', async () => {
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

    // The variables exist now, so POST answers 409 and PATCH follows.
    const rotation = JSON.stringify({ application: (await harness.worker()).id, rotate: true });
    const headers = { 'content-type': 'application/json' };
    await fetch(new URL('/__sandbox/console', harness.ready.pingone.authUrl), {
      method: 'POST',
      headers,
      body: rotation,
    });
    const second = await harness.run(inputs);
    expect(errorOf(second)).toBe('');
    await check();
    expect((await harness.requests('github')).filter(({ method }) => method === 'PATCH')).toHaveLength(2);
    expect(JSON.parse(second.outputs.get('stored')!)).toEqual([
      {
        target,
        secrets: ['PINGONE_WORKER_CLIENT_SECRET'],
        variables: ['PINGONE_WORKER_CLIENT_ID', 'PINGONE_WORKER_ENVIRONMENT_ID'],
        written: true,
      },
    ]);
    if (target === 'organization') {
      const { variables } = (await harness.state()).github;
      expect(variables.map(({ selectedRepositoryIds }) => selectedRepositoryIds)).toEqual([[1001], [1001]]);
    }
  });

  test("after secrets: the worker's own secret does not count as another's", async () => {
    await harness.run({ 'store-in': 'repository' });
    const step = await harness.run({ 'store-in': 'repository', 'store-ids-as': 'variables' });
    expect(errorOf(step)).toBe('');
  });
});

describe('a change of store-ids-as', () => {
  const [secrets, variables] = [{ 'store-ids-as': 'secrets' }, { 'store-ids-as': 'variables' }];
  const target = { 'store-in': 'repository' };
  const idNames = ['PINGONE_WORKER_CLIENT_ID', 'PINGONE_WORKER_ENVIRONMENT_ID'];
  const namesOf = (values: readonly { readonly name: string }[]) => values.map(({ name }) => name).sort();
  const stored = async (): Promise<[string[], string[]]> => {
    const { github } = await harness.state();
    return [namesOf(github.secrets), namesOf(github.variables)];
  };
  const all = [...idNames, 'PINGONE_WORKER_CLIENT_SECRET'].sort();
  const oldIn = async (): Promise<unknown[]> => {
    const { metadata } = await harness.worker();
    return (metadata!['pingone-worker-app']!['stored'] as readonly { old?: unknown }[]).map(({ old }) => old);
  };
  const run = async (inputs: Record<string, string>) => {
    const step = await harness.run({ ...target, ...inputs });
    expect(errorOf(step)).toBe('');
    return step;
  };

  test('and back: what the action stored before is deleted', async () => {
    await run(secrets);
    await run(variables);
    expect(await stored()).toEqual([['PINGONE_WORKER_CLIENT_SECRET'], idNames]);
    await run(secrets);
    expect(await stored()).toEqual([all, []]);
    expect(await oldIn()).toEqual([undefined]);
    const before = (await harness.requests()).length;
    await run(secrets);
    expect((await harness.requests()).slice(before).filter(({ write }) => write)).toEqual([]);
  });

  test('leaves the IDs in an organization, which other repositories may use, until a teardown with force-delete', async () => {
    const organization = { 'store-in': 'organization' };
    await run({ ...secrets, ...organization });
    await run({ ...variables, ...organization });
    expect(await stored()).toEqual([all, idNames]);
    await run({ ...organization, state: 'absent', 'force-delete': 'true' });
    expect(await stored()).toEqual([[], []]);
  });

  test('leaves what somebody changed since, with a notice', async () => {
    await run(variables);
    const path = `/repos/${harness.ready.github.repository}/actions/variables/PINGONE_WORKER_CLIENT_ID`;
    await harness.gitHub('PATCH', path, { value: 'changed by hand' });
    const step = await run(secrets);
    // Another worker with that client ID may have the same environment ID.
    expect(await stored()).toEqual([all, ['PINGONE_WORKER_CLIENT_ID', 'PINGONE_WORKER_ENVIRONMENT_ID']]);
    const notices = step.annotations.filter(({ level }) => level === 'notice').map(({ message }) => message);
    expect(notices).toEqual([expect.stringMatching(/^Not deleted, because somebody may have changed them: /)]);
    expect(await oldIn()).toEqual([undefined]);
  });

  test.each([
    ['variables', variables, secrets],
    ['secrets', secrets, variables],
  ])('whose old %s cannot be deleted: a warning, and the teardown deletes both', async (kind, first, second) => {
    await run(first);
    const match = { server: 'github', method: 'DELETE', path: `re:/${kind}/` };
    await harness.control('faults', [{ match, times: 9, do: { status: 403, body: { message: 'No' } } }]);
    const step = await run(second);
    const warnings = step.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message);
    expect(warnings).toEqual([expect.stringMatching(/^GitHub refused deleting PINGONE_WORKER_CLIENT_ID .*: 403/)]);
    expect(await oldIn()).toEqual([expect.objectContaining({ ids: kind })]);
    await harness.control('faults', []);
    await run({ state: 'absent' });
    expect(await stored()).toEqual([[], []]);
  });
});
