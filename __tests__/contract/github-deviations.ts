import type { Deviation } from './deviation.ts';
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
    reason: 'Any operation answers 400 to broken JSON or an unknown API version, and 422 to values it does not accept.',
    source: `${documentation}/using-the-rest-api/troubleshooting-the-rest-api`,
    applies: ({ status, method }, { kind }) =>
      kind === 'status' && (status === 400 || (status === 422 && method !== 'GET')),
    responseBody: errorBody,
  },
  {
    name: 'conflict',
    server: 'github',
    reason: 'Creating a variable that exists, or selecting repositories for what is not `selected`: 409, with a body.',
    source: `${documentation}/actions/variables, ${documentation}/actions/secrets`,
    applies: ({ status }, { kind }) => status === 409 && (kind === 'status' || kind === 'response-body'),
    responseBody: errorBody,
  },
  {
    name: 'moved',
    server: 'github',
    reason: 'Any operation on a repository that was renamed or transferred answers a redirect: 301 to a GET, else 307.',
    source: `${documentation}/using-the-rest-api/best-practices-for-using-the-rest-api`,
    applies: ({ status }, { kind }) => kind === 'status' && [301, 307].includes(status),
    responseBody: errorBody,
  },
  {
    name: 'repository-by-id',
    server: 'github',
    reason: 'Redirects of a renamed repository lead to `/repositories/{id}`, which the description does not have.',
    source: `${documentation}/using-the-rest-api/best-practices-for-using-the-rest-api`,
    applies: ({ path }, { kind }) => kind === 'path' && /^\/repositories\/[0-9]+$/.test(path),
    paths: {
      '/repositories/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: {
          responses: {
            200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/full-repository' } } } },
            404: { content: { 'application/json': { schema: errorBody } } },
          },
        },
      },
    },
  },
  {
    name: 'rate-limited',
    server: 'github',
    reason: 'Any operation may be over a limit: 429, like 403, with the limit in the headers.',
    source: `${documentation}/using-the-rest-api/rate-limits-for-the-rest-api`,
    applies: ({ status }, { kind }) => kind === 'status' && status === 429,
    responseBody: errorBody,
  },
];
