import { clashesWithAdminNames, isSecretPrefix, secretNames } from '../github/names.ts';
import type { GitHubSettings, StoreSettings, StoreTarget } from '../settings.ts';
import { notTaken } from './problems.ts';
import type { InputReader } from './reader.ts';

/** How GitHub is reached: its address is looked at only where it matters. */
export function readGitHub(reader: InputReader): GitHubSettings {
  const token = reader.text('github-token');
  const isUsed = token !== '' || reader.text('store-in') !== '';
  return { token, apiUrl: isUsed ? reader.gitHubApiUrl() : 'https://api.github.com' };
}

/**
 * The inputs that say where in GitHub the credentials are stored; undefined where they are not.
 *
 * @param needsToken false where nothing will be written, as in a dry run
 */
export function readStore(reader: InputReader, needsToken: boolean): StoreSettings | undefined {
  const prefix = readPrefix(reader);
  const overwrite = reader.boolean('overwrite-secrets', false);
  const targets = reader.lines('store-in').map((line): StoreTarget => {
    if (line !== 'repository') reader.problems.push(notTaken('store-in', line, '`repository`'));
    return { kind: 'repository' };
  });
  if (targets.length === 0) return undefined;

  if (needsToken && reader.text('github-token') === '') {
    reader.problems.push({
      what: '`github-token` is missing, and `store-in` needs it',
      cause:
        "the secret that it is read from is not set; the job's own token is no substitute, it may never write secrets",
      fix:
        'pass a token that may write secrets in `github-token`: of a GitHub App, or a fine-grained personal access ' +
        'token with the repository permission "Secrets: write"',
    });
  }
  return {
    targets: [{ kind: 'repository' }],
    repository: reader.repository(),
    prefix,
    overwrite,
  };
}

function readPrefix(reader: InputReader): string {
  const prefix = reader.text('secret-prefix') || 'PINGONE_WORKER_';
  if (!isSecretPrefix(prefix)) {
    const taken = 'letters, digits and underscores that begin neither with a digit nor with GITHUB_';
    reader.problems.push(notTaken('secret-prefix', prefix, taken));
  }
  const clashes = clashesWithAdminNames(secretNames(prefix));
  if (clashes.length > 0) {
    reader.problems.push({
      what: `\`secret-prefix\` "${prefix}" would write ${clashes.join(', ')}`,
      cause: "people keep their admin credentials under these names; the worker's would overwrite them",
      fix: 'choose another `secret-prefix`, e.g. the default PINGONE_WORKER_',
    });
  }
  return prefix;
}
