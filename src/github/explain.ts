import { ActionError } from '../errors.ts';
import { explainNetwork } from '../http/explain.ts';
import { NetworkError } from '../http/message.ts';
import { GitHubError } from './errors.ts';

const gitHubService = { name: 'GitHub', addresses: 'GITHUB_API_URL, which the runner sets,' } as const;

/**
 * Turns a failure of GitHub's API into a message; anything else is passed on as it is.
 *
 * @param doing what was tried, as a noun phrase
 */
export function explainGitHub(error: unknown, doing: string): unknown {
  if (error instanceof NetworkError)
    return new ActionError(explainNetwork(error, gitHubService, doing), { cause: error });
  if (!(error instanceof GitHubError)) return error;
  return new ActionError(
    { what: `GitHub refused ${doing}: ${error.message}`, ...explainAnswer(error) },
    { cause: error },
  );
}

/** Source: GitHub REST API docs, "Troubleshooting" and "Permissions required for fine-grained personal access tokens". */
function explainAnswer(error: GitHubError): { cause: string; fix: string } {
  const accepted = error.acceptedPermissions ? ` (GitHub would accept: ${error.acceptedPermissions})` : '';
  if (error.isJobToken) {
    return {
      cause:
        "`github-token` is the job's own token, or a GitHub App's without the permission; the job's own may never write secrets, whatever `permissions:` says.",
      fix: `use a token of a GitHub App, or a fine-grained personal access token, with the repository permission "Secrets: write"${accepted}.`,
    };
  }
  if (error.status === 401) {
    return {
      cause: '`github-token` has expired or was revoked.',
      fix: 'make a new token and store it in the secret that `github-token` is read from.',
    };
  }
  if (error.status === 429) return { cause: 'the token has used up its rate limit.', fix: 'run again later.' };
  if (error.status === 403) {
    return {
      cause: '`github-token` lacks a permission, or its organization does not let it in.',
      fix: `give it the repository permission "Secrets: write"${accepted}.`,
    };
  }
  if (error.status === 404) {
    return {
      cause: '`repository` does not exist, or `github-token` does not see it: GitHub hides private repositories so.',
      fix: 'check `repository`, and that the token was made for it.',
    };
  }
  if (error.status >= 500) return { cause: 'GitHub has a disturbance.', fix: 'run again later.' };
  return { cause: 'GitHub does not accept what was sent.', fix: 'see the text above; run again.' };
}
