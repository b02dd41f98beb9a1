import { describe, expect, test } from '@jest/globals';
import type { Application } from '../../src/pingone/applications.ts';
import { byAge, findWorker } from '../../src/run/find.ts';

const app = (id: string, name: string, createdAt?: string, type = 'WORKER'): Application => ({
  id,
  name,
  type,
  ...(createdAt === undefined ? {} : { createdAt }),
});
const sync = app('1', 'Sync', '2026-01-02T00:00:00.000Z');
const older = app('2', 'Sync', '2026-01-01T00:00:00.000Z');
const twin = app('0', 'Sync', '2026-01-01T00:00:00Z');
const site = app('3', 'Sync', '2025-01-01T00:00:00.000Z', 'WEB_APP');

describe('the worker of a name', () => {
  test.each([
    ['is the one of exactly that name', [app('9', 'Other'), sync], { kind: 'one', application: sync }],
    ['wins over an application of another type', [site, sync], { kind: 'one', application: sync }],
    ['is none where there are no applications', [], { kind: 'none', nearMisses: [] }],
    ['is none where only others are', [app('9', 'Syncer'), app('8', '')], { kind: 'none', nearMisses: [] }],
    ['is none of another type', [site], { kind: 'other-type', application: site }],
  ])('%s', (_, applications, found) => {
    expect(findWorker(applications, 'Sync')).toEqual(found);
  });

  test('is several, the oldest first, then the lowest id, whatever their order', () => {
    const found = { kind: 'several', applications: [twin, older, sync] };
    expect(findWorker([sync, older, twin, site], 'Sync')).toEqual(found);
    expect(findWorker([twin, site, sync, older], 'Sync')).toEqual(found);
  });

  test.each(['sync', 'SYNC', ' Sync', 'Sync\u00a0', '\tsync '])('is narrowly missed by %p', (name) => {
    expect(findWorker([app('9', name)], 'Sync')).toEqual({ kind: 'none', nearMisses: [name] });
  });

  test('is missed by far by accents, and by blanks inside', () => {
    const applications = [app('1', 'Sýnc'), app('2', 'S ync'), app('3', 'Sync2')];
    expect(findWorker(applications, 'Sync')).toEqual({ kind: 'none', nearMisses: [] });
  });
});

test('age is by time and not by text, and without a time by id', () => {
  const early = app('z', 'a', '2026-01-01T01:00:00+02:00');
  const late = app('a', 'a', '2026-01-01T00:00:00Z');
  expect([late, early].sort(byAge)).toEqual([early, late]);
  expect([app('b', 'a'), app('a', 'a'), late].sort(byAge).map(({ id }) => id)).toEqual(['a', 'a', 'b']);
});
