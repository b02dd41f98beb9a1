import type { Conclusion } from './events.ts';
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
import type { StepOptions } from './step-options.ts';
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
 * job; with one step in the job, that is the same.
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
    const { conclusion, phases } = await runPhases(options, directories, state, current);
    const files = filesWritten(directories, startedAt);
    return { ...collectResult(conclusion, phases, state), files, durationMs: performance.now() - started };
  } finally {
    directories.remove();
  }
}

async function runPhases(
  options: StepOptions,
  directories: WorkDirectories,
  state: StepState,
  current: { phase?: RunningPhase },
): Promise<{ conclusion: Conclusion; phases: PhaseResult[] }> {
  const { runs, ...metadata } = readActionMetadata(options.action);
  const inputs = resolveInputs(metadata, options.with ?? {}, options.github);
  for (const warning of inputs.warnings) state.log.issue('warning', warning);
  const settings = phaseSettings(options, directories, inputs.values);
  const conditions = { pre: runs['pre-if'], main: 'success()', post: runs['post-if'] };
  const phases: PhaseResult[] = [];
  let conclusion: Conclusion = 'success';
  for (const phase of ['pre', 'main', 'post'] as const) {
    const script = runs[phase];
    if (script === undefined || !isConditionMet(conditions[phase], conclusion)) continue;
    writeStepHeader(phase, options, inputs.values, state.log);
    current.phase = startPhase(phase, script, settings, state);
    const result = await current.phase.result;
    phases.push(result);
    conclusion = worse(conclusion, result.conclusion);
  }
  return { conclusion, phases };
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

function worse(a: Conclusion, b: Conclusion): Conclusion {
  return SEVERITY[b] > SEVERITY[a] ? b : a;
}
