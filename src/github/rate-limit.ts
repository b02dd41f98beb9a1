import type { HttpResponse } from '../http/message.ts';
import { retryAfterMs } from '../http/retry.ts';

// What GitHub asks for where a secondary limit names no time.
const secondaryLimitMs = 60_000;

/**
 * How long GitHub asks to wait before the request is repeated, in milliseconds; undefined where it does not.
 * Source: GitHub docs, "Rate limits for the REST API": first `retry-after`, then `x-ratelimit-reset` once none is
 * left, then a minute for a secondary limit. A 403 that is none of these is a missing permission.
 *
 * @param now milliseconds since the epoch
 */
export function askedByGitHub({ status, headers, body }: HttpResponse, now: number): number | undefined {
  if (status >= 500) return retryAfterMs(headers, now);
  if (status !== 403 && status !== 429) return undefined;
  const asked = retryAfterMs(headers, now);
  if (asked !== undefined) return asked;
  if (headers['x-ratelimit-remaining'] === '0') {
    return Math.max(0, Number(headers['x-ratelimit-reset'] ?? 0) * 1000 - now) + 1000;
  }
  return /secondary rate/i.test(body) ? secondaryLimitMs : undefined;
}
