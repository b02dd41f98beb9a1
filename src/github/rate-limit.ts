import type { HttpResponse } from '../http/message.ts';
import { retryAfterMs } from '../http/retry.ts';
import { isLimitText } from './errors.ts';

// What GitHub asks for if a secondary limit names no time.
const secondaryLimitMs = 60_000;
const shortestWaitMs = 250;

/**
 * How long GitHub asks to wait before the request is repeated, in milliseconds; undefined if it does not ask.
 * Source: GitHub docs, "Rate limits for the REST API": first `retry-after`, then `x-ratelimit-reset` once none is
 * left, then a minute for a secondary limit. A 403 that is none of these is a missing permission.
 *
 * @param now milliseconds since the epoch; counts only if the response has no `Date`
 */
export function askedByGitHub(response: HttpResponse, now: number): number | undefined {
  const askedMs = askedFor(response, now);
  return askedMs === undefined ? undefined : Math.max(shortestWaitMs, askedMs);
}

function askedFor({ status, headers, body }: HttpResponse, now: number): number | undefined {
  if (status >= 500) return retryAfterMs(headers, now);
  if (status !== 403 && status !== 429) return undefined;
  const asked = retryAfterMs(headers, now);
  if (asked !== undefined) return asked;
  const resetMs = Number(headers['x-ratelimit-reset'] || NaN) * 1000;
  if (headers['x-ratelimit-remaining'] === '0' && Number.isFinite(resetMs)) {
    // A runner's clock may be wrong; the reset is a time of GitHub's clock, which the response tells.
    const from = Date.parse(headers['date'] ?? '');
    return Math.max(0, resetMs - (Number.isNaN(from) ? now : from)) + 1000;
  }
  return headers['x-ratelimit-remaining'] === '0' || isLimitText(body) ? secondaryLimitMs : undefined;
}
