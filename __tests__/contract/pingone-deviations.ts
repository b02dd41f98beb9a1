import type { Deviation } from './deviation.ts';
import type { Exchange } from './exchange.ts';
import { pathname, valueAt } from './exchange.ts';
import { environmentRolesPaths, linkedPaths, metadataPaths, organizationsPaths } from './pingone-paths.ts';
import type { Problem } from './problem.ts';

const documentation = 'developer.pingidentity.com/pingone-api/platform';

export const pingoneDeviations: readonly Deviation[] = [
  {
    name: 'application-metadata',
    server: 'pingone',
    reason: 'The metadata of an application came in 2026; the SDK does not have it.',
    source: `${documentation}/applications/application-metadata`,
    applies: (exchange, { kind }) => kind === 'path' && /\/applications\/[^/]+\/metadata$/.test(pathname(exchange)),
    paths: metadataPaths,
  },
  {
    name: 'roles-of-an-environment',
    server: 'pingone',
    reason: 'Custom administrator roles are listed by environment; the contract was cut without that path.',
    source: `${documentation}/roles/custom-roles`,
    applies: (exchange, { kind }) =>
      kind === 'path' && /\/environments\/[^/]+\/roles(\/[^/]+)?$/.test(pathname(exchange)),
    paths: environmentRolesPaths,
  },
  {
    name: 'organizations',
    server: 'pingone',
    reason: 'The organizations that a caller can see; the contract was cut without that path.',
    source: `${documentation}/organizations`,
    applies: (exchange, { kind }) => kind === 'path' && pathname(exchange) === '/v1/organizations',
    paths: organizationsPaths,
  },
  {
    name: 'linked-resources',
    server: 'pingone',
    reason: 'The products of an environment, and what the links of an application name; the contract was cut without.',
    source: `${documentation}/environments; the vendor's SDK`,
    applies: (exchange, { kind }) =>
      kind === 'path' && /\/(billOfMaterials|applications\/[^/]+\/(attributes|grants))$/.test(pathname(exchange)),
    paths: linkedPaths,
  },
  {
    name: 'newer-role-names',
    server: 'pingone',
    reason: 'The list of role names in the SDK is older than this role.',
    source: `${documentation}/roles/predefined-roles`,
    applies: (exchange, problem) => isValue(exchange, problem, '/name', 'PingOne Privilege Administrator'),
  },
  {
    name: 'newer-application-types',
    server: 'pingone',
    reason: 'The list of application types in the SDK is older than AI agents.',
    source: `${documentation}/applications/applications-1`,
    applies: (exchange, problem) => isValue(exchange, problem, '/type', 'AI_AGENT'),
  },
  {
    name: 'paging-parameters',
    server: 'pingone',
    reason: 'Every list may be asked for in pages; its `next` links carry these parameters whether declared or not.',
    source: `${documentation}/reference/paging-ordering-collections`,
    applies: ({ method }, { kind, at }) =>
      method === 'GET' && kind === 'undeclared-parameter' && (at === 'limit' || at === 'cursor'),
  },
  {
    name: 'gateway-refuses-unknown-operations',
    server: 'pingone',
    reason: 'What the gateway in front of the API does not know it answers itself: 403 and `{ "message": … }`.',
    source: 'not documented; seen by users (project sheet pingone-api.md, section 2)',
    applies: (exchange, { kind }) =>
      (kind === 'path' || kind === 'method') && exchange.status === 403 && isGatewayBody(exchange),
  },
  {
    name: 'unsupported-media-type',
    server: 'pingone',
    reason: 'A body of another content type is refused with 415 and the usual error body.',
    source: `${documentation}/reference/error-codes`,
    applies: ({ status }, { kind }) => kind === 'status' && status === 415,
    responseBody: { $ref: '#/components/schemas/P1Error' },
  },
];

function isGatewayBody(exchange: Exchange): boolean {
  const body = valueAt(exchange, 'response', '');
  return typeof body === 'object' && body !== null && Object.keys(body).join() === 'message';
}

/** Whether the problem is the value itself, at a pointer with this end, in either body. */
function isValue(exchange: Exchange, { kind, at }: Problem, end: string, value: string): boolean {
  if ((kind !== 'request-body' && kind !== 'response-body') || !at?.endsWith(end)) return false;
  return valueAt(exchange, kind === 'request-body' ? 'request' : 'response', at) === value;
}
