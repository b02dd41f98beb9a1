import { describe, expect, test } from '@jest/globals';
import {
  clientIdOf,
  deleteApplication,
  listApplications,
  readApplication,
  readMetadata,
  readSecret,
  replaceMetadata,
} from '../../src/pingone/applications.ts';
import { findEnvironments, listPopulations } from '../../src/pingone/environments.ts';
import { grantRole, listCustomRoles, listRoleAssignments, listRoles } from '../../src/pingone/roles.ts';
import { json } from '../http/fakes.ts';
import { apiUrl, errorBody, fakePingOne, ref } from './fake-pingone.ts';

const app = (id: string, fields: object = {}) => ({ id, name: id, type: 'WORKER', ...fields });
const page = (items: readonly object[], next?: string) =>
  json({ _links: next === undefined ? {} : { next: { href: next } }, _embedded: { applications: items }, size: 1 });
const missing = json(errorBody('NOT_FOUND'), 404);

describe('a collection', () => {
  test('is read page by page, each link unchanged, with all attributes', async () => {
    const [second, third] = [`${apiUrl}/environments/e-1/applications?cursor=a%2Fb&limit=1`, `${apiUrl}/elsewhere`];
    const tomorrow = { inventedForTomorrow: { level: 3 } };
    const { pingone, paths } = fakePingOne([page([app('1', tomorrow)], second), page([app('2')], third), page([])]);
    expect(await listApplications(pingone, 'e-1')).toEqual([app('1', tomorrow), app('2')]);
    expect(paths()).toEqual([
      'GET /environments/e-1/applications',
      'GET /environments/e-1/applications?cursor=a%2Fb&limit=1',
      'GET /elsewhere',
    ]);
  });

  test.each([
    ['an empty list', { _links: {}, _embedded: { applications: [] }, count: 0 }],
    ['no list at all', { _links: { self: { href: 'x' } }, count: 0 }],
  ])('is empty by %s', async (_, body) => {
    const { pingone } = fakePingOne([json(body)]);
    expect(await listApplications(pingone, 'e-1')).toEqual([]);
  });

  test('with a circle of links ends in an error', async () => {
    const self = `${apiUrl}/environments/e-1/applications?cursor=1`;
    const { pingone, sent } = fakePingOne([page([], self)]);
    await expect(listApplications(pingone, 'e-1')).rejects.toThrow('repeats a page');
    expect(sent).toHaveLength(2);
  });

  test.each([
    ['is not JSON', {}],
    ['has no list of items', { _links: {}, _embedded: { applications: { 0: app('1') } } }],
    ['has a link of another type', { _links: { next: 'x' }, _embedded: { applications: [] } }],
    ['has a link to no address', { _links: { next: null }, _embedded: { applications: [] } }],
  ])('with a response that %s is not empty, and is not requested again', async (_, body) => {
    const { pingone, sent } = fakePingOne([json(body), page([app('1')])]);
    await expect(listApplications(pingone, 'e-1')).rejects.toMatchObject({ failure: 'unexpected' });
    expect(sent).toHaveLength(1);
  });

  test.each(['', '/v1/environments', 'more', 'https://'])('a next page at "%s" is explained', async (next) => {
    const { pingone, sent } = fakePingOne([page([app('1')], next)]);
    await expect(listApplications(pingone, 'e-1')).rejects.toMatchObject({
      name: 'ActionError',
      message: expect.stringMatching(
        /^A link .* is not a URL, so the action did not follow it\.\nLikely cause: .*\nWhat to do: /,
      ),
    });
    expect(sent).toHaveLength(1);
  });

  test('has each ID once, even if a changing list shows it twice', async () => {
    const next = `${apiUrl}/environments/e-1/applications?cursor=2`;
    const { pingone } = fakePingOne([page([app('1'), app('2'), app('2')], next), page([app('2'), app('3')])]);
    expect((await listApplications(pingone, 'e-1')).map(({ id }) => id)).toEqual(['1', '2', '3']);
    const roles = [{ id: 'r', name: 'R' }];
    const twice = fakePingOne([json({ _links: {}, _embedded: { roles: [...roles, ...roles] } })]);
    expect(await listRoles(twice.pingone)).toEqual(roles);
  });

  test('can have more items than a function call has arguments', async () => {
    const many = Array.from({ length: 300_000 }, (_, index) => ({ id: String(index), name: 'n', type: 't' }));
    const { pingone } = fakePingOne([page(many)]);
    expect(await listApplications(pingone, 'e-1')).toHaveLength(many.length);
  });

  const odd = [null, 5, 'text', [], {}, { id: '1' }, { id: 7, name: 'Other', type: 'WORKER' }, { name: 'Other' }];
  const lone = { ...app('1'), id: '\ud800', name: 'Other' };

  test('ignores odd items that no input names', async () => {
    const dated = { ...app('2'), createdAt: 5 };
    const { pingone, sent } = fakePingOne([page([...(odd as object[]), lone, app('1'), dated])]);
    expect((await listApplications(pingone, 'e-1', 'Mine')).map(({ id }) => id)).toEqual(['1', '2']);
    expect(sent).toHaveLength(1);
    const others = fakePingOne([json({ _links: {}, _embedded: { populations: [...odd, { id: 'p', name: 'P' }] } })]);
    expect(await listPopulations(others.pingone, 'e-1')).toEqual([{ id: 'p', name: 'P' }]);
  });

  test.each([{ name: 'Mine' }, { id: 7, name: 'Mine', type: 'WORKER' }, { id: '7', name: 'Mine' }])(
    'with an odd item that has the wanted name (%j) is refused, because the application would be created twice',
    async (mine) => {
      const { pingone } = fakePingOne([page([app('1'), mine])]);
      await expect(listApplications(pingone, 'e-1', 'Mine')).rejects.toMatchObject({ failure: 'unexpected' });
    },
  );

  test('is not read from another host', async () => {
    const { pingone, sent } = fakePingOne([page([app('1')], 'https://elsewhere.example/v1/x')]);
    await expect(listApplications(pingone, 'e-1')).rejects.toThrow('points to another host');
    expect(sent).toHaveLength(1);
  });
});

describe('ids and filters', () => {
  test('are encoded once', async () => {
    const { pingone, paths } = fakePingOne([json({ _links: {}, ...app('a') })]);
    await readApplication(pingone, { environmentId: 'e/1', applicationId: 'a?b#c', isNew: false });
    await findEnvironments(pingone, 'A "b" \\ & c');
    await listCustomRoles(pingone, 'e/1');
    await listRoleAssignments(pingone, ref);
    expect(paths().map(decodeURIComponent)).toEqual([
      'GET /environments/e/1/applications/a?b#c',
      'GET /environments?filter=name sw "A \\"b\\" \\\\ & c"',
      'GET /environments/e/1/roles?filter=type eq "CUSTOM"',
      'GET /environments/e-1/applications/a-1/roleAssignments',
    ]);
    expect(paths()[0]).toBe('GET /environments/e%2F1/applications/a%3Fb%23c');
  });

  test('the client ID is that of the application, unless another one was imported', () => {
    expect([clientIdOf(app('a')), clientIdOf(app('a', { clientId: 'c' }))]).toEqual(['a', 'c']);
  });
});

describe('a resource that no longer exists', () => {
  test('counts as deleted', async () => {
    const { pingone } = fakePingOne([missing]);
    await expect(deleteApplication(pingone, ref)).resolves.toBeUndefined();
  });

  test('but a refused deletion does not', async () => {
    const { pingone } = fakePingOne([json(errorBody('ACCESS_FAILED', { code: 'X' }), 403)]);
    await expect(deleteApplication(pingone, ref)).rejects.toMatchObject({ status: 403 });
  });
});

describe('metadata', () => {
  test.each([
    ['exists', json({ metadata: { a: { b: 1 } } }), { a: { b: 1 } }],
    ['does not exist', missing, {}],
    ['does not exist, and the response says so', json({ application: { id: 'a-1' } }), {}],
    ['is null', json({ metadata: null, application: { id: 'a-1' } }), {}],
  ])('%s', async (_, answer, metadata) => {
    const { pingone } = fakePingOne([answer]);
    expect(await readMetadata(pingone, ref)).toEqual(metadata);
  });

  test('of an unexpected form does not count as missing: the next write would replace it', async () => {
    for (const body of [{}, { metadata: 'text' }]) {
      const { pingone, sent } = fakePingOne([json(body), json({ metadata: { a: 1 } })]);
      await expect(readMetadata(pingone, ref)).rejects.toMatchObject({ failure: 'unexpected' });
      expect(sent).toHaveLength(1);
    }
  });

  test('is replaced as a whole', async () => {
    const { pingone, sent } = fakePingOne([json({})]);
    await replaceMetadata(pingone, ref, { a: 1 });
    expect(sent[0]!.request).toMatchObject({ method: 'PUT', body: '{"metadata":{"a":1}}' });
  });
});

describe('the secret', () => {
  test('can have any characters, and can have a previous one', async () => {
    const previous = { secret: 'old~', expiresAt: '2026-11-25T00:00:00Z' };
    const { pingone } = fakePingOne([json({ secret: ' ü "~\\', previous, environment: {} })]);
    expect(await readSecret(pingone, ref)).toEqual({ secret: ' ü "~\\', previous });
  });

  test.each([{ secret: '' }, {}, { secret: 5 }])('is never empty: %j is refused', async (body) => {
    const { pingone, sent } = fakePingOne([json(body)]);
    await expect(readSecret(pingone, ref)).rejects.toMatchObject({ failure: 'unexpected' });
    expect(sent).toHaveLength(1);
  });

  test('can have no previous one', async () => {
    const { pingone } = fakePingOne([json({ secret: 'a', previous: null })]);
    expect(await readSecret(pingone, ref)).toEqual({ secret: 'a', previous: null });
  });

  test.each([
    [true, 2],
    [false, 1],
  ])('of a new application (%p) is retried', async (isNew, requests) => {
    const { pingone, sent } = fakePingOne([missing, json({ secret: 'a' })]);
    await readSecret(pingone, { ...ref, isNew }).catch(() => undefined);
    expect(sent).toHaveLength(requests);
  });
});

describe('granting a role', () => {
  const grant = (answer: object) => {
    const world = fakePingOne([answer]);
    return { ...world, granted: grantRole(world.pingone, ref, 'r-1', { type: 'ENVIRONMENT', id: 'e-1' }) };
  };

  test('sends the two ids', async () => {
    const { granted, sent } = grant(json({ id: 'x' }, 201));
    await granted;
    expect(JSON.parse(sent[0]!.request.body as string)).toEqual({
      role: { id: 'r-1' },
      scope: { type: 'ENVIRONMENT', id: 'e-1' },
    });
  });

  test('that exists counts as granted', async () => {
    await expect(grant(json(errorBody('INVALID_DATA', { code: 'UNIQUENESS_VIOLATION' }), 400)).granted).resolves.toBe(
      undefined,
    );
  });

  test('that is refused is an error', async () => {
    await expect(grant(json(errorBody('INVALID_DATA', { code: 'X' }), 400)).granted).rejects.toMatchObject({
      status: 400,
    });
  });
});
