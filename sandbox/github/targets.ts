/** The three places of secrets and of variables: where in the API they are, and what they take to be used. */
import type { Context } from 'hono';
import type { Permission } from './tokens.ts';
import { authorize } from './tokens.ts';
import { requireEnvironment, requireOrganization, requireRepository } from './request.ts';
import type { Target } from './state.ts';
import type { GitHubWorld } from './world.ts';

export interface TargetRoutes {
  readonly path: string;
  /** The target that a request names, once its token has been found sufficient. */
  readonly target: (c: Context, world: GitHubWorld, access: 'read' | 'write') => Target;
}

const repositoryTarget =
  (permission: Permission) =>
  (c: Context, world: GitHubWorld, access: 'read' | 'write'): Target => {
    const repository = requireRepository(c, world);
    authorize(c, permission, access);
    return { kind: 'repository', repository };
  };

const environmentTarget = (c: Context, world: GitHubWorld, access: 'read' | 'write'): Target => {
  requireRepository(c, world);
  authorize(c, 'environments', access);
  const { repository, name } = requireEnvironment(c, world);
  return { kind: 'environment', repository, environment: name };
};

const organizationTarget =
  (permission: Permission) =>
  (c: Context, world: GitHubWorld, access: 'read' | 'write'): Target => {
    const organization = requireOrganization(c, world);
    authorize(c, permission, access);
    return { kind: 'organization', organization };
  };

const REPOSITORY = '/repos/:owner/:repo';
const ENVIRONMENT = `${REPOSITORY}/environments/:environment`;

export const SECRET_TARGETS: readonly TargetRoutes[] = [
  { path: `${REPOSITORY}/actions/secrets`, target: repositoryTarget('secrets') },
  { path: `${ENVIRONMENT}/secrets`, target: environmentTarget },
  { path: '/orgs/:org/actions/secrets', target: organizationTarget('organization_secrets') },
];

export const VARIABLE_TARGETS: readonly TargetRoutes[] = [
  { path: `${REPOSITORY}/actions/variables`, target: repositoryTarget('actions_variables') },
  { path: `${ENVIRONMENT}/variables`, target: environmentTarget },
  { path: '/orgs/:org/actions/variables', target: organizationTarget('organization_actions_variables') },
];
