/** At least one violation of each rule for inputs, and of each rule between two inputs. */
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReadFile } from '../../src/inputs/application.ts';
import { access, delivery, is, storing } from './broken-rules-of-access.ts';
import type { BrokenRule } from './broken-rules-of-access.ts';
import type { Given } from './settings.ts';

const anId = '11111111-1111-4111-8111-111111111111';
const long = 'x'.repeat(70);

/** A workspace with a link that leads out of it, one that leads nowhere, and a file; made when it is asked for. */
export function brokenWorkspace(): string {
  const workspace = mkdtempSync(join(tmpdir(), 'workspace-'));
  mkdirSync(join(workspace, 'inside'));
  symlinkSync(tmpdir(), join(workspace, 'out'));
  symlinkSync(join(workspace, 'nowhere'), join(workspace, 'dangling'));
  writeFileSync(join(workspace, 'file'), '');
  return workspace;
}

const files: Readonly<Record<string, ReturnType<ReadFile>>> = {
  'icon.png': Buffer.from('89504e470d0a1a0a', 'hex'),
  'icon.svg': Buffer.from('<svg/>'),
  'cut.png': Buffer.from('89504e47', 'hex'),
  folder: { unreadable: 'not a file' },
  'large.png': { unreadable: 'too large' },
  'locked.png': { unreadable: 'not permitted' },
  '/etc/passwd': { unreadable: 'outside of the workspace' },
};

/** Only the file `/full` cannot be written. */
export const brokenAppend = (path: string): string | undefined => (path === '/full' ? 'ENOSPC' : undefined);

/** The files that the table names. */
export const readBrokenFile: ReadFile = (path) => files[path] ?? { unreadable: 'missing' };

const which: readonly BrokenRule[] = [
  [{ name: undefined }, '`name` is missing'],
  [{ name: ' \t\n' }, '`name` is missing'],
  [{ name: 'a\nb' }, is('name', 'a\\u{a}b')],
  [{ name: 'a\u0007b' }, is('name', 'a\\u{7}b')],
  [{ name: 'a\nb', 'application-id': anId }, is('name', 'a\\u{a}b')],
  [{ 'application-id': 'PingDataSync' }, is('application-id', 'PingDataSync')],
  [{ environment: '' }, '`environment` is missing'],
  [{ environment: 'a\rb' }, is('environment', 'a\\u{d}b')],
  [{ state: 'gone' }, is('state', 'gone')],
  [{ 'dry-run': 'maybe' }, is('dry-run', 'maybe')],
  [{ 'force-delete': 'please' }, is('force-delete', 'please')],
  [{ 'allow-production-delete': '1' }, is('allow-production-delete', '1')],
];

const worker: readonly BrokenRule[] = [
  [{ enabled: 'yes' }, is('enabled', 'yes')],
  [{ enabled: '::set-output name=x::y' }, is('enabled', '::set-output name=x::y')],
  [{ 'token-endpoint-auth-method': 'NONE' }, is('token-endpoint-auth-method', 'NONE')],
  [{ 'token-endpoint-auth-method': long }, is('token-endpoint-auth-method', `${'x'.repeat(60)}…`)],
  [{ roles: 'Admin @ everywhere' }, is('roles', 'Admin @ everywhere')],
  [{ roles: 'Admin @ population:' }, is('roles', 'Admin @ population:')],
  [{ roles: 'A @ environment @ ' }, is('roles', 'A @ environment @')],
  [{ roles: 'Admin\n @ environment' }, is('roles', '@ environment')],
  [{ roles: 'Admin\nnone' }, is('roles', 'none')],
  [{ roles: 'keep\nAdmin' }, is('roles', 'keep')],
  ...['- Identity Data Admin', '* Admin', '"Identity Data Admin"', "'Admin @ organization'", '[Admin]'].map(
    (roles): BrokenRule => [{ roles }, is('roles', roles)],
  ),
  [{ roles: 'A @ organization, B' }, is('roles', 'A @ organization, B')],
  [{ 'redirect-uris': 'http://app.example/cb' }, is('redirect-uris', 'http://app.example/cb')],
  [{ 'redirect-uris': 'https://app.example/#cb' }, is('redirect-uris', 'https://app.example/#cb')],
  [{ 'redirect-uris': 'https://app.example\nnot a uri' }, is('redirect-uris', 'not a uri')],
  ...['https://a.example/cb, https://b.example', 'https://*.example.com/cb', 'http://[::1]:8080/cb'].map(
    (uri): BrokenRule => [{ 'redirect-uris': uri }, is('redirect-uris', uri)],
  ),
  [{ 'redirect-uris': 'https://u:p@app.example/cb' }, is('redirect-uris', 'https://…@app.example/cb')],
  [{ clear: 'everything' }, is('clear', 'everything')],
  [
    { clear: 'description', description: 'x' },
    '`clear` contains `description`, but the input `description` has a value',
  ],
  [{ clear: 'icon', icon: 'icon.png' }, '`clear` contains `icon`, but the input `icon` has a value'],
  [
    { clear: 'redirect-uris', 'redirect-uris': 'https://app.example' },
    '`clear` contains `redirect-uris`, but the input `redirect-uris` has a value',
  ],
  [{ icon: 'missing.png' }, '`icon` "missing.png" cannot be read: missing'],
  [{ icon: 'folder' }, '`icon` "folder" cannot be read: not a file'],
  [{ icon: 'locked.png' }, '`icon` "locked.png" cannot be read: not permitted'],
  [{ icon: '/etc/passwd' }, '`icon` "/etc/passwd" cannot be read: outside of the workspace'],
  [{ icon: 'large.png' }, '`icon` "large.png" is larger than 1 MB (1048576 bytes)'],
  [{ icon: 'icon.svg' }, '`icon` "icon.svg" is not an image that PingOne accepts'],
  [{ icon: 'cut.png' }, '`icon` "cut.png" is not an image that PingOne accepts'],
  [{ 'rotate-secret': 'now' }, is('rotate-secret', 'now')],
  [{ 'rotate-secret': '12h' }, is('rotate-secret', '12h')],
  [{ 'rotate-secret': '90' }, is('rotate-secret', '90')],
  [{ 'rotate-secret': '90d', state: 'absent' }, '`rotate-secret` is `90d`, but `state` is `absent`'],
  [
    { 'rotate-secret': '90d', GITHUB_REPOSITORY_ID: '' },
    '`rotate-secret` is `90d`, but GITHUB_REPOSITORY_ID is not set, so no record can tell how old the secret is',
  ],
  [{ 'rotate-secret': 'true', state: 'absent' }, '`rotate-secret` is `true`, but `state` is `absent`'],
  ...['1m', '31d', '24', '1h30m', '-1h', '0h', '100000h'].map((overlap): BrokenRule => [
    { 'secret-overlap': overlap },
    is('secret-overlap', overlap),
  ]),
];

const refusedFolder = (path: string, why: string): string => `\`datasync-dir\` "${path}" cannot be used: ${why}`;

const dataSync: readonly BrokenRule[] = [
  ...['1_', '_', 'A-B_', 'A='].map((prefix): BrokenRule => [
    { 'datasync-prefix': prefix },
    is('datasync-prefix', prefix),
  ]),
  [{ 'datasync-dir': 'x', GITHUB_WORKSPACE: '' }, refusedFolder('x', 'GITHUB_WORKSPACE is not set')],
  [{ 'datasync-dir': '../x' }, refusedFolder('../x', 'it is outside of the workspace')],
  [{ 'datasync-dir': '/etc' }, refusedFolder('/etc', 'it is outside of the workspace')],
  [{ 'datasync-dir': 'out/x' }, refusedFolder('out/x', 'a symbolic link in its path points out of the workspace')],
  [{ 'datasync-dir': 'dangling' }, refusedFolder('dangling', 'it is not writable (ENOENT)')],
  [{ 'datasync-dir': 'file' }, refusedFolder('file', 'it is a file')],
  [
    { 'datasync-dir': 'inside', 'api-url': 'https://a.example/$x/v1', region: 'NA' },
    is('api-url', 'https://a.example/$x/v1'),
  ],
  [
    { 'datasync-dir': 'inside', 'auth-url': "https://a.example/it's", region: 'NA' },
    is('auth-url', "https://a.example/it's"),
  ],
];

export const brokenRules: readonly BrokenRule[] = [...which, ...worker, ...access, ...delivery, ...dataSync];

/** A typo of a value, and the value that is meant. */
export const typos: readonly (readonly [Given, string])[] = [
  [{ enabled: 'flase' }, 'false'],
  [{ enabled: 'kepe' }, 'keep'],
  [{ verify: 'ture' }, 'true'],
  [{ state: 'absnt' }, 'absent'],
  [{ 'token-endpoint-auth-method': 'CLIENT_SECRET_PSOT' }, 'CLIENT_SECRET_POST'],
  [{ 'admin-auth-method': 'client_secret_basik' }, 'CLIENT_SECRET_BASIC'],
  [{ clear: 'discription' }, 'description'],
  [{ clear: 'redirect-urls' }, 'redirect-uris'],
  [{ 'store-ids-as': 'variable' }, 'variables'],
  [{ ...storing, 'store-in': 'organisation' }, 'organization'],
  [{ ...storing, 'store-in': 'respository' }, 'repository'],
  [{ ...storing, 'store-in': 'github-enviroment:feature/x' }, 'github-environment:feature/x'],
  [{ roles: 'Identity Data Admin @ enviroment' }, 'Identity Data Admin @ environment'],
  [{ region: 'Europa' }, 'Europe'],
  [{ PINGONE_REGION_CODE: 'NorthAmerca' }, 'NorthAmerica'],
  [{ ...storing, 'store-in': 'Repository' }, 'repository'],
  [{ ...storing, 'store-in': 'GitHub-Environment:Staging' }, 'github-environment:Staging'],
  [{ roles: '- Identity Data Admin' }, 'Identity Data Admin'],
  [{ roles: '- "Identity Data Admin"' }, 'Identity Data Admin'],
  [{ clear: '- icon' }, 'icon'],
  [{ 'secret-overlap': '24' }, '24h'],
  [{ timeout: '5m' }, '300'],
  [{ timeout: '30 seconds' }, '30'],
  [{ 'api-url': 'https://api.pingone.eu/v1/environments/x' }, 'https://api.pingone.eu/v1'],
];
