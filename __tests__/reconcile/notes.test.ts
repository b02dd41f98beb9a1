import { describe, expect, test } from '@jest/globals';
import { notesOn } from '../../src/reconcile/diff.ts';
import { workerScope } from './arbitraries.ts';
import { assignment, desired, grant, observed } from './samples.ts';

const roles = [{ id: grant.roleId, name: grant.roleName }];
const organization = { ...assignment, id: '2', scope: { type: 'ORGANIZATION', id: workerScope.organizationId } };

describe('notes on the plan', () => {
  test('are empty if there is nothing to say', () => {
    expect(notesOn(desired, observed, [grant], roles, [])).toMatchObject({
      warnings: [],
      notices: [],
      unreadableSecret: undefined,
      heldRoles: [{ label: 'Identity Data Admin @ environment', isAdministrators: false, isBeyond: false }],
    });
  });

  test('say that PingOne will not return the secret, with each role that the admin application lacks', () => {
    const held = [
      { ...assignment, readOnly: true },
      { ...organization, readOnly: true },
      { ...assignment, readOnly: false },
    ];
    const { unreadableSecret } = notesOn(desired, { ...observed, assignments: held }, [grant], roles, []);
    expect(unreadableSecret).toContain('Identity Data Admin @ environment and Identity Data Admin @ organization');
    expect(unreadableSecret).toMatch(/does not let it read the worker's secret.*to the admin application/);
  });

  test('say that a role is held at a wider scope', () => {
    const { notices } = notesOn(desired, { ...observed, assignments: [organization] }, [grant], roles, []);
    expect(notices).toEqual([
      'Identity Data Admin @ environment is not granted: the worker holds the role at a broader scope.',
    ]);
  });

  test.each([
    ['Organization Admin', organization.scope, {}, true],
    ['Environment Admin', grant.scope, {}, true],
    ['Identity Data Admin', organization.scope, {}, true],
    ['Identity Data Admin', grant.scope, {}, false],
    ['Help Desk Admin', grant.scope, {}, false],
    ['Sync', grant.scope, { type: 'CUSTOM', canAssign: [{ id: 'role-9' }] }, true],
    ['Sync', grant.scope, { type: 'CUSTOM', canAssign: [] }, false],
  ])('say whether a role is for administrators: %s at %j %j', (name, scope, more, isAdministrators) => {
    const assignments = [{ ...assignment, scope }];
    const all = [{ id: grant.roleId, name, ...more }];
    const { heldRoles, warnings } = notesOn(desired, { ...observed, assignments }, [], all, []);
    expect(heldRoles).toEqual([expect.objectContaining({ isAdministrators })]);
    expect(warnings).toHaveLength(isAdministrators ? 1 : 0);
    const listed = { ...desired, roles: { kind: 'listed', lines: [] } } as const;
    expect(notesOn(listed, { ...observed, assignments }, [], all, []).heldRoles).toEqual([
      expect.objectContaining({ isBeyond: true }),
    ]);
  });

  test('list all roles that the worker has after the plan', () => {
    const plan = [{ kind: 'grant-role', grant: { ...grant, label: 'New @ environment' } }] as const;
    const labels = notesOn(desired, observed, [grant], roles, plan).plannedRoles.map(({ label }) => label);
    expect(labels).toEqual(['Identity Data Admin @ environment', 'New @ environment']);
  });
});
