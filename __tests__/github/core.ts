import type { Core } from '../../src/github/runner.ts';

/** The toolkit, as a list of what was asked of it. */
export function recordingCore() {
  const calls: [string, ...unknown[]][] = [];
  const record =
    (name: string) =>
    (...values: unknown[]): void => {
      calls.push([name, ...values]);
    };
  const summary = {
    addRaw(text: string) {
      calls.push(['summary', text]);
      return { write: () => Promise.resolve(summary) };
    },
  };
  const names = ['setSecret', 'setOutput', 'setFailed', 'info', 'notice', 'warning', 'debug'] as const;
  const functions = Object.fromEntries(names.map((name) => [name, record(name)]));
  return { calls, core: { ...functions, summary } as unknown as Core };
}
