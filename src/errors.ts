import { inline } from './text.ts';

/** The three parts of every message that a user of the action reads when something fails. */
export interface Explanation {
  /** What failed, with the input in backquotes. */
  readonly what: string;
  /** The likely cause. */
  readonly cause: string;
  /** What to do. */
  readonly fix: string;
}

/** The cause and the remedy of a failure. */
export type Advice = Omit<Explanation, 'what'>;

/** An explained failure. Its message has three parts: what, `Likely cause: …`, `What to do: …`. */
export class ActionError extends Error {
  override readonly name = 'ActionError';
  readonly explanation: Explanation;

  constructor(explanation: Explanation, options?: ErrorOptions) {
    super(`${explanation.what}\nLikely cause: ${explanation.cause}\nWhat to do: ${explanation.fix}`, options);
    this.explanation = explanation;
  }

  /** The same failure with a sentence added to the remedy, e.g. about the changes before it. */
  withAdvice(sentence: string): ActionError {
    if (sentence === '') return this;
    const { what, cause, fix } = this.explanation;
    return new ActionError({ what, cause, fix: `${fix} ${sentence}` }, { cause: this });
  }
}

/** The step was cancelled (SIGINT, SIGTERM), so it starts nothing new. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** Whether the step was cancelled during a request, which may still take effect. */
export function isCancelledInFlight(error: unknown): boolean {
  return error instanceof Cancelled && error.cause !== undefined;
}

/** The system's error code, e.g. ENOSPC; the error's message if it has none. */
export function systemCode(error: unknown): string {
  const { code, message } = Object(error) as Partial<NodeJS.ErrnoException>;
  return inline(code ?? message ?? String(error), 100);
}

/**
 * Several failures as one: the first, with the others named in the remedy. A cancellation is named first, and once.
 *
 * @param errors at least one
 */
export function allFailures(errors: readonly unknown[]): unknown {
  const isCancelled = (error: unknown): boolean => error instanceof Cancelled;
  const others = errors.filter((error) => !isCancelled(error));
  const first = errors.some(isCancelled) ? errors.find(isCancelled) : others.shift();
  if (others.length === 0) return first;
  const named = others.map((error) => explained(error).explanation.what.replace(/\.$/, ''));
  return explained(first).withAdvice(`Also failed: ${named.join('; ')}.`);
}

/** Any thrown value as an explained failure, without a stack trace or a raw body. */
export function explained(error: unknown): ActionError {
  if (error instanceof ActionError) return error;
  if (error instanceof Cancelled) {
    return new ActionError(
      {
        what: `The step was cancelled: ${error.message}`,
        cause: 'the workflow run was cancelled, or the job reached its time limit.',
        fix: 'run the workflow again.',
      },
      { cause: error },
    );
  }
  // String() may throw for an object that is not an error.
  const thrown = Object(error) === error ? Object.prototype.toString.call(error) : String(error);
  const detail = Error.isError(error) ? `${error.name}: ${error.message}` : thrown;
  return new ActionError(
    {
      what: `The step failed unexpectedly: ${inline(detail)}`,
      cause: 'a defect in this action.',
      fix: 'run the job again with debug logging enabled, and report the log as an issue of this action.',
    },
    { cause: error },
  );
}
