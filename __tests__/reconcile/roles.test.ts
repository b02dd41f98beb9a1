import { describe, expect, test } from '@jest/globals';
import { parseRoleLine } from '../../src/inputs/application.ts';
import type { Role, Scope } from '../../src/pingone/roles.ts';
import {
  assignmentLabel,
  canReadPopulations,
  findRole,
  grantOf,
  holding,
  isApplicable,
} from '../../src/reconcile/roles.ts';
import { workerScope } from './arbitraries.ts';

describe('a line of `roles`', () => {
  test.each([
    ['Identity Data Admin', { roleName: 'Identity Data Admin', scope: 'environment' }],
    ['  Identity Data Admin  ', { roleName: 'Identity Data Admin', scope: 'environment' }],
    ['Identity Data Admin @ environment', { roleName: 'Identity Data Admin', scope: 'environment' }],
    ['Environment Admin @ Organization', { roleName: 'Environment Admin', scope: 'organization' }],
    ['Ops @ night @ ENVIRONMENT', { roleName: 'Ops @ night', scope: 'environment' }],
    ['Ops@environment', { roleName: 'Ops@environment', scope: 'environment' }],
    ['Ops @ everywhere', { roleName: 'Ops', unknownScope: 'everywhere' }],
    ['Ops @ ', { roleName: 'Ops', unknownScope: '' }],
    ['@ environment', { roleName: '', scope: 'environment' }],
    [' @ environment', { roleName: '', scope: 'environment' }],
  ])('%p', (line, parsed) => {
    expect(parseRoleLine(line)).toEqual(parsed);
  });
});

const role = (name: string, id = name): Role => ({ id, name, applicableTo: ['ENVIRONMENT', 'POPULATION'] });
const readOnly = role('Identity Data Read Only');
const custom = role('Custom Role Admin', 'somebody`s own');
const roles = [
  role('Identity Data Admin'),
  readOnly,
  role('DaVinci Admin Read Only'),
  role('Custom Roles Admin'),
  custom,
];

describe('a role is found', () => {
  test.each([
    ['Identity Data Read Only', 'Identity Data Read Only'],
    ['IDENTITY data read only', 'Identity Data Read Only'],
    ['Identity Data Read-Only Admin', 'Identity Data Read Only'],
    ['DaVinci Read-Only Admin', 'DaVinci Admin Read Only'],
    // A role of exactly that name goes before one that the console only labels so.
    ['Custom Role Admin', 'somebody`s own'],
    ['Identity Data', undefined],
    ['', undefined],
  ])('%p', (name, id) => {
    expect(findRole(roles, name)?.id).toBe(id);
  });
});

test('a role is applicable if it says so, or says nothing', () => {
  const lines = (['environment', 'organization'] as const).map((scope) => ({ roleName: 'x', scope }));
  expect(lines.map((line) => isApplicable(readOnly, line))).toEqual([true, false]);
  expect(lines.map((line) => isApplicable({ id: 'x', name: 'x' }, line))).toEqual([true, true]);
});

test.each([
  ['environment', { type: 'ENVIRONMENT', id: workerScope.environmentId }],
  ['organization', { type: 'ORGANIZATION', id: workerScope.organizationId }],
] as const)('a grant @ %s contains the IDs, and its label does not', (scope, ids) => {
  expect(grantOf(readOnly, { roleName: 'as written', scope }, workerScope)).toEqual({
    roleId: readOnly.id,
    roleName: readOnly.name,
    scope: ids,
    isAdministrators: false,
    label: `Identity Data Read Only @ ${scope}`,
  });
});

const environment: Scope = { type: 'ENVIRONMENT', id: workerScope.environmentId };
const elsewhere: Scope = { type: 'ENVIRONMENT', id: 'env-2' };
const organization: Scope = { type: 'ORGANIZATION', id: workerScope.organizationId };
const otherOrganization: Scope = { type: 'ORGANIZATION', id: 'org-2' };
const population: Scope = { type: 'POPULATION', id: 'p-1' };
const worker: Scope = { type: 'APPLICATION', id: 'a-1' };

describe('a wanted role that the worker may have', () => {
  test.each([
    ['exact', environment, environment],
    ['broader', environment, organization],
    ['none', environment, elsewhere],
    ['none', environment, otherOrganization],
    ['none', environment, population],
    ['exact', organization, organization],
    ['none', organization, environment],
    ['exact', population, population],
    ['broader', population, environment],
    ['broader', population, organization],
    ['none', population, elsewhere],
    ['none', population, { ...population, id: 'p-2' }],
    ['broader', worker, environment],
    ['none', worker, population],
    // The same id at another kind of scope is something else.
    ['none', population, { type: 'APPLICATION', id: population.id }],
  ] as const)('is held %s: wanted at %j, held at %j', (expected, wanted, held) => {
    const grant = { roleId: 'r-1', roleName: 'x', scope: wanted, label: 'x' };
    const assignment = { id: '1', role: { id: 'r-1' }, scope: held };
    expect(holding(grant, [assignment], workerScope)).toBe(expected);
    expect(holding(grant, [{ ...assignment, role: { id: 'r-2' } }], workerScope)).toBe('none');
    expect(holding(grant, [], workerScope)).toBe('none');
  });

  test('is held exactly rather than at a wider scope', () => {
    const grant = { roleId: 'r-1', roleName: 'x', scope: environment, label: 'x' };
    const held = [organization, environment].map((scope, index) => ({ id: `${index}`, role: { id: 'r-1' }, scope }));
    expect(holding(grant, held, workerScope)).toBe('exact');
  });
});

test.each([
  [environment, 'Identity Data Read Only @ environment'],
  [elsewhere, 'Identity Data Read Only @ environment (another one)'],
  [organization, 'Identity Data Read Only @ organization'],
  [population, 'Identity Data Read Only @ population'],
])('the label of a role at %j contains no ID', (scope, label) => {
  expect(assignmentLabel({ id: '1', role: { id: readOnly.id }, scope }, roles, workerScope)).toBe(label);
  const unknown = label.replace('Identity Data Read Only', 'a custom role');
  expect(assignmentLabel({ id: '1', role: { id: 'unknown' }, scope }, roles, workerScope)).toBe(unknown);
});

test.each([
  ['Identity Data Admin', environment, true],
  ['Identity Data Read Only', organization, true],
  ['Identity Data Admin', elsewhere, false],
  ['Identity Data Admin', otherOrganization, false],
  ['Client Application Developer', environment, false],
])('%s at %j: can read populations: %s', (roleName, scope, expected) => {
  const held = { roleName, scope, label: `${roleName} @ environment`, isAdministrators: false, isBeyond: false };
  expect(canReadPopulations([held], workerScope)).toBe(expected);
  expect(canReadPopulations([], workerScope)).toBe(false);
});
