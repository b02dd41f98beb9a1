// What this repository's own workflows, and those of the examples, may do.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { root } from '../../scripts/child.mjs';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly uses?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly steps?: readonly Step[];
  readonly 'timeout-minutes'?: number;
}
interface Workflow {
  readonly on: unknown;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const workflowOf = (file: string): Workflow => parse(read(file)) as Workflow;
const files = ['.github/workflows', 'examples/workflows', 'examples/neighbours'].flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
);

/** Who may write what: everything that is not here may read at most. */
const writers: Readonly<Record<string, readonly string[]>> = {
  '.github/workflows/codeql.yml': ['analyze security-events'],
  '.github/workflows/release.yml': ['attest attestations', 'attest id-token', 'draft contents', 'major-tag contents'],
};

describe.each(files)('%s', (file) => {
  const text = read(file);
  const { on, permissions, jobs } = workflowOf(file);
  const all = Object.entries(jobs);
  const steps = all.flatMap(([, job]) => job.steps ?? []);
  const used = [...Object.values(jobs), ...steps].flatMap(({ uses }) => uses ?? []);

  test('may nothing at the top, and as little as can be in a job', () => {
    expect(permissions).toEqual({});
    const written = all.flatMap(([name, job]) =>
      Object.entries(job.permissions ?? {}).flatMap(([what, level]) => (level === 'write' ? [`${name} ${what}`] : [])),
    );
    expect(written.sort()).toEqual([...(writers[file] ?? [])].sort());
  });

  test("does not run with the rights of the base on a stranger's code", () => {
    expect(JSON.stringify(on)).not.toMatch(/pull_request_target|workflow_run/);
  });

  test('pins every action by its full commit, with the version beside it', () => {
    for (const uses of used.filter((name) => !name.startsWith('./'))) {
      expect(uses).toMatch(/@[0-9a-f]{40}$/);
      expect(text).toMatch(new RegExp(`uses: ${uses.replaceAll('.', '\\.')} # v\\d+\\.\\d+\\.\\d+`));
    }
  });

  test('leaves no credentials behind in a checkout, and has a right to read for each', () => {
    for (const [, job] of all) {
      const checkouts = (job.steps ?? []).filter(({ uses }) => uses?.startsWith('actions/checkout@'));
      for (const checkout of checkouts) expect(checkout.with?.['persist-credentials']).toBe(false);
      if (checkouts.length > 0) expect(job.permissions).toHaveProperty('contents');
    }
  });

  test('puts no expression into a shell line, and ends in time', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
    for (const [, job] of all) if (job.uses === undefined) expect(job).toHaveProperty('timeout-minutes');
  });

  test('gives `uses: ./` inputs that there are, which the language service does not look at', () => {
    const known = Object.keys((parse(read('action.yml')) as { inputs: object }).inputs);
    const given = steps.filter(({ uses }) => uses === './').flatMap((step) => Object.keys(step.with ?? {}));
    expect(given.filter((name) => !known.includes(name))).toEqual([]);
    const outputs = Object.keys((parse(read('action.yml')) as { outputs: object }).outputs);
    const ids = steps.filter(({ uses }) => uses === './').map((step) => (step as { id?: string }).id ?? '-');
    const reads = [...text.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)].filter(([, id = '']) => ids.includes(id));
    expect(reads.map(([, , name = '']) => name).filter((name) => !outputs.includes(name))).toEqual([]);
  });
});

test('the jobs that may write run no code of a dependency', () => {
  const { jobs } = workflowOf('.github/workflows/release.yml');
  for (const name of ['attest', 'draft', 'major-tag']) {
    for (const { run = '' } of jobs[name]?.steps ?? []) expect(run).not.toMatch(/\bnp[mx]\b|node_modules|node24\.mjs/);
  }
});

test('the live test cleans up, and waits for its protected environment', () => {
  const { on, jobs } = workflowOf('.github/workflows/live.yml');
  expect(Object.keys(on as object)).toEqual(['workflow_dispatch']);
  expect(jobs['live']?.environment).toBe('pingone-live');
  const last = jobs['live']?.steps?.at(-1);
  expect(last).toMatchObject({ if: 'always()', uses: './', with: { state: 'absent' } });
  const names = new Set(jobs['live']?.steps?.flatMap((step) => (step.uses === './' ? [step.with?.['name']] : [])));
  expect(names.size).toBe(1);
});

test('Dependabot waits, and groups', () => {
  const { updates } = parse(read('.github/dependabot.yml')) as {
    updates: readonly { 'package-ecosystem': string; cooldown: object; groups: object }[];
  };
  expect(updates.map((update) => update['package-ecosystem'])).toEqual(['npm', 'github-actions']);
  for (const { cooldown, groups } of updates) {
    expect(cooldown).toEqual({ 'default-days': 7 });
    expect(Object.keys(groups).length).toBeGreaterThan(0);
  }
  expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m);
});

test('action.yml says what the Marketplace shows', () => {
  const { name, description, author } = parse(read('action.yml')) as Record<string, string>;
  expect(name).toBe('PingOne Worker App');
  // The Marketplace cuts descriptions at 125 characters.
  expect(description?.length).toBeLessThanOrEqual(125);
  expect(author).toBeTruthy();
});
