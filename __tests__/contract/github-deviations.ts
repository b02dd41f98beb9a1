import type { Deviation } from './deviations.ts';
import { pathname } from './exchange.ts';
import type { Schema } from './openapi.ts';

const documentation = 'docs.github.com/en/rest';

/** GitHub's error body, which the description has, but which it does not give to these operations. */
const errorBody: Schema = { allOf: [{ $ref: '#/components/schemas/basic-error' }, { required: ['message'] }] };

export const githubDeviations: readonly Deviation[] = [
  {
    name: 'access-refused',
    server: 'github',
    reason:
      'Any operation answers 401, 403 or 404 to a token that is unknown, too weak, or asks for what is not there.',
    source: `${documentation}/using-the-rest-api/troubleshooting-the-rest-api`,
    applies: ({ status }, { kind }) => kind === 'status' && [401, 403, 404].includes(status),
    responseBody: errorBody,
  },
  {
    name: 'invalid-request',
    server: 'github',
    reason: 'Any operation with a body answers 400 to broken JSON and 422 to values that it does not accept.',
    source: `${documentation}/using-the-rest-api/troubleshooting-the-rest-api`,
    applies: ({ status, method }, { kind }) => kind === 'status' && [400, 422].includes(status) && method !== 'GET',
    responseBody: errorBody,
  },
  {
    name: 'variable-exists',
    server: 'github',
    reason: 'Creating a variable that exists answers 409.',
    source: `${documentation}/actions/variables`,
    applies: (exchange, { kind }) =>
      kind === 'status' &&
      exchange.status === 409 &&
      exchange.method === 'POST' &&
      pathname(exchange).endsWith('/variables'),
    responseBody: errorBody,
  },
  {
    name: 'rate-limited',
    server: 'github',
    reason: 'Any operation may be over a limit: 429, like 403, with the limit in the headers.',
    source: `${documentation}/using-the-rest-api/rate-limits-for-the-rest-api`,
    applies: ({ status }, { kind }) => kind === 'status' && status === 429,
    responseBody: errorBody,
  },
  {
    name: 'unavailable',
    server: 'github',
    reason: 'Outages answer 500, 502, 503 or 504, with whatever body or none.',
    source: `${documentation}/using-the-rest-api/best-practices-for-using-the-rest-api`,
    applies: ({ status }, { kind }) => kind === 'status' && [500, 502, 503, 504].includes(status),
  },
];
