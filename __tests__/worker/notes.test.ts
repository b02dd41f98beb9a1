import { describe, expect, test } from '@jest/globals';
import { notesOn } from '../../src/worker/notes.ts';
import { place } from './arbitraries.ts';
import { assignment, desired, grant, observed } from './samples.ts';

const roles = [{ id: grant.roleId, name: grant.roleName }];
const organization = { ...assignment, id: '2', scope: { type: 'ORGANIZATION', id: place.organizationId } };

describe('beside the plan it is said', () => {
  test('nothing where all is well', () => {
    expect(notesOn(desired, observed, [grant], roles)).toMatchObject({
      warnings: [],
      notices: [],
      heldRoles: ['Identity Data Admin @ environment'],
    });
  });

  test('that PingOne will not give the secret out, with each role that the admin credentials lack', () => {
    const held = [
      { ...assignment, readOnly: true },
      { ...organization, readOnly: true },
      { ...assignment, readOnly: false },
    ];
    const { warnings } = notesOn(desired, { ...observed, assignments: held }, [grant], roles);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('Identity Data Admin @ environment and Identity Data Admin @ organization');
    expect(warnings[0]).toMatch(/refuse to give them its secret.*to the application of the admin credentials/);
  });

  test('that a role is held at a wider scope than was asked for', () => {
    const { notices } = notesOn(desired, { ...observed, assignments: [organization] }, [grant], roles);
    expect(notices).toEqual([
      'Identity Data Admin @ environment is not granted: the worker holds it at a wider scope.',
    ]);
  });
});
