import { clashesWithAdminNames, environmentNameProblem, isSecretPrefix, secretNames } from '../github/names.ts';
import type { PlaceName } from '../github/places.ts';
import { placeWord } from '../github/places.ts';
import type { GitHubSettings, StoreSettings } from '../settings.ts';
import { inline } from '../text.ts';
import { nearest, notTaken } from './problems.ts';
import type { InputReader } from './reader.ts';

const environmentWord = 'github-environment:';

/** How GitHub is reached: its address is looked at only where it matters. */
export function readGitHub(reader: InputReader): GitHubSettings {
  const token = reader.token('github-token');
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
  const createEnvironments = reader.boolean('create-github-environment', false);
  const idsAs = reader.choice('store-ids-as', ['secrets', 'variables']) ?? 'secrets';
  const targets = reader.lines('store-in').flatMap((line) => readPlace(reader, line));
  refuseTwice(reader, targets);
  if (reader.lines('store-in').length === 0) return undefined;

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
    targets,
    repository: reader.repository(),
    prefix,
    idsAs,
    overwrite,
    createEnvironments,
  };
}

function readPlace(reader: InputReader, line: string): PlaceName[] {
  if (line === 'repository' || line === 'organization') return [{ kind: line }];
  if (!line.startsWith(environmentWord)) {
    const taken = '`repository`, `github-environment:<name>` or `organization`';
    const [word = '', ...rest] = line.split(':');
    const meant = nearest(word, rest.length > 0 ? ['github-environment'] : ['repository', 'organization']);
    reader.problems.push(notTaken('store-in', line, taken, meant && [meant, ...rest].join(':')));
    return [];
  }
  const name = line.slice(environmentWord.length).trim();
  const reason = environmentNameProblem(name);
  if (reason === undefined) return [{ kind: 'github-environment', name }];
  reader.problems.push({
    what: `\`store-in\` names the GitHub environment "${inline(name, 60)}", which GitHub does not take: ${reason}`,
    cause: 'the expression that the name is made of came out empty or wrong',
    fix: 'write `github-environment:` and the name as it stands in Settings > Environments of the repository',
  });
  return [];
}

/** GitHub does not tell the names of environments apart by case. */
function refuseTwice(reader: InputReader, targets: readonly PlaceName[]): void {
  const words = targets.map((place) => placeWord(place).toLowerCase());
  for (const word of new Set(words.filter((candidate, index) => words.indexOf(candidate) !== index))) {
    reader.problems.push({
      what: `\`store-in\` names ${inline(word, 80)} more than once, and all of them would write the same secrets`,
      cause: 'a line was repeated, or two expressions came out alike; GitHub does not tell names apart by case',
      fix: 'leave one of the lines',
    });
  }
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
