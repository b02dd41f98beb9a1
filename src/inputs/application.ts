// The inputs about the worker: attributes, roles, icon, and the age of its secret.
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { IconFile } from '../pingone/images.ts';
import { secretAuthMethods } from '../pingone/token.ts';
import type { Clearable, DesiredRotation, DesiredWorker } from '../reconcile/attributes.ts';
import type { DesiredRoles, RoleLine } from '../reconcile/roles.ts';
import type { Settings } from '../settings.ts';
import { inline, nearest } from '../text.ts';
import type { InputReader, Problem } from './reader.ts';
import { isSafeUrl, mustBe, oneEach, oneOf } from './reader.ts';

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const leastMs = 2 * unitMs.m;
const mostMs = 30 * unitMs.d;

/**
 * The input `secret-overlap` in milliseconds: how long the old secret stays valid after a rotation. 0 revokes it.
 * Source: PingOne API docs, "Update application secret": from 1 minute to 30 days.
 */
export function readOverlap(reader: InputReader): number {
  const text = reader.text('secret-overlap') || '24h';
  if (text === '0') return 0;
  const ms = durationMs(text);
  if (ms >= leastMs && ms <= mostMs) return ms;
  const form = '`0`, or a number with a unit from `2m` to `30d`, such as `90m`, `24h` or `7d`';
  const isBare = /^\d{1,3}$/.test(text);
  const hint = isBare ? { meant: `${text}h`, cause: 'the number has no unit' } : {};
  reader.problems.push(mustBe('secret-overlap', text, form, hint));
  return unitMs.d;
}

/** The input `rotate-secret`: whether to rotate the secret, or the age from which to rotate it. */
function readRotation(reader: InputReader): DesiredRotation {
  const text = reader.text('rotate-secret');
  const word = text.toLowerCase();
  if (word === '' || word === 'false') return false;
  if (word === 'true') return true;
  const olderThanMs = durationMs(text);
  if (olderThanMs >= unitMs.d) return { olderThanMs };
  const form = '`true`, `false`, or an age of at least `1d`, such as `30d` or `90d`';
  const isBare = /^[1-9]\d{0,3}$/.test(text);
  const hint = isBare ? { meant: `${text}d`, cause: 'the number has no unit' } : {};
  reader.problems.push(mustBe('rotate-secret', text, form, hint));
  return false;
}

/** Conflicts of `rotate-secret` with other inputs and with the runner. */
export function rotationProblems(
  reader: InputReader,
  { state, desired, run }: Pick<Settings, 'state' | 'run'> & { readonly desired: DesiredWorker },
): readonly Problem[] {
  const rotation = desired.rotateSecret;
  if (rotation === false) return [];
  const given = `\`rotate-secret\` is \`${reader.text('rotate-secret')}\``;
  if (state === 'absent') {
    return [
      {
        what: `${given}, but \`state\` is \`absent\``,
        cause: 'the inputs of two different jobs were mixed',
        fix: 'remove `rotate-secret`, or set `state` to `present`',
      },
    ];
  }
  if (rotation === true || run.owner) return [];
  return [
    {
      what: `${given}, but GITHUB_REPOSITORY_ID is not set, so no record can tell how old the secret is`,
      cause: 'the step does not run on a GitHub runner, or the runner is too old',
      fix: 'run the step on a current runner, or set `rotate-secret` to `true` or `false`',
    },
  ];
}

/** `90m`, `24h` or `7d` in milliseconds; NaN for any other form. */
function durationMs(text: string): number {
  const match = /^(?<count>\d{1,5})(?<unit>[mhd])$/.exec(text);
  return Number(match?.groups?.['count']) * unitMs[(match?.groups?.['unit'] ?? 'm') as keyof typeof unitMs];
}

/** Why a file was not read. */
export interface Unreadable {
  readonly unreadable: 'missing' | 'not a file' | 'outside of the workspace' | 'too large' | 'not permitted';
}

/** Reads a regular file of the workspace with a limited size, or returns why not. */
export type ReadFile = (path: string, mostBytes: number) => Uint8Array | Unreadable;

// Source: PingOne docs, "Adding an application": PNG, JPEG or GIF of at most 1 MB.
const largestIcon = 1_048_576;

const signatures = [
  { contentType: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { contentType: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { contentType: 'image/gif', bytes: [0x47, 0x49, 0x46, 0x38, 0x37, 0x61] },
  { contentType: 'image/gif', bytes: [0x47, 0x49, 0x46, 0x38, 0x39, 0x61] },
] as const;

/** The checked file of the input `icon`; undefined if the input is empty. */
function readIcon(reader: InputReader, readFile: ReadFile): IconFile | undefined {
  const path = reader.text('icon');
  if (path === '') return undefined;
  const bytes = readFile(path, largestIcon);
  if ('unreadable' in bytes) {
    reader.problems.push(unreadableIcon(path, bytes.unreadable));
    return undefined;
  }
  const type = signatures.find((signature) => signature.bytes.every((byte, index) => bytes[index] === byte));
  if (!type) {
    reader.problems.push(notAnImage(path));
    return undefined;
  }
  return { bytes, contentType: type.contentType, sha256: createHash('sha256').update(bytes).digest('hex') };
}

const causes = {
  missing: 'the repository is not checked out before this step, or the path has a typo',
  'not a file': 'the path is a folder, a pipe or a device',
  'outside of the workspace': 'the path or a symbolic link in it points out of the workspace',
  'not permitted': 'the user of the runner cannot read the file',
} as const;

function unreadableIcon(path: string, reason: Unreadable['unreadable']): Problem {
  const shown = inline(path, 100);
  if (reason === 'too large') {
    return {
      what: `\`icon\` "${shown}" is larger than 1 MB (${largestIcon} bytes)`,
      cause: 'PingOne does not accept larger images',
      fix: 'reduce the image, for example to 256 by 256 pixels',
    };
  }
  return {
    what: `\`icon\` "${shown}" cannot be read: ${reason}`,
    cause: causes[reason],
    fix: 'check out the repository (actions/checkout) before this step, and set `icon` to the path of a file in the workspace',
  };
}

function notAnImage(path: string): Problem {
  return {
    what: `\`icon\` "${inline(basename(path), 100)}" is not an image that PingOne accepts`,
    cause: 'its content is not PNG, JPEG or GIF. PingOne does not accept SVG and WebP',
    fix: 'convert it to PNG',
  };
}

const clearables = ['description', 'icon', 'redirect-uris'] as const satisfies readonly Clearable[];

/** The inputs about the worker. */
export function readDesired(reader: InputReader, state: Settings['state'], readFile: ReadFile): DesiredWorker {
  // A teardown does not use the icon, so its job need not check out the repository.
  const icon = state === 'present' ? readIcon(reader, readFile) : undefined;
  const { name, applicationId } = readIdentity(reader);
  return {
    name,
    applicationId,
    description: reader.text('description') || undefined,
    icon,
    enabled: reader.booleanOr('enabled', 'keep', true),
    tokenEndpointAuthMethod:
      reader.choice('token-endpoint-auth-method', [...secretAuthMethods, 'keep']) ?? 'CLIENT_SECRET_POST',
    redirectUris: readRedirectUris(reader),
    clear: readClear(reader),
    roles: readRoles(reader),
    rotateSecret: readRotation(reader),
  };
}

function readIdentity(reader: InputReader): Pick<DesiredWorker, 'name' | 'applicationId'> {
  const applicationId = reader.uuid('application-id');
  if (applicationId === undefined) {
    return {
      name: reader.required('name', 'the name of the application in PingOne, or set `application-id`'),
      applicationId,
    };
  }
  return { name: reader.oneLine('name') || undefined, applicationId };
}

function readRedirectUris(reader: InputReader): readonly string[] | undefined {
  const uris = reader.lines('redirect-uris');
  for (const uri of uris) {
    if (isRedirectUri(uri)) continue;
    const shown = uri.replace(/\/\/[^/@]*@/, '//…@');
    reader.problems.push(mustBe('redirect-uris', shown, redirectUrisForm));
  }
  return uris.length > 0 ? [...new Set(uris)] : undefined;
}

const redirectUrisForm =
  '`https://` addresses, one per line, without a fragment, a wildcard or credentials (`http://` only for localhost and 127.0.0.1)';

/** Source: PingOne docs, "Redirect URIs". Wildcards need a setting of the application that the action does not change. */
function isRedirectUri(uri: string): boolean {
  if (!isSafeUrl(uri) || /[\s#*]/.test(uri)) return false;
  const { username, password, hostname } = new URL(uri);
  return username === '' && password === '' && hostname !== '[::1]';
}

function readClear(reader: InputReader): ReadonlySet<Clearable> {
  const cleared = new Set<Clearable>();
  for (const line of reader.lines('clear')) {
    const known = clearables.find((clearable) => clearable === line);
    if (known === undefined) {
      const meant = nearest(line, clearables);
      reader.problems.push(mustBe('clear', line, `${oneOf(clearables)}, one per line`, { meant }));
    } else cleared.add(known);
    if (known !== undefined && reader.text(known) !== '') {
      reader.problems.push({
        what: `\`clear\` contains \`${known}\`, but the input \`${known}\` has a value`,
        cause: 'one of the two remained from an earlier version of the workflow',
        fix: `remove \`${known}\` or its line in \`clear\``,
      });
    }
  }
  return cleared;
}

const roleForm =
  '`Role name`, or `Role name @ ` and `environment`, `organization`, `population:<name>` or `application:<name>`';

function readRoles(reader: InputReader): DesiredRoles {
  const lines = reader.lines('roles');
  const [only] = lines;
  if (only === undefined) return { kind: 'default' };
  const word = only.toLowerCase();
  if (lines.length === 1 && (word === 'none' || word === 'keep')) return { kind: word };
  const parsed: RoleLine[] = [];
  for (const line of lines) {
    const role = parseRoleLine(line);
    if ('unknownScope' in role) {
      const near = nearest(role.unknownScope, ['environment', 'organization']);
      const meant = near && `${role.roleName} @ ${near}`;
      reader.problems.push(line.includes(',') ? oneEach('roles', line) : mustBe('roles', line, roleForm, { meant }));
    } else if (/^(none|keep|)$/i.test(role.roleName)) {
      reader.problems.push(mustBe('roles', line, 'role names, one per line, or only `none` or `keep`'));
    } else parsed.push(role);
  }
  return { kind: 'listed', lines: parsed };
}

/** A line with an unknown scope. */
interface UnknownScope {
  readonly roleName: string;
  readonly unknownScope: string;
}

/**
 * Parses `Role name` or `Role name @ scope`, split at the last ` @ `.
 *
 * @returns the parsed line, or the unknown scope
 */
export function parseRoleLine(line: string): RoleLine | UnknownScope {
  const parts = /^(?<roleName>.*)(?:^| )@ (?<scope>.*)$/s.exec(line)?.groups;
  if (!parts) return { roleName: line.trim(), scope: 'environment' };
  const [roleName = '', scope = ''] = [parts['roleName']?.trim(), parts['scope']?.trim()];
  const known = scope.toLowerCase();
  if (known === 'environment' || known === 'organization') return { roleName, scope: known };
  const part = /^(?<kind>population|application):\s*(?<target>\S.*)$/i.exec(scope);
  const kind = part?.groups?.['kind']?.toLowerCase();
  if (kind !== 'population' && kind !== 'application') return { roleName, unknownScope: scope };
  return { roleName, scope: kind, scopeTarget: part?.groups?.['target'] ?? '' };
}
