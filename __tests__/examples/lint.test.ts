import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { root, runNode } from '../../scripts/child.mjs';
import { temporaryDirectory } from '../runner/action-fixture.ts';

const recipes = readdirSync(join(root, 'examples/workflows')).map((name) => `examples/workflows/${name}`);
const workflows = [...recipes, '.github/workflows/pingone-worker.yml'];
const filesIn = (folder: string): string[] => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
/** Everything that GitHub reads as YAML. What workflows may do is held by `__tests__/docs/workflows.test.ts`. */
const linted = [...recipes, ...filesIn('examples/neighbours'), ...filesIn('.github/workflows'), 'action.yml'];

function brokenWorkflow(): string {
  const file = join(temporaryDirectory(), 'broken.yml');
  writeFileSync(
    file,
    'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    stepz: []\n    steps:\n' +
      '      - uses: OWNER/pingone-worker-app@main\n        with:\n          nam: x\n          environment: y\n' +
      '      - run: echo ${{ nope.x }}\n',
  );
  return file;
}

test("GitHub's language service finds nothing in workflows and action.yml, and something where something is wrong", async () => {
  const { output } = await runNode(['scripts/lint-workflows.mjs', ...linted, brokenWorkflow(), brokenAction()]);
  const lines = output.trim().split('\n');
  expect(lines.filter((line) => !/broken(\.yml|\/action\.yml)/.test(line))).toEqual([]);
  // An icon and a colour that the Marketplace has.
  expect(lines.filter((line) => line.includes('broken/action.yml'))).toHaveLength(2);
  expect(lines.map((line) => line.replace(/^.*broken\.yml:/, ''))).toEqual(
    expect.arrayContaining([
      "9: Invalid action input 'nam'",
      "5: Unexpected value 'stepz'",
      "11: Unrecognized named-value: 'nope'",
    ]),
  );
}, 60_000);

function brokenAction(): string {
  const folder = join(temporaryDirectory(), 'broken');
  mkdirSync(folder);
  const text = readFileSync(join(root, 'action.yml'), 'utf8');
  writeFileSync(
    join(folder, 'action.yml'),
    text.replace(/^ {2}icon: .*/m, '  icon: ping').replace(/^ {2}color: .*/m, '  color: pink'),
  );
  return join(folder, 'action.yml');
}

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
