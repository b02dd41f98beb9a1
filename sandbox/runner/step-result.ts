import type { Annotation, Conclusion, StepEvent } from './events.ts';
import type { JobOutputs } from './job-outputs.ts';
import { selectJobOutputs } from './job-outputs.ts';
import type { SecretMasker } from './masks.ts';
import type { PhaseResult } from './phase.ts';
import type { StepState } from './state.ts';

export interface StepResult {
  /** The worst of the phases' conclusions. */
  readonly conclusion: Conclusion;
  /** Of the main phase; null if it was killed by a signal or did not run. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Everything the phases wrote, before masking and with the commands in it. */
  readonly stdout: string;
  readonly stderr: string;
  /** The log as GitHub keeps it, masked, with the runner's own tags (`##[group]`, `##[error]`). */
  readonly log: string;
  /** As later steps of the job see them: not masked. */
  readonly outputs: ReadonlyMap<string, string>;
  /** What would become of them as outputs of the job. */
  readonly jobOutputs: JobOutputs;
  /** The values that the step masked, in order, as it gave them. */
  readonly masks: readonly string[];
  readonly annotations: readonly Annotation[];
  /** `raw` as the step wrote it; `shown` as GitHub shows it, undefined when there is none or it is too large. */
  readonly summary: { readonly raw: string; readonly shown: string | undefined };
  readonly state: ReadonlyMap<string, string>;
  readonly env: ReadonlyMap<string, string>;
  readonly path: readonly string[];
  /**
   * What the step wrote to the workspace and to RUNNER_TEMP, by path, as the next step finds it: `post` may remove some.
   * The command files are not among them.
   */
  readonly files: ReadonlyMap<string, string>;
  readonly events: readonly StepEvent[];
  readonly phases: readonly PhaseResult[];
  readonly masker: SecretMasker;
  readonly timedOut: boolean;
  readonly durationMs: number;
}

/** Puts together what the phases of a step and its log say. */
export function collectResult(
  conclusion: Conclusion,
  phases: readonly PhaseResult[],
  state: StepState,
): Omit<StepResult, 'files' | 'durationMs'> {
  const main = phases.find(({ phase }) => phase === 'main');
  const { log, outputs, saved, env, path } = state;
  const shown = phases.flatMap(({ summary }) => (summary === undefined ? [] : [summary]));
  return {
    conclusion,
    exitCode: main?.exitCode ?? null,
    signal: main?.signal ?? null,
    stdout: phases.map(({ stdout }) => stdout.toString()).join(''),
    stderr: phases.map(({ stderr }) => stderr.toString()).join(''),
    log: log.lines.map((line) => `${line}\n`).join(''),
    outputs,
    jobOutputs: selectJobOutputs(outputs, log.masker),
    masks: log.events.flatMap((event) => (event.kind === 'mask' ? [event.value] : [])),
    annotations: log.annotations,
    summary: {
      raw: phases.map(({ files }) => files.summary.toString()).join(''),
      shown: shown.length > 0 ? shown.join('') : undefined,
    },
    state: saved,
    env,
    path,
    events: log.events,
    phases,
    masker: log.masker,
    timedOut: phases.some(({ timedOut }) => timedOut),
  };
}
