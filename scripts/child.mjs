// Runs a tool of this project in a process of its own and keeps what it says, so that several can work side by side.
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @typedef {{ ok: boolean, code: number | null, output: string, seconds: number }} Ended `output` is of both streams */

/**
 * @param {readonly string[]} args for this Node: a script and its arguments
 * @param {Readonly<Record<string, string>>} [env] variables on top of this process's own
 * @returns {Promise<Ended>}
 */
export function runNode(args, env = {}) {
  const start = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text));
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ ok: code === 0, code, output, seconds: (performance.now() - start) / 1000 });
    });
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
