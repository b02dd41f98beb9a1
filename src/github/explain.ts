import { ActionError } from '../errors.ts';
import { explainNetwork } from '../http/explain.ts';
import { NetworkError } from '../http/message.ts';
import { GitHubError } from './errors.ts';
import { placeOfWord } from './place-name.ts';

const gitHubService = { name: 'GitHub', addresses: 'GITHUB_API_URL (which the runner sets)' } as const;

/**
 * The permission that a place needs, as GitHub's settings page calls it.
 *
 * @param target the place by its word (`placeWord`)
 */
export function permissionFor(target: string, part: 'secret' | 'variable' | 'creation'): string {
  if (part === 'creation') return 'the repository permission "Administration: write"';
  const kind = placeOfWord(target)?.kind;
  if (kind === 'github-environment') return 'the repository permission "Environments: write"';
  const owner = kind === 'organization' ? 'organization' : 'repository';
  return `the ${owner} permission "${part === 'secret' ? 'Secrets' : 'Variables'}: write"`;
}

/**
 * Turns a failure of GitHub's API into a message; anything else is passed on as it is.
 *
 * @param doing what was tried, as a noun phrase
 * @param permission what the token needs for it (`permissionFor`)
 */
export function explainGitHub(error: unknown, doing: string, permission: string): unknown {
  if (error instanceof NetworkError)
    return new ActionError(explainNetwork(error, gitHubService, doing), { cause: error });
  if (!(error instanceof GitHubError)) return error;
  return new ActionError(
    { what: `GitHub refused ${doing}: ${error.message}`, ...explainAnswer(error, permission) },
    { cause: error },
  );
}

/** Source: GitHub REST API docs, "Troubleshooting" and "Permissions required for fine-grained personal access tokens". */
function explainAnswer(error: GitHubError, permission: string): { cause: string; fix: string } {
  if (error.isRateLimit) {
    return {
      cause: 'the token has used up its rate limit, and GitHub asks to wait for long.',
      fix: 'run again later.',
    };
  }
  if (error.status === 403) return explainForbidden(error, permission);
  if (error.status === 401) {
    return {
      cause: '`github-token` has expired or was revoked.',
      fix: 'make a new token and store it in the secret that `github-token` is read from.',
    };
  }
  if (error.status === 404) {
    return {
      cause: '`repository` does not exist, or `github-token` does not see it: GitHub hides private repositories so.',
      fix: `check \`repository\`, that the token was made for it, and that it has ${permission}.`,
    };
  }
  if (error.status < 400) {
    return {
      cause: '`repository` was renamed or moved, or something on the way answers in the place of GitHub.',
      fix: 'write the name that `repository` has now, and check the proxy variables of the runner.',
    };
  }
  if (error.status >= 500) return { cause: 'GitHub has a disturbance.', fix: 'run again later.' };
  return { cause: 'GitHub does not accept what was sent.', fix: 'see the text above; run again.' };
}

function explainForbidden(error: GitHubError, permission: string): { cause: string; fix: string } {
  const accepted = error.acceptedPermissions ? ` (GitHub would accept: ${error.acceptedPermissions})` : '';
  if (!error.isJobToken) {
    return {
      cause: '`github-token` lacks a permission, or its organization does not let it in.',
      fix: `give it ${permission}${accepted}.`,
    };
  }
  return {
    cause:
      "`github-token` is the job's own token, or a GitHub App's without the permission; the job's own may never write secrets, whatever `permissions:` says.",
    fix: `use a token of a GitHub App, or a fine-grained personal access token, with ${permission}${accepted}.`,
  };
}
