import type { RunIdentity } from '../settings.ts';
import type { Lookup } from './admin.ts';

/** Which run this is, from the runner's default variables (GitHub docs, "Default environment variables"). */
export function runIdentity(variable: Lookup): RunIdentity {
  const repository = variable('GITHUB_REPOSITORY');
  const repositoryId = variable('GITHUB_REPOSITORY_ID');
  const server = variable('GITHUB_SERVER_URL') || 'https://github.com';
  return {
    owner: repositoryId === '' ? undefined : { server, repositoryId, repository },
    server,
    repository,
    runId: variable('GITHUB_RUN_ID'),
    runAttempt: variable('GITHUB_RUN_ATTEMPT'),
    job: variable('GITHUB_JOB'),
  };
}

/**
 * Why this run may have been given no secrets at all, or undefined where GitHub has no reason to withhold them.
 * Source: GitHub docs, "Using secrets in GitHub Actions" (forks) and "Dependabot on GitHub Actions".
 */
export function whyNoSecrets(variable: Lookup, event: () => unknown): string | undefined {
  if (variable('GITHUB_ACTOR') === 'dependabot[bot]') {
    return "Dependabot started this run, and GitHub gives such runs none of the repository's Actions secrets";
  }
  const eventName = variable('GITHUB_EVENT_NAME');
  // A run on `pull_request_target` belongs to the base repository and does get its secrets.
  if (!eventName.startsWith('pull_request') || eventName === 'pull_request_target') return undefined;
  if (!isFromFork(event())) return undefined;
  return 'this is a pull request from a fork, and GitHub gives such runs no secrets';
}

function isFromFork(event: unknown): boolean {
  const at = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  const pullRequest = at(event, 'pull_request');
  const head = at(at(at(pullRequest, 'head'), 'repo'), 'id');
  const base = at(at(at(pullRequest, 'base'), 'repo'), 'id');
  // A fork that was deleted since leaves `head.repo` null.
  return pullRequest !== undefined && head !== base;
}
