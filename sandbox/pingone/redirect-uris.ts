/**
 * Redirect URIs, and the grant and response types that go with them.
 * Sources: PingOne docs, Redirect URIs (no fragment, one wildcard, loopback); the Terraform provider's validation (https,
 * an app's own scheme, or http to the loopback host only). That an interactive grant needs a redirect URI and the
 * matching response type follows from OpenID Connect Core; PingOne's own error for it was not found.
 */
import type { JsonObject } from '../json.ts';
import type { ErrorDetail } from './errors.ts';
import { invalidValue, requiredValue } from './errors.ts';

function problemOf(uri: unknown, wildcardAllowed: boolean): string | undefined {
  if (typeof uri !== 'string' || !URL.canParse(uri)) return 'must be an absolute URI';
  const { protocol, hostname, hash } = new URL(uri);
  if (hash !== '' || uri.endsWith('#')) return 'must not have a fragment';
  if (protocol === 'http:' && !['localhost', '127.0.0.1'].includes(hostname)) return 'must use https';
  const wildcards = uri.split('*').length - 1;
  if (wildcards > (wildcardAllowed ? 1 : 0)) return 'must not have this wildcard';
  return undefined;
}

const includes = (list: unknown, value: string): boolean => Array.isArray(list) && list.includes(value);

export function redirectUriProblems(fields: JsonObject): ErrorDetail[] {
  const { redirectUris, grantTypes, responseTypes } = fields;
  if (fields['protocol'] !== 'OPENID_CONNECT') return [];
  if (redirectUris !== undefined && !Array.isArray(redirectUris))
    return [invalidValue('redirectUris', 'must be a list')];
  const uris: unknown[] = redirectUris ?? [];
  const withCode = includes(grantTypes, 'AUTHORIZATION_CODE');
  const interactive = withCode || includes(grantTypes, 'IMPLICIT');
  const wrong = uris
    .map((uri) => problemOf(uri, fields['allowWildcardInRedirectUris'] === true))
    .filter((problem) => problem !== undefined);
  return [
    ...wrong.slice(0, 1).map((problem) => invalidValue('redirectUris', problem)),
    ...(interactive && uris.length === 0 ? [requiredValue('redirectUris')] : []),
    ...(withCode && !includes(responseTypes, 'CODE') ? [requiredValue('responseTypes')] : []),
    ...(!withCode && includes(responseTypes, 'CODE')
      ? [invalidValue('responseTypes', 'CODE needs the grant type AUTHORIZATION_CODE')]
      : []),
  ];
}
