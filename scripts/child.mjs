// Runs a tool of this project in a process of its own, so that several can run side by side.
import { spawn } from 'node:child_process';

/** The project's folder: npm, scripts/node24.mjs and Jest start here. */
export const root = process.cwd();

/** @typedef {{ ok: boolean, code: number | null, output: string, seconds: number }} Ended `output` is of both streams */

/**
 * @param {readonly string[]} args for this Node: a script and its arguments
 * @param {{ stdio?: 'inherit' | 'pipe' }} [options] `inherit` shows the output instead of collecting it
 * @returns {Promise<Ended>}
 */
export function runNode(args, { stdio = 'pipe' } = {}) {
  const start = performance.now();
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', stdio, stdio] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text));
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ ok: code === 0, code, output, seconds: (performance.now() - start) / 1000 }));
  });
}

/** @param {unknown} error */
export const messageOf = (error) => (Error.isError(error) ? error.message : String(error));

/**
 * Ends a script with the message alone: a stack would hide it.
 * @param {unknown} error
 * @returns {never}
 */
export function fail(error) {
  console.error(messageOf(error));
  process.exit(1);
}
