import { ActionError, Cancelled } from '../errors.ts';
import { NetworkError } from '../http/message.ts';
import { inline } from '../text.ts';

/** An answer of GitHub's API that is not a success. */
export class GitHubError extends Error {
  override readonly name = 'GitHubError';
  readonly status: number;
  /** The permissions of which any would have done, from `X-Accepted-GitHub-Permissions`; empty where not said. */
  readonly acceptedPermissions: string;

  constructor(status: number, text: string, acceptedPermissions: string, options?: ErrorOptions) {
    super(inline(`${status} "${text}"`), options);
    this.status = status;
    this.acceptedPermissions = inline(acceptedPermissions);
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
    readonly headers: Readonly<Record<string, string | undefined>>;
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
    const permissions = response.headers['x-accepted-github-permissions'] ?? '';
    throw new GitHubError(status, typeof text === 'string' ? text : 'no message', permissions, { cause: error });
  }
}
