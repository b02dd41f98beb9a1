import { describe, expect, test } from '@jest/globals';
import type { Application } from '../../src/pingone/applications.ts';
import {
  attributesOfExisting,
  attributesOfNew,
  needsRedirectUris,
  replacementBody,
} from '../../src/reconcile/attributes.ts';
import type { Clearable, DesiredWorker } from '../../src/reconcile/attributes.ts';

const keepAll: DesiredWorker = {
  name: 'A',
  applicationId: undefined,
  description: undefined,
  icon: undefined,
  enabled: 'keep',
  tokenEndpointAuthMethod: 'keep',
  redirectUris: undefined,
  clear: new Set(),
  roles: { kind: 'default' },
  rotateSecret: false,
};
const desired = (given: Partial<DesiredWorker>): DesiredWorker => ({ ...keepAll, ...given });
const application = (fields: object): Application => ({ id: '1', name: 'A', type: 'WORKER', ...fields });
const clearing = (...names: Clearable[]) => desired({ clear: new Set(names) });
const a = 'https://a.example.com/';
const b = 'https://b.example.com/';

describe('a new worker', () => {
  const base = { name: 'A', enabled: true, type: 'WORKER', protocol: 'OPENID_CONNECT', assignActorRoles: false };
  const plain = { ...base, grantTypes: ['CLIENT_CREDENTIALS'], tokenEndpointAuthMethod: 'CLIENT_SECRET_POST' };

  test.each<[string, Partial<DesiredWorker>, object]>([
    ['with `keep` for everything', {}, plain],
    ['with `clear` for everything', { clear: new Set(['description', 'icon', 'redirect-uris'] as const) }, plain],
    [
      'that is described and disabled',
      { description: 'D', enabled: false },
      { ...plain, description: 'D', enabled: false },
    ],
    [
      'with redirect URIs',
      { redirectUris: [a] },
      {
        ...plain,
        grantTypes: ['CLIENT_CREDENTIALS', 'AUTHORIZATION_CODE'],
        responseTypes: ['CODE'],
        redirectUris: [a],
      },
    ],
    [
      'with another authentication method',
      { tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC' },
      { ...plain, tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC' },
    ],
  ])('%s', (_, given, expected) => {
    expect(attributesOfNew(desired(given))).toEqual(expected);
  });
});

describe('an existing worker', () => {
  const interactive = {
    grantTypes: ['CLIENT_CREDENTIALS', 'AUTHORIZATION_CODE'],
    responseTypes: ['CODE'],
    redirectUris: [a, b],
  };

  test.each<[string, DesiredWorker, object, object]>([
    ['keeps what `keep` names', keepAll, interactive, { grantTypes: interactive.grantTypes }],
    ['gets the grant of client credentials', keepAll, {}, { grantTypes: ['CLIENT_CREDENTIALS'] }],
    ['gets it in addition to others', keepAll, { grantTypes: ['X'] }, { grantTypes: ['X', 'CLIENT_CREDENTIALS'] }],
    [
      'with the redirect URIs in the same order is not changed',
      desired({ redirectUris: [a, b] }),
      interactive,
      interactive,
    ],
    ['with them in another order is not changed', desired({ redirectUris: [b, a] }), interactive, interactive],
    [
      'with an additional redirect URI',
      desired({ redirectUris: [b] }),
      interactive,
      { ...interactive, redirectUris: [b] },
    ],
    [
      'with one redirect URI twice',
      desired({ redirectUris: [a, b] }),
      { ...interactive, redirectUris: [a, a] },
      { ...interactive, redirectUris: [a, b] },
    ],
    [
      'with other response types keeps them',
      desired({ redirectUris: [a] }),
      { grantTypes: [], responseTypes: ['ID_TOKEN'] },
      { ...interactive, responseTypes: ['ID_TOKEN', 'CODE'], redirectUris: [a] },
    ],
    [
      'loses grant, response type and redirect URIs together',
      clearing('redirect-uris'),
      interactive,
      { grantTypes: ['CLIENT_CREDENTIALS'], responseTypes: null, redirectUris: null },
    ],
    [
      'keeps other grants and response types',
      clearing('redirect-uris'),
      { grantTypes: ['AUTHORIZATION_CODE', 'REFRESH_TOKEN'], responseTypes: ['CODE', 'ID_TOKEN'] },
      { grantTypes: ['REFRESH_TOKEN', 'CLIENT_CREDENTIALS'], responseTypes: ['ID_TOKEN'], redirectUris: null },
    ],
    [
      'loses its description',
      clearing('description'),
      interactive,
      { description: null, grantTypes: interactive.grantTypes },
    ],
    [
      'does not change these if its icon is cleared',
      clearing('icon'),
      interactive,
      { grantTypes: interactive.grantTypes },
    ],
  ])('%s', (_, given, fields, expected) => {
    expect(attributesOfExisting(given, application(fields))).toEqual(expected);
  });

  test.each([
    [['IMPLICIT'], true],
    [['CLIENT_CREDENTIALS', 'IMPLICIT'], true],
    [['AUTHORIZATION_CODE'], false],
    [undefined, false],
    ['IMPLICIT', false],
  ])('with the grants %j needs its redirect URIs for another flow: %s', (grantTypes, expected) => {
    expect(needsRedirectUris(application({ grantTypes }))).toBe(expected);
  });
});

describe('the body of a PUT', () => {
  test('is the application without read-only fields, with the changes applied', () => {
    const fields = { enabled: false, description: 'D', invented: { a: [null] }, icon: { id: 'i' } };
    const readOnly = {
      _links: {},
      _embedded: {},
      environment: { id: 'e' },
      createdAt: 'c',
      updatedAt: 'u',
      clientId: 'x',
      assignActorRoles: true,
    };
    const body = replacementBody(application({ ...fields, ...readOnly }), { enabled: true, description: null });
    expect(body).toEqual({ name: 'A', type: 'WORKER', enabled: true, invented: { a: [null] }, icon: { id: 'i' } });
  });

  test('keeps false, zero and empty values', () => {
    const fields = { a: false, b: 0, c: '', d: [], e: {} };
    expect(replacementBody(application(fields), {})).toEqual({ name: 'A', type: 'WORKER', ...fields });
  });
});
