import { describe, expect, test } from '@jest/globals';
import { checkExchange, inspectExchange } from './check.ts';
import type { Exchange } from './exchange.ts';
import { github, githubError } from './samples.ts';

const repository = '/repos/octo/sync';
const secret = `${repository}/actions/secrets/TOKEN`;
const variables = `${repository}/actions/variables`;
const sealed = { encrypted_value: 'NYBy1jZYgNGu6jKa35EhODhR7SGi', key_id: '1001' };
const listed = { name: 'TOKEN', created_at: '2026-09-02T08:14:05Z', updated_at: '2026-09-02T08:14:05Z' };
const organizationSecret = { ...sealed, visibility: 'selected', selected_repository_ids: [1001] };

const good: readonly [string, Exchange][] = [
  ['a public key', github(`GET ${repository}/actions/secrets/public-key`, { answer: { key_id: '1', key: 'a2V5' } })],
  ['a new secret', github(`PUT ${secret}`, { send: sealed, status: 201, answer: {} })],
  ['an existing secret', github(`PUT ${secret}`, { send: sealed, status: 204 })],
  ['a deleted secret', github(`DELETE ${secret}`, { status: 204 })],
  [
    'a list',
    github(`GET ${repository}/actions/secrets?per_page=100`, { answer: { total_count: 1, secrets: [listed] } }),
  ],
  [
    'a secret of an environment with a slash in its name',
    github(`PUT ${repository}/environments/a%2Fb/secrets/TOKEN`, { send: sealed, status: 201, answer: {} }),
  ],
  [
    "an organization's secret",
    github('PUT /orgs/octo/actions/secrets/TOKEN', { send: organizationSecret, status: 201, answer: {} }),
  ],
  ['a new variable', github(`POST ${variables}`, { send: { name: 'A', value: 'b' }, status: 201, answer: {} })],
  ['a changed variable', github(`PATCH ${variables}/A`, { send: { value: 'c' }, status: 204 })],
  ['a new environment without a body', github(`PUT ${repository}/environments/x`, { answer: environment() })],
  ['a new environment with null', github(`PUT ${repository}/environments/x`, { send: null, answer: environment() })],
];

function environment(): Record<string, unknown> {
  const url = 'https://api.github.com/repos/octo/sync/environments/x';
  const times = { created_at: '2026-09-02T08:14:05Z', updated_at: '2026-09-02T08:14:05Z' };
  const policy = { deployment_branch_policy: null };
  return { id: 1, node_id: 'EN', name: 'x', url, html_url: 'https://github.com/octo/sync/x', ...times, ...policy };
}

const bad: readonly [string, Exchange, string][] = [
  [
    'a missing property',
    github(`PUT ${secret}`, { send: { encrypted_value: sealed.encrypted_value }, status: 201, answer: {} }),
    "request body: must have required property 'key_id'",
  ],
  [
    'a value that is not base64',
    github(`PUT ${secret}`, { send: { ...sealed, encrypted_value: '%' }, status: 201, answer: {} }),
    'request body: /encrypted_value must match pattern',
  ],
  ['a missing body', github(`PUT ${secret}`, { status: 204 }), 'request body: is empty'],
  [
    'an organization secret without visibility',
    github('PUT /orgs/octo/actions/secrets/TOKEN', { send: sealed, status: 201, answer: {} }),
    "request body: must have required property 'visibility'",
  ],
  [
    'a value outside an enumeration',
    github('PUT /orgs/octo/actions/secrets/T', { send: { ...organizationSecret, visibility: 'some' }, status: 204 }),
    'request body: /visibility must be one of all, private, selected',
  ],
  [
    'an identifier of the wrong type',
    github('PUT /orgs/octo/actions/secrets/T', {
      send: { ...organizationSecret, selected_repository_ids: 1001 },
      status: 204,
    }),
    'request body: /selected_repository_ids must be array',
  ],
  [
    'a status that is not declared',
    github(`PUT ${secret}`, { send: sealed, status: 202, answer: {} }),
    'response 202 is not in the contract',
  ],
  [
    'a body where none is declared',
    github(`DELETE ${secret}`, { status: 204, answer: {} }),
    'response 204 body: none is in the contract',
  ],
  [
    'another content type',
    github(`PUT ${secret}`, { send: sealed, requestHeaders: { 'content-type': 'text/plain' }, status: 204 }),
    'request content type text/plain: must be application/json',
  ],
  [
    'a body without content type',
    github(`PUT ${secret}`, { send: sealed, requestHeaders: { 'content-type': '' }, status: 204 }),
    'request has no content type',
  ],
  [
    'a response body that is not JSON',
    github(`GET ${repository}/actions/secrets/public-key`, { answer: Buffer.from('<html>') }),
    'response 200 body: is not JSON',
  ],
  [
    'a key of the wrong type',
    github(`GET ${repository}/actions/secrets/public-key`, { answer: { key_id: 1, key: 'a2V5' } }),
    'response 200 body: /key_id must be string',
  ],
  [
    'a query parameter of the wrong type',
    github(`GET ${repository}/actions/secrets?per_page=all`, { answer: { total_count: 0, secrets: [] } }),
    'query parameter per_page must be integer',
  ],
  [
    'a misspelt query parameter',
    github(`GET ${repository}/actions/secrets?per-page=100`, { answer: { total_count: 0, secrets: [] } }),
    'query parameter per-page is not in the contract',
  ],
  [
    'a path parameter of the wrong type',
    github('PUT /orgs/octo/actions/secrets/T/repositories/sync', { status: 204 }),
    'path parameter repository_id must be integer',
  ],
  [
    'an error without a message',
    github(`GET ${secret}`, { status: 404, answer: {} }),
    "response 404 body: must have required property 'message'",
  ],
  ['a method that is not declared', github(`POST ${secret}`, { status: 405 }), 'method is not in the contract'],
];

describe('GitHub contract', () => {
  test.each(good)('accepts %s', (_, exchange) => {
    expect(checkExchange(exchange)).toEqual([]);
  });

  test.each(bad)('rejects %s', (_, exchange, problem) => {
    expect(checkExchange(exchange)).toEqual([expect.stringContaining(problem)]);
  });

  test('names the operation by its template', () => {
    expect(checkExchange(github(`PUT ${secret}`, { send: sealed, status: 202 }))).toEqual([
      'PUT /repos/{owner}/{repo}/actions/secrets/{secret_name}: response 202 is not in the contract',
    ]);
  });

  test('reports an unknown path as unknown', () => {
    expect(checkExchange(github('GET /repos/octo/sync/secrets', { status: 404, answer: githubError }))).toEqual([
      'GET /repos/octo/sync/secrets: path is not in the contract',
    ]);
  });

  test('matches a literal segment before a parameter', () => {
    const key = { key_id: '1', key: 'a2V5' };
    expect(checkExchange(github(`GET ${repository}/actions/secrets/public-key`, { answer: listed }))).not.toEqual([]);
    expect(checkExchange(github(`GET ${repository}/actions/secrets/public_key`, { answer: key }))).not.toEqual([]);
  });

  test('chooses the schema of a user by its discriminator', () => {
    const [problem] = checkExchange(github('GET /users/mona', { answer: { user_view_type: 'secret' } }));
    expect(problem).toContain('/user_view_type must be one of public, private');
  });
});

describe('GitHub deviations', () => {
  const named: readonly [string, Exchange][] = [
    ['access-refused', github(`GET ${secret}`, { status: 404, answer: githubError })],
    ['invalid-request', github(`PUT ${secret}`, { send: sealed, status: 422, answer: githubError })],
    ['invalid-request', github(`GET ${secret}`, { status: 400, answer: githubError })],
    ['conflict', github(`POST ${variables}`, { send: { name: 'A', value: 'b' }, status: 409, answer: githubError })],
    ['conflict', github('PUT /orgs/octo/actions/secrets/T/repositories/1', { status: 409, answer: githubError })],
    ['moved', github(`GET ${secret}`, { status: 301, answer: githubError })],
    ['moved', github(`PUT ${secret}`, { send: sealed, status: 307, answer: githubError })],
    ['repository-by-id', github('GET /repositories/1001', { status: 404, answer: githubError })],
    ['rate-limited', github(`GET ${secret}`, { status: 429, answer: githubError })],
  ];

  test.each(named)('%s', (name, exchange) => {
    expect(inspectExchange(exchange)).toEqual({ problems: [], deviations: [name] });
  });
});
