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
   * @param announce for the log: called once, if the wait is longer than an ordinary one, with what is left of its time
   * @returns false, without a pause, where it would end too late
   */
  pause(announce?: (leftMs: number) => void): Promise<boolean>;
}

// PingOne and GitHub need about this long to propagate a change: a shorter wait is not worth a line.
const ordinaryMs = 2_000;

/** A time in whole seconds, for the log. */
export function inSeconds(ms: number): string {
  return `${Math.ceil(ms / 1000)} s`;
}

/**
 * For waiting between attempts whose answers are all whole, and only not yet the one that is wanted. What a failed
 * request is worth is for `decideRetry` to say.
 */
export function createBackoff({ clock, interruption, firstMs, longestMs = firstMs, until }: BackoffOptions): Backoff {
  let nextMs = firstMs;
  let pausedMs = 0;
  return {
    async pause(announce) {
      const ms = nextMs;
      if (clock.now() + ms > until) return false;
      nextMs = Math.min(2 * ms, longestMs);
      if (pausedMs < ordinaryMs && pausedMs + ms >= ordinaryMs) announce?.(until - clock.now());
      pausedMs += ms;
      await clock.sleep(ms, interruption.stop);
      return true;
    },
  };
}
