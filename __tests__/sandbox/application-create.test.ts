import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Call, Harness, Json } from './client.ts';
import { details, harness, WORKER } from './client.ts';

let at: Harness;
let admin: Call;
beforeAll(async () => {
  at = await harness();
});
afterAll(() => at.sandbox.close());
beforeEach(async () => {
  await at.control('POST /reset');
  admin = await at.as(at.ready.admin);
});

const create = (fields: Json = {}) => admin(`POST ${at.applications}`, { ...WORKER, ...fields });

const ID = '00000000-0000-4000-8000-000000000000';

describe('creating an application', () => {
  test('sets the defaults and never returns the secret', async () => {
    const { status, headers, body } = await create();
    expect(status).toBe(201);
    expect(headers.get('content-type')).toContain('application/hal+json');
    const { _links, id, createdAt, updatedAt, signing, ...rest } = body;
    expect(rest).toEqual({
      ...WORKER,
      environment: { id: at.environment },
      clientId: id,
      hiddenFromAppPortal: false,
      accessControl: { role: { type: 'ADMIN_USERS_ONLY' } },
      pkceEnforcement: 'OPTIONAL',
      parRequirement: 'OPTIONAL',
      parTimeout: 60,
      deviceTimeout: 600,
      devicePollingInterval: 5,
      idpSignoff: false,
      requestScopesForMultipleResourcesEnabled: false,
      additionalRefreshTokenReplayProtectionEnabled: true,
    });
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(updatedAt).toBe(createdAt);
    expect(signing.keyRotationPolicy.id).toEqual(expect.any(String));
    expect(_links.secret.href).toBe(`${at.ready.pingone.apiUrl}${at.applications}/${id}/secret`);
    expect(await admin(`GET ${at.applications}/${id}`)).toMatchObject({ status: 200, body });
  });

  test('is disabled by default', async () => {
    expect((await create({ enabled: undefined })).body.enabled).toBe(false);
  });

  test.each([
    [undefined, true, 6],
    [true, true, 6],
    [false, false, 0],
  ])('assignActorRoles %s: copies the roles of the creator: %s', async (sent, echoed, roles) => {
    const { body } = await create({ assignActorRoles: sent });
    expect(body.assignActorRoles).toBe(echoed);
    expect((await at.stored(body.id)).roleAssignments).toHaveLength(roles);
  });

  test('names are not unique, and unknown fields are kept', async () => {
    const first = await create({ tomorrow: { a: [1] } });
    const second = await create();
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.body.tomorrow).toEqual({ a: [1] });
  });

  test.each<[string, Json, string[]]>([
    ['no name', { name: undefined }, ['REQUIRED_VALUE name']],
    ['a blank name', { name: ' ' }, ['EMPTY_VALUE name']],
    ['no type', { type: undefined }, ['REQUIRED_VALUE type']],
    ['no protocol', { protocol: null }, ['REQUIRED_VALUE protocol']],
    [
      'a worker of another protocol',
      { protocol: 'EXTERNAL_LINK' },
      ['REQUIRED_VALUE homePageUrl', 'INVALID_VALUE type'],
    ],
    ['no method', { tokenEndpointAuthMethod: undefined }, ['REQUIRED_VALUE tokenEndpointAuthMethod']],
    ['an unknown method', { tokenEndpointAuthMethod: 'SECRET' }, ['INVALID_VALUE tokenEndpointAuthMethod']],
    ['no grant types', { grantTypes: undefined }, ['REQUIRED_VALUE grantTypes']],
    ['a grant type in lower case', { grantTypes: ['client_credentials'] }, ['INVALID_VALUE grantTypes']],
    ['enabled as text', { enabled: 'true' }, ['INVALID_VALUE enabled']],
    ['an icon with one of its two fields', { icon: { id: 'x' } }, ['REQUIRED_VALUE icon.href']],
    [
      'an icon that was never uploaded',
      { icon: { id: ID, href: 'https://example.com/x.png' } },
      ['INVALID_VALUE icon.id'],
    ],
    [
      'a group by its name',
      { accessControl: { group: { type: 'ANY_GROUP', groups: [{ id: 'staff' }] } } },
      ['INVALID_VALUE accessControl.group.groups.id'],
    ],
    ['a device path with blanks', { devicePathId: 'my path' }, ['INVALID_VALUE devicePathId']],
    [
      'refresh tokens that are valid longer than the rolling duration',
      { refreshTokenDuration: 7200, refreshTokenRollingDuration: 3600 },
      ['INVALID_VALUE refreshTokenDuration'],
    ],
    ['a timeout out of range', { parTimeout: 601 }, ['OUT_OF_RANGE parTimeout']],
    ['an unknown CORS behaviour', { corsSettings: {} }, ['INVALID_VALUE corsSettings.behavior']],
    ['imported credentials', { clientId: 'chosen-by-me' }, ['INVALID_VALUE clientId']],
    [
      'contradicting request objects',
      { supportUnsignedRequestObject: true, requireSignedRequestObject: true },
      ['INVALID_VALUE requireSignedRequestObject'],
    ],
    ['two mistakes', { name: undefined, parTimeout: 0 }, ['REQUIRED_VALUE name', 'OUT_OF_RANGE parTimeout']],
  ])('%s is refused', async (_, fields, expected) => {
    const answer = await create(fields);
    expect([answer.status, answer.body.code, details(answer)]).toEqual([400, 'INVALID_DATA', expected]);
  });

  test.each('$+<=>^`|~'.split(''))('a description with %s is refused', async (character) => {
    expect(details(await create({ description: `a ${character} b` }))).toEqual(['INVALID_VALUE description']);
  });

  test('other characters are allowed in a description', async () => {
    expect((await create({ description: 'äöü – "quotes" & (more) #1; 100%!\n日本' })).status).toBe(201);
  });
});
