import { describe, expect, test } from '@jest/globals';
import type { Given } from './settings.ts';
import { settingsFor } from './settings.ts';

const id = '23518374-38DC-43D0-8F17-8C9613F5D297';

describe('an input is read', () => {
  test.each<[Given, object]>([
    [{ name: '  PingDataSync \n' }, { desired: { name: 'PingDataSync' } }],
    // A blank of Unicode may be part of a name.
    [{ name: '\u00a0Sync\u3000' }, { desired: { name: '\u00a0Sync\u3000' } }],
    [{ name: 'Zürich – 東京 \u{1f511}' }, { desired: { name: 'Zürich – 東京 \u{1f511}' } }],
    [{ environment: id }, { environment: { id: id.toLowerCase() } }],
    [{ environment: `${id}0` }, { environment: { name: `${id}0` } }],
    [{ description: ' a\n b ' }, { desired: { description: 'a\n b' } }],
    [{ enabled: 'False' }, { desired: { enabled: false } }],
    [{ enabled: 'KEEP' }, { desired: { enabled: 'keep' } }],
    [
      { 'token-endpoint-auth-method': 'client_secret_basic' },
      { desired: { tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC' } },
    ],
    [{ 'token-endpoint-auth-method': 'keep' }, { desired: { tokenEndpointAuthMethod: 'keep' } }],
    [{ roles: 'none' }, { desired: { roles: { kind: 'none' } } }],
    [{ roles: 'NONE' }, { desired: { roles: { kind: 'none' } } }],
    [{ roles: ' keep ' }, { desired: { roles: { kind: 'keep' } } }],
    [
      { roles: 'A\r\n\r\n  B @ organization  \n' },
      {
        desired: {
          roles: {
            kind: 'listed',
            lines: [
              { roleName: 'A', scope: 'environment' },
              { roleName: 'B', scope: 'organization' },
            ],
          },
        },
      },
    ],
    [{ verify: 'FALSE' }, { verify: false }],
    [{ 'mask-ids': 'false' }, { maskIds: false }],
    [{ 'output-secret': 'false' }, { outputSecret: false }],
    [{ timeout: '5' }, { timeoutSeconds: 5 }],
    [{ timeout: '99999' }, { timeoutSeconds: 99_999 }],
    [{ 'admin-auth-method': 'CLIENT_SECRET_POST' }, { admin: { method: 'CLIENT_SECRET_POST' } }],
    [{ 'admin-auth-method': '' }, { admin: { method: undefined } }],
  ])('%j', (given, settings) => {
    expect(settingsFor(given)).toMatchObject(settings);
  });
});

describe('an address', () => {
  test.each([
    ['NA', 'com'],
    ['na', 'com'],
    ['NorthAmerica', 'com'],
    ['com', 'com'],
    ['CA', 'ca'],
    ['EU', 'eu'],
    ['Europe', 'eu'],
    ['AU', 'com.au'],
    ['com.au', 'com.au'],
    ['SG', 'sg'],
    ['AP', 'asia'],
    ['asia', 'asia'],
    ['AsiaPacific', 'asia'],
  ])('of the region %s ends in .%s', (region, suffix) => {
    const addresses = { apiUrl: `https://api.pingone.${suffix}/v1`, authUrl: `https://auth.pingone.${suffix}` };
    expect(settingsFor({ region })).toMatchObject(addresses);
    for (const name of ['PINGONE_REGION_CODE', 'PINGONE_TOP_LEVEL_DOMAIN', 'PINGCLI_PINGONE_REGION_CODE']) {
      expect(settingsFor({ [name]: region })).toMatchObject(addresses);
    }
    for (const name of ['PINGONE_ROOT_DOMAIN', 'PINGCLI_PINGONE_ROOT_DOMAIN']) {
      expect(settingsFor({ [name]: `pingone.${suffix}` })).toMatchObject(addresses);
    }
  });

  test.each<[Given, object]>([
    // The input goes before the variable, and an address before both.
    [{ region: 'EU', PINGONE_REGION_CODE: 'AP' }, { apiUrl: 'https://api.pingone.eu/v1' }],
    [{ region: 'EU', PINGONE_REGION_CODE: 'nonsense' }, { apiUrl: 'https://api.pingone.eu/v1' }],
    [
      { 'api-url': 'https://api.example.com/v1', region: 'NA' },
      { apiUrl: 'https://api.example.com/v1', authUrl: 'https://auth.pingone.com' },
    ],
    [
      { 'auth-url': 'https://auth.example.com', region: 'EU' },
      { apiUrl: 'https://api.pingone.eu/v1', authUrl: 'https://auth.example.com' },
    ],
    [{ PINGONE_REGION_CODE: 'EU', PINGONE_ROOT_DOMAIN: 'pingone.eu' }, { authUrl: 'https://auth.pingone.eu' }],
    // One of PingOne's own hosts says which region it is, and the other address follows.
    [{ 'api-url': 'https://api.pingone.com.au/v1' }, { authUrl: 'https://auth.pingone.com.au' }],
    [
      { 'api-url': 'https://api.pingone.eu/v1', PINGONE_ROOT_DOMAIN: 'pingone.com' },
      { authUrl: 'https://auth.pingone.eu' },
    ],
    [
      { 'api-url': 'http://127.0.0.1:1/v1', 'auth-url': 'http://127.0.0.1:1', PINGONE_ROOT_DOMAIN: 'new.example' },
      { authUrl: 'http://127.0.0.1:1' },
    ],
    [
      { 'api-url': 'https://api.example.com/v1//', 'auth-url': 'https://auth.example.com/' },
      { apiUrl: 'https://api.example.com/v1', authUrl: 'https://auth.example.com' },
    ],
    [
      { 'api-url': 'http://[::1]:4001/v1', 'auth-url': 'http://localhost:4001' },
      { apiUrl: 'http://[::1]:4001/v1', authUrl: 'http://localhost:4001' },
    ],
  ])('%j', (given, addresses) => {
    expect(settingsFor(given)).toMatchObject(addresses);
  });

  test.each(['http://127.0.0.1.evil.example/v1', 'http://localhost.evil.example/v1', 'http://127.1.evil/v1'])(
    '%s does not count as loopback',
    (url) => {
      expect(() => settingsFor({ 'api-url': url })).toThrow('`api-url` must be');
    },
  );
});

describe('storing', () => {
  const storing = { 'store-in': ' repository \n', 'github-token': ' a-token\n' };

  test('uses the repository of the workflow and the API in GITHUB_API_URL', () => {
    const env = { GITHUB_API_URL: 'https://ghe.example/api/v3/' };
    expect(settingsFor({ ...storing, ...env })).toMatchObject({
      gitHub: { token: 'a-token', apiUrl: 'https://ghe.example/api/v3' },
      store: {
        targets: [{ kind: 'repository' }],
        repository: { owner: 'octo', repo: 'sync' },
        prefix: 'PINGONE_WORKER_',
        overwrite: false,
      },
    });
  });

  test('uses another repository if the inputs say so', () => {
    const given = { repository: 'mona/other.repo', 'secret-prefix': 'X_', 'overwrite-secrets': 'true' };
    expect(settingsFor({ ...storing, ...given }).store).toMatchObject({
      repository: { owner: 'mona', repo: 'other.repo' },
      prefix: 'X_',
      overwrite: true,
    });
  });

  test('is off if `store-in` is empty, whatever the other inputs are', () => {
    expect(settingsFor({ 'github-token': 'x', repository: 'not a repository' }).store).toBeUndefined();
  });
});

describe('the identity of the run', () => {
  const variables = {
    GITHUB_REPOSITORY_ID: '1001',
    GITHUB_SERVER_URL: 'https://ghe.example',
    GITHUB_RUN_ID: '7',
    GITHUB_RUN_ATTEMPT: '2',
  };

  test("comes from the runner's variables", () => {
    expect(settingsFor(variables).run).toMatchObject({
      owner: { server: 'https://ghe.example', repositoryId: '1001', repository: 'octo/sync' },
      repository: 'octo/sync',
      runId: '7',
      runAttempt: '2',
    });
  });

  test('has no owner without the ID of the repository', () => {
    expect(settingsFor({ ...variables, GITHUB_REPOSITORY_ID: '' }).run.owner).toBeUndefined();
  });
});
