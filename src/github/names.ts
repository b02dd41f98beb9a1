// The names of targets in GitHub and of their secrets.
import { inline } from '../text.ts';

/** The names of the three secrets. */
export interface SecretNames {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly environmentId: string;
}

/** The names of the secrets with a prefix, in upper case as GitHub stores them. */
export function secretNames(prefix: string): SecretNames {
  const name = (rest: string): string => (prefix + rest).toUpperCase();
  return {
    clientId: name('CLIENT_ID'),
    clientSecret: name('CLIENT_SECRET'),
    environmentId: name('ENVIRONMENT_ID'),
  };
}

/** Which names are secrets and which are variables: the two IDs as `ids` says, the client secret always a secret. */
export function namesFor(
  prefix: string,
  ids: 'secrets' | 'variables',
): { readonly secrets: readonly string[]; readonly variables: readonly string[] } {
  const { clientId, clientSecret, environmentId } = secretNames(prefix);
  return ids === 'secrets'
    ? { secrets: [clientId, clientSecret, environmentId], variables: [] }
    : { secrets: [clientSecret], variables: [clientId, environmentId] };
}

// Usual names of admin credentials: this action's README, the Terraform provider, the Ping CLI before and since 1.0,
// pingctl, the MCP server and Ping's example pipelines. The worker's credentials must not overwrite them.
const adminNames: ReadonlySet<string> = new Set([
  'PINGONE_ADMIN_CLIENT_ID',
  'PINGONE_ADMIN_CLIENT_SECRET',
  'PINGONE_ADMIN_ENVIRONMENT_ID',
  'PINGONE_CLIENT_ID',
  'PINGONE_CLIENT_SECRET',
  'PINGONE_ENVIRONMENT_ID',
  'PINGONE_CLIENT_CREDENTIALS_CLIENT_ID',
  'PINGONE_CLIENT_CREDENTIALS_CLIENT_SECRET',
  'PINGCLI_PINGONE_CLIENT_CREDENTIALS_CLIENT_ID',
  'PINGCLI_PINGONE_CLIENT_CREDENTIALS_CLIENT_SECRET',
  'PINGCLI_PINGONE_ENVIRONMENT_ID',
  'PINGCLI_PINGONE_EXPORT_ENVIRONMENT_ID',
  'PINGCLI_PINGONE_WORKER_CLIENT_ID',
  'PINGCLI_PINGONE_WORKER_CLIENT_SECRET',
  'PINGCLI_PINGONE_WORKER_ENVIRONMENT_ID',
  'PINGONE_WORKER_APP_CLIENT_ID',
  'PINGONE_WORKER_APP_CLIENT_SECRET',
  'PINGONE_AUTHORIZATION_CODE_CLIENT_ID',
  'PINGONE_DEVICE_CODE_CLIENT_ID',
  'PINGONE_MCP_ENVIRONMENT_ID',
  'TF_VAR_PINGONE_CLIENT_ID',
  'TF_VAR_PINGONE_CLIENT_SECRET',
  'TF_VAR_PINGONE_CLIENT_ENVIRONMENT_ID',
]);

/** The names that are usual names of admin credentials. */
export function clashesWithAdminNames(names: SecretNames): readonly string[] {
  return [names.clientId, names.clientSecret, names.environmentId].filter((name) => adminNames.has(name));
}

/**
 * Whether GitHub accepts this as the start of a secret's name: letters, digits and underscores; no digit and no
 * `GITHUB_` at the start. Source: GitHub docs, "Naming your secrets".
 */
export function isSecretPrefix(prefix: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(prefix) && !/^GITHUB_/i.test(prefix);
}

/**
 * Why GitHub does not accept this name of an environment; undefined if it does.
 * Source: GitHub docs, "Managing environments for deployment" (255 characters). A name of dots would change the path of
 * the request.
 */
export function environmentNameProblem(name: string): string | undefined {
  if (name === '') return 'it is empty';
  if (name.length > 255) return 'it is longer than 255 characters';
  if (/^\.{1,2}$/.test(name)) return 'it consists of dots only';
  return /\p{Cc}|\p{Surrogate}/u.test(name) ? 'it contains control characters' : undefined;
}

/** Owner and name of a repository. */
export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

/** The parts of `owner/name`; undefined for any other form, and for names that would change the path of a request. */
export function repositoryNameOf(text: string): RepositoryName | undefined {
  const [owner = '', repo = '', ...rest] = text.split('/');
  const isName = (part: string): boolean => /^[A-Za-z0-9_.-]+$/.test(part) && !/^\.{1,2}$/.test(part);
  return rest.length === 0 && isName(owner) && isName(repo) ? { owner, repo } : undefined;
}

/** A target in GitHub: a line of the input `store-in`. */
export type SecretTarget =
  | { readonly kind: 'repository' }
  | { readonly kind: 'github-environment'; readonly name: string }
  | { readonly kind: 'organization' };

const environmentPrefix = 'github-environment:';

/** A target as the input `store-in`, the record and the output `stored` write it. */
export function formatTarget(target: SecretTarget): string {
  return target.kind === 'github-environment' ? environmentPrefix + target.name : target.kind;
}

/**
 * Parses a target. The name of a GitHub environment is not checked (`environmentNameProblem` does that), and may be empty.
 *
 * @returns undefined for any other text, e.g. from the record of a later version
 */
export function parseTarget(text: string): SecretTarget | undefined {
  if (text === 'repository' || text === 'organization') return { kind: text };
  if (!text.startsWith(environmentPrefix)) return undefined;
  return { kind: 'github-environment', name: text.slice(environmentPrefix.length) };
}

/** A target as messages name it. */
export function targetLabel(target: SecretTarget, { owner, repo }: RepositoryName): string {
  switch (target.kind) {
    case 'repository':
      return `the repository ${owner}/${repo}`;
    case 'github-environment':
      return `the GitHub environment "${inline(target.name, 60)}" of ${owner}/${repo}`;
    case 'organization':
      return `the organization ${owner}`;
  }
}
