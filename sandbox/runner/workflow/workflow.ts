/**
 * Runs the jobs of a workflow as GitHub does, as far as the recipes of this repository go: `needs`, `if`, job outputs
 * (dropped where they hold a masked value), `secrets` and `vars` read when queued or when a job starts, workflows that
 * call another one. There is no matrix (a test gives one combination), and no action but ours is run.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Job, Workflow } from './definition.ts';
import { callOf, inOrder, readWorkflow } from './definition.ts';
import type { Contexts, Status } from './expressions.ts';
import { holds, interpolate, interpolateAll } from './expressions.ts';
import type { JobResult } from './job.ts';
import { runJob, skippedJob } from './job.ts';
import type { Values } from './stored-values.ts';
import { over } from './stored-values.ts';
import type { WorkflowOptions } from './workflow-options.ts';

export interface WorkflowResult {
  readonly result: Status;
  readonly jobs: Readonly<Record<string, JobResult>>;
  /** Of a reusable workflow. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** Runs a workflow from the moment it is queued. */
export async function runWorkflow(options: WorkflowOptions): Promise<WorkflowResult> {
  return runJobs(readWorkflow(options.file), options, await options.values.whenQueued());
}

async function runJobs(workflow: Workflow, options: WorkflowOptions, queued: Values): Promise<WorkflowResult> {
  const jobs: Record<string, JobResult> = {};
  const inputs = { ...defaultsOf(workflow), ...options.inputs };
  for (const [id, job] of inOrder(workflow.jobs)) {
    const needs = Object.fromEntries(job.needs.map((name) => [name, jobs[name] ?? skippedJob]));
    const matrix = job.strategy === undefined ? {} : options.matrix;
    if (!matrix) throw new Error(`The job ${id} has a matrix: say which combination is to be run.`);
    const contexts = { github: options.github, inputs, matrix, needs: presented(needs), ...queued };
    const status = Object.values(needs).every(({ result }) => result === 'success') ? 'success' : 'failure';
    jobs[id] = holds(job.if, contexts, status) ? await startJob(workflow, job, contexts, options) : skippedJob;
  }
  const results = Object.values(jobs).map(({ result }) => result);
  const shown = { jobs: presented(jobs), inputs };
  return {
    result: results.includes('failure') ? 'failure' : results.includes('cancelled') ? 'cancelled' : 'success',
    jobs,
    outputs: interpolateAll(
      Object.fromEntries(Object.entries(callOf(workflow).outputs).map(([name, { value }]) => [name, value])),
      shown,
    ),
  };
}

async function startJob(
  workflow: Workflow,
  job: Job,
  contexts: Contexts & Values,
  options: WorkflowOptions,
): Promise<JobResult> {
  if (job.uses !== undefined) return callWorkflow(job, contexts, options);
  const environment = job.environment === undefined ? '' : interpolate(job.environment, contexts);
  const values = environment === '' ? contexts : over(contexts, await options.values.whenStarted(environment));
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'job-')));
  try {
    const env = { ...workflow.env, ...job.env };
    return await runJob({ ...job, env }, { ...contexts, ...values }, options, directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The called workflow gets the secrets that it is given, and reads those of GitHub environments itself. */
async function callWorkflow(job: Job, contexts: Contexts & Values, options: WorkflowOptions): Promise<JobResult> {
  const { uses = '', secrets } = job;
  const own = [`${options.actionName}/`, './'].find((start) => uses.startsWith(start));
  if (own === undefined) throw new Error(`The workflow ${uses} is somebody else's, which is not run here.`);
  const path = uses.slice(own.length).split('@')[0] ?? '';
  const passed = secrets === 'inherit' ? contexts.secrets : interpolateAll(secrets, contexts);
  const inputs = interpolateAll(job.with, contexts);
  const called = await runJobs(
    readWorkflow(join(options.root, path)),
    { ...options, inputs },
    { secrets: passed, vars: contexts.vars },
  );
  const all = Object.values(called.jobs);
  return {
    result: called.result,
    outputs: Object.fromEntries(Object.entries(called.outputs).filter(([, value]) => value !== '')),
    dropped: all.flatMap(({ dropped }) => dropped),
    log: all.map(({ log }) => log).join(''),
    steps: Object.assign({}, ...all.map(({ steps }) => steps)) as JobResult['steps'],
  };
}

function defaultsOf(workflow: Workflow): Record<string, string> {
  return Object.fromEntries(
    Object.entries(callOf(workflow).inputs).map(([name, input]) => [name, input.default ?? '']),
  );
}

/** Jobs as the contexts `needs` and `jobs` show them. */
function presented(jobs: Readonly<Record<string, JobResult>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(jobs).map(([id, { result, outputs }]) => [id, { result, outputs }]));
}
