import { secretAuthMethods } from '../pingone/token.ts';
import type { Clearable, DesiredRoles, DesiredWorker } from '../worker/desired.ts';
import type { RoleLine } from '../worker/roles.ts';
import { parseRoleLine } from '../worker/roles.ts';
import { nearest } from '../text.ts';
import { readRotation } from './overlap.ts';
import { mustBe, oneOf } from './problems.ts';
import type { InputReader } from './reader.ts';
import { isSafeUrl, oneEach } from './reader.ts';

const clearables = ['description', 'icon', 'redirect-uris'] as const satisfies readonly Clearable[];

/**
 * The inputs that say what the worker should be.
 *
 * @param iconSha256 of the file in `icon`, where one is given
 */
export function readDesired(reader: InputReader, iconSha256: string | undefined): DesiredWorker {
  const { name, applicationId } = readWhich(reader);
  return {
    name,
    applicationId,
    description: reader.text('description') || undefined,
    iconSha256,
    enabled: reader.booleanOr('enabled', 'keep', true),
    tokenEndpointAuthMethod:
      reader.choice('token-endpoint-auth-method', [...secretAuthMethods, 'keep']) ?? 'CLIENT_SECRET_POST',
    redirectUris: readRedirectUris(reader),
    clear: readClear(reader),
    roles: readRoles(reader),
    rotateSecret: readRotation(reader),
  };
}

function readWhich(reader: InputReader): Pick<DesiredWorker, 'name' | 'applicationId'> {
  const applicationId = reader.uuid('application-id');
  if (applicationId === undefined) {
    return {
      name: reader.required('name', 'the name of the application in PingOne, or give `application-id`'),
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

/** Source: PingOne docs, "Redirect URIs". A wildcard counts only where the application allows it, which is not ours to set. */
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
        what: `\`clear\` names \`${known}\`, but \`${known}\` has a value`,
        cause: 'one of the two is left over from an earlier version of the workflow',
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
