import { expect, test } from '@jest/globals';
import { checkExchange } from './check.ts';
import { describePingone } from './describe-pingone.ts';
import type { Exchange } from './exchange.ts';
import * as samples from './samples.ts';
import { inApplication, inEnvironment, newWorker, pingone, pingoneError, worker } from './samples.ts';

const applications = `${inEnvironment}/applications`;
const png = { 'content-type': 'image/png', 'content-disposition': 'attachment; filename=icon.png' };
const list = (name: string, ...items: readonly unknown[]): unknown => ({ _embedded: { [name]: items }, size: 1 });
const update = { ...newWorker, homePageUrl: 'https://example.com', parTimeout: 60, signing: worker.signing };

const good: readonly [string, Exchange][] = [
  ['a worker that is created', pingone(`POST ${applications}`, { send: newWorker, status: 201, answer: worker })],
  ['a worker that is read', pingone(`GET ${inApplication}`, { answer: worker })],
  ['a worker that is replaced', pingone(`PUT ${inApplication}`, { send: update, answer: { ...worker, ...update } })],
  ['a worker that is deleted', pingone(`DELETE ${inApplication}`, { status: 204 })],
  ['a list of mixed applications', pingone(`GET ${applications}`, { answer: samples.applicationList })],
  [
    'an environment found by name',
    pingone(`GET /environments?filter=${encodeURIComponent('name sw "Staging"')}`, {
      answer: list('environments', samples.environmentItem),
    }),
  ],
  ['an environment', pingone(`GET ${inEnvironment}`, { answer: samples.environmentItem })],
  ['a secret', pingone(`GET ${inApplication}/secret`, { answer: samples.secret })],
  [
    'a rotation with an overlap',
    pingone(`POST ${inApplication}/secret`, {
      send: { previous: { expiresAt: samples.secret.previous.expiresAt } },
      answer: samples.secret,
    }),
  ],
  ['a rotation without a body', pingone(`POST ${inApplication}/secret`, { answer: samples.secret })],
  ['the roles', pingone('GET /roles', { answer: list('roles', samples.role) })],
  [
    'a granted role',
    pingone(`POST ${inApplication}/roleAssignments`, {
      send: samples.newAssignment,
      status: 201,
      answer: samples.assignment,
    }),
  ],
  [
    'role assignments',
    pingone(`GET ${inApplication}/roleAssignments`, { answer: list('roleAssignments', samples.assignment) }),
  ],
  [
    'an image',
    pingone(`POST ${inEnvironment}/images`, {
      send: Buffer.from('PNG'),
      requestHeaders: png,
      status: 201,
      answer: samples.image,
    }),
  ],
  ['populations', pingone(`GET ${inEnvironment}/populations?limit=1`, { answer: list('populations', { name: 'A' }) })],
  ['an error', pingone(`GET ${inApplication}`, { status: 404, answer: pingoneError })],
  ['plain JSON', pingone('GET /roles', { answer: {}, responseHeaders: { 'content-type': 'application/json' } })],
  [
    'the token endpoint, which the description does not contain',
    { ...pingone('POST /'), path: `/${samples.environmentId}/as/token` },
  ],
];

const bad: readonly [string, Exchange, string][] = [
  [
    'a wrong type of application',
    pingone(`POST ${applications}`, { send: { ...newWorker, type: 'ROBOT' }, status: 201, answer: worker }),
    'request body: /type must be one of WORKER, WEB_APP',
  ],
  [
    'a wrong authentication method',
    pingone(`POST ${applications}`, {
      send: { ...newWorker, tokenEndpointAuthMethod: 'POST' },
      status: 201,
      answer: worker,
    }),
    'request body: /tokenEndpointAuthMethod must be one of NONE, CLIENT_SECRET_BASIC',
  ],
  [
    'a worker without protocol',
    pingone(`PUT ${inApplication}`, { send: { ...newWorker, protocol: undefined }, answer: worker }),
    "request body: must have required property 'protocol'",
  ],
  [
    'read-only properties in a request',
    pingone(`PUT ${inApplication}`, { send: { ...newWorker, id: worker.id }, answer: worker }),
    'request body: /id is read-only: never sent',
  ],
  [
    'a property that its component marks as read-only',
    pingone(`PUT ${inApplication}`, { send: { ...newWorker, environment: worker.environment }, answer: worker }),
    'request body: /environment is read-only: never sent',
  ],
  [
    'a property named readOnly that is read-only',
    pingone(`POST ${inApplication}/roleAssignments`, {
      send: { ...samples.newAssignment, readOnly: false },
      status: 201,
      answer: samples.assignment,
    }),
    'request body: /readOnly is read-only: never sent',
  ],
  [
    'a response of the wrong type',
    pingone(`POST ${applications}`, { send: newWorker, status: 201, answer: { ...worker, enabled: 'yes' } }),
    'response 201 body: /enabled must be boolean',
  ],
  [
    'a list with one wrong item',
    pingone(`GET ${applications}`, {
      answer: list('applications', samples.adminConsole, { ...worker, parTimeout: 0 }),
    }),
    'response 200 body: /_embedded/applications/1/parTimeout must be >= 1',
  ],
  [
    'an invalid time',
    pingone(`GET ${inApplication}`, { answer: { ...worker, createdAt: 'yesterday' } }),
    'response 200 body: /createdAt must match format "date-time"',
  ],
  [
    'HAL for a client that accepts plain JSON',
    pingone(`GET ${inApplication}`, { requestHeaders: { accept: 'application/json' }, answer: worker }),
    'response 200 content type application/hal+json: must be application/json',
  ],
  [
    'an overlap that is not a time',
    pingone(`POST ${inApplication}/secret`, { send: { previous: { expiresAt: '24h' } }, answer: samples.secret }),
    'request body: /previous/expiresAt must match format "date-time"',
  ],
  [
    'an image sent as JSON',
    pingone(`POST ${inEnvironment}/images`, { send: {}, status: 201, answer: samples.image }),
    'request content type application/json: must be image/*',
  ],
  [
    'a transaction ID that is too long',
    pingone('GET /roles', { requestHeaders: { 'x-ping-external-transaction-id': 'x'.repeat(101) }, answer: {} }),
    'header parameter X-Ping-External-Transaction-ID must NOT have more than 100 characters',
  ],
  [
    'a status that is not declared',
    pingone(`POST ${applications}`, { send: newWorker, status: 200, answer: worker }),
    'response 200 is not in the contract',
  ],
  ['a path without /v1', { ...pingone('GET /roles', { answer: {} }), path: '/roles' }, 'path is not in the contract'],
  [
    'metadata that is not an object',
    pingone(`PUT ${inApplication}/metadata`, { send: { metadata: 'x' }, answer: {} }),
    'request body: /metadata must be object',
  ],
  [
    "a response to an unknown path that is not the gateway's",
    pingone(`PATCH ${inApplication}`, { send: newWorker, status: 403, answer: pingoneError }),
    'method is not in the contract',
  ],
];

describePingone('PingOne contract', () => {
  test.each(good)('accepts %s', (_, exchange) => {
    expect(checkExchange(exchange)).toEqual([]);
  });

  test.each(bad)('rejects %s', (_, exchange, problem) => {
    expect(checkExchange(exchange)).toEqual([expect.stringContaining(problem)]);
  });
});
