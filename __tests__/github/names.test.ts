import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clashesWithAdminNames, isSecretPrefix, secretNames } from '../../src/github/names.ts';
import { root } from '../../scripts/child.mjs';

test("the names of the secrets are the prefix and the value's name, in upper case", () => {
  expect(secretNames('sync_dev_')).toEqual({
    clientId: 'SYNC_DEV_CLIENT_ID',
    clientSecret: 'SYNC_DEV_CLIENT_SECRET',
    environmentId: 'SYNC_DEV_ENVIRONMENT_ID',
  });
});

describe('a prefix', () => {
  test.each(['PINGONE_WORKER_', 'a', '_', 'A1_', 'MY_GITHUB_'])('%p is valid', (prefix) => {
    expect(isSecretPrefix(prefix)).toBe(true);
  });
  test.each(['', '1A', 'A-B', 'A B', 'Ä_', 'GITHUB_', 'github_x', 'A.'])('%p is not valid', (prefix) => {
    expect(isSecretPrefix(prefix)).toBe(false);
  });
});

describe('the names of admin credentials', () => {
  // reference/peers.md, D4: under these, people keep what the step signs in with.
  test.each([
    'PINGONE_',
    'pingone_',
    'PINGONE_CLIENT_CREDENTIALS_',
    'PINGCLI_PINGONE_CLIENT_CREDENTIALS_',
    'PINGCLI_PINGONE_WORKER_',
    'PINGONE_WORKER_APP_',
    'TF_VAR_PINGONE_',
  ])('cannot be written with the prefix %p', (prefix) => {
    expect(clashesWithAdminNames(secretNames(prefix))).not.toEqual([]);
  });

  test.each(['PINGONE_WORKER_', 'SYNC_', 'MY_PINGONE_'])('do not prevent the prefix %p', (prefix) => {
    expect(clashesWithAdminNames(secretNames(prefix))).toEqual([]);
  });
});

test('the default prefix matches action.yml', () => {
  const action = readFileSync(join(root, 'action.yml'), 'utf8');
  expect(action).toContain('default: PINGONE_WORKER_\n');
});
