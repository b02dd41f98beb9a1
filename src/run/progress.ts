import type { StoredNames } from '../github/stored-values.ts';
import { sentenceList } from '../text.ts';

/** One value that is written to a target in GitHub. */
export interface StoreStep {
  /** The target, as the input `store-in` names it. */
  readonly target: string;
  /** The target in words, e.g. `the repository octo/sync`. */
  readonly label: string;
  readonly kind: 'secret' | 'variable';
  readonly name: string;
}

/** A step of the run, in a few words: `create the application`. */
export type Step = string | StoreStep;

/** A PingOne environment, for messages. */
export type ReachedEnvironment = Readonly<Record<'id' | 'name', string>>;

/** The done and the remaining steps of the run, for the message and the summary of a failure. */
export interface Progress {
  /** The done steps, in order. */
  readonly done: () => readonly string[];
  /** The planned steps that are not done. */
  readonly left: () => readonly string[];
  /** The secrets and variables that were written, by target. */
  readonly stored: () => readonly StoredNames[];
  readonly warnings: readonly string[];
  /** The PingOne environment; undefined until it was read. */
  readonly environment: () => ReachedEnvironment | undefined;
  /** Sets the PingOne environment. */
  readonly reach: (environment: ReachedEnvironment) => void;
  /** Sets the remaining steps. A step that was done before is done again. */
  readonly plan: (steps: readonly Step[]) => void;
  /** Marks a step as done, even if it was not planned. */
  readonly finish: (step: Step) => void;
  /** Removes a step that is not needed or was undone. */
  readonly drop: (step: Step) => void;
  readonly warn: (message: string) => void;
}

/** The progress of a new run. */
export function createProgress(): Progress {
  let done: readonly Step[] = [];
  let left: readonly Step[] = [];
  let reached: ReachedEnvironment | undefined;
  const warnings: string[] = [];
  return {
    warnings,
    environment: () => reached,
    reach(environment) {
      reached = environment;
    },
    done: () => describeSteps(done),
    left: () => describeSteps(left),
    stored: () => byTarget(done.filter((step) => typeof step !== 'string')),
    plan(steps) {
      left = steps;
      done = without(left, done);
    },
    finish(step) {
      left = without([step], left);
      done = [...without([step], done), step];
    },
    drop(step) {
      left = without([step], left);
      done = without([step], done);
    },
    warn(message) {
      if (!warnings.includes(message)) warnings.push(message);
    },
  };
}

/** The done and the remaining steps, for the message of a failure. Empty if nothing was planned. */
export function progressAdvice(progress: Progress): string {
  const [done, left] = [progress.done(), progress.left()];
  if (done.length + left.length === 0) return '';
  const notDone = left.length === 0 ? '' : ` Not done: ${left.join('; ')}.`;
  return `Done before: ${done.join('; ') || 'nothing'}.${notDone} The next run continues from there.`;
}

function stepKey(step: Step): string {
  return typeof step === 'string' ? step : JSON.stringify([step.target, step.name]);
}

function without(removed: readonly Step[], steps: readonly Step[]): readonly Step[] {
  const keys = removed.map(stepKey);
  return steps.filter((step) => !keys.includes(stepKey(step)));
}

/** All writes to one target are one line. */
function describeSteps(steps: readonly Step[]): readonly string[] {
  const lines = steps.map((step) => {
    if (typeof step === 'string') return step;
    const names = steps.flatMap((it) => (typeof it !== 'string' && it.target === step.target ? [it.name] : []));
    return `store ${sentenceList(names)} in ${step.label}`;
  });
  return [...new Set(lines)];
}

function byTarget(steps: readonly StoreStep[]): readonly StoredNames[] {
  const targets = [...new Set(steps.map(({ target }) => target))];
  const namesOf = (target: string, kind: StoreStep['kind']): string[] =>
    steps.flatMap((step) => (step.target === target && step.kind === kind ? [step.name] : []));
  return targets.map((target) => ({
    target,
    secrets: namesOf(target, 'secret'),
    variables: namesOf(target, 'variable'),
  }));
}
