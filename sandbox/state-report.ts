/** `GET /__sandbox/state`: the state of both simulators, with secrets in clear. */
import type { Entry, GitHubState, Target } from './github/state.ts';
import { MAIN_REPOSITORY } from './github/state.ts';
import type { JsonObject } from './json.ts';
import { isReadOnly } from './pingone/access.ts';
import { presentApplication } from './pingone/application-store.ts';
import { roleById } from './pingone/roles.ts';
import { unexpiredPrevious } from './pingone/secret.ts';
import { adminId } from './pingone/start-state.ts';
import type { Application } from './pingone/state.ts';
import type { PingOneWorld } from './pingone/world.ts';

/** As the API returns it, plus what the API keeps apart or to itself. */
export function reportApplication({ state, clock, origin }: PingOneWorld, application: Application): JsonObject {
  const admin = state.applications.get(adminId('admin'));
  const { secret, metadata } = application;
  const previous = unexpiredPrevious(application, clock.now());
  return {
    ...presentApplication(`${origin}/v1`, application),
    ...(secret === undefined ? {} : { secret }),
    ...(previous ? { previous } : {}),
    roleAssignments: application.roleAssignments.map((held) => ({
      id: held.id,
      role: roleById(held.roleId)?.name,
      scope: held.scope,
      readOnly: admin === undefined || isReadOnly(state, admin, application, held),
    })),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

function describeTarget(target: Target): JsonObject {
  if (target.kind === 'organization') return { target: 'organization' };
  const repository = `${target.repository.owner.login}/${target.repository.name}`;
  return {
    target: target.kind === 'repository' ? 'repository' : `github-environment:${target.environment}`,
    repository,
  };
}

const reportEntry = ({ target, name, value, visibility, selectedRepositoryIds }: Entry): JsonObject => ({
  ...describeTarget(target),
  name,
  value,
  ...(visibility === undefined ? {} : { visibility }),
  ...(selectedRepositoryIds === undefined ? {} : { selectedRepositoryIds }),
});

/** Environments of other repositories than the main one name theirs. */
const reportGitHub = (state: GitHubState): JsonObject => ({
  secrets: state.secrets.all().map(reportEntry),
  variables: state.variables.all().map(reportEntry),
  environments: state.environments.all().map(({ repository, name, protectionRules }) => ({
    name,
    protected: protectionRules.length > 0,
    ...(repository.id === MAIN_REPOSITORY.id ? {} : { repository: `${repository.owner.login}/${repository.name}` }),
  })),
});

export const reportState = (pingone: PingOneWorld, github: GitHubState): JsonObject => ({
  environments: pingone.state.environments.all().map(({ id, fields }) => {
    const { name, type, status } = fields;
    return { id, name, type, status };
  }),
  applications: pingone.state.applications.all().map((application) => reportApplication(pingone, application)),
  images: pingone.state.images.all().map(({ id, byteLength }) => ({ id, bytes: byteLength })),
  github: reportGitHub(github),
});
