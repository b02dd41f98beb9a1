import { inline } from '../text.ts';

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
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Whether GitHub answered 404. */
export function isMissing(error: unknown): boolean {
  return error instanceof GitHubError && error.status === 404;
}

function isRequestError(error: unknown): error is RequestError {
  return error instanceof Error && error.name === 'HttpError';
}
