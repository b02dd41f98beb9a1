// The names of targets in GitHub, and of the secrets in them.
import { inline } from '../text.ts';

/** The names of the three secrets. */
export interface SecretNames {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly environmentId: string;
}

/** The names that a prefix gives; GitHub keeps names in upper case. */
export function secretNames(prefix: string): SecretNames {
  const name = (rest: string): string => (prefix + rest).toUpperCase();
  return {
    clientId: name('CLIENT_ID'),
    clientSecret: name('CLIENT_SECRET'),
    environmentId: name('ENVIRONMENT_ID'),
  };
}

/** The names by the way in which each is kept: the two ids as secrets or as variables, the secret as a secret. */
export function namesFor(
  prefix: string,
  ids: 'secrets' | 'variables',
): { readonly secrets: readonly string[]; readonly variables: readonly string[] } {
  const { clientId, clientSecret, environmentId } = secretNames(prefix);
  return ids === 'secrets'
    ? { secrets: [clientId, clientSecret, environmentId], variables: [] }
    : { secrets: [clientSecret], variables: [clientId, environmentId] };
}

// Where people keep the admin credentials: as our README has it, the Terraform provider, the Ping CLI before and since
// 1.0, pingctl, the MCP server and Ping's own example pipelines. Writing the worker's there would cut the admin off.
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

/** Those of the names under which people keep the admin credentials. */
export function clashesWithAdminNames(names: SecretNames): readonly string[] {
  return [names.clientId, names.clientSecret, names.environmentId].filter((name) => adminNames.has(name));
}

/**
 * Whether GitHub takes this as the beginning of a secret's name: letters, digits and underscores, not beginning with
 * a digit nor with `GITHUB_`. Source: GitHub docs, "Naming your secrets".
 */
export function isSecretPrefix(prefix: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(prefix) && !/^GITHUB_/i.test(prefix);
}

/**
 * Why GitHub would not take this as the name of an environment, or undefined where it would.
 * Source: GitHub docs, "Managing environments for deployment" (255 characters). A name of dots only would be taken for a
 * step up in the address of the request.
 */
export function environmentNameProblem(name: string): string | undefined {
  if (name === '') return 'it is empty';
  if (name.length > 255) return 'it is longer than 255 characters';
  if (/^\.{1,2}$/.test(name)) return 'dots alone are no name';
  return /\p{Cc}|\p{Surrogate}/u.test(name) ? 'it holds control characters' : undefined;
}

/** Owner and name of a repository. */
export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

/** The two parts of `owner/name`; undefined for anything else, and for names that would change the path of a request. */
export function repositoryNameOf(text: string): RepositoryName | undefined {
  const [owner = '', repo = '', ...rest] = text.split('/');
  const isName = (part: string): boolean => /^[A-Za-z0-9_.-]+$/.test(part) && !/^\.{1,2}$/.test(part);
  return rest.length === 0 && isName(owner) && isName(repo) ? { owner, repo } : undefined;
}

/** Which target in GitHub: a line of the input `store-in`. */
export type SecretTarget =
  | { readonly kind: 'repository' }
  | { readonly kind: 'github-environment'; readonly name: string }
  | { readonly kind: 'organization' };

const environmentPrefix = 'github-environment:';

/** The word by which the input `store-in`, the record and the output `stored` name a target. */
export function formatTarget(target: SecretTarget): string {
  return target.kind === 'github-environment' ? environmentPrefix + target.name : target.kind;
}

/**
 * The target of such a word. The name of a GitHub environment is whatever follows the colon, even nothing: whether
 * GitHub takes it is for `environmentNameProblem` to say.
 *
 * @returns undefined for another word, e.g. one in the record of a later version
 */
export function parseTarget(word: string): SecretTarget | undefined {
  if (word === 'repository' || word === 'organization') return { kind: word };
  if (!word.startsWith(environmentPrefix)) return undefined;
  return { kind: 'github-environment', name: word.slice(environmentPrefix.length) };
}

/** A target for a sentence. */
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
