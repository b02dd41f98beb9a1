// What the Conventional Commits since a release come to: the next version, and its notes. Pure, and without
// dependencies: the job that may write to the repository runs it. Source: conventionalcommits.org, 1.0.0; semver.org.

/**
 * @typedef {object} Commit
 * @property {string} hash abbreviated
 * @property {string} type `feat`, `fix`, …
 * @property {string} [scope]
 * @property {string} subject
 * @property {boolean} breaking
 */

/** What users notice, in the order of the notes; other types (test, ci, chore, style) are left out. */
const headings = {
  feat: 'Added',
  fix: 'Fixed',
  perf: 'Faster',
  docs: 'Documented',
  refactor: 'Tidied',
  build: 'Built',
};

/**
 * Reads one commit; undefined where its message does not follow the convention, as of a merge.
 * @param {string} hash
 * @param {string} message the whole message
 * @returns {Commit | undefined}
 */
export function parseCommit(hash, message) {
  const found = /^(?<type>[a-z]+)(?:\((?<scope>[^)]+)\))?(?<mark>!)?: (?<subject>.+)$/m.exec(
    message.split('\n')[0] ?? '',
  );
  if (!found?.groups) return undefined;
  const { type = '', scope, mark, subject = '' } = found.groups;
  const breaking = mark === '!' || /^BREAKING[ -]CHANGE: /m.test(message);
  return { hash, type, subject, breaking, ...(scope === undefined ? {} : { scope }) };
}

/**
 * The version after these commits; undefined where none of them changes what is released. Before 1.0.0 a breaking
 * change raises the minor number, since everything may still change.
 * @param {string} last without `v`
 * @param {readonly Commit[]} commits
 */
export function nextVersion(last, commits) {
  const [major = 0, minor = 0, patch = 0] = last.split('.').map(Number);
  const breaks = commits.some(({ breaking }) => breaking);
  if (breaks && major > 0) return `${major + 1}.0.0`;
  if (breaks || commits.some(({ type }) => type === 'feat')) return `${major}.${minor + 1}.0`;
  const counts = commits.some(({ type }) => type === 'fix' || type === 'perf' || type === 'build');
  return counts ? `${major}.${minor}.${patch + 1}` : undefined;
}

/**
 * The notes as Markdown.
 * @param {readonly Commit[]} commits the newest first
 */
export function notesOf(commits) {
  const section = (/** @type {string} */ title, /** @type {readonly Commit[]} */ those) =>
    those.length === 0 ? [] : [`## ${title}`, '', ...those.map(line), ''];
  const lines = [
    ...section(
      'Breaking',
      commits.filter(({ breaking }) => breaking),
    ),
    ...Object.entries(headings).flatMap(([type, title]) =>
      section(
        title,
        commits.filter((commit) => commit.type === type && !commit.breaking),
      ),
    ),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** @param {Commit} commit */
function line({ hash, scope, subject }) {
  // A commit's subject is text from outside: nobody is mentioned by it, and no HTML comes of it.
  const shown = subject.replaceAll('@', '@\u200b').replaceAll('<', '&lt;');
  return `- ${scope === undefined ? '' : `**${scope}:** `}${shown} (${hash})`;
}
