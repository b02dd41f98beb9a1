/**
 * Owners, repositories and environments as GitHub shows them, with every member that its OpenAPI description requires.
 * Source: GitHub REST API docs, Users, Organizations, Repositories, Deployment environments.
 */
import type { Context } from 'hono';
import type { JsonObject } from '../json.ts';
import type { Environment, Owner, Repository } from './state.ts';

const CREATED_AT = '2025-01-15T12:00:00Z';
const SITE = 'https://github.com';

const origin = (c: Context): string => new URL(c.req.url).origin;

/** GitHub's global IDs; opaque, and here the type and ID in base64, as the older ones were. */
const nodeId = (type: string, id: number | string): string => Buffer.from(`sandbox:${type}${id}`).toString('base64');

const urls = (base: string, names: readonly string[]): JsonObject =>
  Object.fromEntries(names.map((name) => [`${name}_url`, `${base}/${name}`]));

const OWNER_URLS = [
  'followers',
  'following',
  'gists',
  'starred',
  'subscriptions',
  'organizations',
  'repos',
  'events',
  'received_events',
];

const presentOwner = (c: Context, { login, id, type }: Owner): JsonObject => ({
  login,
  id,
  node_id: nodeId(type, id),
  avatar_url: `${SITE}/${login}.png`,
  gravatar_id: '',
  url: `${origin(c)}/users/${login}`,
  html_url: `${SITE}/${login}`,
  ...urls(`${origin(c)}/users/${login}`, OWNER_URLS),
  type,
  user_view_type: 'public',
  site_admin: false,
});

export const presentUser = (c: Context, owner: Owner): JsonObject => ({
  ...presentOwner(c, owner),
  name: owner.login,
  company: null,
  blog: null,
  location: null,
  email: null,
  hireable: null,
  bio: null,
  public_repos: 1,
  public_gists: 0,
  followers: 0,
  following: 0,
  created_at: CREATED_AT,
  updated_at: CREATED_AT,
});

export const presentOrganization = (c: Context, { login, id }: Owner): JsonObject => ({
  login,
  id,
  node_id: nodeId('Organization', id),
  url: `${origin(c)}/orgs/${login}`,
  ...urls(`${origin(c)}/orgs/${login}`, ['repos', 'events', 'hooks', 'issues', 'members', 'public_members']),
  avatar_url: `${SITE}/${login}.png`,
  description: null,
  has_organization_projects: true,
  has_repository_projects: true,
  public_repos: 3,
  public_gists: 0,
  followers: 0,
  following: 0,
  html_url: `${SITE}/${login}`,
  type: 'Organization',
  created_at: CREATED_AT,
  updated_at: CREATED_AT,
  archived_at: null,
});

const REPOSITORY_URLS = [
  ...['archive', 'assignees', 'blobs', 'branches', 'collaborators', 'comments', 'commits', 'compare', 'contents'],
  ...['contributors', 'deployments', 'downloads', 'events', 'forks', 'git_commits', 'git_refs', 'git_tags', 'hooks'],
  ...[
    'issue_comment',
    'issue_events',
    'issues',
    'keys',
    'labels',
    'languages',
    'merges',
    'milestones',
    'notifications',
  ],
  ...['pulls', 'releases', 'stargazers', 'statuses', 'subscribers', 'subscription', 'tags', 'teams', 'trees'],
];

const COUNTS = ['forks', 'stargazers', 'watchers', 'open_issues'];
const MORE_COUNTS = ['size', 'subscribers_count', 'network_count', 'forks', 'open_issues', 'watchers'];

const zeros = (names: readonly string[]): JsonObject => Object.fromEntries(names.map((name) => [name, 0]));

/** Every repository here is private. */
export function presentRepository(c: Context, { id, name, owner }: Repository): JsonObject {
  const fullName = `${owner.login}/${name}`;
  const url = `${origin(c)}/repos/${fullName}`;
  return {
    id,
    node_id: nodeId('Repository', id),
    name,
    full_name: fullName,
    owner: presentOwner(c, owner),
    private: true,
    html_url: `${SITE}/${fullName}`,
    description: null,
    fork: false,
    url,
    ...urls(url, REPOSITORY_URLS),
    git_url: `git://github.com/${fullName}.git`,
    ssh_url: `git@github.com:${fullName}.git`,
    clone_url: `${SITE}/${fullName}.git`,
    svn_url: `${SITE}/${fullName}`,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    ...zeros(COUNTS.map((count) => `${count}_count`)),
    ...zeros(MORE_COUNTS),
    default_branch: 'main',
    ...{ has_issues: true, has_projects: true, has_wiki: true, has_pages: false, has_discussions: false },
    archived: false,
    disabled: false,
    visibility: 'private',
    pushed_at: CREATED_AT,
    created_at: CREATED_AT,
    updated_at: CREATED_AT,
    permissions: { admin: true, push: true, pull: true },
  };
}

export function presentEnvironment(c: Context, environment: Environment): JsonObject {
  const { repository, name, protectionRules, branchPolicy, createdAt, updatedAt } = environment;
  const fullName = `${repository.owner.login}/${repository.name}`;
  return {
    id: repository.id * 1000 + (name.length % 1000),
    node_id: nodeId('Environment', name),
    name,
    url: `${origin(c)}/repos/${fullName}/environments/${encodeURIComponent(name)}`,
    html_url: `${SITE}/${fullName}/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
    created_at: createdAt,
    updated_at: updatedAt,
    protection_rules: protectionRules,
    deployment_branch_policy: branchPolicy,
  };
}
