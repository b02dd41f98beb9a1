/** Which part of an exchange violates the contract. */
export type ProblemKind =
  | 'path'
  | 'method'
  | 'parameter'
  | 'undeclared-parameter'
  | 'request-type'
  | 'request-body'
  | 'status'
  | 'response-type'
  | 'response-body';

/** One way in which an exchange differs from the contract. */
export type Problem = {
  readonly kind: ProblemKind;
  /** The method and the contract's path template, or the path itself where the contract has none. */
  readonly operation: string;
  /** What is wrong, short, without the operation. */
  readonly detail: string;
  /** JSON pointer to the offending value of a body; name of the offending parameter. */
  readonly at?: string;
};

/** Whether the problem is about what the client sent, rather than about what the server answered. */
export function isAboutRequest({ kind }: Problem): boolean {
  return kind !== 'status' && kind !== 'response-type' && kind !== 'response-body';
}

/** The problem as one line. */
export function describe({ operation, detail }: Problem): string {
  return `${operation}: ${detail}`;
}
