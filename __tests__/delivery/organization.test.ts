import { describe, expect, test } from '@jest/globals';
import { DeliveryHarness, errorOf, valuesIn } from './harness.ts';

const harness = new DeliveryHarness();

/** Puts an organization secret there by hand; its value does not matter, so it is sealed for nobody. */
async function putOrganizationSecret(name: string, sharing: Record<string, unknown>): Promise<void> {
  const { key_id } = await harness.gitHub('GET', '/orgs/octo/actions/secrets/public-key');
  const encrypted_value = Buffer.from('by hand, sealed for nobody').toString('base64');
  await harness.gitHub('PUT', `/orgs/octo/actions/secrets/${name}`, { encrypted_value, key_id, ...sharing });
}

describe('an organization', () => {
  test('gets new secrets that are visible to the target repository only', async () => {
    const step = await harness.run({ 'store-in': 'organization' });

    expect(errorOf(step)).toBe('');
    const { secrets } = (await harness.state()).github;
    await harness.expectCredentials(valuesIn(secrets, 'organization'));
    expect(secrets.map(({ visibility, selectedRepositoryIds }) => [visibility, selectedRepositoryIds])).toEqual([
      ['selected', [1001]],
      ['selected', [1001]],
      ['selected', [1001]],
    ]);
  });

  test('keeps the visibility of existing secrets, over all pages', async () => {
    await putOrganizationSecret('PINGONE_WORKER_CLIENT_ID', { visibility: 'all' });
    await putOrganizationSecret('PINGONE_WORKER_CLIENT_SECRET', {
      visibility: 'selected',
      selected_repository_ids: [1001, 1003],
    });
    await putOrganizationSecret('PINGONE_WORKER_ENVIRONMENT_ID', { visibility: 'private' });
    const step = await harness.run({ 'store-in': 'organization', 'overwrite-secrets': 'true' });

    expect(errorOf(step)).toBe('');
    const { secrets } = (await harness.state()).github;
    await harness.expectCredentials(valuesIn(secrets, 'organization'));
    const sharing = Object.fromEntries(secrets.map((secret) => [secret.name, secret]));
    expect(sharing['PINGONE_WORKER_CLIENT_ID']).toMatchObject({ visibility: 'all' });
    expect(sharing['PINGONE_WORKER_CLIENT_SECRET']).toMatchObject({ selectedRepositoryIds: [1001, 1003] });
    expect(sharing['PINGONE_WORKER_ENVIRONMENT_ID']).toMatchObject({ visibility: 'private' });
  });

  test('that is a user is refused before PingOne is changed', async () => {
    const step = await harness.run({ 'store-in': 'organization', repository: harness.ready.github.userRepository });

    expect(errorOf(step)).toContain('mona, the owner of mona/sync, is a user');
    expect((await harness.requests('pingone')).filter(({ write }) => write)).toEqual([]);
  });

  test('gets the repository of the input `repository` selected', async () => {
    await harness.run({ 'store-in': 'organization', repository: 'octo/tools' });
    const { secrets } = (await harness.state()).github;
    expect(secrets.map(({ selectedRepositoryIds }) => selectedRepositoryIds)).toEqual([[1003], [1003], [1003]]);
  });
});
