import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AttemptOutcome, RequestKind } from '../../src/http/retry.ts';
import { decideRetry, retryAfterMs, sentAt } from '../../src/http/retry.ts';

const limits = { backoffMs: 8_000, retryAfterMs: 60_000, remainingMs: 300_000 };
const decide = (kind: RequestKind, outcome: AttemptOutcome, attempt = 0, random = 0.5) =>
  decideRetry(kind, outcome, attempt, limits, random);

describe('whether a request is repeated', () => {
  // outcome, and whether a read, a write and a creation are repeated after it
  test.each<[AttemptOutcome, boolean, boolean, boolean]>([
    [{ failure: 'unreachable' }, true, true, true],
    [{ failure: 'timeout' }, true, true, false],
    [{ failure: 'interrupted' }, true, true, false],
    [{ failure: 'garbled' }, true, true, false],
    [{ failure: 'untrusted' }, false, false, false],
    [{ failure: 'proxy-refused' }, false, false, false],
    [{ failure: 'unexpected' }, false, false, false],
    [{ failure: 'too-large' }, false, false, false],
    [{ status: 408 }, true, true, false],
    [{ status: 429 }, true, true, true],
    [{ status: 429, askedMs: 1000 }, true, true, true],
    [{ status: 500 }, true, true, false],
    [{ status: 502 }, true, true, false],
    [{ status: 503, askedMs: 1000 }, true, true, false],
    [{ status: 504 }, true, true, false],
    [{ status: 403, askedMs: 1000 }, true, true, true],
    [{ status: 400 }, false, false, false],
    [{ status: 401 }, false, false, false],
    [{ status: 403 }, false, false, false],
    [{ status: 404 }, false, false, false],
    [{ status: 409 }, false, false, false],
    [{ status: 422 }, false, false, false],
  ])('after %j', (outcome, read, write, create) => {
    const kinds: RequestKind[] = ['read', 'write', 'create'];
    expect(kinds.map((kind) => decide(kind, outcome).retry)).toEqual([read, write, create]);
  });

  test('an address without a server is tried six times, an outage as long as there is time', () => {
    const attempts = [0, 1, 2, 3, 4, 5, 6, 50];
    const unreachable = attempts.map((attempt) => decide('read', { failure: 'unreachable' }, attempt).retry);
    expect(unreachable).toEqual([true, true, true, true, true, false, false, false]);
    expect(attempts.map((attempt) => decide('read', { status: 503 }, attempt).retry)).not.toContain(false);
  });
});

describe('how long the wait is', () => {
  test.each([
    [0, 500],
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [4, 8_000],
    [5, 8_000],
    [60, 8_000],
  ])('after attempt %i: at random, up to %i ms', (attempt, most) => {
    const waits = [0, 0.5, 0.999].map((random) => decide('read', { status: 503 }, attempt, random));
    expect(waits).toEqual(
      [0, 0.5, 0.999].map((random) => ({ retry: true, waitMs: most * random, reason: 'status 503' })),
    );
  });

  test('as the server asks, plus a random time, so that runs with one rate limit do not continue simultaneously', () => {
    const waits = [0, 0.5].map((random) => decide('read', { status: 429, askedMs: 60_000 }, 3, random));
    expect(waits).toMatchObject([{ waitMs: 60_000 }, { waitMs: 62_000 }]);
  });

  test.each([0, 1, 249])('by the back-off if the server asks for only %i ms', (askedMs) => {
    expect(decide('read', { status: 429, askedMs }, 3)).toMatchObject({ retry: true, waitMs: 2_250 });
  });

  test('at least 250 ms if the server asks for a wait, even if the back-off is shorter', () => {
    const waits = [0, 1, 249, 250].map((askedMs) => decide('read', { status: 429, askedMs }, 0, 0));
    expect(waits).toEqual([250, 250, 250, 250].map((waitMs) => ({ retry: true, waitMs, reason: 'status 429' })));
  });

  test('no wait if the server asks for more than the maximum, and the reason says so', () => {
    const reason = 'status 429, and the server asks to wait 61 s';
    expect(decide('read', { status: 429, askedMs: 60_001 })).toEqual({ retry: false, reason, isCutShort: true });
  });

  test('no wait if no time is left, and the reason says so', () => {
    // An attempt needs 200 ms itself, else its timeout would hide the answer before.
    const left = { ...limits, remainingMs: 450 };
    const reason = 'timeout, and no time is left';
    expect(decideRetry('read', { failure: 'timeout' }, 0, left, 0.51)).toEqual({
      retry: false,
      reason,
      isCutShort: true,
    });
    expect(decideRetry('read', { failure: 'timeout' }, 0, left, 0.5)).toMatchObject({ retry: true });
  });

  test('never longer than the time that is left, and never negative', () => {
    fc.assert(
      fc.property(
        fc.nat(100),
        fc.nat(400_000),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempt, left, random) => {
          const decision = decideRetry('read', { status: 500 }, attempt, { ...limits, remainingMs: left }, random);
          if (!decision.retry) return;
          expect(decision.waitMs).toBeGreaterThanOrEqual(0);
          expect(decision.waitMs).toBeLessThan(left);
          expect(decision.waitMs).toBeLessThanOrEqual(limits.backoffMs);
        },
      ),
    );
  });
});

describe('`Retry-After`', () => {
  const now = Date.parse('2026-11-24T12:00:00Z');
  const inOneMinute = 'Tue, 24 Nov 2026 12:01:00 GMT';

  test.each([
    ['0', 0],
    ['7', 7_000],
    [' 7 ', 7_000],
    ['1.5', 1_500],
    [inOneMinute, 60_000],
    ['Tue, 24 Nov 2026 11:59:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    ['7 s', undefined],
    // What Date.parse would take for a time long ago.
    ['-5', undefined],
    ['in 5', undefined],
    ['later 1', undefined],
    ['5,5', undefined],
  ])('%p is %p ms', (value, ms) => {
    expect(retryAfterMs({ 'retry-after': value }, now)).toBe(ms);
  });

  test('is undefined without the header', () => {
    expect(retryAfterMs({}, now)).toBeUndefined();
  });
});

describe('when a response was sent', () => {
  test.each([
    ['Tue, 24 Nov 2026 12:00:50 GMT', Date.parse('2026-11-24T12:00:50Z')],
    ['nonsense', undefined],
    ['', undefined],
    // A date that cannot be right, and to which nothing can be added.
    ['Fri, 31 Dec 9999 23:59:59 GMT', undefined],
    ['Sat, 13 Sep 275760 00:00:00 GMT', undefined],
    ['Thu, 01 Jan 1970 00:00:00 GMT', undefined],
  ])('comes from `Date: %s`', (date, ms) => {
    expect(sentAt({ date })).toBe(ms);
  });

  test('is undefined without `Date`', () => {
    expect(sentAt({})).toBeUndefined();
  });
});
