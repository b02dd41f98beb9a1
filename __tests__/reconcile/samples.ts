import type { Application } from '../../src/pingone/applications.ts';
import type { DesiredWorker } from '../../src/reconcile/attributes.ts';
import type { ObservedWorker } from '../../src/reconcile/diff.ts';
import type { RoleGrant } from '../../src/reconcile/roles.ts';
import { workerScope } from './arbitraries.ts';

/** What a step asks for that gives only a name. */
export const desired: DesiredWorker = {
  name: 'PingDataSync',
  applicationId: undefined,
  description: undefined,
  icon: undefined,
  enabled: true,
  tokenEndpointAuthMethod: 'CLIENT_SECRET_POST',
  redirectUris: undefined,
  clear: new Set(),
  roles: { kind: 'default' },
  rotateSecret: false,
};

/** A worker that is as `desired` asks. */
export const application: Application = {
  id: 'app-1',
  name: 'PingDataSync',
  type: 'WORKER',
  protocol: 'OPENID_CONNECT',
  enabled: true,
  grantTypes: ['CLIENT_CREDENTIALS'],
  tokenEndpointAuthMethod: 'CLIENT_SECRET_POST',
};

/** The role of `desired`, at the environment. */
export const grant: RoleGrant = {
  roleId: 'role-1',
  roleName: 'Identity Data Admin',
  scope: { type: 'ENVIRONMENT', id: workerScope.environmentId },
  label: 'Identity Data Admin @ environment',
};

export const assignment = { id: 'assignment-1', role: { id: grant.roleId }, scope: grant.scope };

/** Just that worker, created by this repository, with its role. */
export const observed: ObservedWorker = {
  application,
  assignments: [assignment],
  createdHere: true,
  icon: { canBeRecorded: true, recorded: undefined },
  secret: { since: undefined, now: 0 },
  workerScope,
};
