import type { HttpResponse, NetworkFailure } from './errors.ts';

/**
 * What repeating a request may do.
 * - `read`, `write`: nothing new, as with GET, PUT, DELETE; `write` is not started once the step is to stop
 * - `create`: something twice, as with POST; repeated only where the server cannot have acted on it
 */
export type RequestKind = 'read' | 'write' | 'create';

/** How one attempt ended. */
export type AttemptOutcome =
  | { readonly failure: NetworkFailure }
  | {
      readonly status: number;
      /** How long the server asks to wait, in milliseconds, where it does. */
      readonly askedMs?: number;
    };

/** The bounds of waiting, in milliseconds. */
export interface RetryLimits {
  readonly backoffMs: number;
  readonly retryAfterMs: number;
  /** What is left of the step's time. */
  readonly remainingMs: number;
}

/** Wait and try again, or give up; `reason` says in a few words why. */
export type RetryDecision =
  | { readonly retry: true; readonly waitMs: number; readonly reason: string }
  | {
      readonly retry: false;
      readonly reason: string;
      /** Whether only the wait would be too long. */
      readonly isCutShort: boolean;
    };

const firstBackoffMs = 500;

// The shortest wait for a server that asks to wait.
const leastAskedMs = 250;

// A name that does not resolve or a port that nobody listens on is more often a wrong URL than an outage.
const unreachableAttempts = 6;

/**
 * Decides whether an attempt is repeated, and after how long.
 *
 * 429 is repeated for every kind, since it was refused before anything was done. Every other failure of a `create`
 * leaves open whether it happened, and is for the caller to look up.
 *
 * @param attempt how many attempts were made before this one: 0 for the first
 * @param random a number from 0 up to but not including 1: full jitter, so that runs side by side do not keep step
 */
export function decideRetry(
  kind: RequestKind,
  outcome: AttemptOutcome,
  attempt: number,
  limits: RetryLimits,
  random: number,
): RetryDecision {
  const reason = 'failure' in outcome ? outcome.failure : `status ${outcome.status}`;
  if (!mayRepeat(kind, outcome, attempt)) return { retry: false, reason, isCutShort: false };

  const askedMs = 'failure' in outcome ? undefined : outcome.askedMs;
  if (askedMs !== undefined && askedMs > limits.retryAfterMs) {
    const asked = `${reason}, and the server asks to wait ${Math.ceil(askedMs / 1000)} s`;
    return { retry: false, reason: asked, isCutShort: true };
  }
  const backoffMs = Math.min(firstBackoffMs * 2 ** attempt, limits.backoffMs) * random;
  // Runs that share a limit are asked to wait until the same moment. They must not all come back then.
  const waitMs = askedMs === undefined ? backoffMs : Math.max(leastAskedMs, askedMs) + backoffMs;
  if (waitMs + leastAttemptMs > limits.remainingMs) {
    return { retry: false, reason: `${reason}, and no time is left`, isCutShort: true };
  }
  return { retry: true, waitMs, reason };
}

// An attempt with less than this could hardly be answered, and would only hide the answer that there was.
const leastAttemptMs = 200;

const finalFailures = new Set<NetworkFailure>(['untrusted', 'proxy-refused', 'unexpected', 'too-large']);

function mayRepeat(kind: RequestKind, outcome: AttemptOutcome, attempt: number): boolean {
  if ('failure' in outcome) {
    if (outcome.failure === 'unreachable') return attempt + 1 < unreachableAttempts;
    return !finalFailures.has(outcome.failure) && kind !== 'create';
  }
  if (kind === 'create') return isRefusedUnread(outcome.status, outcome.askedMs !== undefined);
  if (outcome.status === 429 || outcome.askedMs !== undefined) return true;
  return outcome.status === 408 || outcome.status >= 500;
}

/** A limit refuses before anything is done. After 408 and 5xx it is open whether it was, `Retry-After` or not. */
function isRefusedUnread(status: number, asksToWait: boolean): boolean {
  return status === 429 || (asksToWait && status !== 408 && status < 500);
}

// The three forms of RFC 9110, 5.6.7, all of which begin with the day of the week.
const httpDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /;

/**
 * How long a `Retry-After` header asks to wait, in milliseconds: seconds or an HTTP date (RFC 9110, 10.2.3).
 * Undefined where the header is missing or makes no sense.
 *
 * @param now when the response was sent, in milliseconds since the epoch
 */
export function retryAfterMs(headers: HttpResponse['headers'], now: number): number | undefined {
  const value = headers['retry-after']?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  // Date.parse makes a date of almost anything that holds a number.
  const until = httpDate.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(until) ? undefined : Math.max(0, until - now);
}

// Outside of this range a `Date` is a mistake, and adding an overlap to it might not even be a date.
const earliest = Date.parse('2020-01-01T00:00:00Z');
const latest = Date.parse('2100-01-01T00:00:00Z');

/**
 * When a response was sent, by the server's own clock, in milliseconds since the epoch. Undefined if its `Date` is
 * missing or cannot be right.
 */
export function sentAt(headers: HttpResponse['headers']): number | undefined {
  const date = Date.parse(headers['date'] ?? '');
  return date >= earliest && date < latest ? date : undefined;
}
