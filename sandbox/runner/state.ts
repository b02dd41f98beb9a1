import type { StepLog } from './log.ts';

/** What a step leaves behind for those after it, gathered over its phases. */
export interface StepState {
  readonly log: StepLog;
  readonly outputs: Map<string, string>;
  /** From GITHUB_STATE: the step's later phases see it as STATE_<name>. */
  readonly saved: Map<string, string>;
  /** From GITHUB_ENV: for every later step of the job. */
  readonly env: Map<string, string>;
  /** From GITHUB_PATH, in the order of adding. */
  readonly path: string[];
}

export function createStepState(log: StepLog): StepState {
  return { log, outputs: new Map(), saved: new Map(), env: new Map(), path: [] };
}

/** While debugging is on, every output is shown: it is masked only if its mask came first. */
export function setOutput({ log, outputs }: StepState, name: string, value: string): void {
  outputs.set(name, value);
  log.record({ kind: 'output', name, value });
  log.debug(`Set output ${name} = ${value}`);
}
