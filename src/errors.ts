import { inline } from './text.ts';

/** The three parts of every message that a user of the action reads when something fails. */
export interface Explanation {
  /** What failed; an input is named in backquotes. */
  readonly what: string;
  /** Most likely why. */
  readonly cause: string;
  /** What to do about it. */
  readonly fix: string;
}

/** A failure that has been explained. Its message has three lines: what, `Likely cause: …`, `What to do: …`. */
export class ActionError extends Error {
  override readonly name = 'ActionError';
  readonly explanation: Explanation;

  constructor(explanation: Explanation, options?: ErrorOptions) {
    super(`${explanation.what}\nLikely cause: ${explanation.cause}\nWhat to do: ${explanation.fix}`, options);
    this.explanation = explanation;
  }

  /** The same failure with a sentence added to what can be done, e.g. which changes were made before it. */
  withAdvice(sentence: string): ActionError {
    if (sentence === '') return this;
    const { what, cause, fix } = this.explanation;
    return new ActionError({ what, cause, fix: `${fix} ${sentence}` }, { cause: this });
  }
}

/** Thrown instead of starting anything new once the runner has asked the step to stop (SIGINT, SIGTERM). */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** Whether the step was to stop while a request was under way, which may still take effect. */
export function isCancelledInFlight(error: unknown): boolean {
  return error instanceof Cancelled && error.cause !== undefined;
}

/** The system's code for what failed, e.g. ENOSPC; the message of an error that has none. */
export function systemCode(error: unknown): string {
  const { code, message } = Object(error) as Partial<NodeJS.ErrnoException>;
  return inline(code ?? message ?? String(error), 100);
}

/** Whatever was thrown, as something a user can read: never a stack trace, never a raw body. */
export function explained(error: unknown): ActionError {
  if (error instanceof ActionError) return error;
  if (error instanceof Cancelled) {
    return new ActionError(
      {
        what: `The step was cancelled: ${error.message}`,
        cause: 'the workflow run was cancelled, or the job ran into its time limit.',
        fix: 'run the workflow again; it picks up where this run stopped.',
      },
      { cause: error },
    );
  }
  // String() may throw for an object that is no error.
  const thrown = Object(error) === error ? Object.prototype.toString.call(error) : String(error);
  const detail = Error.isError(error) ? `${error.name}: ${error.message}` : thrown;
  return new ActionError(
    {
      what: `The step failed for a reason it does not know: ${inline(detail)}`,
      cause: 'a defect in this action.',
      fix: 'run the job again with debug logging switched on, and report the log as an issue of this action.',
    },
    { cause: error },
  );
}
