// The examples that adopt, preview and rotate a worker, or create one for each branch.
import { beforeEach, expect, test } from '@jest/globals';
import type { ApplicationState } from '../bundle/control.ts';
import { DeliveryHarness, valuesIn } from '../delivery/harness.ts';
import { createEnvironment, putSecrets, runRecipe, setUpRepository } from './recipes.ts';

const harness = new DeliveryHarness();
beforeEach(() => setUpRepository(harness));

const renameSandbox = (name: string) =>
  harness.control('console', { environment: harness.ready.environments[0]!.id, set: { name } });
/** What a GitHub environment holds. */
const held = async (name: string) => valuesIn((await harness.state()).github.secrets, `github-environment:${name}`);
const writes = async () => (await harness.requests('pingone')).filter(({ write }) => write);

test('adopt-existing-worker: shows the plan first, then stores the credentials, and does not change the worker', async () => {
  await createEnvironment(harness, 'production');
  const environment = { id: harness.ready.environments[1]!.id };
  await harness.control('console', { create: { name: 'By hand', enabled: true, environment } });
  const before = await harness.worker('By hand');
  const variable = { name: 'PINGONE_WORKER_APPLICATION_ID', value: before.id };
  await harness.gitHub('POST', '/repos/octo/sync/actions/variables', variable);

  const preview = await runRecipe(harness, 'adopt-existing-worker.yml', { inputs: { 'dry-run': 'true' } });
  expect(preview.result).toBe('success');
  expect([await writes(), await held('production')]).toEqual([[], {}]);

  const adoption = await runRecipe(harness, 'adopt-existing-worker.yml', { inputs: { 'dry-run': 'false' } });
  expect(adoption.result).toBe('success');
  expect(await held('production')).toEqual({
    PINGONE_WORKER_CLIENT_ID: before.id,
    PINGONE_WORKER_CLIENT_SECRET: before.secret,
    PINGONE_WORKER_ENVIRONMENT_ID: environment.id,
  });
  const kept = (worker: ApplicationState) => ({ ...worker, metadata: null, updatedAt: null });
  expect(kept(await harness.worker('By hand'))).toEqual(kept(before));
});

test('dry-run-on-pull-request: warns about the changes of a merge, with read-only credentials', async () => {
  await renameSandbox('Staging');
  const { readOnly } = harness.ready.admins;
  await putSecrets(harness, {
    PINGONE_READER_CLIENT_ID: readOnly.clientId,
    PINGONE_READER_CLIENT_SECRET: readOnly.clientSecret,
    PINGONE_READER_ENVIRONMENT_ID: readOnly.environmentId,
  });
  const from = (fullName: string, login = 'mona') => {
    const event = { pull_request: { user: { login }, head: { repo: { full_name: fullName } } } };
    return runRecipe(harness, 'dry-run-on-pull-request.yml', { github: { repository: 'octo/sync', event } });
  };

  const run = await from('octo/sync');
  expect(run.jobs['preview']).toMatchObject({ result: 'success' });
  expect(run.jobs['preview']!.log).toContain('##[warning]The worker in PingOne differs from what this branch asks for');
  expect(run.jobs['preview']!.log).toContain('{"kind":"create-application","field":"name"');
  expect(await writes()).toEqual([]);

  expect((await from('somebody/fork')).jobs['preview']).toMatchObject({ result: 'skipped' });
  expect((await from('octo/sync', 'dependabot[bot]')).jobs['preview']).toMatchObject({ result: 'skipped' });
});

test('rotate-on-schedule: each run stores a new secret, and the previous one works for three days', async () => {
  await createEnvironment(harness, 'production');
  const rotate = async (): Promise<string> => {
    expect((await runRecipe(harness, 'rotate-on-schedule.yml')).result).toBe('success');
    return (await held('production'))['PINGONE_WORKER_CLIENT_SECRET']!;
  };
  const created = await rotate();
  await harness.control('clock', { advance: 60 });
  const rotated = await rotate();
  expect(rotated).not.toBe(created);

  const { secret, id } = await harness.worker('pingdatasync');
  const { id: environmentId } = harness.ready.environments[1]!;
  expect(rotated).toBe(secret);
  const signIn = async (clientSecret: string) => {
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: clientSecret });
    const endpoint = `${harness.ready.pingone.authUrl}/${environmentId}/as/token`;
    return (await fetch(endpoint, { method: 'POST', body })).status;
  };
  await harness.control('clock', { advance: 3 * 86_400 - 600 });
  expect([await signIn(created), await signIn(rotated)]).toEqual([200, 200]);
  await harness.control('clock', { advance: 1200 });
  expect([await signIn(created), await signIn(rotated)]).toEqual([401, 200]);
});

test('worker-per-branch: each branch has a worker and a GitHub environment until the branch is deleted', async () => {
  await renameSandbox('Development');
  const on = (event_name: string, ref_name: string, event: object) =>
    runRecipe(harness, 'worker-per-branch.yml', { github: { repository: 'octo/sync', event_name, ref_name, event } });

  const pushed = await on('push', 'feature/x', { created: true });
  expect(pushed.jobs).toMatchObject({ ensure: { result: 'success' }, 'tear-down': { result: 'skipped' } });
  const worker = await harness.worker('sync-feature/x');
  expect(await held('sync-feature/x')).toMatchObject({
    PINGONE_WORKER_CLIENT_ID: worker.id,
    PINGONE_WORKER_CLIENT_SECRET: worker.secret,
  });

  // Later pushes do not ask for the approval of `pingone-branches` again.
  const again = await on('push', 'feature/x', { created: false });
  expect(again.jobs).toMatchObject({ ensure: { result: 'skipped' }, 'tear-down': { result: 'skipped' } });

  const byDependabot = await on('delete', 'main', { ref: 'dependabot/npm/x', ref_type: 'branch' });
  expect(byDependabot.jobs).toMatchObject({ ensure: { result: 'skipped' }, 'tear-down': { result: 'skipped' } });

  const deleted = await on('delete', 'main', { ref: 'feature/x', ref_type: 'branch' });
  expect(deleted.jobs).toMatchObject({ ensure: { result: 'skipped' }, 'tear-down': { result: 'success' } });
  expect([await harness.worker('sync-feature/x'), await held('sync-feature/x')]).toEqual([undefined, {}]);
});
