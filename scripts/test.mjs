// All checks of this project, each counted; ends with `N passed, N failed`.
// usage: npm test                          lint, types, dist/, then every test
//        npm test -- <arguments for jest>  only the tests, e.g. `npm test -- __tests__/worker` or `npm test -- -t mask`
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pingoneContractStatus } from '../__tests__/contract/vendors.ts';
import { root, runNode } from './child.mjs';

const jestArgs = process.argv.slice(2);
const count = { passed: 0, failed: 0 };

/**
 * @param {string} name
 * @param {boolean} ok
 * @param {number} seconds
 */
function say(name, ok, seconds) {
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(6)} ${seconds.toFixed(1).padStart(5)} s`);
}

/**
 * Runs a stage, which counts as one check. What it says matters only when it fails.
 * @param {string} name
 * @param {string[]} args
 */
async function stage(name, args) {
  const { ok, output, seconds } = await runNode(args);
  say(name, ok, seconds);
  if (!ok) console.log(output.trimEnd());
  count[ok ? 'passed' : 'failed'] += 1;
}

/** The types are checked by ESLint (scripts/type-errors.mjs). */
async function stages() {
  await Promise.all([stage('lint', ['scripts/lint.mjs']), stage('dist', ['scripts/check-dist.mjs'])]);
}

/**
 * Runs jest, whose report goes to the terminal as it comes.
 * @param {string} folder where scripts/jest-counts.mjs and scripts/jest-file.mjs write
 * @returns {Promise<boolean>} whether jest itself was content
 */
function runJest(folder) {
  const child = spawn(process.execPath, ['node_modules/jest/bin/jest.js', ...jestArgs], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, JEST_RESULTS: folder },
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code === 0));
  });
}

async function tests() {
  const start = performance.now();
  const dir = mkdtempSync(join(tmpdir(), 'jest-'));
  const content = await runJest(dir);
  const written = (/** @type {string} */ name) =>
    existsSync(join(dir, name)) ? readFileSync(join(dir, name), 'utf8') : undefined;
  /** @type {{ passed: number, failed: number, skipped: number }} */
  const counted = JSON.parse(written('counts.json') ?? '{"passed":0,"failed":0,"skipped":0}');
  const isLate = written('late-errors') !== undefined;
  rmSync(dir, { recursive: true, force: true });
  const { passed, skipped } = counted;
  // Whatever else jest objected to, and a run without any test, must not pass for success.
  const failed = counted.failed || (content && passed > 0 && !isLate ? 0 : 1);
  say('tests', failed === 0, (performance.now() - start) / 1000);
  if (passed + counted.failed === 0) console.log('No test ran.');
  if (skipped > 0) console.log(`${skipped} skipped`);
  count.passed += passed;
  count.failed += failed;
}

/** Says whether the exchanges with the sandbox were held against PingOne's description, which is not ours to ship. */
function contract() {
  try {
    console.log(pingoneContractStatus().message);
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    count.failed += 1;
  }
}

if (jestArgs.length === 0) await stages();
await tests();
contract();
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exitCode = count.failed === 0 ? 0 : 1;
