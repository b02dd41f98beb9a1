import type { Core } from '../../src/github/runner.ts';

/** A toolkit that records the calls of its functions. */
export function recordingCore() {
  const calls: [string, ...unknown[]][] = [];
  const summary = {
    addRaw(text: string) {
      calls.push(['summary', text]);
      return { write: () => Promise.resolve(summary) };
    },
  };
  const core = new Proxy({} as Core, {
    get: (_, name: string) =>
      name === 'summary'
        ? summary
        : (...values: unknown[]): void => {
            calls.push([name, ...values]);
          },
  });
  return { calls, core };
}
