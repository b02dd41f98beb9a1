import type { Core } from '../../src/github/runner.ts';

/** The toolkit, as a list of what was asked of it: whichever of its functions was called, with what. */
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
