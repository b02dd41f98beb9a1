/**
 * Who may do what on GitHub: three tokens, as GitHub treats an owner's token with all rights, a fine-grained one with
 * read rights only, and the one that a job gets by itself.
 * Sources: GitHub REST API docs, Authenticating; Permissions required for fine-grained tokens; Troubleshooting.
 */
import type { Context } from 'hono';
import { seededSecret } from '../seed.ts';
import { GitHubError } from './errors.ts';

const made = (prefix: string, purpose: string): string =>
  `${prefix}sandbox_${seededSecret(purpose)
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(-60)}`;

export const TOKENS = {
  token: made('github_pat_', 'token'),
  readOnlyToken: made('github_pat_', 'read-only token'),
  jobToken: made('ghs_', 'job token'),
} as const;

/** A permission by the name that the header `X-Accepted-GitHub-Permissions` uses. */
export type Permission =
  | 'metadata'
  | 'actions'
  | 'administration'
  | 'secrets'
  | 'environments'
  | 'actions_variables'
  | 'organization_secrets'
  | 'organization_actions_variables';

/** A job's permissions have names for none of the others, so no workflow can ask for them. */
const PERMITTED_TO_JOBS: readonly Permission[] = ['metadata', 'actions'];

function tokenOf(c: Context): string {
  const token = /^(?:Bearer|token) +(\S+)$/i.exec(c.req.header('Authorization') ?? '')?.[1];
  if (token === undefined) throw new GitHubError(401, 'Requires authentication');
  if (!Object.values(TOKENS).some((known) => known === token)) throw new GitHubError(401, 'Bad credentials');
  return token;
}

export function authorize(c: Context, permission: Permission, access: 'read' | 'write'): void {
  const token = tokenOf(c);
  const accepted = { 'X-Accepted-GitHub-Permissions': `${permission}=${access}` };
  if (token === TOKENS.jobToken && (access === 'write' || !PERMITTED_TO_JOBS.includes(permission))) {
    throw new GitHubError(403, 'Resource not accessible by integration', accepted);
  }
  if (token === TOKENS.readOnlyToken && access === 'write') {
    throw new GitHubError(403, 'Resource not accessible by personal access token', accepted);
  }
}

const API_VERSIONS = ['2022-11-28', '2026-03-10'];

/** What GitHub asks of each request, from any sender. */
export function checkHeaders(c: Context): void {
  if (!c.req.header('User-Agent')?.trim()) {
    const rule = 'Please make sure your request has a User-Agent header';
    throw new GitHubError(403, `Request forbidden by administrative rules. ${rule}.`);
  }
  const version = c.req.header('X-GitHub-Api-Version');
  if (version !== undefined && !API_VERSIONS.includes(version)) {
    throw new GitHubError(400, `The API version ${version} is not supported. Use one of ${API_VERSIONS.join(', ')}.`);
  }
}
