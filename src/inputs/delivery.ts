// The inputs about delivery: targets in GitHub, and files for PingDataSync.
import { checkFolder, isDataSyncPrefix, isPlainValue } from '../datasync.ts';
import type { GitHubSettings } from '../github/api.ts';
import type { RepositoryName, SecretTarget } from '../github/names.ts';
import {
  clashesWithAdminNames,
  environmentNameProblem,
  formatTarget,
  isSecretPrefix,
  parseTarget,
  secretNames,
} from '../github/names.ts';
import type { DataSyncSettings, StoreSettings } from '../settings.ts';
import { inline, nearest } from '../text.ts';
import type { InputReader, Problem } from './reader.ts';
import { mustBe, oneEach, oneOf } from './reader.ts';

const publicGitHub = 'https://api.github.com';

/** GitHub's address and token. The address is only checked if it is used. */
export function readGitHub(reader: InputReader): GitHubSettings {
  const token = reader.token('github-token');
  const isUsed = token !== '' || reader.text('store-in') !== '';
  return { token, apiUrl: isUsed ? readGitHubApiUrl(reader) : publicGitHub };
}

/** The runner's value, for GitHub Enterprise Server. */
function readGitHubApiUrl(reader: InputReader): string {
  return reader.checkedUrl('GITHUB_API_URL', reader.variable('GITHUB_API_URL') || publicGitHub) ?? publicGitHub;
}

/**
 * The inputs about storing the credentials in GitHub; undefined if `store-in` is empty.
 *
 * @param needsToken false if the run stores nothing, as a dry run
 */
export function readStore(reader: InputReader, needsToken: boolean): StoreSettings | undefined {
  const prefix = readPrefix(reader);
  const overwrite = reader.boolean('overwrite-secrets', false);
  const createEnvironments = reader.boolean('create-github-environment', false);
  const idsAs = reader.choice('store-ids-as', ['secrets', 'variables']) ?? 'secrets';
  const targets = reader.lines('store-in').flatMap((line) => readTarget(reader, line));
  refuseDuplicates(reader, targets);
  if (reader.lines('store-in').length === 0) return undefined;

  if (needsToken && reader.text('github-token') === '') {
    reader.problems.push({
      what: '`github-token` is missing, and `store-in` needs it',
      cause: 'the secret that it is read from is not set. `GITHUB_TOKEN` cannot write secrets',
      fix:
        'set `github-token` to a token that can write secrets: of a GitHub App, or a fine-grained personal access ' +
        'token with the repository permission "Secrets: write"',
    });
  }
  return {
    targets,
    repository: readRepository(reader),
    prefix,
    idsAs,
    overwrite,
    createEnvironments,
  };
}

/** The repository to write secrets to, `owner/name`. Default: the repository that the workflow runs in. */
function readRepository(reader: InputReader): RepositoryName {
  const text = reader.text('repository') || reader.variable('GITHUB_REPOSITORY');
  const match = /^(?<owner>[A-Za-z0-9_.-]+)\/(?<repo>[A-Za-z0-9_.-]+)$/.exec(text);
  const isStep = [match?.groups?.['owner'], match?.groups?.['repo']].some((part) => /^\.{1,2}$/.test(part ?? ''));
  if (!match || isStep) reader.problems.push(mustBe('repository', text, '`owner/name` of a repository'));
  return { owner: match?.groups?.['owner'] ?? '', repo: match?.groups?.['repo'] ?? '' };
}

function readTarget(reader: InputReader, line: string): SecretTarget[] {
  // The name of a GitHub environment may contain a comma, but no other target after it.
  const [, ...others] = line.split(/[,;]/).map((part) => part.trim().toLowerCase());
  if (others.some((part) => parseTarget(part))) {
    reader.problems.push(oneEach('store-in', line));
    return [];
  }
  const target = parseTarget(line);
  if (!target) {
    const [word = '', ...rest] = line.split(':');
    const near = nearest(word, rest.length > 0 ? ['github-environment'] : ['repository', 'organization']);
    const meant = near && [near, ...rest].join(':');
    const isCase = near?.toLowerCase() === word.toLowerCase();
    const cause = isCase ? 'the target is written in lower case' : undefined;
    const form = oneOf(['repository', 'github-environment:<name>', 'organization']);
    reader.problems.push(mustBe('store-in', line, form, { meant, cause }));
    return [];
  }
  if (target.kind !== 'github-environment') return [target];
  const name = target.name.trim();
  const reason = environmentNameProblem(name);
  if (reason === undefined) return [{ kind: 'github-environment', name }];
  reader.problems.push({
    what: `\`store-in\` names the GitHub environment "${inline(name, 60)}", which GitHub does not accept: ${reason}`,
    cause: 'the expression in the name is empty or wrong',
    fix: 'write `github-environment:` and the name from Settings > Environments of the repository',
  });
  return [];
}

/** GitHub compares the names of environments without case. */
function refuseDuplicates(reader: InputReader, targets: readonly SecretTarget[]): void {
  const names = targets.map((target) => formatTarget(target).toLowerCase());
  for (const name of new Set(names.filter((candidate, index) => names.indexOf(candidate) !== index))) {
    reader.problems.push({
      what: `\`store-in\` names ${inline(name, 80)} more than once`,
      cause: 'a line was repeated, or two expressions have the same value. GitHub ignores the case of names',
      fix: 'remove one of the lines',
    });
  }
}

function readPrefix(reader: InputReader): string {
  const prefix = reader.text('secret-prefix') || 'PINGONE_WORKER_';
  if (!isSecretPrefix(prefix)) {
    const form = 'letters, digits and underscores, and not start with a digit or `GITHUB_`';
    reader.problems.push(mustBe('secret-prefix', prefix, form));
  }
  const clashes = clashesWithAdminNames(secretNames(prefix));
  if (clashes.length > 0) {
    reader.problems.push({
      what: `\`secret-prefix\` "${prefix}" would write ${clashes.join(', ')}`,
      cause: "admin credentials usually have these names, and the worker's credentials would overwrite them",
      fix: 'set another `secret-prefix`, or remove it to use the default `PINGONE_WORKER_`',
    });
  }
  return prefix;
}

/** The inputs about the files for PingDataSync; undefined if `datasync-dir` is empty. */
export function readDataSync(reader: InputReader): DataSyncSettings | undefined {
  const path = reader.text('datasync-dir');
  const prefix = reader.text('datasync-prefix') || 'PING_ONE_';
  if (!isDataSyncPrefix(prefix)) {
    const form = 'the start of a variable name: letters, digits and underscores, not starting with a digit';
    reader.problems.push(mustBe('datasync-prefix', prefix, form));
  }
  const keep = reader.boolean('datasync-keep', false);
  if (path === '') return undefined;
  const workspace = reader.variable('GITHUB_WORKSPACE');
  const check = workspace === '' ? { refused: 'GITHUB_WORKSPACE is not set' } : checkFolder(workspace, path);
  if ('directory' in check) return { workspace, directory: check.directory, prefix, keep };
  reader.problems.push({
    what: `\`datasync-dir\` "${inline(path, 80)}" cannot be used: ${check.refused}`,
    cause: 'the path is not in the workspace, or an earlier step created something else there',
    fix: 'set `datasync-dir` to a folder relative to the workspace, e.g. `datasync`',
  });
  return undefined;
}

/** Addresses that not all readers of the files would parse alike. Found before any request. */
export function dataSyncProblems(
  dataSync: DataSyncSettings | undefined,
  addresses: { readonly apiUrl: string; readonly authUrl: string },
): Problem[] {
  if (!dataSync) return [];
  const odd = [
    ['api-url', addresses.apiUrl],
    ['auth-url', addresses.authUrl],
  ].filter(([, value = '']) => !isPlainValue(value));
  return odd.map(([input = '', value = '']) =>
    mustBe(input, value, 'an address of letters, digits and . _ ~ : / - only if `datasync-dir` is set'),
  );
}
