import { describe, expect, test } from '@jest/globals';
import { nextVersion, notesOf, parseCommit } from '../../scripts/conventional.mjs';

const commits = (...messages: string[]) => messages.flatMap((message) => parseCommit('abc1234', message) ?? []);

describe('a commit', () => {
  test.each([
    ['feat: a', { type: 'feat', subject: 'a', breaking: false }],
    ['fix(http): a: b', { type: 'fix', scope: 'http', subject: 'a: b', breaking: false }],
    ['feat!: a', { type: 'feat', subject: 'a', breaking: true }],
    ['fix: a\n\nWhy.\n\nBREAKING CHANGE: b', { type: 'fix', subject: 'a', breaking: true }],
  ])('%j', (message, commit) => {
    expect(parseCommit('abc1234', message)).toEqual({ hash: 'abc1234', ...commit });
  });

  test.each(['Merge branch x', 'feat:no blank', 'Feat: capital', ''])('%j is none', (message) => {
    expect(parseCommit('abc1234', message)).toBeUndefined();
  });
});

describe('the next version', () => {
  test.each([
    ['0.1.0', ['fix: a'], '0.1.1'],
    ['0.1.9', ['fix: a', 'feat: b'], '0.2.0'],
    ['0.9.9', ['feat!: a'], '0.10.0'],
    ['1.2.3', ['feat!: a'], '2.0.0'],
    ['1.2.3', ['perf: a', 'test: b'], '1.2.4'],
    ['1.2.3', ['test: a', 'docs: b', 'ci: c'], undefined],
    ['1.2.3', [], undefined],
  ])('after %s with %j is %s', (last, messages, next) => {
    expect(nextVersion(last, commits(...messages))).toBe(next);
  });
});

test('the notes say what users notice, by kind, breaking first, and mention nobody', () => {
  const list = commits('test: t', 'fix(http): b @octocat <b>', 'feat: a', 'fix!: c');
  expect(notesOf(list)).toBe(
    '## Breaking\n\n- c (abc1234)\n\n## Added\n\n- a (abc1234)\n\n' +
      '## Fixed\n\n- **http:** b @\u200boctocat &lt;b> (abc1234)\n',
  );
});
