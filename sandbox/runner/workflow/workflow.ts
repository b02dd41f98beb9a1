/**
 * Runs the jobs of a workflow as GitHub does, as far as the recipes of this repository go: `needs`, `if`, job outputs
 * (dropped if they hold a masked value), `secrets` and `vars` read when queued or when a job starts, a matrix (one
 * combination after the other), workflows that call another one. No action but ours is run.
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
import { combinationsOf } from './matrix.ts';
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
    const about = { github: options.github, job: options.calledWorkflow ?? {}, inputs, needs: presented(needs) };
    const contexts = { ...about, matrix: {}, ...queued };
    const status = Object.values(needs).every(({ result }) => result === 'success') ? 'success' : 'failure';
    jobs[id] = holds(job.if, contexts, status) ? await runMatrix(workflow, job, contexts, options) : skippedJob;
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

/** Runs a job once for each combination of its matrix. The job has failed if one of them has. */
async function runMatrix(
  workflow: Workflow,
  job: Job,
  contexts: Contexts & Values,
  options: WorkflowOptions,
): Promise<JobResult> {
  const all: JobResult[] = [];
  for (const matrix of combinationsOf(job.strategy, contexts)) {
    all.push(await startJob(workflow, job, { ...contexts, matrix }, options));
  }
  const failed = all.find(({ result }) => result !== 'success');
  return {
    ...joined(all),
    result: failed?.result ?? 'success',
    outputs: Object.fromEntries(all.flatMap((one) => Object.entries(one.outputs))),
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
  if (own === undefined) throw new Error(`The workflow ${uses} is not in this repository, so it is not run.`);
  const [path = '', commit] = uses.slice(own.length).split('@');
  const { repository, sha } = options.github;
  const calledWorkflow = {
    workflow_repository: own === './' ? String(repository) : options.actionName,
    workflow_sha: commit ?? String(sha),
  };
  const passed = secrets === 'inherit' ? contexts.secrets : interpolateAll(secrets, contexts);
  const inputs = interpolateAll(job.with, contexts);
  const called = await runJobs(
    readWorkflow(join(options.root, path)),
    { ...options, inputs, calledWorkflow },
    { secrets: passed, vars: contexts.vars },
  );
  return {
    ...joined(Object.values(called.jobs)),
    result: called.result,
    outputs: Object.fromEntries(Object.entries(called.outputs).filter(([, value]) => value !== '')),
  };
}

/** What several jobs leave behind, together. A step of a later one has its number before its ID. */
function joined(all: readonly JobResult[]): Pick<JobResult, 'dropped' | 'log' | 'steps'> {
  const steps = all.flatMap((one, index) =>
    Object.entries(one.steps).map(([id, step]) => [index === 0 ? id : `${index + 1}: ${id}`, step] as const),
  );
  return {
    dropped: all.flatMap(({ dropped }) => dropped),
    log: all.map(({ log }) => log).join(''),
    steps: Object.fromEntries(steps),
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
