import { inline } from '../text.ts';

type Headers = Readonly<Record<string, string | undefined>>;

/** An answer of GitHub's API that is not a success. */
export class GitHubError extends Error {
  override readonly name = 'GitHubError';
  readonly status: number;
  /** The permissions of which any would have done, from `X-Accepted-GitHub-Permissions`; empty where not said. */
  readonly acceptedPermissions: string;
  /** Whether a limit on the number of requests is the reason, which looks like a missing permission otherwise. */
  readonly isRateLimit: boolean;

  constructor(status: number, text: string, headers: Headers, options?: ErrorOptions) {
    super(inline(`${status} "${text}"`), options);
    this.status = status;
    this.acceptedPermissions = inline(headers['x-accepted-github-permissions'] ?? '');
    this.isRateLimit =
      status === 429 ||
      (status === 403 &&
        (headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined || /rate limit/i.test(text)));
  }

  /** The answer to the job's own token, whatever `permissions:` the workflow declares. */
  get isJobToken(): boolean {
    return this.status === 403 && this.message.includes('Resource not accessible by integration');
  }
}

/** What octokit throws, known by its name: its class comes from a chunk that may not be loaded. */
interface RequestError extends Error {
  readonly name: 'HttpError';
  readonly status: number;
  /** Missing where our own way out of the bundle threw, and no answer came. */
  readonly response?: {
    readonly headers: Headers;
    readonly data?: unknown;
  };
}

/**
 * Makes a call through octokit and unwraps what it throws: an error answer as GitHubError, anything else as it was
 * thrown: NetworkError, Cancelled, what an inner `gitHubCall` made of it.
 */
export async function gitHubCall<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!isRequestError(error)) throw error;
    const { status, response, cause } = error;
    if (!response) throw cause;
    const text = (response.data as { message?: unknown } | undefined)?.message;
    throw new GitHubError(status, typeof text === 'string' ? text : 'no message', response.headers, { cause: error });
  }
}

/** What a call gives, or undefined where GitHub answers 404: there is no such thing, or the token does not see it. */
export async function unlessMissing<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await gitHubCall(call);
  } catch (error) {
    if (error instanceof GitHubError && error.status === 404) return undefined;
    throw error;
  }
}

function isRequestError(error: unknown): error is RequestError {
  return error instanceof Error && error.name === 'HttpError';
}
