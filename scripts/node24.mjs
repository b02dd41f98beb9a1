// Runs a script under Node 24, which the action runs on. First installs what a fresh clone lacks.
// usage: node scripts/node24.mjs <script> [arguments]
// Imports only modules of Node: it runs before `npm ci`, under any Node on the PATH.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === 'win32';

/** @param {string} path  @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }>} */
const packagesIn = (path) => JSON.parse(readFileSync(join(root, path), 'utf8')).packages;

/** Whether node_modules matches package-lock.json. npm writes its record last, so an interrupted install has none. */
function isInstalled() {
  const record = 'node_modules/.package-lock.json';
  if (!existsSync(join(root, record))) return false;
  const installed = packagesIn(record);
  return Object.entries(packagesIn('package-lock.json')).every(([path, { version, integrity, optional }]) => {
    const found = installed[path];
    // The record does not list the project itself, or optional packages of other platforms.
    return found ? found.version === version && found.integrity === integrity : path === '' || optional;
  });
}

/** @param {string} what @param {string} fix @returns {never} */
function stop(what, fix) {
  process.stderr.write(`${what}\nWhat to do: ${fix}\n`);
  process.exit(1);
}

/** Runs `npm ci`, with its output on stderr: stdout belongs to the script. */
function install() {
  process.stderr.write('Installing dependencies (npm ci) ...\n');
  // --include: with NODE_ENV=production npm leaves out the tools.
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync(windows ? 'npm.cmd' : 'npm', args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: windows,
  });
  if (status === 0 && isInstalled()) return;
  stop(
    `npm ci failed (exit code ${status}).`,
    'see the lines above. Run the command again when npm reaches its registry.',
  );
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** Installs unless that is done. One process at a time, since `npm ci` deletes node_modules first. */
function ensureInstalled() {
  // Not in the clone: a killed run would leave an untracked file there.
  const lock = join(tmpdir(), `npm-ci-${createHash('sha256').update(root).digest('hex').slice(0, 16)}.lock`);
  while (!isInstalled()) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
      if (owner && !isRunning(owner)) rmSync(lock, { force: true });
      continue;
    }
    if (!isInstalled()) install();
    rmSync(lock, { force: true });
  }
}

ensureInstalled();
const isNode24 = process.versions.node.startsWith('24.');
const packed = ['linux-x64/bin/node', 'win-x64/bin/node.exe'].map((path) => join(root, `node_modules/node-${path}`));
const node =
  (isNode24 ? process.execPath : packed.find((path) => existsSync(path))) ??
  stop(`Node 24 is required; found ${process.version}.`, 'put Node 24 on the PATH and run the command again.');

// Children that call `node` by name get Node 24 too.
const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env['PATH']}` };
const child = spawn(node, process.argv.slice(2), { cwd: root, stdio: 'inherit', env });
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    // In a terminal Ctrl-C reaches the child by itself.
    if (!(signal === 'SIGINT' && process.stdin.isTTY)) child.kill(signal);
  });
}
// npm and its shell do not pass signals on: end when the parent process is gone.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) child.kill('SIGTERM');
}, 250).unref();
child.on('error', (error) => stop(`${node} does not start: ${error.message}.`, 'put Node 24 on the PATH.'));
child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
