/** GitHub's error responses. Source: GitHub REST API docs, Troubleshooting; texts as clients report them. */
import type { ContentfulStatusCode } from 'hono/utils/http-status';

export class GitHubError extends Error {
  readonly status: ContentfulStatusCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: ContentfulStatusCode, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }

  toBody(): object {
    const { Location: url } = this.headers;
    return {
      message: this.message,
      ...(url === undefined ? {} : { url }),
      documentation_url: 'https://docs.github.com/rest',
      status: String(this.status),
    };
  }
}

/** Also the response for what the token may not see: GitHub hides private resources. */
export const notFound = (): GitHubError => new GitHubError(404, 'Not Found');

export const unprocessable = (message: string): GitHubError => new GitHubError(422, message);

export const conflict = (message: string): GitHubError => new GitHubError(409, message);
