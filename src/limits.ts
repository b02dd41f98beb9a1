/** How long and how much the step allows, all derived from the input `timeout`. Times in milliseconds, sizes in bytes. */
export interface Limits {
  /** The whole step. */
  readonly totalMs: number;
  /** One request, first byte to last. */
  readonly requestMs: number;
  /** The largest body of an answer. */
  readonly bodyBytes: number;
  /** The longest back-off between two attempts. */
  readonly backoffMs: number;
  /** The longest `Retry-After` that is obeyed. */
  readonly retryAfterMs: number;
  /** Waiting for new credentials to be accepted, and for the parts of a new application to appear. */
  readonly verifyMs: number;
  /** Looking in the list of applications for our own one after creating it. */
  readonly lookMs: number;
  /** How long a run has to write an intent, and how long it then waits before it relies on it. */
  readonly intentMs: number;
  /** Patience with an environment that PingOne is still setting up. */
  readonly youngEnvironmentMs: number;
  /** What must be left of the step's time before a secret is rotated: enough to verify and to store the new one. */
  readonly rotationMs: number;
  /** What of that is kept for storing it. */
  readonly storeMs: number;
}

/**
 * Every limit as a share of the step's timeout, so that a short timeout makes every wait short as well.
 *
 * @param timeoutSeconds the input `timeout`, in seconds
 */
export function limitsFor(timeoutSeconds: number): Limits {
  const totalMs = timeoutSeconds * 1000;
  return {
    totalMs,
    requestMs: Math.min(15_000, totalMs / 10),
    bodyBytes: 16 * 1024 * 1024,
    backoffMs: Math.min(8_000, totalMs / 20),
    retryAfterMs: Math.min(60_000, totalMs / 4),
    verifyMs: Math.min(90_000, totalMs * 0.3),
    lookMs: Math.min(15_000, totalMs / 10),
    intentMs: Math.min(3_000, totalMs / 20),
    youngEnvironmentMs: Math.min(120_000, totalMs * 0.4),
    rotationMs: Math.min(60_000, totalMs / 5),
    storeMs: Math.min(30_000, totalMs / 10),
  };
}
