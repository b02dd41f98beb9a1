import type { Core } from '../../src/github/runner.ts';

/** A toolkit that records the calls of its functions. */
export function recordingCore() {
  const calls: [string, ...unknown[]][] = [];
  const core = new Proxy({} as Core, {
    get:
      (_, name: string) =>
      (...values: unknown[]): void => {
        calls.push([name, ...values]);
      },
  });
  return { calls, core };
}
