import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Conclusion } from '../events.ts';
import { selectJobOutputs } from '../job-outputs.ts';
import { SecretMasker } from '../masks.ts';
import { readActionMetadata } from '../metadata.ts';
import { runStep, worse } from '../step.ts';
import type { PostStep } from '../step-options.ts';
import type { StepResult } from '../step-result.ts';
import type { Job, Step } from './definition.ts';
import type { Contexts } from './expressions.ts';
import { holds, interpolate, interpolateAll } from './expressions.ts';
import { scriptAction } from './script-action.ts';
import type { WorkflowOptions } from './workflow-options.ts';

/** A job when it is over. */
export interface JobResult {
  readonly result: Conclusion | 'skipped';
  /** What other jobs can read. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The names of outputs that were dropped because they held a masked value. */
  readonly dropped: readonly string[];
  /** Of all steps, masked. */
  readonly log: string;
  readonly steps: Readonly<Record<string, StepResult>>;
}

export const skippedJob: JobResult = { result: 'skipped', outputs: {}, dropped: [], log: '', steps: {} };

/** What grows while the steps of a job run. */
interface Progress {
  readonly masker: SecretMasker;
  readonly directory: string;
  readonly workspace: string;
  /** RUNNER_TEMP, which the steps of a job share. */
  readonly temp: string;
  readonly steps: Record<string, StepResult>;
  readonly log: string[];
  readonly added: Record<string, string>;
  /** Post steps, by the ID of their step, in the order of the steps. */
  readonly posts: { readonly id: string; readonly run: PostStep }[];
  /** Folder of the workspace to `owner/name@ref` of what was checked out into it. */
  readonly checkouts: Map<string, string>;
  outputs: Record<string, unknown>;
  status: Conclusion;
}

/** A job before its first step, with its folders made. */
function begin(directory: string, masker: SecretMasker): Progress {
  const [workspace, temp] = [join(directory, 'workspace'), join(directory, 'temp')];
  for (const folder of [workspace, temp]) mkdirSync(folder, { recursive: true });
  const empty = { steps: {}, log: [], added: {}, checkouts: new Map(), posts: [], outputs: {} };
  return { directory, workspace, temp, masker, ...empty, status: 'success' };
}

/**
 * Runs the steps of a job, one after the other, in one workspace, with one set of masks.
 *
 * @param contexts all but `steps` and `env`
 * @param directory where workspace and scripts go
 */
export async function runJob(
  job: Job,
  contexts: Contexts & { readonly secrets: Readonly<Record<string, string>> },
  options: WorkflowOptions,
  directory: string,
): Promise<JobResult> {
  const masker = new SecretMasker();
  const { token } = options.github;
  for (const secret of Object.values(contexts.secrets)) masker.addSecret(secret);
  if (typeof token === 'string') masker.addSecret(token);
  const progress = begin(directory, masker);
  const { temp } = progress;
  for (const [index, step] of job.steps.entries()) {
    const env = { ...interpolateAll(job.env, contexts), ...progress.added };
    const seen = { ...contexts, env, runner: { temp }, steps: progress.outputs };
    if (!holds(step.if, seen, progress.status)) continue;
    await runOne(step, index, { ...seen, env: { ...env, ...interpolateAll(step.env, seen) } }, options, progress);
  }
  await runPosts(progress);
  const seen = { ...contexts, env: progress.added, steps: progress.outputs };
  const { passed, skipped, warnings } = selectJobOutputs(Object.entries(interpolateAll(job.outputs, seen)), masker);
  return {
    result: progress.status,
    outputs: Object.fromEntries(passed),
    dropped: skipped,
    log: [...progress.log, ...warnings.map((warning) => `##[warning]${warning}\n`)].join(''),
    steps: progress.steps,
  };
}

/** As GitHub's runner does: after all steps, in reverse order, even if a step failed. */
async function runPosts(progress: Progress): Promise<void> {
  for (const { id, run } of progress.posts.toReversed()) {
    const before = progress.steps[id]?.log.length ?? 0;
    const result = await run(progress.status);
    progress.steps[id] = result;
    progress.log.push(result.log.slice(before));
    progress.status = worse(progress.status, result.phases.at(-1)?.conclusion ?? 'success');
  }
}

async function runOne(
  step: Step,
  index: number,
  contexts: Contexts & { readonly env: Readonly<Record<string, string>> },
  options: WorkflowOptions,
  progress: Progress,
): Promise<void> {
  const id = step.id ?? `step-${index + 1}`;
  const directory = join(progress.directory, `script-${index + 1}`);
  const action = actionOf(step, contexts, options, { directory, checkouts: progress.checkouts });
  if (typeof action !== 'string') {
    // Another author's action is not run. The caller provides its outputs.
    for (const value of Object.values(action.secretOutputs ?? {})) progress.masker.addSecret(value);
    progress.outputs[id] = { outputs: { ...action.outputs, ...action.secretOutputs }, conclusion: 'success' };
    const { repository, ref = '', path } = interpolateAll(step.with, contexts);
    for (const [name, text] of Object.entries(action.files ?? {})) writeFileSync(join(progress.workspace, name), text);
    if (path !== undefined) progress.checkouts.set(path, `${repository ?? ''}@${ref}`);
    progress.log.push(`##[notice]${step.uses ?? ''} is not run here\n`);
    return;
  }
  const result = await runStep({
    action,
    with: { ...interpolateAll(step.with, contexts), ...extraInputsFor(action, options) },
    env: { ...options.env, ...contexts.env },
    masker: progress.masker,
    workspace: progress.workspace,
    atJobEnd: (run) => progress.posts.push({ id, run }),
    temp: progress.temp,
  });
  progress.steps[id] = result;
  progress.log.push(result.log);
  Object.assign(progress.added, Object.fromEntries(result.env));
  progress.outputs[id] = { outputs: Object.fromEntries(result.outputs), conclusion: result.conclusion };
  if (result.conclusion !== 'success') progress.status = result.conclusion;
}

/** The sandbox's addresses, as far as the action has inputs for them; nothing for scripts. */
function extraInputsFor(action: string, options: WorkflowOptions): Record<string, string> {
  const { inputs } = readActionMetadata(action);
  return Object.fromEntries(Object.entries(options.extraInputs).filter(([name]) => name in inputs));
}

function actionOf(
  { uses, run, shell }: Step,
  contexts: Contexts,
  options: WorkflowOptions,
  { directory, checkouts }: { readonly directory: string; readonly checkouts: ReadonlyMap<string, string> },
): string | WorkflowOptions['stubs'][string] {
  if (run !== undefined) return scriptAction(directory, interpolate(run, contexts), shell);
  const name = uses?.split('@')[0] ?? '';
  if (name === options.actionName) return options.action;
  // An action in a folder of the repository.
  if (name.startsWith(`${options.actionName}/`)) return join(options.action, name.slice(options.actionName.length));
  if (name.startsWith('./')) return actionInWorkspace(name, options, checkouts);
  const stub = options.stubs[name];
  if (!stub) throw new Error(`The action ${name} is not run here, and nobody said what stands in for it.`);
  return stub;
}

/** An action in the workspace is ours if the called workflow's own commit was checked out there. */
function actionInWorkspace(
  name: string,
  { action, actionName, calledWorkflow }: WorkflowOptions,
  checkouts: ReadonlyMap<string, string>,
): string {
  const found = checkouts.get(name.slice(2));
  if (calledWorkflow?.workflow_repository === actionName && found === `${actionName}@${calledWorkflow.workflow_sha}`) {
    return action;
  }
  throw new Error(`The action ${name} is not there: ${found ?? 'nothing'} was checked out into that folder.`);
}
