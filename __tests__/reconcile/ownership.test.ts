import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  allEdits,
  editedMetadata,
  entriesOf,
  noteIntent,
  noteOwner,
  noteSecret,
  noteStored,
  noteWriting,
  recordKey,
  recordOf,
  recordState,
  removeIntent,
  validIntent,
} from '../../src/reconcile/ownership.ts';
import type { RecordEdit, RecordState, Stored, WorkerRecord } from '../../src/reconcile/ownership.ts';

const server = 'https://github.com';
const owner = { server, repositoryId: '1001', repository: 'octo/sync' };
const other = { server, repositoryId: '7', repository: 'mona/x' };
const entry = { target: 'repository', ...owner, prefix: 'PINGONE_WORKER_', ids: 'secrets' } as const;
const known = { ...entry, version: 'aaaaaaaaaaaa', at: { A: '2026-01-01T00:00:00Z' } };
const record: WorkerRecord = { version: 1, owner, origin: 'created', stored: [entry] };
const metadataWith = (value: unknown) => ({ team: 'x', [recordKey]: value });
const stateOf = (value: unknown, reader = owner) => recordState(metadataWith(value), reader);

describe('a record is read as', () => {
  test.each<[string, RecordState, object]>([
    ['none if there is none', recordState({ team: 'x' }, owner), { kind: 'none', metadata: { team: 'x' } }],
    ['own', stateOf(record), { kind: 'own', metadata: metadataWith(record), record }],
    [
      'own after the repository was renamed',
      stateOf({ ...record, owner: { ...owner, repository: 'a/b' } }),
      { kind: 'own' },
    ],
    ['foreign if another repository owns it', stateOf({ ...record, owner: other }), { kind: 'foreign' }],
    [
      'foreign if another server owns it',
      stateOf({ ...record, owner: { ...owner, server: 'https://ghe.example' } }),
      { kind: 'foreign' },
    ],
    ['unreadable if it is of a later version', stateOf({ ...record, version: 2 }), { kind: 'unreadable' }],
    ['unreadable if it is damaged', stateOf({ version: 1 }), { kind: 'unreadable' }],
    ['unreadable if it is null', stateOf(null), { kind: 'unreadable' }],
    ['unreadable if it is a string', stateOf('created'), { kind: 'unreadable' }],
  ])('%s', (_, state, expected) => {
    expect(state).toMatchObject(expected);
  });

  test('foreign if the run does not know its repository', () => {
    expect(recordState(metadataWith(record), undefined)).toMatchObject({ kind: 'foreign' });
  });

  test('its entries, whoever owns the record', () => {
    expect(entriesOf(stateOf({ ...record, owner: other }))).toEqual([entry]);
    expect(entriesOf({ kind: 'unreadable' })).toEqual([]);
  });
});

/** The record after these edits, one after the other. */
const after = (start: WorkerRecord | undefined, ...edits: RecordEdit[]) => allEdits(...edits)(start);

describe('the owner', () => {
  test.each([
    [true, 'created'],
    [false, 'adopted'],
  ])('is the repository that writes the first record (created by this run: %p)', (created, origin) => {
    expect(after(undefined, noteOwner(owner, { created }))).toEqual({ version: 1, owner, origin, stored: [] });
  });

  test('keeps its current name, and everything that a later version added', () => {
    const before = { ...record, owner: { ...owner, repository: 'octo/old', added: 1 }, added: { later: true } };
    expect(after(before, noteOwner(owner, {}))).toEqual({ ...before, owner: { ...owner, added: 1 } });
  });

  test('notes an icon and removes it', () => {
    const icon = { sha256: 'ab', imageId: 'i' };
    expect(after(record, noteOwner(owner, { icon }))).toEqual({ ...record, icon });
    expect(after(record, noteOwner(owner, { icon }), noteOwner(owner, { icon: null }))).toEqual(record);
  });

  test('notes what PingOne made of a value, and removes it', () => {
    const normalized = { description: { asked: 'a', got: 'b' } };
    expect(after(record, noteOwner(owner, { normalized }))).toEqual({ ...record, normalized });
    const forgotten = noteOwner(owner, { normalized: { description: undefined } });
    expect(after(record, noteOwner(owner, { normalized }), forgotten)).toEqual(record);
  });

  test('is not replaced by another repository, which only notes its own targets', () => {
    const theirs = { ...entry, ...other };
    const edit = allEdits(
      noteOwner(other, { created: true, icon: { sha256: 'x', imageId: 'y' } }),
      noteWriting(other, [theirs], 'b'),
    );
    expect(after(record, edit)).toEqual({ ...record, stored: [entry, { ...theirs, writing: 'b' }] });
  });
});

describe('a target', () => {
  test('has unknown content from before the first write until after the last', () => {
    const writing = after({ ...record, stored: [known] }, noteWriting(owner, [known], 'a'));
    expect(writing?.stored).toEqual([{ ...entry, writing: 'a' }]);
    expect(after(writing, noteStored(owner, [known], 'a'))?.stored).toEqual([known]);
  });

  test('has unknown content if two runs wrote to it at once, whichever ends first', () => {
    const later = { ...known, version: 'bbbbbbbbbbbb', at: { A: '2026-01-01T00:00:01Z' } };
    const both = [noteWriting(owner, [entry], 'a'), noteWriting(owner, [entry], 'b')];
    const [endA, endB] = [noteStored(owner, [known], 'a'), noteStored(owner, [later], 'b')];
    expect(after(record, ...both, endA, endB)?.stored).toEqual([entry]);
    expect(after(record, ...both, endB, endA)?.stored).toEqual([entry]);
  });

  test('has its current name, and is found by its ID', () => {
    const renamed = { ...entry, repository: 'octo/new' };
    expect(after(record, noteWriting(owner, [renamed], 'a'))?.stored).toEqual([{ ...renamed, writing: 'a' }]);
  });

  test.each<Partial<Stored>>([{ target: 'organization' }, { repositoryId: '8' }, { server: 'x' }, { prefix: 'X_' }])(
    'differs by %p',
    (difference) => {
      const another = { ...entry, ...difference };
      expect(after(record, noteWriting(owner, [another], 'a'))?.stored).toEqual([entry, { ...another, writing: 'a' }]);
    },
  );

  test('that another run removed by mistake is noted again, with unknown content', () => {
    expect(after({ ...record, stored: [] }, noteStored(owner, [known], 'a'))?.stored).toEqual([entry]);
  });
});

describe('the secret', () => {
  const [early, late] = ['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'];

  test('keeps the earlier time of the same version, or the noted one if the run knew that version', () => {
    const noted = after(record, noteSecret('v1', late, undefined));
    expect(noted?.secret).toEqual({ version: 'v1', since: late });
    expect(after(noted, noteSecret('v1', early, undefined))?.secret).toEqual({ version: 'v1', since: early });
    for (const since of [early, '2026-03-01T00:00:00.000Z'])
      expect(after(noted, noteSecret('v1', since, 'v1'))?.secret).toEqual(noted?.secret);
    expect(after(noted, noteSecret('v1', '2026-03-01T00:00:00.000Z', undefined))?.secret).toEqual(noted?.secret);
  });

  test('is replaced by a new version, unless another run noted one meanwhile', () => {
    const noted = after(record, noteSecret('v1', early, undefined));
    expect(after(noted, noteSecret('v2', late, 'v1'))?.secret).toEqual({ version: 'v2', since: late });
    expect(after(noted, noteSecret('v2', late, 'v0'))?.secret).toEqual({ version: 'v1', since: early });
  });
});

describe('an intent', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  const intent = (id: string, until = '2026-01-01T00:01:00Z') => ({ id, kind: 'rotate' as const, until });

  test('is valid until its own run removes it, or until it expires', () => {
    const noted = after(record, noteIntent(intent('a'), now));
    expect(validIntent(noted, now)?.id).toBe('a');
    expect(after(noted, noteIntent(intent('b'), now))).toBe(noted);
    expect(after(noted, removeIntent('b'))).toBe(noted);
    expect(after(noted, removeIntent('a'))).toEqual(record);
    expect(validIntent(noted, now + 60_000)).toBeUndefined();
    expect(after(noted, noteIntent(intent('b', '2026-01-02T00:00:00Z'), now + 60_000))?.intent?.id).toBe('b');
  });
});

describe('metadata', () => {
  test('keeps all other keys', () => {
    const state = recordState({ team: 'x' }, owner);
    if (!('metadata' in state)) throw new Error('It has metadata.');
    expect(editedMetadata(state, noteOwner(owner, {}))).toEqual(
      metadataWith({ version: 1, owner, origin: 'adopted', stored: [] }),
    );
  });

  test('does not change if the edit changes nothing', () => {
    const state = stateOf(record);
    if (!('metadata' in state)) throw new Error('It has metadata.');
    expect(editedMetadata(state, noteOwner(owner, {}))).toBeUndefined();
  });
});

// Whatever is there, and in whatever order others write, making an edit a second time changes nothing: else the
// read-back would never end.
test('every edit can be applied twice', () => {
  const id = fc.constantFrom('a', 'b');
  const who = fc.constantFrom(owner, other);
  const stored = fc.record({
    target: fc.constantFrom('repository', 'organization'),
    server: fc.constant(server),
    repositoryId: fc.constantFrom('1001', '7'),
    repository: fc.constantFrom('octo/sync', 'octo/new'),
    prefix: fc.constantFrom('A_', 'B_'),
    ids: fc.constantFrom('secrets' as const, 'variables' as const),
  });
  const content = fc.record({ version: fc.constantFrom('v1', 'v2'), at: fc.constantFrom({ A: '1' }, { A: '2' }) });
  const edit: fc.Arbitrary<RecordEdit> = fc.oneof(
    fc.tuple(who, fc.boolean()).map(([by, created]) => noteOwner(by, { created })),
    fc.tuple(who, stored, id).map(([by, target, run]) => noteWriting(by, [target], run)),
    fc.tuple(who, stored, content, id).map(([by, target, held, run]) => noteStored(by, [{ ...target, ...held }], run)),
    fc
      .tuple(fc.constantFrom('v1', 'v2'), id)
      .map(([version, seen]) => noteSecret(version, '2026-01-01T00:00:00Z', seen)),
    id.map((run) => noteIntent({ id: run, kind: 'rotate', until: '2099-01-01T00:00:00Z' }, 0)),
    id.map((run) => removeIntent(run)),
  );
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 8 }), edit, (before, last) => {
      const once = after(undefined, ...before, last);
      expect(last(once)).toEqual(once);
      if (once) expect(recordOf(stateOf(JSON.parse(JSON.stringify(once))))).toEqual(once);
    }),
  );
});
