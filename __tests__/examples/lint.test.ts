import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { root, runNode } from '../../scripts/child.mjs';

const recipes = readdirSync(join(root, 'examples/workflows')).map((name) => `examples/workflows/${name}`);
const workflows = [...recipes, '.github/workflows/pingone-worker.yml'];

function brokenWorkflow(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'lint-')), 'broken.yml');
  writeFileSync(
    file,
    'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    stepz: []\n    steps:\n' +
      '      - uses: OWNER/pingone-worker-app@main\n        with:\n          nam: x\n          environment: y\n' +
      '      - run: echo ${{ nope.x }}\n',
  );
  return file;
}

test("GitHub's language service finds nothing in the recipes, and something where something is wrong", async () => {
  const { output } = await runNode(['scripts/lint-workflows.mjs', ...workflows, brokenWorkflow()]);
  const lines = output.trim().split('\n');
  expect(lines.filter((line) => !line.includes('broken.yml'))).toEqual([]);
  expect(lines.map((line) => line.replace(/^.*broken\.yml:/, ''))).toEqual(
    expect.arrayContaining([
      "9: Invalid action input 'nam'",
      "5: Unexpected value 'stepz'",
      "11: Unrecognized named-value: 'nope'",
    ]),
  );
}, 60_000);

interface Step {
  readonly uses?: string;
  readonly run?: string;
}
interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Readonly<
    Record<string, { readonly permissions?: object; readonly uses?: string; readonly steps?: readonly Step[] }>
  >;
}

describe.each(workflows)('%s', (file) => {
  const text = readFileSync(join(root, file), 'utf8');
  const { permissions, jobs } = parse(text) as Workflow;
  const steps = Object.values(jobs).flatMap((job) => job.steps ?? []);
  const used = [...Object.values(jobs), ...steps].flatMap(({ uses }) => uses ?? []);

  test('asks for no permission that it does not need', () => {
    // A job that needs more than nothing names it, and none writes with the job's own token.
    expect(permissions).toEqual({});
    for (const job of Object.values(jobs)) {
      for (const access of Object.values(job.permissions ?? {})) expect(access).toBe('read');
    }
  });

  test('pins every action by its full commit, with the version beside it', () => {
    for (const uses of used) {
      expect(uses).toMatch(/@[0-9a-f]{40}$/);
      expect(text).toMatch(new RegExp(`${uses.replaceAll('.', '\\.')} # v\\d`));
    }
  });

  test('has no expression in a shell line', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
  });
});
