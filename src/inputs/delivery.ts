// Where the credentials go: targets in GitHub, and files for PingDataSync.
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

/** How GitHub is reached: its address is looked at only where it matters. */
export function readGitHub(reader: InputReader): GitHubSettings {
  const token = reader.token('github-token');
  const isUsed = token !== '' || reader.text('store-in') !== '';
  return { token, apiUrl: isUsed ? readGitHubApiUrl(reader) : publicGitHub };
}

/** What the runner says, so that GitHub Enterprise Server works. */
function readGitHubApiUrl(reader: InputReader): string {
  return reader.checkedUrl('GITHUB_API_URL', reader.variable('GITHUB_API_URL') || publicGitHub) ?? publicGitHub;
}

/**
 * The inputs that say where in GitHub the credentials are stored; undefined if they are not.
 *
 * @param needsToken false if nothing will be written, as in a dry run
 */
export function readStore(reader: InputReader, needsToken: boolean): StoreSettings | undefined {
  const prefix = readPrefix(reader);
  const overwrite = reader.boolean('overwrite-secrets', false);
  const createEnvironments = reader.boolean('create-github-environment', false);
  const idsAs = reader.choice('store-ids-as', ['secrets', 'variables']) ?? 'secrets';
  const targets = reader.lines('store-in').flatMap((line) => readTarget(reader, line));
  refuseTwice(reader, targets);
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

/** The repository that secrets are written to: `owner/name`, by default the one that the workflow runs in. */
function readRepository(reader: InputReader): RepositoryName {
  const text = reader.text('repository') || reader.variable('GITHUB_REPOSITORY');
  const match = /^(?<owner>[A-Za-z0-9_.-]+)\/(?<repo>[A-Za-z0-9_.-]+)$/.exec(text);
  const isStep = [match?.groups?.['owner'], match?.groups?.['repo']].some((part) => /^\.{1,2}$/.test(part ?? ''));
  if (!match || isStep) reader.problems.push(mustBe('repository', text, '`owner/name` of a repository'));
  return { owner: match?.groups?.['owner'] ?? '', repo: match?.groups?.['repo'] ?? '' };
}

function readTarget(reader: InputReader, line: string): SecretTarget[] {
  // The name of a GitHub environment may hold a comma, but no other target follows it there.
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
    cause: 'the expression that makes up the name is empty or wrong',
    fix: 'write `github-environment:` and the name as shown in Settings > Environments of the repository',
  });
  return [];
}

/** GitHub does not tell the names of environments apart by case. */
function refuseTwice(reader: InputReader, targets: readonly SecretTarget[]): void {
  const words = targets.map((target) => formatTarget(target).toLowerCase());
  for (const word of new Set(words.filter((candidate, index) => words.indexOf(candidate) !== index))) {
    reader.problems.push({
      what: `\`store-in\` names ${inline(word, 80)} more than once, and both lines would write the same secrets`,
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
      cause: "admin credentials are usually stored under these names; the worker's would overwrite them",
      fix: 'choose another `secret-prefix`, e.g. the default `PINGONE_WORKER_`',
    });
  }
  return prefix;
}

/** The inputs that say where the files for PingDataSync are written; undefined if they are not. */
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
    what: `\`datasync-dir\` "${inline(path, 80)}" is refused: ${check.refused}`,
    cause: 'the action writes secrets there, so it must be a folder of the workspace, and no link may lead out of it',
    fix: 'set `datasync-dir` to a folder relative to the workspace, e.g. `datasync`',
  });
  return undefined;
}

/** An address that not every reader of the files would take alike, found before any request instead of at the end. */
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
