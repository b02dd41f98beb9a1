import { beforeEach, expect, test } from '@jest/globals';
import { DeliveryHarness, valuesIn } from '../delivery/harness.ts';
import { createEnvironment, runRecipe, setUpRepository } from './recipes.ts';

const harness = new DeliveryHarness();
beforeEach(() => setUpRepository(harness));

const token = 'PingOne issued a token for the stored credentials.';
/** What a target holds under the worker's names. */
async function workers(target: string): Promise<Record<string, string>> {
  const all = valuesIn((await harness.state()).github.secrets, target);
  return Object.fromEntries(Object.entries(all).filter(([name]) => name.startsWith('PINGONE_WORKER_')));
}

test('same-run: a later job of the same run gets a token with the stored credentials', async () => {
  const run = await runRecipe(harness, 'same-run.yml');

  expect(run.jobs['set-up']!.log).not.toContain('##[error]');
  expect(run.jobs['synchronise']!.log).toContain(token);
  expect(run.result).toBe('success');
  await harness.expectCredentials(await workers('github-environment:staging'));
  const { secret } = await harness.worker();
  expect(
    Object.values(run.jobs)
      .map(({ log }) => log)
      .join(''),
  ).not.toContain(secret);
  expect(run.jobs['set-up']!.outputs['auth-url']).toBe(harness.ready.pingone.authUrl);
});

test('later-runs and prove-stored: a run that is queued afterwards gets a token, an earlier one does not', async () => {
  const { apiUrl } = harness.ready.pingone;
  await harness.gitHub('POST', '/repos/octo/sync/actions/variables', { name: 'PINGONE_API_URL', value: apiUrl });
  const early = await runRecipe(harness, 'prove-stored.yml');
  expect(early.result).toBe('failure');
  expect(early.jobs['prove']!.log).toContain('`client-id`, `client-secret` and `environment-id` must not be empty.');

  expect((await runRecipe(harness, 'later-runs.yml')).result).toBe('success');
  await harness.expectCredentials(await workers('repository'));

  const proof = await runRecipe(harness, 'prove-stored.yml');
  expect(proof.jobs['prove']!.log).toContain('The stored credentials work, and the worker can read populations.');
  expect(proof.result).toBe('success');
});

test('github-app: the token of the GitHub App writes to both targets', async () => {
  const stubs = {
    'actions/create-github-app-token': { secretOutputs: { token: harness.ready.github.token } },
  };
  const run = await runRecipe(harness, 'github-app.yml', { stubs });
  expect(run.result).toBe('success');
  await harness.expectCredentials(await workers('repository'));
  await harness.expectCredentials(await workers('github-environment:staging'));
});

test('matrix: each environment gets its own worker, and no unprotected GitHub environment is created', async () => {
  const combinations = [{ github: 'staging' }, { github: 'production' }];
  // `production` is missing: a person creates it with its protection.
  const first = await runRecipe(harness, 'matrix.yml');
  expect(first.result).toBe('failure');
  expect((await harness.state()).github.environments.map(({ name }) => name)).not.toContain('production');

  await createEnvironment(harness, 'production');
  expect((await runRecipe(harness, 'matrix.yml')).result).toBe('success');
  const { applications, github } = await harness.state();
  for (const [index, matrix] of combinations.entries()) {
    const target = `github-environment:${matrix.github}`;
    const variables = valuesIn(github.variables, target);
    expect(variables['PINGONE_WORKER_ENVIRONMENT_ID']).toBe(harness.ready.environments[index]!.id);
    const worker = applications.find(({ id }) => id === variables['PINGONE_WORKER_CLIENT_ID']);
    expect(worker).toMatchObject({ name: 'PingDataSync', type: 'WORKER' });
    expect(valuesIn(github.secrets, target)).toEqual({ PINGONE_WORKER_CLIENT_SECRET: worker!.secret });
  }
});

test("reusable: the calling workflow's next job gets a token", async () => {
  const run = await runRecipe(harness, 'reusable.yml', { stubs: { 'actions/checkout': {} } });
  expect(run.jobs['worker']!.log).not.toContain('##[error]');
  expect(run.jobs['worker']!.outputs).toMatchObject({ result: 'created', 'auth-url': harness.ready.pingone.authUrl });
  expect(run.jobs['synchronise']!.log).toContain(token);
  await harness.expectCredentials(await workers('github-environment:staging'));
});
