import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Application } from '../../src/pingone/applications.ts';
import { replacementBody } from '../../src/reconcile/attributes.ts';
import type { Clearable, DesiredWorker } from '../../src/reconcile/attributes.ts';
import { planChanges, reportedChanges, resultOf } from '../../src/reconcile/diff.ts';
import type { Change, ObservedWorker } from '../../src/reconcile/diff.ts';
import type { RoleGrant } from '../../src/reconcile/roles.ts';
import { iconFile } from '../reconcile/arbitraries.ts';

const workerScope = { environmentId: 'e', organizationId: 'o' };
const grants: readonly RoleGrant[] = [
  { roleId: 'r1', roleName: 'R1', scope: { type: 'ENVIRONMENT', id: 'e' }, label: 'R1 @ environment' },
  { roleId: 'r2', roleName: 'R2', scope: { type: 'POPULATION', id: 'p' }, label: 'R2 @ population:P' },
];

const someOf = (...items: string[]) => fc.subarray(items, { minLength: 1 });
const uris = someOf('https://a.example.com/', 'https://b.example.com/', 'http://localhost/');
const clearable = fc.subarray<Clearable>(['description', 'icon', 'redirect-uris']);

/** Inputs that do not contradict each other. */
const desiredWorkers: fc.Arbitrary<DesiredWorker> = fc
  .record({
    name: fc.option(fc.constantFrom('A', 'B'), { nil: undefined }),
    description: fc.option(fc.string(), { nil: undefined }),
    icon: fc.option(fc.constantFrom('sha1', 'sha2').map(iconFile), { nil: undefined }),
    enabled: fc.constantFrom<DesiredWorker['enabled'][]>(true, false, 'keep'),
    tokenEndpointAuthMethod: fc.constantFrom<DesiredWorker['tokenEndpointAuthMethod'][]>(
      'CLIENT_SECRET_POST',
      'CLIENT_SECRET_BASIC',
      'keep',
    ),
    redirectUris: fc.option(uris, { nil: undefined }),
    clear: clearable,
    roles: fc.constantFrom<DesiredWorker['roles'][]>(
      { kind: 'default' },
      { kind: 'keep' },
      { kind: 'none' },
      { kind: 'listed', lines: [] },
    ),
  })
  .map(({ clear, ...given }) => ({
    ...given,
    applicationId: undefined,
    clear: new Set(clear.filter((name) => given[name === 'redirect-uris' ? 'redirectUris' : name] === undefined)),
    rotateSecret: false,
  }));

const fields = fc.record(
  {
    description: fc.string(),
    enabled: fc.boolean(),
    grantTypes: fc.oneof(fc.constant([]), someOf('CLIENT_CREDENTIALS', 'AUTHORIZATION_CODE', 'REFRESH_TOKEN')),
    responseTypes: someOf('CODE', 'ID_TOKEN'),
    redirectUris: uris,
    tokenEndpointAuthMethod: fc.constantFrom('CLIENT_SECRET_POST', 'CLIENT_SECRET_BASIC', 'NONE'),
    icon: fc.constantFrom({ id: 'ours', href: 'h' }, { id: 'theirs', href: 'h' }),
    invented: fc.jsonValue().filter((value) => value !== null),
  },
  { requiredKeys: [] },
);

const observedWorkers: fc.Arbitrary<ObservedWorker> = fc
  .record({
    application: fc.option(
      fields.map((given) => ({ id: '1', name: 'A', type: 'WORKER', ...given })),
      { nil: undefined },
    ),
    held: fc.subarray([...grants]),
    createdHere: fc.boolean(),
    canBeRecorded: fc.boolean(),
    recorded: fc.option(fc.record({ sha256: fc.constantFrom('sha1', 'sha2'), imageId: fc.constant('ours') }), {
      nil: undefined,
    }),
  })
  .map(({ application, held, createdHere, canBeRecorded, recorded }) => ({
    application,
    assignments: application ? held.map(({ roleId, scope }) => ({ id: roleId, role: { id: roleId }, scope })) : [],
    createdHere,
    icon: { canBeRecorded, recorded: canBeRecorded ? recorded : undefined },
    secret: { since: undefined, now: 0 },
    workerScope,
  }));

/** What PingOne and the record hold after a plan was carried out. */
function carriedOut(plan: readonly Change[], observed: ObservedWorker): ObservedWorker {
  let { application, assignments, icon } = observed;
  const set = (attributes: object): void => {
    const base = application ?? { id: '1', name: '', type: 'WORKER' };
    application = { id: '1', ...replacementBody(base, attributes as Record<string, unknown>) } as Application;
  };
  for (const change of plan) {
    if (change.kind === 'create-application' || change.kind === 'update-application') {
      set(Object.fromEntries(change.fields.map(({ field, to }) => [field, to])));
    } else if (change.kind === 'rename-application') set({ name: change.to });
    else if (change.kind === 'remove-icon') set({ icon: null });
    else if (change.kind === 'grant-role') {
      const { roleId, scope } = change.grant;
      assignments = [...assignments, { id: roleId, role: { id: roleId }, scope }];
    }
  }
  const upload = plan.find((change) => change.kind === 'upload-icon');
  if (upload) {
    set({ icon: { id: 'uploaded', href: 'h' } });
    if (icon.canBeRecorded) icon = { ...icon, recorded: { sha256: upload.sha256, imageId: 'uploaded' } };
  }
  return { ...observed, application, assignments, icon };
}

const order = [
  'upload-icon',
  'rename-application',
  'create-application',
  'update-application',
  'remove-icon',
  'grant-role',
];

describe('a plan', () => {
  test('that was applied leaves nothing to plan', () => {
    fc.assert(
      fc.property(desiredWorkers, observedWorkers, (desired, observed) => {
        const plan = planChanges(desired, observed, grants);
        expect(planChanges(desired, carriedOut(plan, observed), grants)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('never loses an unknown field, and changes only fields that the inputs name', () => {
    fc.assert(
      fc.property(desiredWorkers, observedWorkers, (desired, observed) => {
        const before = observed.application;
        if (!before) return;
        const after = carriedOut(planChanges(desired, observed, grants), observed).application!;
        expect(after['invented']).toEqual(before['invented']);
        if (desired.enabled === 'keep') expect(after['enabled']).toEqual(before['enabled']);
        if (desired.description === undefined && !desired.clear.has('description')) {
          expect(after['description']).toEqual(before['description']);
        }
        if (desired.redirectUris === undefined && !desired.clear.has('redirect-uris')) {
          expect(after['redirectUris']).toEqual(before['redirectUris']);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('lists each field once, in the order of the changes, and matches `result` and `changes`', () => {
    fc.assert(
      fc.property(desiredWorkers, observedWorkers, (desired, observed) => {
        const plan = planChanges(desired, observed, grants);
        const ranks = plan.map(({ kind }) => order.indexOf(kind));
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
        const reported = reportedChanges(plan);
        const keys = reported.map(({ kind, field, to }) => `${kind} ${field ?? JSON.stringify(to)}`);
        expect(new Set(keys).size).toBe(keys.length);
        expect(resultOf(plan)).toBe(observed.application ? (plan.length > 0 ? 'updated' : 'unchanged') : 'created');
        for (const { from, to, field } of reported) if (field !== undefined) expect(from).not.toEqual(to);
      }),
      { numRuns: 500 },
    );
  });

  test('warns about a worker that this repository created only if it enables it, and never about a new one', () => {
    fc.assert(
      fc.property(desiredWorkers, observedWorkers, (desired, observed) => {
        const warned = reportedChanges(planChanges(desired, observed, grants)).filter(({ warning }) => warning);
        if (!observed.application) expect(warned).toEqual([]);
        if (observed.createdHere)
          expect(warned.filter(({ field, to }) => !(field === 'enabled' && to === true))).toEqual([]);
        for (const { field, from } of warned) {
          expect(from).not.toBeNull();
          // A grant is taken away with the redirect URIs only, and adding one harms nobody.
          if (field === 'grantTypes') expect(desired.clear.has('redirect-uris')).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('rotates last, and only an existing worker', () => {
    fc.assert(
      fc.property(desiredWorkers, observedWorkers, (desired, observed) => {
        const kinds = planChanges({ ...desired, rotateSecret: true }, observed, grants).map(({ kind }) => kind);
        expect(kinds.indexOf('rotate-secret')).toBe(observed.application ? kinds.length - 1 : -1);
      }),
    );
  });
});
