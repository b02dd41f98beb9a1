import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { attributesOfExisting, replacementBody } from '../../src/reconcile/attributes.ts';
import { planChanges } from '../../src/reconcile/diff.ts';
import { applications, desires, grants, observations, readOnly } from './arbitraries.ts';
import { bodyOf, carriedOut } from './model.ts';

const json = (value: unknown): string => JSON.stringify(value);
const check = <T extends unknown[]>(property: fc.IProperty<T>): void => fc.assert(property, { numRuns: 300 });

describe('for every worker and all inputs', () => {
  test('planning again after applying plans nothing', () => {
    check(
      fc.property(desires, observations, grants, (desired, observed, wanted) => {
        const plan = planChanges(desired, observed, wanted);
        expect(planChanges(desired, carriedOut(observed, desired, plan), wanted)).toEqual([]);
      }),
    );
  });

  test('a plan keeps every attribute that it does not name', () => {
    check(
      fc.property(desires, observations, applications, grants, (desired, observed, application, wanted) => {
        const plan = planChanges(desired, { ...observed, application }, wanted);
        const body = bodyOf(application, plan) ?? replacementBody(application, {});
        const named = new Set(
          plan.flatMap((change) => {
            if (change.kind === 'update-application') return change.fields.map(({ field }) => field);
            if (change.kind === 'rename-application') return ['name'];
            return change.kind === 'upload-icon' || change.kind === 'remove-icon' ? ['icon'] : [];
          }),
        );
        for (const [name, value] of Object.entries(application)) {
          if (named.has(name) || value === null || readOnly.some((each) => each === name)) continue;
          expect([name, json(body[name])]).toEqual([name, json(value)]);
        }
      }),
    );
  });

  test('a replacement contains no attribute that PingOne sets', () => {
    check(
      fc.property(desires, observations, applications, grants, (desired, observed, application, wanted) => {
        const body = bodyOf(application, planChanges(desired, { ...observed, application }, wanted)) ?? {};
        expect(readOnly.filter((name) => name in body)).toEqual([]);
        expect(Object.values(body)).not.toContain(null);
      }),
    );
  });

  test('a plan keeps CLIENT_CREDENTIALS and removes only grants that were cleared', () => {
    check(
      fc.property(desires, applications, (desired, application) => {
        const before = (application['grantTypes'] ?? []) as string[];
        const after = attributesOfExisting(desired, application)['grantTypes'];
        expect(after).toContain('CLIENT_CREDENTIALS');
        const cleared = desired.clear.has('redirect-uris') ? ['AUTHORIZATION_CODE'] : [];
        expect(after).toEqual(expect.arrayContaining(before.filter((type) => !cleared.includes(type))));
      }),
    );
  });

  test('a plan shows different old and new values', () => {
    check(
      fc.property(desires, observations, grants, (desired, observed, wanted) => {
        for (const change of planChanges(desired, observed, wanted)) {
          if (change.kind !== 'update-application') continue;
          expect(change.fields).not.toEqual([]);
          for (const { field, from, to } of change.fields) {
            expect(json(from)).toBe(json(observed.application?.[field] ?? null));
            expect(json(from)).not.toBe(json(to));
          }
        }
      }),
    );
  });

  test('a plan only grants roles, each at most once, and none that the worker has', () => {
    check(
      fc.property(desires, observations, grants, (desired, observed, wanted) => {
        const plan = planChanges(desired, observed, wanted);
        const granted = plan.flatMap((change) => (change.kind === 'grant-role' ? [change.grant] : []));
        if (['keep', 'none'].includes(desired.roles.kind)) expect(granted).toEqual([]);
        if (desired.roles.kind === 'default' && observed.assignments.length > 0) expect(granted).toEqual([]);
        const key = (roleId: string, scope: { type: string; id: string }) => `${roleId} ${scope.type} ${scope.id}`;
        const held = observed.assignments.map(({ role, scope }) => key(role.id, scope));
        const keys = granted.map(({ roleId, scope }) => key(roleId, scope));
        expect(keys.filter((each) => held.includes(each))).toEqual([]);
        expect(keys).toEqual([...new Set(keys)]);
      }),
    );
  });
});
