// Tables of the decisions about icons and teardown.
import { describe, expect, test } from '@jest/globals';
import type { Application } from '../../src/pingone/applications.ts';
import type { DesiredWorker } from '../../src/reconcile/attributes.ts';
import { iconChanges, imageIdOf } from '../../src/reconcile/diff.ts';
import { recordState, teardownObstacle } from '../../src/reconcile/ownership.ts';
import type { RecordState } from '../../src/reconcile/ownership.ts';
import { iconFile } from '../reconcile/arbitraries.ts';
import { foreignOwner, owner, recordKey } from './scenes.ts';

const application = (icon?: unknown): Application => ({ id: '1', name: 'A', type: 'WORKER', icon });
const wants = (sha256: string | undefined, clear: boolean): DesiredWorker => ({
  name: 'A',
  applicationId: undefined,
  description: undefined,
  icon: sha256 === undefined ? undefined : iconFile(sha256),
  enabled: true,
  tokenEndpointAuthMethod: 'keep',
  redirectUris: undefined,
  clear: new Set(clear ? (['icon'] as const) : []),
  roles: { kind: 'none' },
  rotateSecret: false,
});

interface IconScene {
  readonly wanted?: string;
  readonly clear?: boolean;
  /** The id of the image that the application points to. */
  readonly present?: string;
  readonly recorded?: { readonly sha256: string; readonly imageId: string };
  readonly canBeRecorded?: boolean;
}

const ours = { sha256: 'new', imageId: 'ours' };
const upload = [{ kind: 'upload-icon', sha256: 'new' }];
const scenes: readonly [string, IconScene, readonly object[]][] = [
  ['not requested', { present: 'ours' }, []],
  ['none yet', { wanted: 'new' }, upload],
  ['none yet, and no record possible', { wanted: 'new', canBeRecorded: false }, upload],
  ['uploaded before', { wanted: 'new', present: 'ours', recorded: ours }, []],
  ['another file', { wanted: 'new', present: 'ours', recorded: { ...ours, sha256: 'old' } }, upload],
  ["somebody's", { wanted: 'new', present: 'theirs' }, upload],
  ['replaced by somebody', { wanted: 'new', present: 'theirs', recorded: ours }, upload],
  ['removed by somebody', { wanted: 'new', recorded: ours }, upload],
  ['set by somebody, and no record possible', { wanted: 'new', present: 'theirs', canBeRecorded: false }, []],
  ['cleared', { clear: true, present: 'ours', recorded: ours }, [{ kind: 'remove-icon' }]],
  ['cleared, and set by somebody', { clear: true, present: 'theirs' }, [{ kind: 'remove-icon' }]],
  ['cleared already', { clear: true }, []],
];

describe('an icon', () => {
  test.each(scenes)('%s', (_, scene, expected) => {
    const { wanted, clear = false, present, recorded, canBeRecorded = true } = scene;
    const there = application(present === undefined ? undefined : { id: present, href: 'https://x.example.com/' });
    expect(iconChanges(wants(wanted, clear), there, { canBeRecorded, recorded })).toEqual(expected);
  });

  test('of a new worker is uploaded with or without a record, and `clear` does nothing', () => {
    for (const canBeRecorded of [true, false]) {
      const observed = { canBeRecorded, recorded: undefined };
      expect(iconChanges(wants('new', false), undefined, observed)).toEqual(upload);
      expect(iconChanges(wants(undefined, true), undefined, observed)).toEqual([]);
    }
  });

  test.each([
    [{ id: 'i', href: 'h' }, 'i'],
    [{ id: 7 }, undefined],
    [{}, undefined],
    ['i', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('%j has the image %s', (icon, expected) => {
    expect(imageIdOf(application(icon))).toBe(expected);
  });
});

const entry = { version: 1, owner, origin: 'created', stored: [] };
const states: Readonly<Record<string, RecordState>> = {
  created: recordState({ [recordKey]: entry }, owner),
  adopted: recordState({ [recordKey]: { ...entry, origin: 'adopted' } }, owner),
  foreign: recordState({ [recordKey]: { ...entry, owner: foreignOwner } }, owner),
  'on another server': recordState({ [recordKey]: { ...entry, owner: { ...owner, server: 'https://x' } } }, owner),
  damaged: recordState({ [recordKey]: 'created' }, owner),
  'by an unknown repository': recordState({ [recordKey]: entry }, undefined),
  unrecorded: recordState({}, owner),
  unavailable: { kind: 'unavailable' },
};

describe('a teardown is allowed', () => {
  test.each([
    ['created', undefined],
    ['adopted', 'adopted'],
    ['foreign', 'foreign'],
    ['on another server', 'foreign'],
    ['damaged', 'unrecorded'],
    ['by an unknown repository', 'foreign'],
    ['unrecorded', 'unrecorded'],
    ['unavailable', 'unrecorded'],
  ])('(%s) or not: %s', (name, obstacle) => {
    const state = states[name]!;
    const leaves = [true, false].flatMap((force) => [true, false].map((production) => ({ force, production })));
    for (const leave of leaves) {
      expect(teardownObstacle(state, 'SANDBOX', leave)).toBe(leave.force ? undefined : obstacle);
      const inProduction = leave.production ? (leave.force ? undefined : obstacle) : 'production';
      expect(teardownObstacle(state, 'PRODUCTION', leave)).toBe(inProduction);
    }
  });

  test('for a renamed repository', () => {
    const state = recordState({ [recordKey]: entry }, { ...owner, repository: 'octo/renamed' });
    expect(teardownObstacle(state, 'SANDBOX', { force: false, production: false })).toBeUndefined();
  });
});
