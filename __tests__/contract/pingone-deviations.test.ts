import { expect, test } from '@jest/globals';
import { inspectExchange } from './check.ts';
import { describePingone } from './describe-pingone.ts';
import type { Exchange } from './exchange.ts';
import * as samples from './samples.ts';
import { inApplication, inEnvironment, newWorker, pingone, pingoneError, worker } from './samples.ts';

const applications = `${inEnvironment}/applications`;
const list = (name: string, ...items: readonly unknown[]): unknown => ({ _embedded: { [name]: items }, size: 1 });

describePingone('PingOne deviations', () => {
  const metadata = { metadata: { 'pingone-worker-app': { version: 1 } } };
  const custom = { id: 'r', name: 'Auditor', type: 'CUSTOM', canBeAssignedBy: [{ id: 'a' }], permissions: [] };
  const named: readonly [string, Exchange][] = [
    ['application-metadata', pingone(`PUT ${inApplication}/metadata`, { send: metadata, answer: metadata })],
    ['application-metadata', pingone(`GET ${inApplication}/metadata`, { status: 404, answer: pingoneError })],
    ['roles-of-an-environment', pingone(`GET ${inEnvironment}/roles`, { answer: list('roles', custom, samples.role) })],
    ['organizations', pingone('GET /organizations', { answer: list('organizations', { id: 'o1' }) })],
    [
      'newer-role-names',
      pingone('GET /roles', { answer: list('roles', { ...samples.role, name: 'PingOne Privilege Administrator' }) }),
    ],
    [
      'newer-application-types',
      pingone(`GET ${applications}`, { answer: list('applications', { ...worker, type: 'AI_AGENT' }) }),
    ],
    [
      'unsupported-media-type',
      pingone(`POST ${inEnvironment}/images`, {
        send: Buffer.from('<svg/>'),
        requestHeaders: { 'content-type': 'image/svg+xml' },
        status: 415,
        answer: pingoneError,
      }),
    ],
    ['paging-parameters', pingone(`GET ${applications}?cursor=H4sI&limit=100`, { answer: list('applications') })],
    [
      'gateway-refuses-unknown-operations',
      pingone(`PATCH ${inApplication}`, { send: newWorker, status: 403, answer: samples.gatewayError }),
    ],
  ];

  test.each(named)('%s', (name, exchange) => {
    expect(inspectExchange(exchange)).toEqual({ problems: [], deviations: [name] });
  });
});
