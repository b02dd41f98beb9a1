/** Wrong inputs for credentials, addresses and targets: a part of `broken-rules.ts`. */
import { jwt, keyPair, unusableKeys } from './keys.ts';
import type { Given } from './settings.ts';

/** What is given beside the least, and the first line of the message, where `<form>` is whatever the input accepts. */
export type BrokenRule = readonly [Given, string];

/** Says that an input does not accept a value. */
export const is = (input: string, value: string): string =>
  `\`${input}\` must be <form>; got ${value === '' ? 'nothing' : `\`${value}\``}`;

/** What a step that stores needs. */
export const storing: Given = { 'store-in': 'repository', 'github-token': 'a-token' };
const noAdmin: Given = { 'admin-client-id': '', 'admin-client-secret': '', 'admin-environment-id': '' };
const anId = '11111111-1111-4111-8111-111111111111';
const terraform: Given = {
  ...noAdmin,
  PINGONE_CLIENT_ID: 'i',
  PINGONE_CLIENT_SECRET: 's',
  PINGONE_ENVIRONMENT_ID: anId,
};
const cli: Given = {
  ...noAdmin,
  PINGONE_CLIENT_CREDENTIALS_CLIENT_ID: 'i',
  PINGONE_CLIENT_CREDENTIALS_CLIENT_SECRET: 's',
  PINGONE_ENVIRONMENT_ID: anId,
};
const incomplete = (what: string): string => `The admin credentials are incomplete: ${what} missing`;
const blank = (name: string): string => `${name} contains a blank or a line break`;
const unsendable = (name: string): string => `${name} contains a character that a token cannot have`;
const beside = (names: string): string => `\`access-token\` cannot be combined with ${names}`;

const admin: readonly BrokenRule[] = [
  [{ 'admin-auth-method': 'NONE' }, is('admin-auth-method', 'NONE')],
  [{ 'admin-environment-id': 'Production' }, is('admin-environment-id', 'Production')],
  [{ ...terraform, PINGONE_ENVIRONMENT_ID: 'Production' }, is('PINGONE_ENVIRONMENT_ID', 'Production')],
  [{ 'admin-client-id': undefined }, incomplete('`admin-client-id` is')],
  [{ 'admin-client-secret': ' ' }, incomplete('`admin-client-secret` is')],
  [{ 'admin-environment-id': '' }, incomplete('`admin-environment-id` is')],
  [
    { 'admin-client-secret': '', 'admin-environment-id': '' },
    incomplete('`admin-client-secret` and `admin-environment-id` are'),
  ],
  [{ ...terraform, PINGONE_CLIENT_ID: '' }, incomplete('PINGONE_CLIENT_ID is')],
  [{ ...terraform, PINGONE_CLIENT_SECRET: '' }, incomplete('PINGONE_CLIENT_SECRET is')],
  [{ ...terraform, PINGONE_ENVIRONMENT_ID: '' }, incomplete('PINGONE_ENVIRONMENT_ID is')],
  [{ ...cli, PINGONE_CLIENT_CREDENTIALS_CLIENT_ID: '' }, incomplete('PINGONE_CLIENT_CREDENTIALS_CLIENT_ID is')],
  [{ ...cli, PINGONE_CLIENT_CREDENTIALS_CLIENT_SECRET: '' }, incomplete('PINGONE_CLIENT_CREDENTIALS_CLIENT_SECRET is')],
  [{ 'admin-client-id': 'an id' }, blank('`admin-client-id`')],
  [{ 'admin-client-secret': 'a\nb' }, blank('`admin-client-secret`')],
  [{ ...terraform, PINGONE_CLIENT_SECRET: 'a b' }, blank('PINGONE_CLIENT_SECRET')],
  [{ ...noAdmin, 'access-token': 'a b' }, blank('`access-token`')],
  [{ ...noAdmin, PINGONE_API_ACCESS_TOKEN: 'a\tb' }, blank('PINGONE_API_ACCESS_TOKEN')],
  [{ ...noAdmin, 'access-token': 'eyJhbGciOi…' }, unsendable('`access-token`')],
  [{ ...noAdmin, PINGONE_API_ACCESS_TOKEN: 'a\u0001b' }, unsendable('PINGONE_API_ACCESS_TOKEN')],
  [{ 'access-token': 'x' }, beside('`admin-client-id`, `admin-client-secret` and `admin-environment-id`')],
  ...['admin-client-id', 'admin-client-secret', 'admin-environment-id'].map((name): BrokenRule => [
    { ...noAdmin, [name]: anId, 'access-token': 'x' },
    beside(`\`${name}\``),
  ]),
  [
    noAdmin,
    'There are no admin credentials: `admin-client-id`, `admin-client-secret` and `admin-environment-id` are empty, ' +
      'and so are the environment variables that can replace them',
  ],
];

const endpoint = `https://auth.pingone.com/${anId}/as/token`;
const inAnHour = Math.floor(Date.now() / 1000) + 3000;
const claims = { iss: 'an-id', sub: 'an-id', aud: endpoint, exp: inAnHour };
const keyless = (given: Given): Given => ({ 'admin-client-secret': '', ...given });
const assertion = (changed: object, header?: object): Given =>
  keyless({ 'admin-client-assertion': jwt({ ...claims, ...changed }, header) });
const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();
const notJwt = '`admin-client-assertion` must be a signed JWT: three base64url parts with dots between them';
const mixed = (first: string, others: string): string => `\`${first}\` cannot be combined with ${others}`;

const assertions: readonly BrokenRule[] = [
  ...Object.values(unusableKeys).map((key): BrokenRule => [
    keyless({ 'admin-private-key': key }),
    '`admin-private-key` must be an RSA private key, unencrypted, as PEM (PKCS#8)',
  ]),
  [keyless({ 'admin-private-key': keyPair.privateKey, 'admin-client-id': '' }), incomplete('`admin-client-id` is')],
  [
    keyless({ 'admin-private-key': keyPair.privateKey, 'admin-environment-id': 'Production' }),
    is('admin-environment-id', 'Production'),
  ],
  [{ 'admin-private-key': keyPair.privateKey }, mixed('admin-client-secret', '`admin-private-key`')],
  [
    keyless({ 'admin-private-key': keyPair.privateKey, 'admin-client-assertion': jwt(claims) }),
    mixed('admin-client-assertion', '`admin-private-key`'),
  ],
  [
    { ...assertion({}), 'admin-auth-method': 'CLIENT_SECRET_POST' },
    mixed('admin-client-assertion', '`admin-auth-method`'),
  ],
  [{ 'admin-key-id': 'a' }, '`admin-key-id` is set, but `admin-private-key` is not'],
  [{ ...assertion({}), 'admin-key-id': 'a' }, '`admin-key-id` is set, but `admin-private-key` is not'],
  [{ ...noAdmin, 'admin-private-key': keyPair.privateKey, 'access-token': 'x' }, beside('`admin-private-key`')],
  ...['x', 'a.b.c', `${jwt(claims)}=`, `${jwt(claims)}.x`, `${jwt(claims).slice(0, 9)}\n${jwt(claims)}`].map(
    (text): BrokenRule => [keyless({ 'admin-client-assertion': text }), notJwt],
  ),
  [keyless({ 'admin-client-assertion': jwt(claims, undefined, false) }), '`admin-client-assertion` has no signature'],
  [assertion({}, { alg: 'none' }), '`admin-client-assertion` has no signature'],
  [assertion({}, { alg: 'HS256' }), '`admin-client-assertion` is signed with a shared secret, not with a private key'],
  [assertion({ exp: undefined }), '`admin-client-assertion` has no expiry (the claim `exp`)'],
  [assertion({ exp: inAnHour - 9000 }), `\`admin-client-assertion\` expired at ${iso(inAnHour - 9000)}`],
  [
    assertion({ exp: inAnHour + 9000 }),
    `\`admin-client-assertion\` expires at ${iso(inAnHour + 9000)}, more than one hour ahead`,
  ],
  [assertion({ exp: 9e99 }), '`admin-client-assertion` expires at 9e+99, more than one hour ahead'],
  [assertion({ nbf: inAnHour - 9 }), `\`admin-client-assertion\` is not valid before ${iso(inAnHour - 9)}`],
  [
    assertion({ sub: 'another' }),
    '`admin-client-assertion` is for another client: `iss` and `sub` are "an-id" and "another"',
  ],
  [
    assertion({ iss: undefined }),
    '`admin-client-assertion` is for another client: `iss` and `sub` are nothing and "an-id"',
  ],
  [
    assertion({ aud: [endpoint.replace('.com', '.eu'), 'x'] }),
    `\`admin-client-assertion\` is for another audience: \`aud\` is "${endpoint.replace('.com', '.eu')}" and "x"`,
  ],
];

const addresses: readonly BrokenRule[] = [
  [{ region: 'Atlantis' }, is('region', 'Atlantis')],
  ...[
    'PINGONE_REGION_CODE',
    'PINGONE_TOP_LEVEL_DOMAIN',
    'PINGONE_ROOT_DOMAIN',
    'PINGCLI_PINGONE_ROOT_DOMAIN',
    'PINGCLI_PINGONE_REGION_CODE',
  ].map((name): BrokenRule => [{ [name]: 'XX' }, is(name, 'XX')]),
  [
    { PINGONE_REGION_CODE: 'EU', PINGCLI_PINGONE_ROOT_DOMAIN: 'pingone.asia' },
    'The PingOne region is ambiguous: `PINGONE_REGION_CODE` is `EU` and `PINGCLI_PINGONE_ROOT_DOMAIN` is `pingone.asia`',
  ],
  [
    { region: 'NA', 'api-url': 'https://api.pingone.eu/v1' },
    'The PingOne region is ambiguous: `region` is `NA` and `api-url` is `api.pingone.eu`',
  ],
  [
    { 'api-url': 'https://api.pingone.eu/v1', 'auth-url': 'https://auth.pingone.ca' },
    'The PingOne region is ambiguous: `api-url` is `api.pingone.eu` and `auth-url` is `auth.pingone.ca`',
  ],
  // The admin credentials must not go to the host of a region that nobody named.
  [
    { 'api-url': 'https://api.pingone.new/v1' },
    '`api-url` is `https://api.pingone.new/v1`, which belongs to no known region, but `auth-url` is empty',
  ],
  [
    { 'auth-url': 'https://auth.pingone.new', PINGONE_REGION_CODE: 'EU' },
    '`auth-url` is `https://auth.pingone.new`, which belongs to no known region, but `api-url` is empty',
  ],
  [{ 'api-url': 'https://api.pingone.eu' }, is('api-url', 'https://api.pingone.eu')],
  [{ 'api-url': 'http://api.pingone.eu/v1' }, is('api-url', 'http://api.pingone.eu…')],
  [{ 'api-url': 'api.pingone.eu/v1' }, is('api-url', 'api.pingone.eu/v1')],
  [{ 'api-url': 'https://u:p@api.pingone.eu/v1' }, is('api-url', 'https://api.pingone.eu…')],
  [{ 'auth-url': 'http://auth.pingone.eu' }, is('auth-url', 'http://auth.pingone.eu…')],
  [{ 'auth-url': 'ftp://auth.pingone.eu' }, is('auth-url', 'ftp://auth.pingone.eu…')],
  [{ 'auth-url': 'https://auth.pingone.eu/?a=b' }, is('auth-url', 'https://auth.pingone.eu…')],
  [{ 'auth-url': 'https://auth.pingone.eu/#a' }, is('auth-url', 'https://auth.pingone.eu…')],
  [{ 'auth-url': 'https://auth.pingone.eu/as' }, '`auth-url` must be the base of the token endpoint only'],
  [
    { 'auth-url': `https://auth.pingone.eu/${anId}/as/token/` },
    '`auth-url` must be the base of the token endpoint only',
  ],
  [{ 'custom-domain': 'not a host' }, is('custom-domain', 'not a host')],
  [{ 'custom-domain': 'https://auth.example.com/path' }, is('custom-domain', 'https://auth.example.com/path')],
  [{ 'custom-domain': 'localhost' }, is('custom-domain', 'localhost')],
  ...['0', '-5', '5m', '1.5', '1e3', '100000'].map((timeout): BrokenRule => [{ timeout }, is('timeout', timeout)]),
];

export const access: readonly BrokenRule[] = [...admin, ...assertions, ...addresses];

export const delivery: readonly BrokenRule[] = [
  [{ verify: '1' }, is('verify', '1')],
  [{ 'mask-ids': 'no' }, is('mask-ids', 'no')],
  [{ 'output-secret': 'never' }, is('output-secret', 'never')],
  [
    { GITHUB_OUTPUT: undefined },
    '`output-secret` is `true`, but there is no file for outputs (GITHUB_OUTPUT is not set)',
  ],
  [{ GITHUB_OUTPUT: '/full' }, 'The file for outputs (GITHUB_OUTPUT) cannot be written: ENOSPC'],
  [{ GITHUB_OUTPUT: '/full', 'dry-run': 'true' }, 'The file for outputs (GITHUB_OUTPUT) cannot be written: ENOSPC'],
  [{ ...storing, 'store-in': 'vault' }, is('store-in', 'vault')],
  ...[
    'github-environment:staging, repository',
    'repository, organization',
    'Repository',
    'ORGANIZATION',
    '- repository',
    '"repository"',
    '["repository", "organization"]',
  ].map((line): BrokenRule => [{ ...storing, 'store-in': line }, is('store-in', line)]),
  [{ 'store-in': 'repository' }, '`github-token` is missing, and `store-in` needs it'],
  [{ ...storing, 'github-token': 'a\nb' }, blank('`github-token`')],
  [{ ...storing, 'github-token': 'ghp_abc…' }, unsendable('`github-token`')],
  ...(
    [
      ['', '', 'it is empty'],
      ['..', '..', 'it consists of dots only'],
      ['y'.repeat(256), `${'y'.repeat(60)}…`, 'it is longer than 255 characters'],
      ['a\u0007b', 'a\\u{7}b', 'it contains control characters'],
    ] as const
  ).map(([name, shown, why]): BrokenRule => [
    { ...storing, 'store-in': `github-environment:${name}` },
    `\`store-in\` names the GitHub environment "${shown}", which GitHub does not accept: ${why}`,
  ]),
  ...(
    [
      ['repository\nrepository', 'repository'],
      ['organization\norganization', 'organization'],
      ['github-environment:qa\ngithub-environment: QA', 'github-environment:qa'],
    ] as const
  ).map(([lines, word]): BrokenRule => [
    { ...storing, 'store-in': lines },
    `\`store-in\` names ${word} more than once`,
  ]),
  [{ ...storing, repository: 'sync' }, is('repository', 'sync')],
  [{ ...storing, repository: 'octo/sync/x' }, is('repository', 'octo/sync/x')],
  [{ ...storing, repository: 'octo/..' }, is('repository', 'octo/..')],
  [{ ...storing, repository: '', GITHUB_REPOSITORY: '' }, is('repository', '')],
  [{ ...storing, GITHUB_API_URL: 'http://ghe.example' }, is('GITHUB_API_URL', 'http://ghe.example…')],
  [{ 'secret-prefix': '1_' }, is('secret-prefix', '1_')],
  [{ 'secret-prefix': 'A-' }, is('secret-prefix', 'A-')],
  [{ 'secret-prefix': 'GitHub_' }, is('secret-prefix', 'GitHub_')],
  [
    { 'secret-prefix': 'PINGONE_ADMIN_' },
    '`secret-prefix` "PINGONE_ADMIN_" would write PINGONE_ADMIN_CLIENT_ID, PINGONE_ADMIN_CLIENT_SECRET, ' +
      'PINGONE_ADMIN_ENVIRONMENT_ID',
  ],
  [
    { 'secret-prefix': 'pingone_' },
    '`secret-prefix` "pingone_" would write PINGONE_CLIENT_ID, PINGONE_CLIENT_SECRET, PINGONE_ENVIRONMENT_ID',
  ],
  [{ 'store-ids-as': 'files' }, is('store-ids-as', 'files')],
  [{ 'overwrite-secrets': 'all' }, is('overwrite-secrets', 'all')],
  [{ 'create-github-environment': 'if missing' }, is('create-github-environment', 'if missing')],
];
