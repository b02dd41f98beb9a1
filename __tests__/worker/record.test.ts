import { describe, expect, test } from '@jest/globals';
import { isListed, notedMetadata, recordKey, recordState } from '../../src/worker/record.ts';

const owner = { server: 'https://github.com', repositoryId: '1001', repository: 'octo/sync' };
const place = {
  target: 'repository',
  server: 'https://github.com',
  repositoryId: '1001',
  repository: 'octo/sync',
  prefix: 'PINGONE_WORKER_',
  ids: 'secrets',
} as const;
const record = { version: 1, owner, origin: 'created', stored: [place] } as const;
const metadataWith = (value: unknown) => ({ team: 'x', [recordKey]: value });
const unreadable = 'something that this version of the action cannot read';

describe('a record is read as', () => {
  test.each([
    ['none where there is none', { team: 'x' }, { kind: 'none', metadata: { team: 'x' } }],
    ['our own', metadataWith(record), { kind: 'own', metadata: metadataWith(record), record }],
    [
      'our own, when the repository was renamed since',
      metadataWith({ ...record, owner: { ...owner, repository: 'octo/old-name' } }),
      expect.objectContaining({ kind: 'own' }),
    ],
    [
      'another repository`s',
      metadataWith({ ...record, owner: { ...owner, repositoryId: '7', repository: 'mona/x' } }),
      { kind: 'foreign', owner: 'mona/x', stored: [place] },
    ],
    [
      'another server`s, of the same number',
      metadataWith({ ...record, owner: { ...owner, server: 'https://ghe.example' } }),
      { kind: 'foreign', owner: 'octo/sync', stored: [place] },
    ],
    [
      'foreign when it is of a later version',
      metadataWith({ ...record, version: 2 }),
      { kind: 'foreign', owner: unreadable, stored: [] },
    ],
    ['foreign when it is damaged', metadataWith({ version: 1 }), { kind: 'foreign', owner: unreadable, stored: [] }],
    ['foreign when it is null', metadataWith(null), { kind: 'foreign', owner: unreadable, stored: [] }],
    ['foreign when it is a text', metadataWith('created'), { kind: 'foreign', owner: unreadable, stored: [] }],
  ])('%s', (_, metadata, state) => {
    expect(recordState(metadata, owner)).toEqual(state);
  });

  test('foreign by whoever has no name, and as its own by nobody else', () => {
    expect(recordState(metadataWith(record), undefined)).toEqual({
      kind: 'foreign',
      owner: 'octo/sync',
      stored: [place],
    });
  });
});

describe('a record is written', () => {
  const none = recordState({ team: 'x' }, owner);

  test.each([
    [true, 'created'],
    [false, 'adopted'],
  ])('anew: created by this run is %p', (created, origin) => {
    const written = notedMetadata(none, owner, { created, stored: [place] });
    expect(written).toEqual(metadataWith({ version: 1, owner, origin, stored: [place] }));
  });

  test('with one more place, all else kept: other keys, the origin, and what a later version added', () => {
    const before = { ...record, added: { later: true } };
    const other = { ...place, prefix: 'OTHER_' };
    const written = notedMetadata(recordState(metadataWith(before), owner), owner, { created: false, stored: [other] });
    expect(written).toEqual(metadataWith({ ...before, stored: [place, other] }));
  });

  test('so that it is our own when it is read again, as JSON', () => {
    const written = notedMetadata(none, owner, { created: true, stored: [] });
    expect(recordState(JSON.parse(JSON.stringify(written)), owner)).toMatchObject({ kind: 'own' });
  });

  test('not at all where nothing is new', () => {
    const own = recordState(metadataWith(record), owner);
    expect(notedMetadata(own, owner, { created: false, stored: [place] })).toBeUndefined();
    expect(notedMetadata(own, owner, { created: false, stored: [] })).toBeUndefined();
  });

  test.each([
    ['over another`s', { kind: 'foreign', owner: 'mona/x', stored: [] }, owner],
    ['where there is none to be had', { kind: 'unavailable' }, owner],
    ['by whoever has no name', none, undefined],
  ] as const)('never %s', (_, state, writer) => {
    expect(notedMetadata(state, writer, { created: true, stored: [place] })).toBeUndefined();
  });
});

test('a place is listed by its ids, with its target, prefix and kind', () => {
  expect(isListed([place], { ...place, repository: 'octo/renamed' })).toBe(true);
  for (const other of [
    { target: 'organization' },
    { repositoryId: '7' },
    { server: 'https://ghe.example' },
    { prefix: 'X_' },
    { ids: 'variables' },
  ]) {
    expect(isListed([place], { ...place, ...(other as object) })).toBe(false);
  }
});
