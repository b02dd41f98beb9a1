// Runs the commands of .github/workflows/action.yml in the same order, on the sandbox's runner.
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { evaluate } from '../../sandbox/runner/workflow/expressions.ts';
import { parseKeyValues } from '../../sandbox/runner/key-values.ts';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import { root } from '../../scripts/child.mjs';
import { insistOnDiscretion } from '../bundle/leaks.ts';
import { temporaryDirectory } from '../runner/action-fixture.ts';
import { runStep } from '../../sandbox/runner/step.ts';

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
const { jobs } = parse(readFileSync(join(root, '.github/workflows/action.yml'), 'utf8')) as {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
};
const steps = jobs['run']!.steps;
const stepOf = (id: string): Step => steps.find((step) => step.id === id)!;

let background: ChildProcess;
let sandbox: Record<string, string>;

beforeAll(async () => {
  const folder = temporaryDirectory();
  const file = join(folder, 'output');
  writeFileSync(file, '');
  background = spawn(process.execPath, ['sandbox/on-runner/start.ts'], {
    cwd: root,
    env: { ...process.env, GITHUB_OUTPUT: file, RUNNER_TEMP: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => background.stdout?.once('data', resolve));
  sandbox = Object.fromEntries(parseKeyValues(readFileSync(file, 'utf8')));
});
afterAll(() => {
  background.kill();
});

/** `${{ steps.sandbox.outputs.… }}` filled in, as the runner does it. */
function filled(values: Readonly<Record<string, unknown>> = {}, outputs: unknown = {}): Record<string, string> {
  const contexts = { steps: { sandbox: { outputs: sandbox }, ...(outputs as object) } };
  const fill = (text: string): string =>
    text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => evaluate(expression, contexts).coerceString());
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fill(String(value))]));
}

async function runAction(id: string): Promise<StepResult> {
  const { uses, with: inputs, env } = stepOf(id);
  expect(uses).toBe('./');
  // The runner of GitHub says where GitHub is, whatever a step's `env` says.
  const gitHub = { GITHUB_API_URL: 'https://api.github.com', GITHUB_REPOSITORY: 'OWNER/elsewhere' };
  const step = await runStep({ action: root, with: filled(inputs), env: { ...filled(env), ...gitHub } });
  const worker = step.outputs.get('client-secret');
  insistOnDiscretion(step, [
    { label: 'the admin secret', value: sandbox['admin-client-secret']!, clientId: sandbox['admin-client-id']! },
    { label: 'the GitHub token', value: sandbox['github-token']! },
    ...(worker === undefined ? [] : [{ label: "the worker's secret", value: worker }]),
  ]);
  return step;
}

/** The environment of the step that comes after one with this id, and checks it. */
async function check(id: string, step: StepResult): Promise<string> {
  const { run, env } = steps[steps.findIndex((one) => one.id === id) + 1]!;
  expect(run).toBe('npm run sandbox:check');
  const given = filled(env, { [id]: { outputs: Object.fromEntries(step.outputs) } });
  const { stdout } = await promisify(execFile)(process.execPath, ['sandbox/on-runner/check.ts'], {
    cwd: root,
    env: { ...process.env, ...given },
  });
  return stdout;
}

test('the steps of the workflow action.yml: created, unchanged, refused', async () => {
  const created = await runAction('created');
  expect(created.log).not.toContain('##[error]');
  expect(await check('created', created)).toBe('ok: created, stored, and a token\n');
  expect(created.jobOutputs.skipped).toEqual(expect.arrayContaining(['client-id', 'client-secret', 'environment-id']));

  const unchanged = await runAction('unchanged');
  expect(await check('unchanged', unchanged)).toBe('ok: unchanged, stored, and a token\n');

  const refused = await runAction('refused');
  expect(refused.conclusion).toBe('failure');
}, 60_000);
