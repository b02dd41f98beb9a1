import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Agent, request } from 'node:http';
import type { Call, Harness, Json } from './client.ts';
import { basic, caller, harness, WORKER } from './client.ts';

let at: Harness;
let admin: Call;

beforeAll(async () => {
  at = await harness({ apps: 3 });
  admin = await at.as(at.ready.admin);
});
afterAll(() => at.sandbox.close());
beforeEach(() => at.control('POST /reset'));

const state = async (): Promise<Json> => (await at.control('GET /state')).body;

describe('the list of requests', () => {
  test('contains them as received', async () => {
    await admin(`GET ${at.applications}?a=b`, undefined, { 'X-Mixed-Case': 'Value' });
    await at.github()('PUT /repos/octo/sync/environments/x', {});
    const [first, second] = await at.requests();
    expect(first).toEqual({
      n: 1,
      server: 'pingone',
      method: 'GET',
      path: `/v1${at.applications}?a=b`,
      status: 200,
      start: expect.any(Number),
      end: expect.any(Number),
      connection: expect.any(Number),
      write: false,
      headers: expect.objectContaining({ 'x-mixed-case': 'Value', authorization: expect.stringMatching(/^Bearer /) }),
    });
    expect(first.end).toBeGreaterThanOrEqual(first.start);
    expect(second).toMatchObject({ n: 2, server: 'github', method: 'PUT', write: true, status: 200 });
    expect(second.connection).not.toBe(first.connection);
  });

  test('does not contain those of control', async () => {
    await state();
    await at.requests();
    expect(await at.requests()).toEqual([]);
  });

  test('marks those that change something, also refused ones, but no token requests', async () => {
    await at.token(at.ready.admin.environmentId, { grant_type: 'client_credentials' }, basic(at.ready.admin));
    await admin(`POST ${at.applications}`, {});
    await admin(`PATCH ${at.applications}/x`, {});
    await admin('GET /roles');
    expect((await at.requests()).map(({ method, write }) => [method, write])).toEqual([
      ['POST', false],
      ['POST', true],
      ['PATCH', true],
      ['GET', false],
    ]);
  });

  test('shows shared connections', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const get = () =>
      new Promise((resolve, reject) => {
        const sent = request(`${at.ready.pingone.apiUrl}/roles`, { agent }, (answer) =>
          answer.resume().on('end', resolve),
        );
        sent.on('error', reject).end();
      });
    await get();
    await get();
    agent.destroy();
    const [first, second] = await at.requests();
    expect(second.connection).toBe(first.connection);
  });
});

describe('a reset', () => {
  test('restores the start state exactly', async () => {
    const before = await state();
    const { id } = (await admin(`POST ${at.applications}`, WORKER)).body;
    await admin(`POST ${at.applications}/${id}/secret`);
    await at.control('POST /console', { application: at.ready.admin.clientId, rotate: true });
    await at.control('POST /console', { environment: at.environment, set: { status: 'DELETE_PENDING' } });
    await at.github()('POST /repos/octo/sync/actions/variables', { name: 'A', value: '' });
    expect(await state()).not.toEqual(before);
    expect((await at.control('POST /reset')).status).toBe(204);
    expect(await state()).toEqual(before);
  });

  test('clears requests, faults and the clock', async () => {
    await at.control('POST /faults', [{ match: {}, do: { status: 500 } }]);
    await at.control('POST /clock', { advance: 86_400 });
    await at.control('POST /reset');
    const { status, headers } = await admin('GET /roles');
    expect(status).toBe(200);
    expect(Date.parse(headers.get('date')!)).toBeLessThan(Date.now() + 3_600_000);
    expect(await at.requests()).toHaveLength(1);
  });

  test('gives the same state in two sandboxes', async () => {
    const other = await harness({ apps: 3 });
    try {
      expect(other.ready.admin).toEqual(at.ready.admin);
      const withoutLinks = (value: Json) => JSON.stringify(value).replaceAll(/127\.0\.0\.1:\d+/g, '');
      expect(withoutLinks((await other.control('GET /state')).body)).toBe(withoutLinks(await state()));
    } finally {
      await other.sandbox.close();
    }
  });
});

describe('the clock', () => {
  test('sets the Date of every response and the times of new objects', async () => {
    await at.control('POST /clock', { advance: 1800 });
    const later = Date.now() + 1_700_000;
    const { headers, body } = await admin(`POST ${at.applications}`, WORKER);
    const control = await at.control('GET /requests');
    const github = await at.github()('PUT /repos/octo/sync/environments/x');
    for (const date of [headers.get('date'), control.headers.get('date'), github.headers.get('date')]) {
      expect(Date.parse(date!)).toBeGreaterThan(later);
    }
    expect(Date.parse(body.createdAt)).toBeGreaterThan(later);
    expect(Date.parse(github.body.created_at)).toBeGreaterThan(later);
  });

  test('adds up', async () => {
    await at.control('POST /clock', { advance: 3600 });
    const { body } = await at.control('POST /clock', { advance: 3600 });
    expect(Date.parse(body.now)).toBeGreaterThan(Date.now() + 7_000_000);
  });
});

describe('control refuses', () => {
  test.each<[string, unknown, number]>([
    ['POST /clock', { advance: 'x' }, 400],
    ['POST /clock', 'nonsense', 400],
    ['POST /faults', {}, 400],
    ['POST /faults', [{ match: { path: 're:(' }, do: {} }], 400],
    ['POST /faults', [{ match: { pfad: '/' }, do: {} }], 400],
    ['POST /faults', [{ match: {}, do: { staus: 500 } }], 400],
    ['POST /console', { nonsense: true }, 400],
    ['POST /console', { application: 'unknown', delete: true }, 400],
    ['GET /unknown', undefined, 404],
    ['DELETE /state', undefined, 404],
  ])('%s %j', async (operation, body, status) => {
    const answer = await at.control(
      operation,
      body,
      typeof body === 'string' ? { 'content-type': 'application/json' } : {},
    );
    expect([answer.status, typeof answer.body.error]).toEqual([status, 'string']);
  });
});

describe('the state', () => {
  test('at the start is as documented', async () => {
    const { environments, applications, images, github } = await state();
    expect(environments).toEqual(at.ready.environments.map((environment) => ({ ...environment, status: 'ACTIVE' })));
    expect([images, github]).toEqual([
      [],
      { secrets: [], variables: [], environments: [{ name: 'staging', protected: true }] },
    ]);
    const inSandbox = applications.filter(({ environment }: Json) => environment.id === at.environment);
    expect(inSandbox.map(({ name }: Json) => name)).toEqual([
      'PingOne Admin Console',
      'PingOne Application Portal',
      'PingOne Self-Service - MyAccount',
      'Web Shop',
      'Wiki',
      'Canteen Menu',
      'PingFederate Bridge',
      'app-00001',
      'app-00002',
      'app-00003',
    ]);
  });

  test('shows an application as the API returns it, with its secret, roles and metadata', async () => {
    const { id } = (await admin(`POST ${at.applications}`, WORKER)).body;
    await admin(`PUT ${at.applications}/${id}/metadata`, { metadata: { a: 1 } });
    const grant = { role: 'Identity Data Admin', scope: { type: 'ENVIRONMENT' } };
    await at.control('POST /console', { application: id, grant });
    const { body } = await admin(`GET ${at.applications}/${id}`);
    expect(await at.stored(id)).toEqual({
      ...body,
      secret: expect.stringMatching(/^[A-Za-z0-9\-._~]{64,}$/),
      roleAssignments: [
        {
          id: expect.any(String),
          role: 'Identity Data Admin',
          scope: { type: 'ENVIRONMENT', id: at.environment },
          readOnly: false,
        },
      ],
      metadata: { a: 1 },
    });
  });

  test('is the same on either port', async () => {
    const { body } = await caller(at.ready.github.apiUrl, {})('GET /__sandbox/state');
    expect(body).toEqual(await state());
  });

  test('shows all admins in Production, with their roles', async () => {
    const { admin: first, admins } = at.ready;
    const held = async ({ clientId }: { clientId: string }) =>
      (await at.stored(clientId)).roleAssignments.map(({ role }: Json) => role);
    expect(new Set(await held(first))).toEqual(
      new Set(['Organization Admin', 'Environment Admin', 'Identity Data Admin', 'Client Application Developer']),
    );
    expect(new Set(await held(admins.applicationsOnly))).toEqual(new Set(['Client Application Developer']));
    expect(new Set(await held(admins.readOnly))).toEqual(new Set(['Configuration Read Only']));
    expect(await held(admins.noRoles)).toEqual([]);
    expect(new Set(await held(admins.keyPair))).toEqual(new Set(await held(first)));
    expect(await at.stored(admins.keyPair.clientId)).toMatchObject({
      environment: { id: first.environmentId },
      tokenEndpointAuthMethod: 'PRIVATE_KEY_JWT',
      jwks: expect.stringContaining(admins.keyPair.keyId),
    });
    const { applicationsOnly, readOnly, noRoles } = admins;
    for (const { clientId, clientSecret, environmentId } of [first, applicationsOnly, readOnly, noRoles]) {
      expect(await at.stored(clientId)).toMatchObject({
        environment: { id: environmentId },
        secret: clientSecret,
        tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC',
        type: 'WORKER',
      });
    }
  });
});
