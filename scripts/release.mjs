// The next release, from the commits since the last tag. Needs no dependency, only Node and git with the whole history.
// usage: node scripts/release.mjs <file for the notes>   prints `tag=v1.2.3`, as a step's output
// Exits 1 where nothing is to be released, and where package.json has another version than the commits call for.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root } from './child.mjs';
import { nextVersion, notesOf, parseCommit } from './conventional.mjs';

/** @param {string[]} args */
const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 2 ** 20 });

/** The newest exact version that is an ancestor, without `v`; undefined before the first release. */
function lastVersion() {
  const tags = git('tag', '--merged', 'HEAD', '--sort=-version:refname').split('\n');
  return tags.find((tag) => /^v\d+\.\d+\.\d+$/.test(tag))?.slice(1);
}

/** @param {string | undefined} last */
function commitsSince(last) {
  const range = last === undefined ? 'HEAD' : `v${last}..HEAD`;
  const records = git('log', '--no-merges', '--format=%h%x1f%B%x1e', range).split('\x1e');
  return records.flatMap((record) => {
    const [hash = '', message = ''] = record.trim().split('\x1f');
    return parseCommit(hash, message) ?? [];
  });
}

try {
  const [notesFile] = process.argv.slice(2);
  if (notesFile === undefined) throw new Error('usage: node scripts/release.mjs <file for the notes>');
  const last = lastVersion();
  const commits = commitsSince(last);
  /** @type {{ version: string }} */
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const next = last === undefined ? version : nextVersion(last, commits);
  if (next === undefined) throw new Error(`Nothing to release: no commit since v${last ?? ''} changes the action.`);
  if (next !== version) {
    throw new Error(
      `The commits since v${last ?? ''} call for ${next}, but package.json has ${version}.\n` +
        `What to do: npm version --no-git-tag-version ${next}, name it in CHANGELOG.md, merge, and run this again.`,
    );
  }
  writeFileSync(notesFile, notesOf(commits));
  console.log(`tag=v${next}`);
} catch (error) {
  fail(error);
}
