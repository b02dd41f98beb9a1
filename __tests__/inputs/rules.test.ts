import { describe, expect, test } from '@jest/globals';
import type { Given } from './settings.ts';
import { refusalFor, settingsFor } from './settings.ts';

const storing: Given = { 'store-in': 'repository', 'github-token': 'a-token' };
const notTaken = (input: string, value: string): string => `\`${input}\` is "${value}", which it does not take`;
const long = 'x'.repeat(70);

/** Every rule, broken once: the values, and what the message says of them. */
const rules: readonly [Given, string][] = [
  [{ name: undefined }, '`name` is missing'],
  [{ name: ' \t\n' }, '`name` is missing'],
  [{ name: 'a\nb' }, notTaken('name', 'a\\u{a}b')],
  [{ name: 'a\u0007b' }, notTaken('name', 'a\\u{7}b')],
  [{ environment: '' }, '`environment` is missing'],
  [{ environment: 'a\rb' }, notTaken('environment', 'a\\u{d}b')],
  [{ enabled: 'yes' }, notTaken('enabled', 'yes')],
  [{ 'token-endpoint-auth-method': 'NONE' }, notTaken('token-endpoint-auth-method', 'NONE')],
  [{ 'token-endpoint-auth-method': long }, notTaken('token-endpoint-auth-method', `${'x'.repeat(60)}…`)],
  [{ roles: 'Admin @ everywhere' }, notTaken('roles', 'Admin @ everywhere')],
  [{ roles: 'Admin\nnone' }, notTaken('roles', 'none')],
  [{ roles: 'keep\nAdmin' }, notTaken('roles', 'keep')],
  [{ roles: 'A @ environment @ ' }, notTaken('roles', 'A @ environment @')],
  [{ 'admin-auth-method': 'NONE' }, notTaken('admin-auth-method', 'NONE')],
  [{ 'admin-environment-id': 'Production' }, notTaken('admin-environment-id', 'Production')],
  [{ 'admin-client-id': undefined }, 'the admin credentials are incomplete: `admin-client-id` is missing'],
  [{ 'admin-client-secret': ' ' }, 'the admin credentials are incomplete: `admin-client-secret` is missing'],
  [
    { 'admin-client-secret': '', 'admin-environment-id': '' },
    'the admin credentials are incomplete: `admin-client-secret` and `admin-environment-id` are missing',
  ],
  [{ 'admin-client-id': 'an id' }, '`admin-client-id` holds a blank or a line break'],
  [{ 'admin-client-secret': 'a\nb' }, '`admin-client-secret` holds a blank or a line break'],
  [{ ...storing, 'github-token': 'a\nb' }, '`github-token` holds a blank or a line break'],
  [{ ...storing, 'github-token': 'ghp_abc…' }, '`github-token` holds a character that no token has'],
  [
    { 'access-token': 'x' },
    '`access-token` is given beside `admin-client-id`, `admin-client-secret` and `admin-environment-id`',
  ],
  [{ region: 'Atlantis' }, notTaken('region', 'Atlantis')],
  [{ PINGONE_REGION_CODE: 'XX' }, notTaken('PINGONE_REGION_CODE', 'XX')],
  [{ 'api-url': 'https://api.pingone.eu' }, '`api-url` does not end in /v1'],
  [{ 'api-url': 'http://api.pingone.eu/v1' }, notTaken('api-url', 'http://api.pingone.eu…')],
  [{ 'api-url': 'api.pingone.eu/v1' }, notTaken('api-url', 'api.pingone.eu/v1')],
  [{ 'api-url': 'https://u:p@api.pingone.eu/v1' }, notTaken('api-url', 'https://api.pingone.eu…')],
  [{ 'auth-url': 'ftp://auth.pingone.eu' }, notTaken('auth-url', 'ftp://auth.pingone.eu…')],
  [{ 'auth-url': 'https://auth.pingone.eu/?a=b' }, notTaken('auth-url', 'https://auth.pingone.eu…')],
  [{ 'auth-url': 'https://auth.pingone.eu/#a' }, notTaken('auth-url', 'https://auth.pingone.eu…')],
  [{ verify: '1' }, notTaken('verify', '1')],
  [{ 'mask-ids': 'no' }, notTaken('mask-ids', 'no')],
  [{ 'output-secret': 'never' }, notTaken('output-secret', 'never')],
  [{ 'overwrite-secrets': 'all' }, notTaken('overwrite-secrets', 'all')],
  [
    { GITHUB_OUTPUT: undefined },
    '`output-secret` is true, but there is no file for outputs (GITHUB_OUTPUT is not set)',
  ],
  [{ ...storing, 'store-in': 'vault' }, notTaken('store-in', 'vault')],
  [{ 'store-in': 'repository' }, '`github-token` is missing, and `store-in` needs it'],
  [{ ...storing, repository: 'sync' }, notTaken('repository', 'sync')],
  [{ ...storing, repository: 'octo/sync/x' }, notTaken('repository', 'octo/sync/x')],
  [{ ...storing, repository: '', GITHUB_REPOSITORY: '' }, notTaken('repository', '')],
  [{ ...storing, GITHUB_API_URL: 'http://ghe.example' }, notTaken('GITHUB_API_URL', 'http://ghe.example…')],
  [{ 'secret-prefix': '1_' }, notTaken('secret-prefix', '1_')],
  [{ 'secret-prefix': 'GITHUB_' }, notTaken('secret-prefix', 'GITHUB_')],
  [
    { 'secret-prefix': 'pingone_' },
    '`secret-prefix` "pingone_" would write PINGONE_CLIENT_ID, PINGONE_CLIENT_SECRET, PINGONE_ENVIRONMENT_ID',
  ],
  [{ timeout: '0' }, notTaken('timeout', '0')],
  [{ timeout: '-5' }, notTaken('timeout', '-5')],
  [{ timeout: '5m' }, notTaken('timeout', '5m')],
  [{ timeout: '1.5' }, notTaken('timeout', '1.5')],
  [{ timeout: '100000' }, notTaken('timeout', '100000')],
];

describe('a rule that is broken', () => {
  test.each(rules)('%j', (given, what) => {
    const refusal = refusalFor(given);
    expect(refusal.what).toBe(`Inputs refused: ${what}.`);
    expect(refusal.cause).toMatch(/^\S.*[^.]\.$/);
    expect(refusal.fix).toMatch(/^\S.*[^.]\.$/);
  });

  test('comes with all others, each once', () => {
    const given = { name: '', environment: '', verify: 'x', 'mask-ids': 'x', timeout: 'x', 'admin-client-id': '' };
    const { what, cause, fix } = refusalFor(given);
    const parts = what.replace('Inputs refused: ', '').split('; ');
    expect(parts).toHaveLength(6);
    expect(new Set(parts).size).toBe(6);
    for (const input of Object.keys(given)) expect(what).toContain(`\`${input}\``);
    // Two inputs that are missing for the same reason share it.
    expect(cause.match(/`with:` does not name it/g)).toHaveLength(1);
    expect(fix.split('; ')).toHaveLength(6);
  });

  test('shows no credential', () => {
    const { what, cause, fix } = refusalFor({
      'admin-client-secret': 'sec ret',
      'access-token': 'tok en',
      timeout: 'x',
    });
    expect(what + cause + fix).not.toMatch(/sec ret|tok en/);
    const address = refusalFor({ 'api-url': 'https://user:hunter2@api.example.com' });
    expect(Object.values(address).join()).not.toContain('hunter2');
  });

  test('is one even in a step that wants nothing of it', () => {
    expect(refusalFor({ 'secret-prefix': '1_', 'overwrite-secrets': 'x' }).what).toContain('`secret-prefix`');
  });
});

test('`api-url` without /v1 is corrected, whatever slashes it ends in', () => {
  for (const url of ['https://api.pingone.eu', 'https://api.pingone.eu/', 'https://api.pingone.eu//']) {
    expect(refusalFor({ 'api-url': url }).fix).toBe('set `api-url` to https://api.pingone.eu/v1.');
  }
});

test('the file for outputs is not needed where the secret is no output', () => {
  const settings = settingsFor({ 'output-secret': 'false', GITHUB_OUTPUT: undefined });
  expect(settings).toMatchObject({ outputSecret: false });
});
