// Runs a tool of this project in a process of its own and keeps what it says, so that several can work side by side.
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @typedef {{ ok: boolean, output: string, seconds: number }} Ended */

/**
 * @param {readonly string[]} args for this Node: a script and its arguments
 * @returns {Promise<Ended>}
 */
export function runNode(args) {
  const start = performance.now();
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text));
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ ok: code === 0, output, seconds: (performance.now() - start) / 1000 }));
  });
}

/**
 * Ends a script whose work failed for a reason that its message explains: a stack would only bury it.
 * @param {unknown} error
 * @returns {never}
 */
export function fail(error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
