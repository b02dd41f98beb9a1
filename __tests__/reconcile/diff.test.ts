import { describe, expect, test } from '@jest/globals';
import { describeChange, planChanges, reportedChanges, resultOf } from '../../src/reconcile/diff.ts';
import type { Change } from '../../src/reconcile/diff.ts';
import { iconFile } from './arbitraries.ts';
import { application, assignment, desired, grant, observed } from './samples.ts';

const grantRole: Change = { kind: 'grant-role', grant };
const updated = (...fields: { field: string; from: unknown; to: unknown; warning?: string }[]): Change => ({
  kind: 'update-application',
  fields,
});

describe('the plan for', () => {
  test('a worker that matches the inputs is empty', () => {
    expect(planChanges(desired, observed, [grant])).toEqual([]);
  });

  test('a worker that does not exist creates it, with `enabled` and without the roles of its creator', () => {
    const plan = planChanges(desired, { ...observed, application: undefined, assignments: [] }, [grant]);
    const created = (field: string, to: unknown) => ({ field, from: null, to });
    const fields = [
      created('name', 'PingDataSync'),
      created('enabled', true),
      created('type', 'WORKER'),
      created('protocol', 'OPENID_CONNECT'),
      created('grantTypes', ['CLIENT_CREDENTIALS']),
      created('tokenEndpointAuthMethod', 'CLIENT_SECRET_POST'),
      created('assignActorRoles', false),
    ];
    expect(plan).toEqual([{ kind: 'create-application', fields }, grantRole]);
  });

  test('a new worker with `keep` uses the defaults', () => {
    const wish = { ...desired, enabled: 'keep', tokenEndpointAuthMethod: 'keep' } as const;
    const [change] = planChanges(wish, { ...observed, application: undefined }, []);
    expect(change).toMatchObject({
      fields: expect.arrayContaining([
        { field: 'enabled', from: null, to: true },
        { field: 'tokenEndpointAuthMethod', from: null, to: 'CLIENT_SECRET_POST' },
      ]),
    });
  });

  test.each([
    [
      'is disabled',
      { enabled: false },
      {
        field: 'enabled',
        from: false,
        to: true,
        warning: expect.stringContaining('somebody disabled the application') as never,
      },
    ],
    ['has no `enabled`', { enabled: undefined }, { field: 'enabled', from: null, to: true }],
    [
      'has another authentication method',
      { tokenEndpointAuthMethod: 'NONE' },
      { field: 'tokenEndpointAuthMethod', from: 'NONE', to: 'CLIENT_SECRET_POST' },
    ],
    ['has no grant', { grantTypes: undefined }, { field: 'grantTypes', from: null, to: ['CLIENT_CREDENTIALS'] }],
    [
      'has other grants',
      { grantTypes: ['IMPLICIT'] },
      { field: 'grantTypes', from: ['IMPLICIT'], to: ['IMPLICIT', 'CLIENT_CREDENTIALS'] },
    ],
  ])('a worker that %s is one change', (_, fields, change) => {
    const plan = planChanges(desired, { ...observed, application: { ...application, ...fields } }, [grant]);
    expect(plan).toEqual([updated(change)]);
  });

  test('a description sets it, and without the input does not change it', () => {
    const described = { ...observed, application: { ...application, description: 'old' } };
    expect(planChanges({ ...desired, description: 'new' }, described, [grant])).toEqual([
      updated({ field: 'description', from: 'old', to: 'new' }),
    ]);
    expect(planChanges(desired, described, [grant])).toEqual([]);
  });
});

describe('the default role', () => {
  test.each([
    ['a worker that has it', [assignment], []],
    ['a worker without a role', [], [grantRole]],
    ['a worker with another role', [{ ...assignment, role: { id: 'role-9' } }], []],
  ])('for %s', (_, assignments, plan) => {
    expect(planChanges(desired, { ...observed, assignments }, [grant])).toEqual(plan);
  });
});

test('a wider role in a later line replaces a narrower one', () => {
  const wish = { ...desired, roles: { kind: 'listed', lines: [] } } as const;
  const wider = { ...grant, scope: { type: 'ORGANIZATION', id: 'org-1' }, label: 'Identity Data Admin @ organization' };
  const plan = planChanges(wish, { ...observed, assignments: [] }, [grant, wider]);
  expect(plan).toEqual([{ kind: 'grant-role', grant: wider }]);
  expect(planChanges(wish, { ...observed, assignments: [] }, [wider, grant])).toEqual(plan);
});

test("an administrators' role is granted with a warning, whoever created the worker", () => {
  const admin = { ...grant, isAdministrators: true };
  const plan = planChanges(desired, { ...observed, assignments: [] }, [admin]);
  expect(reportedChanges(plan)).toEqual([
    { kind: 'grant-role', to: admin.label, warning: expect.stringContaining('for administrators') },
  ]);
});

test('a value that PingOne changed when it was written before is no change', () => {
  const wish = { ...desired, name: 'Sync ', description: 'asked for ' };
  const there = { ...application, name: 'Sync', description: 'asked for' };
  const isNormalized = ({ from, to }: { from: unknown; to: unknown }): boolean => `${from} ` === to; // eslint-disable-line @typescript-eslint/restrict-template-expressions -- texts
  expect(planChanges(wish, { ...observed, application: there, isNormalized }, [grant])).toEqual([]);
  expect(planChanges(wish, { ...observed, application: there }, [grant])).toHaveLength(2);
  const other = { ...there, description: 'changed by hand' };
  expect(planChanges(wish, { ...observed, application: other, isNormalized }, [grant])).toHaveLength(1);
});

test('an image in the record that PingOne no longer has is uploaded again', () => {
  const wish = { ...desired, icon: iconFile('a') };
  const pointing = { ...application, icon: { id: 'image-1' } };
  const icon = { canBeRecorded: true, recorded: { sha256: 'a', imageId: 'image-1' } };
  const planWith = (isMissing: boolean) =>
    planChanges(wish, { ...observed, application: pointing, icon: { ...icon, isMissing } }, [grant]);
  expect(planWith(false)).toEqual([]);
  expect(planWith(true)).toEqual([{ kind: 'upload-icon', sha256: 'a' }]);
});

test('a role in `roles` is granted to a worker that has another one', () => {
  const wish = { ...desired, roles: { kind: 'listed', lines: [] } } as const;
  const assignments = [{ ...assignment, role: { id: 'role-9' } }];
  expect(planChanges(wish, { ...observed, assignments }, [grant])).toEqual([grantRole]);
});

describe('on a worker that this repository did not create', () => {
  const theirs = { ...observed, createdHere: false };
  const warningsFor = (fields: object, wish = desired) =>
    planChanges(wish, { ...theirs, application: { ...application, ...fields } }, [grant]).flatMap((change) =>
      change.kind === 'update-application' ? change.fields.map(({ field, warning }) => [field, warning]) : [],
    );

  test.each([
    ['changing the method', { tokenEndpointAuthMethod: 'NONE' }, 'tokenEndpointAuthMethod', /change to this method/],
    ['enabling it', { enabled: false }, 'enabled', /did not create.*somebody disabled the application/],
  ])('%s gives a warning', (_, fields, field, warning) => {
    expect(warningsFor(fields)).toEqual([[field, expect.stringMatching(warning)]]);
  });

  test('clearing something gives a warning', () => {
    const wish = { ...desired, clear: new Set(['description'] as const) };
    expect(warningsFor({ description: 'x' }, wish)).toEqual([
      ['description', expect.stringMatching(/need the removed value/)],
    ]);
  });

  test('renaming it and rotating its secret give warnings', () => {
    const wish = { ...desired, name: 'New name', rotateSecret: true };
    const warned = (createdHere: boolean) =>
      reportedChanges(planChanges(wish, { ...observed, createdHere }, [grant])).map(({ kind, warning }) => [
        kind,
        warning,
      ]);
    expect(warned(false)).toEqual([
      ['rename-application', expect.stringMatching(/did not create.*by its current name/)],
      ['rotate-secret', expect.stringMatching(/did not create.*change to the new one/)],
    ]);
    expect(warned(true)).toEqual([
      ['rename-application', undefined],
      ['rotate-secret', undefined],
    ]);
  });

  test('disabling it, adding the grant and changing the description give none', () => {
    const wish = { ...desired, enabled: false, description: 'new' } as const;
    const fields = { grantTypes: [], description: 'old' };
    expect(warningsFor(fields, wish)).toEqual([
      ['description', undefined],
      ['enabled', undefined],
      ['grantTypes', undefined],
    ]);
  });
});

describe('a plan is', () => {
  const plan = [updated({ field: 'enabled', from: false, to: true, warning: 'careful' }), grantRole];

  test('reported with one change per attribute, without an ID', () => {
    expect(reportedChanges(plan)).toEqual([
      { kind: 'update-application', field: 'enabled', from: false, to: true, warning: 'careful' },
      { kind: 'grant-role', to: 'Identity Data Admin @ environment' },
    ]);
    expect(JSON.stringify(reportedChanges(plan))).not.toMatch(/env-1|role-1|app-1/);
  });

  test.each<[Change[], string]>([
    [[], 'unchanged'],
    [plan, 'updated'],
    [[grantRole], 'updated'],
    [[{ kind: 'create-application', fields: [] }, grantRole], 'created'],
  ])('(%#) a result', (changes, result) => {
    expect(resultOf(changes)).toBe(result);
  });

  test('described in a few words', () => {
    const rest: Change[] = [{ kind: 'create-application', fields: [] }];
    expect([...plan, ...rest].map(describeChange)).toEqual([
      'update enabled',
      'grant Identity Data Admin @ environment',
      'create the application',
    ]);
  });
});
