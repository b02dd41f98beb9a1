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
    ['is the one with exactly that name', [app('9', 'Other'), sync], { kind: 'one', application: sync }],
    ['is found even if an application of another type has the name', [site, sync], { kind: 'one', application: sync }],
    ['does not exist without applications', [], { kind: 'none', nearMisses: [] }],
    ['does not exist if only others exist', [app('9', 'Syncer'), app('8', '')], { kind: 'none', nearMisses: [] }],
    ['does not exist if the application has another type', [site], { kind: 'other-type', application: site }],
  ])('%s', (_, applications, found) => {
    expect(findWorker(applications, 'Sync')).toEqual(found);
  });

  test('is several: the oldest first, then the lowest ID', () => {
    const found = { kind: 'several', applications: [twin, older, sync] };
    expect(findWorker([sync, older, twin, site], 'Sync')).toEqual(found);
    expect(findWorker([twin, site, sync, older], 'Sync')).toEqual(found);
  });

  test.each(['sync', 'SYNC', ' Sync', 'Sync\u00a0', '\tsync '])('is similar to %p', (name) => {
    expect(findWorker([app('9', name)], 'Sync')).toEqual({ kind: 'none', nearMisses: [name] });
  });

  test('is not similar to names with other accents, or blanks inside', () => {
    const applications = [app('1', 'Sýnc'), app('2', 'S ync'), app('3', 'Sync2')];
    expect(findWorker(applications, 'Sync')).toEqual({ kind: 'none', nearMisses: [] });
  });
});

test('age is compared by time and not by text, and without a time by ID', () => {
  const early = app('z', 'a', '2026-01-01T01:00:00+02:00');
  const late = app('a', 'a', '2026-01-01T00:00:00Z');
  expect([late, early].sort(byAge)).toEqual([early, late]);
  expect([app('b', 'a'), app('a', 'a'), late].sort(byAge).map(({ id }) => id)).toEqual(['a', 'a', 'b']);
});
