import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { checkExchange, unusedDeviations } from './check.ts';
import { describePingone } from './describe-pingone.ts';
import { contractGuard } from './guard.ts';
import { newWorker, pingone } from './samples.ts';
import type { Client } from './sandbox-client.ts';
import { answerTo, createClient, signIn } from './sandbox-client.ts';

const guard = contractGuard({ allowRefusedRequests: true });
const nowhere = '00000000-0000-4000-8000-000000000000';
let sandbox: Sandbox;
let admin: Client;
let developer: Client;
let reader: Client;
let environment: string;

async function clientOf(credentials: Parameters<typeof signIn>[1]): Promise<Client> {
  const { apiUrl, authUrl } = sandbox.ready.pingone;
  return createClient(apiUrl, { authorization: `Bearer ${await signIn(authUrl, credentials)}` });
}

const worker = { ...newWorker, icon: undefined };
const createWorker = (name: string) => admin(`POST ${environment}/applications`, 201, { send: { ...worker, name } });
const roleNamed = async (name: string): Promise<string> =>
  (await admin('GET /roles', 200))._embedded.roles.find((role: { name: string }) => role.name === name).id;

describePingone('the sandbox as PingOne', () => {
  beforeAll(async () => {
    sandbox = await startSandbox({ apps: 120, onExchange: guard.onExchange });
    environment = `/environments/${sandbox.ready.environments[0]!.id}`;
    admin = await clientOf(sandbox.ready.admin);
    developer = await clientOf(sandbox.ready.admins.applicationsOnly);
    reader = await clientOf(sandbox.ready.admins.readOnly);
  });
  afterEach(guard.assertClean);
  afterAll(() => sandbox.close());

  test('environments', async () => {
    const filter = encodeURIComponent('name sw "Sand"');
    expect((await admin(`GET /environments?filter=${filter}`, 200))._embedded.environments).toHaveLength(1);
    const page = await admin('GET /environments?limit=1', 200);
    await admin(page._links.next.href.replace(sandbox.ready.pingone.apiUrl, 'GET '), 200);
    await admin(environment.replace('/', 'GET /'), 200);
    await admin(`GET /environments/${nowhere}`, 404);
    await admin(`GET /environments?filter=${encodeURIComponent('name eq "Sandbox"')}`, 400);
    await admin('GET /environments?limit=0', 400);
    await admin('GET /environments', 401, { headers: { authorization: 'Bearer none' } });
  });

  test('a list of all kinds of applications, on several pages', async () => {
    await createClient(sandbox.ready.pingone.authUrl, {})('POST /__sandbox/console', 200, {
      send: { create: { name: 'Assistant', type: 'AI_AGENT', enabled: true } },
    });
    const first = await admin(`GET ${environment}/applications`, 200);
    expect(first._embedded.applications).toHaveLength(100);
    await admin(first._links.next.href.replace(sandbox.ready.pingone.apiUrl, 'GET '), 200);
    for (const { id } of first._embedded.applications.slice(0, 10)) {
      await admin(`GET ${environment}/applications/${id}`, 200);
    }
    await admin(`GET ${environment}/applications?cursor=broken`, 400);
    await admin(`GET /environments/${nowhere}/applications`, [400, 401, 403, 404]);
  });

  test('creating, updating and deleting a worker', async () => {
    const { id } = await createWorker('Life');
    const path = `${environment}/applications/${id}`;
    const interactive = {
      ...worker,
      homePageUrl: 'https://example.com',
      grantTypes: ['CLIENT_CREDENTIALS', 'AUTHORIZATION_CODE'],
      responseTypes: ['CODE'],
      redirectUris: ['https://example.com/callback'],
    };
    await admin(`GET ${path}`, 200);
    await admin(`PUT ${path}`, 200, { send: interactive });
    await admin(`PUT ${path}`, 400, { send: { ...worker, type: 'WEB_APP' } });
    await admin(`PUT ${path}`, 400, { send: { ...worker, enabled: undefined } });
    await reader(`PUT ${path}`, 403, { send: worker });
    await admin(`PATCH ${path}`, 403, { send: worker });
    await admin(`DELETE ${path}`, 204);
    await admin(`DELETE ${path}`, 404);
    await admin(`PUT ${path}`, 404, { send: worker });
  });

  test('refused applications', async () => {
    const list = `POST ${environment}/applications`;
    await admin(list, 400, { send: { ...worker, name: undefined } });
    await admin(list, 400, { send: { ...worker, tokenEndpointAuthMethod: 'SECRET' } });
    await admin(list, 400, { send: Buffer.from('{'), headers: { 'content-type': 'application/json' } });
    await admin(list, 400);
    await admin(list, 415, { send: Buffer.from('{}'), headers: { 'content-type': 'text/plain' } });
    await reader(list, 403, { send: worker });
    await admin(list, 401, { send: worker, headers: { authorization: '' } });
  });

  test('secrets', async () => {
    const { id } = await createWorker('Secret');
    const path = `${environment}/applications/${id}/secret`;
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    await admin(`GET ${path}`, 200);
    await admin(`POST ${path}`, 200, { send: {} });
    await admin(`POST ${path}`, 200);
    expect(await admin(`POST ${path}`, 200, { send: { previous: { expiresAt: inAnHour } } })).toHaveProperty(
      'previous',
    );
    await admin(`POST ${path}`, 400, { send: { previous: { expiresAt: '2001-01-01T00:00:00Z' } } });
    await admin(`DELETE ${path}`, 204);
    await admin(`DELETE ${path}`, 404);
    await reader(`GET ${path}`, 403);
    await admin(`GET ${environment}/applications/${nowhere}/secret`, 404);
  });

  test('metadata', async () => {
    const { id } = await createWorker('Metadata');
    const path = `${environment}/applications/${id}/metadata`;
    await admin(`GET ${path}`, 404);
    await admin(`PUT ${path}`, 200, { send: { metadata: { key: { deep: [1] } } } });
    await admin(`GET ${path}`, 200);
    await admin(`PUT ${path}`, 400, { send: { metadata: 'text' } });
    await admin(`PUT ${path}`, 200, { send: {} });
    await admin(`PUT ${path}`, 200, { send: { metadata: {} } });
    await admin(`DELETE ${path}`, 204);
    await reader(`PUT ${path}`, 403, { send: { metadata: {} } });
  });

  test('role assignments', async () => {
    const { id } = await createWorker('Roles');
    const path = `${environment}/applications/${id}/roleAssignments`;
    const role = { id: await roleNamed('Identity Data Admin') };
    const scope = { type: 'ENVIRONMENT', id: environment.split('/')[2] };
    const assignment = await admin(`POST ${path}`, 201, { send: { role, scope } });
    await admin(`GET ${path}`, 200);
    await admin(`GET ${path}/${assignment.id}`, 200);
    await admin(`POST ${path}`, 400, { send: { role, scope } });
    await admin(`POST ${path}`, 400, { send: { role, scope: { ...scope, type: 'ORGANIZATION' } } });
    await admin(`POST ${path}`, 400, { send: { role } });
    await admin(`POST ${path}`, 404, { send: { role, scope: { ...scope, id: nowhere } } });
    await developer(`POST ${path}`, 400, { send: { role, scope } });
    await developer(`DELETE ${path}/${assignment.id}`, 403);
    await developer(`GET ${environment}/applications/${id}/secret`, 403);
    await admin(`DELETE ${path}/${assignment.id}`, 204);
    await admin(`GET ${path}/${assignment.id}`, 404);
  });

  test('images', async () => {
    const path = `${environment}/images`;
    const png = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.alloc(17, 1)]);
    const gif = Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(10, 1)]);
    const headers = { 'content-type': 'image/png', 'content-disposition': 'attachment; filename=icon.png' };
    const { id } = await admin(`POST ${path}`, 201, { send: png, headers });
    await admin(`POST ${path}`, 201, { send: gif, headers: { ...headers, 'content-type': 'image/gif' } });
    await admin(`POST ${path}`, 400, { send: gif, headers });
    await admin(`POST ${path}`, 400, { send: Buffer.concat([png, Buffer.alloc(1_048_576)]), headers });
    await admin(`POST ${path}`, 400, { send: png, headers: { 'content-type': 'image/png' } });
    await admin(`POST ${path}`, 415, { send: png, headers: { ...headers, 'content-type': 'image/svg+xml' } });
    await reader(`POST ${path}`, 403, { send: png, headers });
    await admin(`GET ${path}/${id}`, 200);
    await admin(`DELETE ${path}/${id}`, 204);
    await admin(`GET ${path}/${id}`, 404);
  });

  test('roles, organizations and populations', async () => {
    await admin(`GET /roles/${await roleNamed('Environment Admin')}`, 200);
    await admin(`GET /roles/${nowhere}`, 404);
    await admin(`GET ${environment}/roles`, 200);
    await admin(`GET ${environment}/roles?filter=${encodeURIComponent('type eq "CUSTOM"')}`, 200);
    await admin('GET /organizations', 200);
    const populations = await admin(`GET ${environment}/populations?limit=1`, 200);
    await admin(`GET ${environment}/populations/${populations._embedded.populations[0].id}`, 200);
    await admin(`GET ${environment}/populations/${nowhere}`, 404);
    await developer(`GET ${environment}/populations`, 403);
  });

  test('the properties of an environment and an application', async () => {
    const { id } = await createWorker('Parts');
    await admin(`GET ${environment}/billOfMaterials`, 200);
    await admin(`GET ${environment}/applications/${id}/attributes`, 200);
    await admin(`GET ${environment}/applications/${id}/grants`, 200);
  });

  test('paths that the gateway does not know', async () => {
    await admin('GET /unknown', 403);
    await admin('DELETE /roles', 403);
  });

  test('a request over the rate limit', async () => {
    const limited = await startSandbox({ ratePerMinute: 1 });
    const answers = ['GET /roles', 'GET /roles'].map((call) => answerTo(limited.ready.pingone.apiUrl, call, {}));
    const refused = (await Promise.all(answers)).find(({ status }) => status === 429);
    await limited.close();
    expect(checkExchange({ ...pingone('GET /roles'), ...refused! })).toEqual([]);
  });

  test('every deviation was needed', () => {
    expect(unusedDeviations(guard.usedDeviations(), ['pingone'])).toEqual([]);
  });
});
