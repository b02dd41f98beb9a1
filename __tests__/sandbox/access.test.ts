import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Call, Harness, Json } from './client.ts';
import { details, harness, WORKER } from './client.ts';

const NOWHERE = '00000000-0000-4000-8000-000000000000';

let at: Harness;
const callers: Record<string, Call> = {};
beforeAll(async () => {
  at = await harness();
  callers['admin'] = await at.as(at.ready.admin);
  callers['applicationsOnly'] = await at.as(at.ready.admins.applicationsOnly);
  callers['readOnly'] = await at.as(at.ready.admins.readOnly);
});
afterAll(() => at.sandbox.close());
beforeEach(() => at.control('POST /reset'));

/** An application, and what may be done with it by whom. */
const create = async (fields: Json = {}): Promise<Json> =>
  (await at.control('POST /console', { create: { ...WORKER, metadata: { a: 1 }, ...fields } })).body;
const grant = (application: string, role: string, scope: Json) =>
  at.control('POST /console', { application, grant: { role, scope } });

/** A worker with one role of its own, signed in. */
async function holderOf(role: string, scope: Json): Promise<Call> {
  const worker = await create({ name: role, tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC' });
  await grant(worker.id, role, scope);
  return at.as({ clientId: worker.clientId, clientSecret: worker.secret, environmentId: at.environment });
}

describe('what each admin can do', () => {
  const operations: [operation: string, body: Json, admin: number, applicationsOnly: number, readOnly: number][] = [
    ['GET {applications}', undefined, 200, 200, 200],
    ['GET {one}', undefined, 200, 200, 200],
    ['POST {applications}', WORKER, 201, 201, 403],
    ['PUT {one}', WORKER, 200, 200, 403],
    ['DELETE {one}', undefined, 204, 204, 403],
    ['GET {one}/secret', undefined, 200, 200, 403],
    ['POST {one}/secret', {}, 200, 200, 403],
    ['GET {one}/metadata', undefined, 200, 200, 200],
    ['PUT {one}/metadata', { metadata: {} }, 200, 200, 403],
    ['DELETE {one}/metadata', undefined, 204, 204, 403],
    ['GET {one}/roleAssignments', undefined, 200, 200, 200],
    ['POST {one}/roleAssignments', { role: { id: NOWHERE } }, 400, 400, 403],
    ['POST {environment}/images', 'not an image', 415, 415, 403],
    ['GET {environment}/images/x', undefined, 404, 404, 404],
    ['GET {environment}/populations', undefined, 200, 403, 200],
    ['GET {environment}/roles', undefined, 200, 200, 200],
    ['GET {environment}', undefined, 200, 200, 200],
    ['GET /roles', undefined, 200, 200, 200],
  ];

  test.each(operations)('%s', async (operation, body, ...expected) => {
    const statuses = [];
    for (const name of ['admin', 'applicationsOnly', 'readOnly']) {
      const { id } = await create();
      const path = operation
        .replace('{one}', `${at.applications}/${id}`)
        .replace('{applications}', at.applications)
        .replace('{environment}', `/environments/${at.environment}`);
      const answer = await callers[name]!(path, body);
      statuses.push(answer.status);
      if (answer.status === 403) expect(details(answer)).toEqual(['INSUFFICIENT_PERMISSIONS']);
    }
    expect(statuses).toEqual(expected);
  });
});

describe('environments that a caller cannot see', () => {
  test('are missing for callers that see everything, and forbidden to others', async () => {
    const seen = await callers['admin']!(`GET /environments/${NOWHERE}`);
    const hidden = await callers['readOnly']!(`GET /environments/${NOWHERE}`);
    expect([seen.body.code, hidden.body.code]).toEqual(['NOT_FOUND', 'ACCESS_FAILED']);
  });

  test.each(['applications', 'populations', 'roles', `applications/${NOWHERE}`])(
    '%s are forbidden to all',
    async (part) => {
      for (const call of Object.values(callers)) {
        expect((await call(`GET /environments/${NOWHERE}/${part}`)).status).toBe(403);
      }
    },
  );

  test('a role in one environment shows only that one', async () => {
    const call = await holderOf('Client Application Developer', { type: 'ENVIRONMENT' });
    const { body } = await call('GET /environments');
    expect(body._embedded.environments.map(({ name }: Json) => name)).toEqual(['Sandbox']);
    expect((await call(`GET /environments/${at.ready.environments[1]!.id}`)).status).toBe(403);
  });
});

describe('narrow roles', () => {
  test('the owner of one application sees and changes only that one', async () => {
    const [mine, other] = [await create({ name: 'mine' }), await create({ name: 'other' })];
    const call = await holderOf('Application Owner', { type: 'APPLICATION', id: mine.id });
    const { body } = await call(`GET ${at.applications}`);
    expect(body._embedded.applications.map(({ name }: Json) => name)).toEqual(['mine']);
    const write = (id: string) => call(`PUT ${at.applications}/${id}`, { ...WORKER, name: 'renamed' });
    expect([(await write(mine.id)).status, (await write(other.id)).status]).toEqual([200, 403]);
    expect((await call(`POST ${at.applications}`, WORKER)).status).toBe(403);
  });

  test('a role on one population shows only that one', async () => {
    const list = (await callers['admin']!(`GET /environments/${at.environment}/populations`)).body;
    const [first, second] = list._embedded.populations;
    const call = await holderOf('Identity Data Admin', { type: 'POPULATION', id: second.id });
    const { body } = await call(`GET /environments/${at.environment}/populations?limit=1`);
    expect(body._embedded.populations.map(({ id }: Json) => id)).toEqual([second.id]);
    expect((await call(`GET /environments/${at.environment}/populations/${second.id}`)).status).toBe(200);
    expect((await call(`GET /environments/${at.environment}/populations/${first.id}`)).status).toBe(403);
    expect((await call(`GET ${at.applications}`)).status).toBe(403);
  });
});

describe('the secret of a worker', () => {
  test("is hidden from callers who could not grant the worker's roles", async () => {
    const { id } = await create();
    await grant(id, 'Identity Data Admin', { type: 'ENVIRONMENT' });
    const path = `${at.applications}/${id}/secret`;
    for (const method of ['GET', 'POST', 'DELETE']) {
      const { status, body } = await callers['applicationsOnly']!(`${method} ${path}`);
      expect([status, body.details]).toEqual([
        403,
        [
          {
            code: 'INSUFFICIENT_PERMISSIONS',
            message: 'Actor does not have permissions to access worker application client secrets',
          },
        ],
      ]);
    }
    expect((await callers['admin']!(`GET ${path}`)).status).toBe(200);
  });

  test('is visible with the same role, or with Environment Admin alone', async () => {
    const { id } = await create();
    await grant(id, 'Client Application Developer', { type: 'ENVIRONMENT' });
    const path = `${at.applications}/${id}/secret`;
    expect((await callers['applicationsOnly']!(`GET ${path}`)).status).toBe(200);
    await grant(id, 'Identity Data Admin', { type: 'ENVIRONMENT' });
    const call = await holderOf('Environment Admin', { type: 'ENVIRONMENT' });
    expect((await call(`GET ${path}`)).status).toBe(200);
    await grant(id, 'Organization Admin', { type: 'ORGANIZATION' });
    expect((await call(`GET ${path}`)).status).toBe(403);
    expect((await callers['admin']!(`GET ${path}`)).status).toBe(200);
  });

  test('is never readable by the worker itself', async () => {
    const { clientId, environmentId } = at.ready.admin;
    const path = `GET /environments/${environmentId}/applications/${clientId}/secret`;
    expect((await callers['admin']!(path)).status).toBe(403);
  });

  test('of another type of application needs the permission only, and some types have none', async () => {
    const { body } = await at.control('GET /state');
    const idOf = (name: string) => body.applications.find((application: Json) => application.name === name).id;
    expect((await callers['applicationsOnly']!(`GET ${at.applications}/${idOf('Web Shop')}/secret`)).status).toBe(200);
    expect((await callers['admin']!(`GET ${at.applications}/${idOf('Wiki')}/secret`)).status).toBe(404);
  });
});

test('a deleted caller has no access', async () => {
  const call = await holderOf('Environment Admin', { type: 'ENVIRONMENT' });
  const { body } = await call(`GET ${at.applications}`);
  const self = body._embedded.applications.find(({ name }: Json) => name === 'Environment Admin');
  await call(`DELETE ${at.applications}/${self.id}`);
  expect((await call(`GET ${at.applications}`)).status).toBe(401);
});
