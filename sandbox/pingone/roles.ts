/**
 * The administrator roles that PingOne brings along, what they permit here, and what they can assign.
 * Names are those that the API returns, which differ from the console's labels.
 * Source: PingOne API docs, Roles, and Predefined roles ("can be assigned by"); names: the SDK's enumeration.
 */
import { seededId } from '../seed.ts';
import type { ScopeType } from './state.ts';

export type Permission =
  | 'applications:read'
  | 'applications:create'
  | 'applications:update'
  | 'applications:secret'
  | 'roleAssignments:read'
  | 'roleAssignments:create'
  | 'images:read'
  | 'images:update'
  | 'populations:read';

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly applicableTo: readonly ScopeType[];
  readonly permissions: readonly Permission[];
  /** Names of the roles that a holder of this one may assign, at its scope or a narrower one. */
  readonly canAssign: readonly string[];
  /** Custom roles belong to an environment and name the roles that may assign them. */
  readonly custom?: { readonly environmentId: string; readonly canBeAssignedBy: readonly string[] };
}

const READ: readonly Permission[] = ['applications:read', 'roleAssignments:read', 'images:read'];
const DEVELOP: readonly Permission[] = [
  ...READ,
  'applications:create',
  'applications:update',
  'applications:secret',
  'roleAssignments:create',
  'images:update',
];
const OWN: readonly Permission[] = [...READ, 'applications:update', 'applications:secret'];

type Row = [name: string, applicableTo: readonly ScopeType[], permissions: readonly Permission[], canAssign?: string[]];

const ROWS: readonly Row[] = [
  // The vendor's table gives it only `Environment Admin`; somebody must be able to appoint the next one of its kind.
  ['Organization Admin', ['ORGANIZATION'], ['roleAssignments:create'], ['Environment Admin', 'Organization Admin']],
  ['Environment Admin', ['ORGANIZATION', 'ENVIRONMENT'], [...DEVELOP, 'populations:read']],
  [
    'Identity Data Admin',
    ['ENVIRONMENT', 'POPULATION'],
    ['roleAssignments:create', 'populations:read'],
    ['Identity Data Admin', 'Identity Data Read Only', 'Help Desk Admin'],
  ],
  ['Identity Data Read Only', ['ENVIRONMENT', 'POPULATION'], ['populations:read']],
  ['Client Application Developer', ['ENVIRONMENT'], DEVELOP],
  ['Application Owner', ['ENVIRONMENT', 'APPLICATION'], OWN],
  ['Configuration Read Only', ['ORGANIZATION', 'ENVIRONMENT'], [...READ, 'populations:read']],
  ['Custom Roles Admin', ['ORGANIZATION', 'ENVIRONMENT'], []],
  ['Help Desk Admin', ['ENVIRONMENT', 'POPULATION'], ['populations:read']],
  ['DaVinci Admin', ['ENVIRONMENT'], ['roleAssignments:create'], ['DaVinci Admin', 'DaVinci Admin Read Only']],
  ['DaVinci Admin Read Only', ['ENVIRONMENT'], []],
  [
    'Advanced Identity Cloud Super Admin',
    ['ENVIRONMENT'],
    ['roleAssignments:create'],
    ['Advanced Identity Cloud Super Admin', 'Advanced Identity Cloud Tenant Admin'],
  ],
  ['Advanced Identity Cloud Tenant Admin', ['ENVIRONMENT'], []],
  ['Authorize Gateway Policy Evaluator', ['ENVIRONMENT'], []],
  ['PingFederate Administrator', ['ENVIRONMENT'], []],
  ['PingFederate Auditor', ['ENVIRONMENT'], []],
  ['PingFederate Crypto Administrator', ['ENVIRONMENT'], []],
  ['PingFederate Expression Administrator', ['ENVIRONMENT'], []],
  ['PingFederate User Administrator', ['ENVIRONMENT'], []],
  ['PingOne Privilege Administrator', ['ENVIRONMENT'], []],
];

/** "All except Organization Admin", of the platform's own roles. */
const BY_ENVIRONMENT_ADMIN = ROWS.map(([name]) => name).filter((name) => name !== 'Organization Admin');

export const PLATFORM_ROLES: readonly Role[] = ROWS.map(([name, applicableTo, permissions, canAssign]) => ({
  id: seededId(`role ${name}`),
  name,
  description: `The platform's role "${name}".`,
  applicableTo,
  permissions,
  canAssign: name === 'Environment Admin' ? BY_ENVIRONMENT_ADMIN : (canAssign ?? []),
}));

export const CUSTOM_ROLE: Role = {
  id: seededId('role Directory Sync Operator'),
  name: 'Directory Sync Operator',
  description: 'Reads and writes the users that a directory synchronisation owns.',
  applicableTo: ['ENVIRONMENT', 'POPULATION'],
  permissions: ['populations:read'],
  canAssign: [],
  custom: {
    environmentId: seededId('environment Sandbox'),
    canBeAssignedBy: ['Environment Admin', 'Identity Data Admin'],
  },
};

const ALL_ROLES = [...PLATFORM_ROLES, CUSTOM_ROLE];

export const roleById = (id: string): Role | undefined => ALL_ROLES.find((role) => role.id === id);

export const roleByName = (name: string): Role | undefined =>
  ALL_ROLES.find((role) => role.name.toLowerCase() === name.toLowerCase());

/** Whether a holder of the one role may assign the other, scope apart. */
export const mayAssign = (held: Role, wanted: Role): boolean =>
  wanted.custom ? wanted.custom.canBeAssignedBy.includes(held.name) : held.canAssign.includes(wanted.name);
