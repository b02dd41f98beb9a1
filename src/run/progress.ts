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

/** Something to do, in a few words: `create the application`. */
export type Step = string | StoreStep;

/** A PingOne environment, as messages show it. */
export type ReachedEnvironment = Readonly<Record<'id' | 'name', string>>;

/** What the run has done so far and what is left. If the run fails, its message and its summary come from this. */
export interface Progress {
  /** In a few words, in the order in which they were done. */
  readonly done: () => readonly string[];
  /** The steps that were planned and not done. */
  readonly left: () => readonly string[];
  /** What was written to GitHub, by target. */
  readonly stored: () => readonly StoredNames[];
  readonly warnings: readonly string[];
  /** The PingOne environment, once it was read. */
  readonly environment: () => ReachedEnvironment | undefined;
  /** Notes which PingOne environment this is. */
  readonly reach: (environment: ReachedEnvironment) => void;
  /** Sets what is left to do. A step that was done before will be done again. */
  readonly plan: (steps: readonly Step[]) => void;
  /** Notes that a step is done, whether it was planned or not. */
  readonly finish: (step: Step) => void;
  /** Notes that a step is not needed, or that it was undone. */
  readonly drop: (step: Step) => void;
  readonly warn: (message: string) => void;
}

/** The progress of a run that has done nothing yet. */
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

/** For the message of a failure: what was done before it, and what was not. Empty if nothing was planned. */
export function progressAdvice(progress: Progress): string {
  const [done, left] = [progress.done(), progress.left()];
  if (done.length + left.length === 0) return '';
  const notDone = left.length === 0 ? '' : ` Not done: ${left.join('; ')}.`;
  return `Done before: ${done.join('; ') || 'nothing'}.${notDone} The next run continues from there.`;
}

function stepKey(step: Step): string {
  return typeof step === 'string' ? step : JSON.stringify([step.target, step.name]);
}

function without(taken: readonly Step[], steps: readonly Step[]): readonly Step[] {
  const keys = taken.map(stepKey);
  return steps.filter((step) => !keys.includes(stepKey(step)));
}

/** What goes to one target is one line. */
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
