import { describe, expect, test } from '@jest/globals';
import { describeChange, reportedChanges, resultOf } from '../../src/worker/changes.ts';
import type { Change } from '../../src/worker/changes.ts';
import { planChanges } from '../../src/worker/plan.ts';
import { application, assignment, desired, grant, observed } from './samples.ts';

const grantRole: Change = { kind: 'grant-role', grant };
const updated = (...fields: { field: string; from: unknown; to: unknown; warning?: string }[]): Change => ({
  kind: 'update-application',
  fields,
});

describe('the plan for', () => {
  test('a worker that is as desired is empty', () => {
    expect(planChanges(desired, observed, [grant])).toEqual([]);
  });

  test('a worker that is not there is to create it, with `enabled` and without the roles of its creator', () => {
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

  test('`keep` on a worker that is not there is PingDataSync`s default', () => {
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
    ['is disabled', { enabled: false }, { field: 'enabled', from: false, to: true }],
    ['says nothing of it', { enabled: undefined }, { field: 'enabled', from: null, to: true }],
    [
      'authenticates otherwise',
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

  test('a description is that it is set; none given leaves it alone', () => {
    const described = { ...observed, application: { ...application, description: 'old' } };
    expect(planChanges({ ...desired, description: 'new' }, described, [grant])).toEqual([
      updated({ field: 'description', from: 'old', to: 'new' }),
    ]);
    expect(planChanges(desired, described, [grant])).toEqual([]);
  });
});

describe('the default role', () => {
  test.each([
    ['a worker that holds it', [assignment], []],
    ['a worker that holds none', [], [grantRole]],
    ['a worker that holds another one', [{ ...assignment, role: { id: 'role-9' } }], []],
  ])('for %s', (_, assignments, plan) => {
    expect(planChanges(desired, { ...observed, assignments }, [grant])).toEqual(plan);
  });
});

test('a role that is given is granted to a worker that holds another one', () => {
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
    ['enabling it', { enabled: false }, 'enabled', /disabled it on purpose/],
  ])('%s is a warning', (_, fields, field, warning) => {
    expect(warningsFor(fields)).toEqual([[field, expect.stringMatching(warning)]]);
  });

  test('clearing something is a warning', () => {
    const wish = { ...desired, clear: new Set(['description'] as const) };
    expect(warningsFor({ description: 'x' }, wish)).toEqual([['description', expect.stringMatching(/need this/)]]);
  });

  test('disabling it, adding the grant and describing it are none', () => {
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

  test('reported one attribute after the other, without an id', () => {
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
