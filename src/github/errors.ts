// GitHub's error responses: how to recognize them, and their cause and remedy.
import { ActionError } from '../errors.ts';
import { explainNetwork, NetworkError } from '../http/errors.ts';
import { inline } from '../text.ts';
import { parseTarget } from './names.ts';

type Headers = Readonly<Record<string, string | undefined>>;

/** An error response of GitHub's API. */
export class GitHubError extends Error {
  override readonly name = 'GitHubError';
  readonly status: number;
  /** The path of the request; empty if it is not known. */
  readonly path: string;
  /** The target of a redirect; undefined for any other response. */
  readonly location: string | undefined;
  /** The permissions that GitHub would accept, from `X-Accepted-GitHub-Permissions`; may be empty. */
  readonly acceptedPermissions: string;
  /** Whether the cause is a rate limit. Its 403 looks like a missing permission otherwise. */
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

  /** The response to `GITHUB_TOKEN`, whatever `permissions:` the workflow declares. */
  get isJobToken(): boolean {
    return this.status === 403 && this.message.includes('Resource not accessible by integration');
  }
}

/** Whether a text of GitHub is about a rate limit. "Abuse detection" is the former name of secondary limits. */
export function isLimitText(text: string): boolean {
  return /rate limit|abuse detection/i.test(text);
}

/** Octokit's error, recognized by its name: the chunk with its class may not be loaded. */
interface RequestError extends Error {
  readonly name: 'HttpError';
  readonly status: number;
  readonly request: { readonly url: string };
  /** Missing if `http/` threw and there is no response. */
  readonly response?: {
    readonly headers: Headers;
    readonly data?: unknown;
  };
}

/**
 * Makes a call through octokit. Throws an error response as GitHubError, and any other error as it was thrown
 * (NetworkError, Cancelled, or from an inner `gitHubCall`).
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

/** The result of a call, or undefined if GitHub returns 404: the resource does not exist, or the token does not see it. */
export async function unlessMissing<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await gitHubCall(call);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** Whether GitHub returned 404. */
export function isNotFound(error: unknown): boolean {
  return error instanceof GitHubError && error.status === 404;
}

function isRequestError(error: unknown): error is RequestError {
  return error instanceof Error && error.name === 'HttpError';
}

const gitHubService = { name: 'GitHub', addresses: 'GITHUB_API_URL (which the runner sets)' } as const;

/** The part of a target that a permission is for. `key` is its public key, `list` the list of GitHub environments. */
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

/** The part of a target that the failed request was about; `secret` if unknown. */
export function failedPart(error: unknown): TargetPart {
  const path = error instanceof GitHubError ? error.path : '';
  if (/\/secrets\/public-key$/.test(path)) return 'key';
  if (/\/variables(\/[^/]+)?$/.test(path)) return 'variable';
  if (/\/environments(\/[^/]+)?$/.test(path)) return 'list';
  return 'secret';
}

/**
 * Explains an error of GitHub's API. Any other error is returned unchanged.
 *
 * @param doing the attempted action as a noun phrase
 * @param permission that the token needs for it (`permissionFor`)
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
      cause: '`github-token` reached a rate limit of GitHub, and GitHub asks to wait longer than `timeout` allows.',
      fix: 'run the workflow again later.',
    };
  }
  if (error.status === 403) return explainForbidden(error, permission);
  if (error.status === 401) {
    return {
      cause: '`github-token` has expired or was revoked.',
      fix: 'create a new token and store it in the secret that `github-token` is read from.',
    };
  }
  if (error.status === 404) {
    return {
      cause: '`github-token` has no access to the repository, or `repository` does not exist.',
      fix: `check the name in \`repository\`. Then check that the token was created for it and has ${permission}.`,
    };
  }
  if (error.status < 400) {
    return {
      cause: 'the repository was renamed or transferred, or a proxy responds instead of GitHub.',
      fix: 'set `repository` to its current name, and check the proxy variables of the runner (https_proxy, no_proxy).',
    };
  }
  if (error.status >= 500) return { cause: 'GitHub is unavailable.', fix: 'run the workflow again later.' };
  return {
    cause: 'GitHub does not accept a value in the request.',
    fix: "see GitHub's text above, correct the value, and run the workflow again.",
  };
}

/** Refusals that no permission changes, by GitHub's text. Source: reports of GitHub's users. */
const refusals: readonly (readonly [RegExp, string, string])[] = [
  [
    /IP allow list/i,
    "the organization's IP allow list does not contain the address of this runner.",
    'run the job on a runner whose address is on the list, or ask an owner of the organization to add the address. A token with more permissions does not help.',
  ],
  [
    /SAML/i,
    'the organization requires SAML single sign-on, and `github-token` is not authorized for it.',
    "authorize the token for the organization (Configure SSO in the token's settings), or use a GitHub App's token.",
  ],
  [
    /archived/i,
    'the repository is archived, so it is read-only.',
    'unarchive it (Settings > General > Danger Zone), or set another `repository`. A token with more permissions does not help.',
  ],
  [
    /lifetime/i,
    'the lifetime of `github-token` is longer than the organization allows.',
    "create a token that expires earlier and store it in the secret that `github-token` is read from, or use a GitHub App's token.",
  ],
  [
    /personal access tokens? \(classic\)/i,
    'the organization does not accept classic personal access tokens.',
    "use a GitHub App's token or a fine-grained personal access token.",
  ],
  [
    /suspended|blocked/i,
    'GitHub has suspended or blocked the account or the repository.',
    "see the repository's page on GitHub, and ask GitHub's support. A token with more permissions does not help.",
  ],
];

function explainForbidden(error: GitHubError, permission: string): { cause: string; fix: string } {
  const known = refusals.find(([pattern]) => pattern.test(error.message));
  if (known) return { cause: known[1], fix: known[2] };
  const accepted = error.acceptedPermissions ? ` (GitHub would accept: ${error.acceptedPermissions})` : '';
  if (!error.isJobToken) {
    return {
      cause: '`github-token` lacks a permission, or the organization has not approved the token.',
      fix: `give the token ${permission}${accepted}.`,
    };
  }
  return {
    cause:
      '`github-token` is `GITHUB_TOKEN`, which cannot write secrets, or a token of a GitHub App that lacks the permission.',
    fix: `use a token of a GitHub App, or a fine-grained personal access token, with ${permission}${accepted}.`,
  };
}
