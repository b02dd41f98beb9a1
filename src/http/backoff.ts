import type { Clock, Interruption } from './send.ts';

/** The pauses of one wait for something that only takes its time, all in milliseconds. */
export interface BackoffOptions {
  readonly clock: Clock;
  readonly interruption: Interruption;
  /** The first pause; each is twice the one before. */
  readonly firstMs: number;
  /** The longest pause; without it all are as long as the first. */
  readonly longestMs?: number;
  /** Since the epoch: no pause ends later. */
  readonly until: number;
}

/** Decides on a pause, and makes it. */
export interface Backoff {
  /**
   * Pauses before the next attempt; ends at once when the step is to stop, which the next request then notices.
   *
   * @param announce told how long the pause will be, for the log
   * @returns false, without a pause, where it would end too late
   */
  pause(announce?: (ms: number) => void): Promise<boolean>;
}

/**
 * For waiting between attempts whose answers are all whole, and only not yet the one that is wanted. What a failed
 * request is worth is for `decideRetry` to say.
 */
export function createBackoff({ clock, interruption, firstMs, longestMs = firstMs, until }: BackoffOptions): Backoff {
  let nextMs = firstMs;
  return {
    async pause(announce) {
      const ms = nextMs;
      if (clock.now() + ms > until) return false;
      nextMs = Math.min(2 * ms, longestMs);
      announce?.(ms);
      await clock.sleep(ms, interruption.stop);
      return true;
    },
  };
}
