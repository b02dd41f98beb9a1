/**
 * `--rate N`: N requests per minute from one address to one server, then refusals until the minute ends. The minute
 * starts with the first request, by the sandbox's clock.
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

  /** Counts a request. If it exceeds the limit, it is not counted, and the result is the wait in whole seconds. */
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
