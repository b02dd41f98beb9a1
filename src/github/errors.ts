// GitHub's refusals: how they are recognized, when they are retried, and what a message says about each.
import { ActionError } from '../errors.ts';
import { explainNetwork, NetworkError } from '../http/errors.ts';
import { inline } from '../text.ts';
import { parseTarget } from './names.ts';

type Headers = Readonly<Record<string, string | undefined>>;

/** A response of GitHub's API that is not a success. */
export class GitHubError extends Error {
  override readonly name = 'GitHubError';
  readonly status: number;
  /** The path of the request; empty if it is not known. */
  readonly path: string;
  /** Where a redirect leads; undefined for any other response. */
  readonly location: string | undefined;
  /** The permissions of which any would have been enough, from `X-Accepted-GitHub-Permissions`; may be empty. */
  readonly acceptedPermissions: string;
  /** Whether a limit on the number of requests is the reason, which looks like a missing permission otherwise. */
  readonly isRateLimit: boolean;

  constructor(status: number, text: string, headers: Headers, options: ErrorOptions & { readonly path?: string } = {}) {
    super(inline(`${status} "${text}"`), options);
    this.status = status;
    this.path = options.path ?? '';
    this.location = status >= 300 && status < 400 ? headers['location'] : undefined;
    this.acceptedPermissions = inline(headers['x-accepted-github-permissions'] ?? '');
    this.isRateLimit =
      status === 429 ||
      (status === 403 &&
        (headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined || isLimitText(text)));
  }

  /** The response to the job's own token, whatever `permissions:` the workflow declares. */
  get isJobToken(): boolean {
    return this.status === 403 && this.message.includes('Resource not accessible by integration');
  }
}

/** Whether a text of GitHub speaks of a limit on requests; "abuse detection" is what secondary limits were called before. */
export function isLimitText(text: string): boolean {
  return /rate limit|abuse detection/i.test(text);
}

/** What octokit throws, known by its name: its class comes from a chunk that may not be loaded. */
interface RequestError extends Error {
  readonly name: 'HttpError';
  readonly status: number;
  readonly request: { readonly url: string };
  /** Missing if our own way out of the bundle threw, and there is no response. */
  readonly response?: {
    readonly headers: Headers;
    readonly data?: unknown;
  };
}

/**
 * Makes a call through octokit and unwraps what it throws: an error response as GitHubError, anything else as it was
 * thrown: NetworkError, Cancelled, what an inner `gitHubCall` made of it.
 */
export async function gitHubCall<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!isRequestError(error)) throw error;
    const { status, request, response, cause } = error;
    if (!response) throw cause;
    const text = (response.data as { message?: unknown } | undefined)?.message;
    const path = new URL(request.url).pathname;
    throw new GitHubError(status, typeof text === 'string' ? text : 'no message', response.headers, {
      cause: error,
      path,
    });
  }
}

/** What a call gives, or undefined if GitHub answers 404: there is no such thing, or the token does not see it. */
export async function unlessMissing<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await gitHubCall(call);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** Whether GitHub answered 404. */
export function isNotFound(error: unknown): boolean {
  return error instanceof GitHubError && error.status === 404;
}

function isRequestError(error: unknown): error is RequestError {
  return error instanceof Error && error.name === 'HttpError';
}

const gitHubService = { name: 'GitHub', addresses: 'GITHUB_API_URL (which the runner sets)' } as const;

/** Which part of a target a permission is for; `key`: its public key; `list`: which GitHub environments there are. */
export type TargetPart = 'key' | 'secret' | 'variable' | 'creation' | 'list' | 'repository';

/**
 * The permission that a target needs, as GitHub's settings page calls it.
 *
 * @param target the target in words (`formatTarget`)
 */
export function permissionFor(target: string, part: TargetPart): string {
  if (part === 'repository') return 'the repository permission "Metadata: read"';
  if (part === 'list') return 'the repository permission "Actions: read"';
  if (part === 'creation') return 'the repository permission "Administration: write"';
  const kind = parseTarget(target)?.kind;
  if (kind === 'github-environment') return 'the repository permission "Environments: write"';
  const owner = kind === 'organization' ? 'organization' : 'repository';
  return `the ${owner} permission "${part === 'variable' ? 'Variables' : 'Secrets'}: write"`;
}

/** Which part of a target the failed request was about; `secret` if nobody knows. */
export function failedPart(error: unknown): TargetPart {
  const path = error instanceof GitHubError ? error.path : '';
  if (/\/secrets\/public-key$/.test(path)) return 'key';
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
    { what: `GitHub refused ${doing}: ${error.message}`, ...explainRefusal(error, permission) },
    { cause: error },
  );
}

/** Source: GitHub REST API docs, "Troubleshooting" and "Permissions required for fine-grained personal access tokens". */
function explainRefusal(error: GitHubError, permission: string): { cause: string; fix: string } {
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
