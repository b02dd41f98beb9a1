import type { Conclusion, Phase } from './events.ts';
import { resolveInputs } from './inputs.ts';
import { StepLog } from './log.ts';
import { SecretMasker } from './masks.ts';
import { readActionMetadata } from './metadata.ts';
import type { PhaseResult, PhaseSettings, RunningPhase } from './phase.ts';
import { startPhase } from './phase.ts';
import type { RunningProcess } from './process.ts';
import { GRACE_PERIODS, startProcess } from './process.ts';
import type { StepState } from './state.ts';
import { createStepState } from './state.ts';
import { isConditionMet } from './conditions.ts';
import { writeStepHeader } from './step-header.ts';
import type { PostStep, StepOptions } from './step-options.ts';
import type { StepResult } from './step-result.ts';
import { collectResult } from './step-result.ts';
import { defaultEnvironment } from './environment.ts';
import type { WorkDirectories } from './work-directories.ts';
import { filesWritten, prepareDirectories } from './work-directories.ts';

/** `cancel` acts on the phase that runs, as GitHub does (`post` still runs after it); `send` sends it one signal. */
export interface RunningStep extends Pick<RunningProcess, 'cancel' | 'send'> {
  readonly result: Promise<StepResult>;
}

/** Runs one action step as GitHub's runner does, and waits for it. */
export function runStep(options: StepOptions): Promise<StepResult> {
  return startStep(options).result;
}

/**
 * Starts one action step: `pre`, `main` and `post`, one after the other. GitHub's runner runs `post` at the end of the
 * job. For that, set `options.atJobEnd`. With one step in the job, there is no difference.
 */
export function startStep(options: StepOptions): RunningStep {
  const current: { phase?: RunningPhase } = {};
  return {
    result: run(options, current),
    cancel: () => current.phase?.cancel(),
    send: (signal) => current.phase?.send(signal),
  };
}

async function run(options: StepOptions, current: { phase?: RunningPhase }): Promise<StepResult> {
  const started = performance.now();
  const masker = options.masker ?? new SecretMasker();
  for (const secret of options.secrets ?? []) masker.addSecret(secret);
  const state = createStepState(new StepLog(masker, options.env?.['RUNNER_DEBUG'] === '1'));
  const directories = prepareDirectories(options);
  const startedAt = Date.now();
  try {
    const runPhase = phaseRunner(options, directories, state, current);
    const phases: PhaseResult[] = [];
    let conclusion = await runPhase('pre', 'success', phases);
    conclusion = await runPhase('main', conclusion, phases);
    const files = filesWritten(directories, startedAt);
    const collect = (end: Conclusion): StepResult => ({
      ...collectResult(end, phases, state),
      files,
      durationMs: performance.now() - started,
    });
    const post: PostStep = async (status) => {
      await runPhase('post', status, phases).finally(() => directories.remove());
      return collect(phases.map((phase) => phase.conclusion).reduce(worse, 'success'));
    };
    if (!options.atJobEnd) return await post(conclusion);
    options.atJobEnd(post);
    return collect(conclusion);
  } catch (error) {
    directories.remove();
    throw error;
  }
}

type RunPhase = (phase: Phase, status: Conclusion, phases: PhaseResult[]) => Promise<Conclusion>;

/** Runs a phase if the action has it and its condition holds, and adds its result; tells the status after it. */
function phaseRunner(
  options: StepOptions,
  directories: WorkDirectories,
  state: StepState,
  current: { phase?: RunningPhase },
): RunPhase {
  const { runs, ...metadata } = readActionMetadata(options.action);
  const inputs = resolveInputs(metadata, options.with ?? {}, options.github);
  for (const warning of inputs.warnings) state.log.issue('warning', warning);
  const settings = phaseSettings(options, directories, inputs.values);
  const conditions = { pre: runs['pre-if'], main: 'success()', post: runs['post-if'] };
  return async (phase, status, phases) => {
    const script = runs[phase];
    if (script === undefined || !isConditionMet(conditions[phase], status)) return status;
    writeStepHeader(phase, options, inputs.values, state.log);
    current.phase = startPhase(phase, script, settings, state);
    const result = await current.phase.result;
    phases.push(result);
    return worse(status, result.conclusion);
  };
}

function phaseSettings(
  options: StepOptions,
  directories: WorkDirectories,
  inputs: ReadonlyMap<string, string>,
): PhaseSettings {
  return {
    actionDirectory: options.action,
    workspace: directories.workspace,
    temp: directories.temp,
    node: options.node ?? process.execPath,
    startProcess: options.startProcess ?? startProcess,
    inputs,
    defaults: defaultEnvironment(directories),
    env: options.env ?? {},
    oneStream: options.oneStream ?? false,
    timeoutMs: options.timeoutMs ?? 60_000,
    graceMs: { ...GRACE_PERIODS, ...options.graceMs },
    onLine: options.onLine ?? (() => undefined),
  };
}

const SEVERITY: Readonly<Record<Conclusion, number>> = { success: 0, failure: 1, cancelled: 2 };

/** The more severe of two. */
export function worse(a: Conclusion, b: Conclusion): Conclusion {
  return SEVERITY[b] > SEVERITY[a] ? b : a;
}
