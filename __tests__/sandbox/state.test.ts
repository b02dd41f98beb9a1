import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Call, Harness, Json } from './client.ts';
import { caller, harness, WORKER } from './client.ts';

let at: Harness;
let admin: Call;

beforeAll(async () => {
  at = await harness({ apps: 3 });
  admin = await at.as(at.ready.admin);
});
afterAll(() => at.sandbox.close());
beforeEach(() => at.control('POST /reset'));

const state = async (): Promise<Json> => (await at.control('GET /state')).body;

describe('the state', () => {
  test('of the start', async () => {
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

  test('shows all admins in Production, with the roles that their names promise', async () => {
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
