// Runs sweep-branches.yml, which deletes workers, also with lists that fail, are incomplete or are empty. A script instead
// of `gh` reads branches from a folder and passes other requests to the sandbox.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { DeliveryHarness, valuesIn } from '../delivery/harness.ts';
import { temporaryDirectory } from '../runner/action-fixture.ts';
import { createEnvironment, runRecipe, setUpRepository, standIn, stepEnvironment } from './recipes.ts';

/**
 * `gh api [--paginate] <path> [--jq <filter>]`, page by page. `$ANSWERS/<name>` holds the answer to a path as lines of
 * JSON, one for each page; a line that is not JSON is a page that fails, after the pages before it were printed.
 */
const gh = String.raw`#!/usr/bin/env bash
set -u
filter=.
while [ $# -gt 0 ]; do
  case "$1" in
    api | --paginate) ;;
    --jq) filter="$2"; shift ;;
    -*) echo "gh: $1 is not known here" >&2; exit 2 ;;
    *) path="$1" ;;
  esac
  shift
done
[ "$GH_TOKEN" != '' ] || { echo 'gh: no token' >&2; exit 4; }
case "$path" in
  repos/octo/sync) name=repository ;;
  repos/octo/sync/branches\?*) name=branches ;;
  repos/octo/sync/git/matching-refs/heads/*) name="refs" ;;
  *) curl --fail --silent --show-error --header "authorization: Bearer $GH_TOKEN" "$GITHUB_API_URL/$path" | jq -r "$filter"
     exit "$PIPESTATUS" ;;
esac
while IFS= read -r page; do
  jq empty <<< "$page" 2> /dev/null || { echo 'gh: Bad Gateway (HTTP 502)' >&2; exit 1; }
  jq -r "$filter" <<< "$page"
done < "$ANSWERS/$name"
`;

const harness = new DeliveryHarness();
beforeEach(async () => {
  await setUpRepository(harness);
  await harness.control('console', { environment: harness.ready.environments[0]!.id, set: { name: 'Development' } });
});

interface Answers {
  /** Pages of the list of branches; `fails` is a page that fails. */
  readonly branches: readonly (readonly string[] | 'fails')[];
  readonly defaultBranch?: string;
  /** Branches that are there when a teardown starts. */
  readonly later?: readonly string[];
}

async function sweep({ branches, defaultBranch = 'main', later = [] }: Answers) {
  const answers = temporaryDirectory();
  const write = (name: string, pages: readonly unknown[]) =>
    writeFileSync(
      join(answers, name),
      pages.map((page) => `${page === 'fails' ? page : JSON.stringify(page)}\n`).join(''),
    );
  const named = (names: readonly string[]) => names.map((name) => ({ name }));
  write(
    'branches',
    branches.map((page) => (page === 'fails' ? page : named(page))),
  );
  write('repository', [{ default_branch: defaultBranch }]);
  write('refs', [later.map((name) => ({ ref: `refs/heads/${name}` }))]);
  return runRecipe(harness, 'sweep-branches.yml', {
    env: { ...stepEnvironment(harness, standIn('gh', gh)), ANSWERS: answers },
  });
}

/** A branch whose worker the other recipe created. */
async function push(branch: string): Promise<void> {
  const github = { repository: 'octo/sync', event_name: 'push', ref_name: branch, event: { created: true } };
  expect((await runRecipe(harness, 'worker-per-branch.yml', { github })).result).toBe('success');
}
const workers = async () =>
  (await harness.state()).applications
    .map(({ name }) => name)
    .filter((name) => name.startsWith('sync-'))
    .sort();
const secretsOf = async (branch: string) =>
  Object.keys(valuesIn((await harness.state()).github.secrets, `github-environment:sync-${branch}`));
const environments = async () => (await harness.state()).github.environments.map(({ name }) => name);

test('sweep-branches: deletes the workers of deleted branches, and keeps GitHub environments', async () => {
  for (const branch of ['feature/gone', 'Alive', 'b']) await push(branch);
  await createEnvironment(harness, 'sync-by hand');
  const before = await environments();

  const run = await sweep({ branches: [['alive', 'main'], ['b']] });
  expect(run.jobs['find']!.outputs).toEqual({ branches: '["feature/gone","by hand"]' });
  expect(run.result).toBe('success');
  expect(await workers()).toEqual(['sync-Alive', 'sync-b']);
  expect(await secretsOf('feature/gone')).toEqual([]);
  expect(await secretsOf('Alive')).toHaveLength(3);
  expect(await environments()).toEqual(before);
  expect(run.jobs['tear-down']!.log).toContain('The GitHub environment of this branch stays.');
});

test('sweep-branches: does nothing if every branch exists', async () => {
  await push('b');
  const run = await sweep({ branches: [['main', 'b']] });
  expect(run.jobs).toMatchObject({ find: { result: 'success' }, 'tear-down': { result: 'skipped' } });
});

describe('sweep-branches: deletes nothing', () => {
  test('if the list of branches fails, is incomplete or empty, or lacks the default branch', async () => {
    await push('b');
    const lists: Answers[] = [
      { branches: ['fails'] },
      { branches: [['main', 'a'], 'fails'] },
      { branches: [[]] },
      { branches: [['a', 'main']], defaultBranch: 'trunk' },
      { branches: [['a/main', 'main2']] },
    ];
    for (const list of lists) {
      const { jobs } = await sweep(list);
      expect(jobs).toMatchObject({ find: { result: 'failure' }, 'tear-down': { result: 'skipped' } });
    }
    expect([await workers(), (await secretsOf('b')).length]).toEqual([['sync-b'], 3]);
  });

  test('if somebody pushed the branch again', async () => {
    await push('b');
    const run = await sweep({ branches: [['main']], later: ['b', 'b2'] });
    expect(run.result).toBe('success');
    expect(await workers()).toEqual(['sync-b']);
  });

  test('that was created by hand', async () => {
    const environment = { id: harness.ready.environments[0]!.id };
    await harness.control('console', { create: { name: 'sync-hand', enabled: true, environment } });
    await createEnvironment(harness, 'sync-hand');
    const run = await sweep({ branches: [['main', 'b']] });
    expect(run.result).toBe('failure');
    expect(run.jobs['tear-down']!.log).toContain('What to do: ');
    expect(await workers()).toEqual(['sync-hand']);
  });
});
