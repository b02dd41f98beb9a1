import { ActionError, Cancelled } from '../errors.ts';
import { NetworkError } from '../http/message.ts';
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

/** What octokit throws for an answer, structurally: its class comes from a chunk that may not be loaded. */
interface RequestError {
  readonly status: number;
  readonly cause?: unknown;
  readonly response?: {
    readonly headers: Headers;
    readonly data?: unknown;
  };
}

/**
 * Makes a call through octokit and unwraps what it throws: NetworkError and Cancelled as they were, an error answer as
 * GitHubError.
 */
export async function gitHubCall<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const { cause } = error as { cause?: unknown };
    if (cause instanceof NetworkError || cause instanceof Cancelled || cause instanceof ActionError) throw cause;
    const { status, response } = error as Partial<RequestError>;
    if (status === undefined || !response) throw error;
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
