import type { HttpResponse, NetworkFailure } from './errors.ts';

/**
 * Whether a request can be repeated.
 * - `read`, `write`: idempotent, as GET, PUT, DELETE. No `write` starts after the step was cancelled.
 * - `create`: not idempotent, as POST. Repeated only if the server cannot have executed it.
 */
export type RequestKind = 'read' | 'write' | 'create';

/** How one attempt ended. */
export type AttemptOutcome =
  | { readonly failure: NetworkFailure }
  | {
      readonly status: number;
      /** How long the server asks to wait, in milliseconds; missing if it does not ask. */
      readonly askedMs?: number;
    };

/** The limits of waiting, in milliseconds. */
export interface RetryLimits {
  readonly backoffMs: number;
  readonly retryAfterMs: number;
  /** The remaining time of the step. */
  readonly remainingMs: number;
}

/** Wait and retry, or give up; `reason` says why in a few words. */
export type RetryDecision =
  | { readonly retry: true; readonly waitMs: number; readonly reason: string }
  | {
      readonly retry: false;
      readonly reason: string;
      /** True if a retry would be allowed, but the wait is too long. */
      readonly isCutShort: boolean;
    };

const firstBackoffMs = 500;

// The shortest wait for a server that asks to wait.
const leastAskedMs = 250;

// An unknown host or a closed port is more often a wrong URL than an outage.
const unreachableAttempts = 6;

/**
 * Decides whether an attempt is repeated, and after how long.
 *
 * A 429 is retried for every kind, since the server did not execute the request. After any other failure of a `create`
 * the outcome is unknown, and the caller checks it.
 *
 * @param attempt how many attempts were made before this one: 0 for the first
 * @param random a number from 0 up to but not including 1, for full jitter between simultaneous runs
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
  // The server asks all runs that share a limit to wait until the same moment, so the wait needs jitter.
  const waitMs = askedMs === undefined ? backoffMs : Math.max(leastAskedMs, askedMs) + backoffMs;
  if (waitMs + leastAttemptMs > limits.remainingMs) {
    return { retry: false, reason: `${reason}, and no time is left`, isCutShort: true };
  }
  return { retry: true, waitMs, reason };
}

// A shorter attempt would time out and hide the response of the last one.
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

/** A rate limit refuses before execution. After 408 and 5xx the outcome is unknown, even with `Retry-After`. */
function isRefusedUnread(status: number, asksToWait: boolean): boolean {
  return status === 429 || (asksToWait && status !== 408 && status < 500);
}

// The three formats of RFC 9110, 5.6.7, all of which start with the day of the week.
const httpDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /;

/**
 * How long a `Retry-After` header asks to wait, in milliseconds: seconds or an HTTP date (RFC 9110, 10.2.3).
 * Undefined if the header is missing or not valid.
 *
 * @param now when the response was sent, in milliseconds since the epoch
 */
export function retryAfterMs(headers: HttpResponse['headers'], now: number): number | undefined {
  const value = headers['retry-after']?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  // Date.parse accepts almost any text with a number.
  const until = httpDate.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(until) ? undefined : Math.max(0, until - now);
}

// A `Date` outside of this range is wrong, and adding to it may not give a valid date.
const earliest = Date.parse('2020-01-01T00:00:00Z');
const latest = Date.parse('2100-01-01T00:00:00Z');

/**
 * When a response was sent, by the server's clock, in milliseconds since the epoch. Undefined if its `Date` is missing or
 * out of range.
 */
export function sentAt(headers: HttpResponse['headers']): number | undefined {
  const date = Date.parse(headers['date'] ?? '');
  return date >= earliest && date < latest ? date : undefined;
}
