/**
 * `--rate N`: so many requests a minute from one address to one server, then a refusal until the minute is over. The
 * minute is one of the sandbox's clock and begins with its first request.
 */
import type { Clock } from './clock.ts';

const MINUTE_MS = 60_000;

export class RateLimit {
  readonly #perMinute: number;
  readonly #clock: Clock;
  readonly #windows = new Map<string, { readonly end: number; used: number }>();

  constructor(perMinute: number, clock: Clock) {
    this.#perMinute = perMinute;
    this.#clock = clock;
  }

  /** Counts a request; whole seconds to wait if it is one too many, and then it is not counted. */
  refuse(address: string): number | undefined {
    const now = this.#clock.now();
    const current = this.#windows.get(address);
    const window = current && current.end > now ? current : { end: now + MINUTE_MS, used: 0 };
    this.#windows.set(address, window);
    if (window.used >= this.#perMinute) return Math.max(1, Math.ceil((window.end - now) / 1000));
    window.used += 1;
    return undefined;
  }

  clear(): void {
    this.#windows.clear();
  }
}
