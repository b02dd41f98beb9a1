import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';

/**
 * Milliseconds from starting Node until it has ended, or until a text shows up on its stdout.
 *
 * @param args for Node
 * @param until the text; the process then still runs to its end, so that it does not disturb the next one
 */
export async function timeNode(args: readonly string[], env: NodeJS.ProcessEnv, until?: string): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
  let output = '';
  let seen: number | undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (until !== undefined && output.includes(until)) seen ??= performance.now() - start;
  });
  await once(child, 'close');
  if (until === undefined) return performance.now() - start;
  if (seen === undefined) throw new Error(`node ${args.join(' ')} never said ${until}, but:\n${output}`);
  return seen;
}

/** The middle of the values; of an even number of them, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}
