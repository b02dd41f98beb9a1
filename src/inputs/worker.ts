import type { DesiredRoles, DesiredWorker } from '../worker/desired.ts';
import type { RoleLine } from '../worker/roles.ts';
import { parseRoleLine } from '../worker/roles.ts';
import { notTaken } from './problems.ts';
import type { InputReader } from './reader.ts';

/** The token endpoint authentication methods that work with a client secret as it is. */
export const secretAuthMethods = ['CLIENT_SECRET_POST', 'CLIENT_SECRET_BASIC'] as const;

/** The inputs that say what the worker should be. */
export function readDesired(reader: InputReader): DesiredWorker {
  return {
    name: reader.required('name', 'the name of the application in PingOne'),
    description: reader.text('description') || undefined,
    enabled: reader.booleanOr('enabled', 'keep', true),
    tokenEndpointAuthMethod:
      reader.choice('token-endpoint-auth-method', [...secretAuthMethods, 'keep']) ?? secretAuthMethods[0],
    roles: readRoles(reader),
  };
}

function readRoles(reader: InputReader): DesiredRoles {
  const lines = reader.lines('roles');
  const [only] = lines;
  if (only === undefined) return { kind: 'default' };
  if (lines.length === 1 && (only === 'none' || only === 'keep')) return { kind: only };
  const parsed: RoleLine[] = [];
  for (const line of lines) {
    const role = parseRoleLine(line);
    if ('unknownScope' in role) {
      reader.problems.push(notTaken('roles', line, 'lines of the form `Role name @ environment` or `@ organization`'));
    } else if (role.roleName === '' || role.roleName === 'none' || role.roleName === 'keep') {
      reader.problems.push(notTaken('roles', line, 'role names, one a line; `none` or `keep` stand alone'));
    } else parsed.push(role);
  }
  return { kind: 'listed', lines: parsed };
}
