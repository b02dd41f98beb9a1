// Runs the step of release.yml that drafts a release, with a script instead of `gh`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { root } from '../../scripts/child.mjs';
import { temporaryDirectory } from '../runner/action-fixture.ts';

const workflow = parse(readFileSync(join(root, '.github/workflows/release.yml'), 'utf8'));
const step = workflow.jobs.draft.steps.find(({ name }: { name?: string }) => name === 'Draft');

/** Prints the tags, or fails without them; keeps the arguments of `gh release` one per line. */
const gh = `#!/usr/bin/env bash
if [ "$1" = api ]; then cat "$TAGS" || exit 1; else printf '%s\\n' "$@" > "$RUNNER_TEMP/created"; fi
`;
const changelog = `# Changelog

## [Unreleased]

## [1.2.0] - 2026-11-27

### Added

- A [link](https://example.com), \`code\` and "quotes".

## [1.2.0-rc.1] - 2026-11-01

- Not this.

[1.2.0]: https://example.com/1.2.0
`;

interface Given {
  readonly version?: string;
  readonly text?: string;
  /** What GitHub answers; without it, it does not. */
  readonly tags?: string | null;
}

function draft({ version = '1.2.0', text = changelog, tags = '' }: Given) {
  const folder = temporaryDirectory();
  const temp = join(folder, 'temp');
  mkdirSync(join(temp, 'provenance'), { recursive: true });
  writeFileSync(join(temp, 'provenance/attestation.json'), '{}');
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ version }));
  writeFileSync(join(folder, 'CHANGELOG.md'), text);
  writeFileSync(join(folder, 'gh'), gh, { mode: 0o755 });
  if (tags !== null) writeFileSync(join(folder, 'tags'), tags);
  const { status, stdout } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`,
      RUNNER_TEMP: temp,
      TAGS: join(folder, 'tags'),
      GITHUB_REPOSITORY: 'octo/action',
      GITHUB_SHA: 'ffac537e6cbbf934b08745a378932722df287a53',
    },
  });
  const read = (name: string) => (existsSync(join(temp, name)) ? readFileSync(join(temp, name), 'utf8') : undefined);
  return { status, stdout, created: read('created')?.trimEnd().split('\n'), notes: read('notes.md'), temp };
}

test('the notes are the section of the version, and the attestation is attached', () => {
  const { status, created, notes, temp } = draft({ tags: 'refs/tags/v1.2.0-rc.1\nrefs/tags/v1.2.00\n' });
  expect(status).toBe(0);
  expect(notes).toBe('\n### Added\n\n- A [link](https://example.com), `code` and "quotes".\n\n');
  expect(created?.slice(0, 5)).toEqual(['release', 'create', 'v1.2.0', '--draft', '--target']);
  expect(created?.at(-1)).toBe(`${temp}/dist.sigstore.json#Build provenance of dist/`);
  expect(existsSync(join(temp, 'dist.sigstore.json'))).toBe(true);
});

test('the last section ends before the list of links', () => {
  expect(draft({ version: '1.2.0-rc.1' }).notes).toBe('\n- Not this.\n\n');
});

describe('no draft is created', () => {
  test.each([
    ['without a section', { version: '1.3.0' }, 'CHANGELOG.md has no text'],
    ['for a version that is only the beginning of a heading', { version: '1.2' }, 'CHANGELOG.md has no text'],
    ['with an empty section', { text: '## [1.2.0]\n\n## [1.1.0]\n\n- x\n' }, 'CHANGELOG.md has no text'],
    ['for a tag that exists', { tags: 'refs/tags/v1.2.0\n' }, 'The tag v1.2.0 exists'],
    ['if the tags cannot be read', { tags: null }, ''],
  ])('%s', (_, given, message) => {
    const { status, stdout, created } = draft(given);
    expect({ status, created }).toEqual({ status: 1, created: undefined });
    expect(stdout).toContain(message);
  });
});
