import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { laterThan } from '../../sandbox/pingone/application-fields.ts';
import type { Call, Harness, Json } from './client.ts';
import { details, harness, WORKER } from './client.ts';

let at: Harness;
let admin: Call;
beforeAll(async () => {
  at = await harness({ apps: 243 });
});
afterAll(() => at.sandbox.close());
beforeEach(async () => {
  await at.control('POST /reset');
  admin = await at.as(at.ready.admin);
});

const create = (fields: Json = {}) => admin(`POST ${at.applications}`, { ...WORKER, ...fields });
const named = async (name: string): Promise<Json> =>
  (await at.control('GET /state')).body.applications.find((application: Json) => application.name === name);

describe('listing', () => {
  const pages = async (): Promise<Json[]> => {
    const found: Json[] = [];
    let next: string | undefined = `${at.ready.pingone.apiUrl}${at.applications}`;
    while (next !== undefined) {
      const { body } = await admin(`GET ${next.replace(at.ready.pingone.apiUrl, '')}`);
      found.push(body);
      next = body._links.next?.href;
    }
    return found;
  };

  test('returns pages of 100, with all types of applications', async () => {
    const found = await pages();
    expect(found.map(({ size, count }) => [size, count])).toEqual([
      [100, 250],
      [100, 250],
      [50, 250],
    ]);
    const all = found.flatMap(({ _embedded }) => _embedded.applications);
    expect(new Set(all.map(({ id }) => id)).size).toBe(250);
    expect([...new Set(all.map(({ protocol }) => protocol))].sort()).toEqual([
      'EXTERNAL_LINK',
      'OPENID_CONNECT',
      'SAML',
    ]);
    const adminConsole = all.find(({ type }) => type === 'PING_ONE_ADMIN_CONSOLE');
    expect([adminConsole.tokenEndpointAuthMethod, adminConsole.grantTypes, adminConsole.clientId]).toEqual([
      'NONE',
      undefined,
      undefined,
    ]);
    expect(JSON.stringify(all)).not.toContain('sandbox~');
  });

  test('every tenth additional application is a worker', async () => {
    const numbered = (await pages())
      .flatMap(({ _embedded }) => _embedded.applications)
      .filter(({ name }) => /^app-\d{5}$/.test(name));
    expect(numbered).toHaveLength(243);
    expect(
      numbered
        .filter(({ type }) => type === 'WORKER')
        .map(({ name }) => name)
        .slice(0, 3),
    ).toEqual(['app-00010', 'app-00020', 'app-00030']);
  });

  test('continues after a row that was deleted meanwhile', async () => {
    const first = (await admin(`GET ${at.applications}`)).body;
    await admin(`DELETE ${at.applications}/${first._embedded.applications.at(-1).id}`);
    const second = (await admin(`GET ${first._links.next.href.replace(at.ready.pingone.apiUrl, '')}`)).body;
    const all = [...first._embedded.applications, ...second._embedded.applications].map(({ id }: Json) => id);
    expect([all.length, new Set(all).size]).toEqual([200, 200]);
    expect(second._embedded.applications[0].name).toBe('app-00094');
  });

  test('has no filter, and refuses an unknown cursor', async () => {
    const filtered = await admin(`GET ${at.applications}?filter=${encodeURIComponent('name eq "Wiki"')}`);
    expect(filtered.body.count).toBe(250);
    expect((await admin(`GET ${at.applications}?cursor=made-up`)).body.code).toBe('INVALID_REQUEST');
  });
});

const GROUP = '11111111-2222-4333-8444-555555555555';

describe('replacing', () => {
  test.each([
    ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:05.000Z', '2026-01-01T00:00:05.000Z'],
    ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.001Z'],
    ['2026-01-01T00:00:09.000Z', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:09.001Z'],
    [undefined, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'],
  ])('changes updatedAt: changed %s, now %s: %s', (previous, now, expected) => {
    expect(laterThan(previous, Date.parse(now))).toBe(expected);
  });

  test('keeps an icon whose image was deleted, and refuses another missing image', async () => {
    const icon = { id: 'gone', href: 'https://example.com/gone.png' };
    const { id } = (await at.control('POST /console', { create: { ...WORKER, icon } })).body;
    const path = `${at.applications}/${id}`;
    expect((await admin(`PUT ${path}`, { ...WORKER, icon })).body.icon).toEqual(icon);
    const other = await admin(`PUT ${path}`, { ...WORKER, icon: { ...icon, id: 'other' } });
    expect(details(other)).toEqual(['INVALID_VALUE icon.id']);
  });

  test('clears what is missing and resets what has a default', async () => {
    const full = await create({
      description: 'text',
      loginPageUrl: 'https://example.com/login',
      hiddenFromAppPortal: true,
      corsSettings: { behavior: 'ALLOW_NO_ORIGINS' },
      accessControl: { group: { type: 'ANY_GROUP', groups: [{ id: GROUP }] } },
      parTimeout: 90,
      signing: { keyRotationPolicy: { id: 'mine' } },
      inventedForTomorrow: true,
    });
    expect(full.body.accessControl).toEqual({
      role: { type: 'ADMIN_USERS_ONLY' },
      group: { type: 'ANY_GROUP', groups: [{ id: GROUP }] },
    });
    const path = `${at.applications}/${full.body.id}`;
    const { status, body } = await admin(`PUT ${path}`, { ...WORKER, assignActorRoles: true, description: null });
    const bare = (await create()).body;
    const standard = { ...bare, _links: full.body._links, id: full.body.id, clientId: full.body.id };
    expect(status).toBe(200);
    expect(body).toEqual({ ...standard, createdAt: full.body.createdAt, updatedAt: body.updatedAt });
    expect(Date.parse(body.updatedAt)).toBeGreaterThan(Date.parse(full.body.updatedAt));
  });

  test('keeps everything that is sent, known or not', async () => {
    const bridge = await named('PingFederate Bridge');
    const { body: before } = await admin(`GET ${at.applications}/${bridge.id}`);
    expect(before).toMatchObject({ tags: ['PING_FED_CONNECTION_INTEGRATION'], inventedForTomorrow: { level: 3 } });
    const { body: after } = await admin(`PUT ${at.applications}/${bridge.id}`, { ...before, description: 'new' });
    expect(after).toEqual({ ...before, description: 'new', updatedAt: after.updatedAt });
  });

  test.each<[string, Json, string]>([
    ['no name', { name: undefined }, 'REQUIRED_VALUE name'],
    ['no enabled', { enabled: undefined }, 'REQUIRED_VALUE enabled'],
    ['no type', { type: undefined }, 'REQUIRED_VALUE type'],
    ['no protocol', { protocol: undefined }, 'REQUIRED_VALUE protocol'],
    ['no method', { tokenEndpointAuthMethod: undefined }, 'REQUIRED_VALUE tokenEndpointAuthMethod'],
    ['no grant types', { grantTypes: undefined }, 'REQUIRED_VALUE grantTypes'],
    ['another type', { type: 'SERVICE' }, 'INVALID_VALUE type'],
  ])('%s is refused and changes nothing', async (_, fields, expected) => {
    const { body: before } = await create();
    const answer = await admin(`PUT ${at.applications}/${before.id}`, { ...WORKER, ...fields });
    expect([answer.status, details(answer)]).toEqual([400, [expected]]);
    expect((await admin(`GET ${at.applications}/${before.id}`)).body).toEqual(before);
  });

  test('refresh token durations can be changed, but not removed', async () => {
    const { body } = await create({ refreshTokenDuration: 3600, refreshTokenRollingDuration: 7200 });
    const path = `PUT ${at.applications}/${body.id}`;
    expect(details(await admin(path, WORKER))).toEqual([
      'INVALID_VALUE refreshTokenDuration',
      'INVALID_VALUE refreshTokenRollingDuration',
    ]);
    const changed = { ...WORKER, refreshTokenDuration: 60, refreshTokenRollingDuration: 60 };
    expect((await admin(path, changed)).body.refreshTokenDuration).toBe(60);
  });
});

describe('deleting', () => {
  test('returns 204 without a body, then 404 for it and its parts', async () => {
    const path = `${at.applications}/${(await create()).body.id}`;
    expect(await admin(`DELETE ${path}`)).toMatchObject({ status: 204, body: undefined });
    for (const part of ['', '/secret', '/roleAssignments', '/metadata']) {
      expect((await admin(`GET ${path}${part}`)).body.code).toBe('NOT_FOUND');
    }
    expect((await admin(`DELETE ${path}`)).status).toBe(404);
  });

  test('an application of another environment is not found', async () => {
    const { id } = (await create()).body;
    expect((await admin(`GET /environments/${at.ready.environments[1]!.id}/applications/${id}`)).status).toBe(404);
  });

  test.each(['PingOne Admin Console', 'PingOne Application Portal'])(
    '"%s" can be neither changed nor deleted',
    async (name) => {
      const application = await named(name);
      expect((await admin(`PUT ${at.applications}/${application.id}`, application)).status).toBe(403);
      expect((await admin(`DELETE ${at.applications}/${application.id}`)).status).toBe(403);
    },
  );
});
