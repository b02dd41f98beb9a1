// Permissions and security of this repository's workflows and of the examples. CI also runs actionlint and zizmor.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { root } from '../../scripts/child.mjs';

interface Step {
  readonly uses?: string;
  readonly id?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly uses?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly concurrency?: unknown;
  readonly steps?: readonly Step[];
  readonly 'timeout-minutes'?: number;
}
interface Workflow {
  readonly on: unknown;
  readonly permissions: unknown;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const workflowOf = (file: string): Workflow => parse(read(file)) as Workflow;
const filesIn = (folder: string): string[] => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
const recipes = ['examples/workflows', 'examples/neighbours'].flatMap(filesIn);
const files = [...filesIn('.github/workflows'), ...recipes];
/** How steps name our action: from outside, in its own repository, and checked out by the reusable workflow. */
const isOurs = ({ uses = '' }: Step): boolean =>
  uses.startsWith('OWNER/pingone-worker-app@') || uses === './' || uses === './pingone-worker-app';

/** Who may write what: everything that is not here may read at most. */
const writers: Readonly<Record<string, readonly string[]>> = {
  '.github/workflows/codeql.yml': ['analyze security-events'],
  '.github/workflows/dependabot-dist.yml': ['commit contents'],
  'examples/neighbours/aws-secrets-manager.yml': ['set-up id-token'],
  'examples/neighbours/vault.yml': ['set-up id-token'],
  'examples/workflows/sign-in-with-aws-kms.yml': ['set-up id-token'],
  'examples/workflows/plan-and-apply.yml': ['comment pull-requests'],
  '.github/workflows/release.yml': ['attest attestations', 'attest id-token', 'draft contents', 'major-tag contents'],
};

describe.each(files)('%s', (file) => {
  const text = read(file);
  const { on, permissions, jobs } = workflowOf(file);
  const all = Object.entries(jobs);
  const steps = all.flatMap(([, job]) => job.steps ?? []);
  const used = [...Object.values(jobs), ...steps].flatMap(({ uses }) => uses ?? []);

  test('has no permissions at the top, and only the necessary ones in a job', () => {
    expect(permissions).toEqual({});
    const written = all.flatMap(([name, job]) =>
      Object.entries(job.permissions ?? {}).flatMap(([what, level]) => (level === 'write' ? [`${name} ${what}`] : [])),
    );
    expect(written.sort()).toEqual([...(writers[file] ?? [])].sort());
  });

  test("does not run with the base repository's permissions for pull requests from forks", () => {
    expect(JSON.stringify(on)).not.toMatch(/pull_request_target|workflow_run/);
  });

  test('pins every action to a full commit SHA, with the version in a comment', () => {
    for (const uses of used.filter((name) => !name.startsWith('./'))) {
      expect(uses).toMatch(/@[0-9a-f]{40}$/);
      expect(text).toMatch(new RegExp(`uses: ${uses.replaceAll('.', '\\.')} # v\\d+\\.\\d+\\.\\d+`));
    }
  });

  test('does not keep credentials in a checkout, and has the permission to read for each', () => {
    for (const [, job] of all) {
      const checkouts = (job.steps ?? []).filter(({ uses }) => uses?.startsWith('actions/checkout@'));
      for (const checkout of checkouts) expect(checkout.with?.['persist-credentials']).toBe(false);
      if (checkouts.length > 0) expect(job.permissions).toHaveProperty('contents');
    }
  });

  test('has no expression in a shell script, uses `shell: bash` for pipes, and has a timeout', () => {
    for (const { run = '', shell } of steps) {
      expect(run).not.toContain('${{');
      if (/[^|]\|[^|]/.test(run.replace(/'[^']*'/gs, ''))) expect({ run, shell }).toEqual({ run, shell: 'bash' });
    }
    for (const [, job] of all) if (job.uses === undefined) expect(job).toHaveProperty('timeout-minutes');
  });

  test('uses only inputs and outputs of the action that exist', () => {
    const { inputs, outputs } = parse(read('action.yml')) as { inputs: object; outputs: object };
    const ours = steps.filter(isOurs);
    const given = ours.flatMap((step) => Object.keys(step.with ?? {}));
    expect(given.filter((name) => !(name in inputs))).toEqual([]);
    const ids = ours.map(({ id = '-' }) => id);
    const reads = [...text.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)].filter(([, id = '']) => ids.includes(id));
    expect(reads.map(([, , name = '']) => name).filter((name) => !(name in outputs))).toEqual([]);
  });
});

describe.each([...recipes, '.github/workflows/pingone-worker.yml'])('%s', (file) => {
  const { concurrency, jobs } = workflowOf(file);
  const all = Object.values(jobs);

  test('sets the region', () => {
    for (const step of all.flatMap((job) => job.steps ?? []).filter(isOurs)) {
      expect(step.with).toHaveProperty('region');
    }
  });

  test('has a concurrency group and cancels no run', () => {
    const groups = [concurrency, ...all.map((job) => job.concurrency)].filter((group) => group !== undefined);
    // A job that calls the reusable workflow has that workflow's group. The same group in both would block the run.
    if (!all.some(({ uses }) => uses !== undefined)) expect(groups.length).toBeGreaterThan(0);
    for (const group of groups) {
      expect(group).toEqual({ group: expect.stringMatching(/^pingone-.+-.+/), 'cancel-in-progress': false });
    }
  });

  test('reads the admin credentials in a protected GitHub environment only', () => {
    const exposed = all.filter(
      (job) =>
        job.uses === undefined &&
        /secrets\.(PINGONE_ADMIN_|SECRETS_)/.test(JSON.stringify(job)) &&
        !/\bpingone-(admin|branches)\b|inputs\.admin-github-environment/.test(job.environment ?? ''),
    );
    expect(exposed).toEqual([]);
  });
});

test('workflows that release or commit dist/ use no cache', () => {
  for (const file of ['release.yml', 'dependabot-dist.yml']) {
    const steps = Object.values(workflowOf(`.github/workflows/${file}`).jobs).flatMap((job) => job.steps ?? []);
    const nodes = steps.filter(({ uses = '' }) => uses.startsWith('actions/setup-node@'));
    expect(nodes).toHaveLength(1);
    for (const node of nodes) expect(node.with).toHaveProperty('package-manager-cache', false);
  }
});

test('jobs with write permissions run no code of dependencies', () => {
  for (const [file, permissions] of Object.entries(writers).filter(([name]) => !name.endsWith('codeql.yml'))) {
    for (const name of new Set(permissions.map((permission) => permission.split(' ')[0]!))) {
      const runs = workflowOf(file).jobs[name]!.steps!.map(({ run = '' }) => run);
      expect(runs.join('\n')).not.toMatch(/\bnp[mx]\b|\bnode\b|node_modules/);
    }
  }
});

test('the live test deletes the worker, and needs its protected GitHub environment', () => {
  const { on, jobs } = workflowOf('.github/workflows/live.yml');
  expect(Object.keys(on as object)).toEqual(['workflow_dispatch']);
  expect(jobs['live']?.environment).toBe('pingone-live');
  const last = jobs['live']?.steps?.at(-1);
  expect(last).toMatchObject({ if: 'always()', uses: './', with: { state: 'absent' } });
  const names = new Set(jobs['live']?.steps?.flatMap((step) => (step.uses === './' ? [step.with?.['name']] : [])));
  expect(names.size).toBe(1);
});

test('the Marketplace does not cut the description in action.yml', () => {
  const { description = '' } = parse(read('action.yml')) as Record<string, string>;
  expect(description.length).toBeGreaterThan(0);
  expect(description.length).toBeLessThanOrEqual(125);
});
