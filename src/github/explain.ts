import { ActionError } from '../errors.ts';
import { explainNetwork } from '../http/explain.ts';
import { NetworkError } from '../http/message.ts';
import { GitHubError } from './errors.ts';
import { placeOfWord } from './place-name.ts';

const gitHubService = { name: 'GitHub', addresses: 'GITHUB_API_URL (which the runner sets)' } as const;

/** What of a place a permission is for; `list`: which GitHub environments a repository has. */
export type PlacePart = 'secret' | 'variable' | 'creation' | 'list' | 'repository';

/**
 * The permission that a place needs, as GitHub's settings page calls it.
 *
 * @param target the place by its word (`placeWord`)
 */
export function permissionFor(target: string, part: PlacePart): string {
  if (part === 'repository') return 'the repository permission "Metadata: read"';
  if (part === 'list') return 'the repository permission "Actions: read"';
  if (part === 'creation') return 'the repository permission "Administration: write"';
  const kind = placeOfWord(target)?.kind;
  if (kind === 'github-environment') return 'the repository permission "Environments: write"';
  const owner = kind === 'organization' ? 'organization' : 'repository';
  return `the ${owner} permission "${part === 'secret' ? 'Secrets' : 'Variables'}: write"`;
}

/** What of a place the request was about that failed; `secret` if nobody knows. */
export function failedPart(error: unknown): PlacePart {
  const path = error instanceof GitHubError ? error.path : '';
  if (/\/variables(\/[^/]+)?$/.test(path)) return 'variable';
  if (/\/environments(\/[^/]+)?$/.test(path)) return 'list';
  return 'secret';
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
      cause: 'the token has reached a rate limit of GitHub, and GitHub asks to wait longer than `timeout` allows.',
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
      cause: '`repository` was renamed or moved, or a proxy answers in place of GitHub.',
      fix: 'write the name that `repository` has now, and check the proxy variables of the runner.',
    };
  }
  if (error.status >= 500) return { cause: 'GitHub is unavailable.', fix: 'run again later.' };
  return { cause: 'GitHub does not accept what was sent.', fix: 'see the text above; run again.' };
}

/** Refusals that no permission of the token changes, by GitHub's text. Their texts are as GitHub's users report them. */
const refusals: readonly (readonly [RegExp, string, string])[] = [
  [
    /IP allow list/i,
    "the organization's IP allow list does not contain the address of this runner.",
    'run the job on a runner whose address is on the list, or ask an owner of the organization to add the address. No permission of the token helps.',
  ],
  [
    /SAML/i,
    'the organization requires SAML single sign-on, and `github-token` is not authorized for it.',
    "authorize the token for the organization (Configure SSO, in the token's settings), or use a token of a GitHub App.",
  ],
  [
    /archived/i,
    'the repository is archived, so it is read-only.',
    'unarchive it (Settings > General > Danger Zone), or name another one in `repository`. No permission of the token helps.',
  ],
  [
    /lifetime/i,
    'the organization does not accept tokens that are valid for as long as `github-token` is.',
    'make a token that expires earlier and store it in the secret that `github-token` is read from, or use a token of a GitHub App.',
  ],
  [
    /personal access tokens? \(classic\)/i,
    'the organization does not accept classic personal access tokens.',
    'use a token of a GitHub App, or a fine-grained personal access token.',
  ],
  [
    /suspended|blocked/i,
    'GitHub has suspended or blocked the account or the repository.',
    "see the repository's page on GitHub, and ask GitHub's support. No permission of the token helps.",
  ],
];

function explainForbidden(error: GitHubError, permission: string): { cause: string; fix: string } {
  const known = refusals.find(([pattern]) => pattern.test(error.message));
  if (known) return { cause: known[1], fix: known[2] };
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
