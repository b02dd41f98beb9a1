// Runs all checks of this project and ends with `N passed, N failed`.
// usage: npm test                          lint, dist/, then every test
//        npm test -- <arguments for Jest>  only the tests, e.g. `npm test -- __tests__/http` or `npm test -- -t mask`
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pingoneContractStatus } from '../__tests__/contract/vendors.ts';
import { messageOf, runNode } from './child.mjs';

const jestArgs = process.argv.slice(2);
const count = { passed: 0, failed: 0 };

/** @type {(name: string, ok: boolean, detail: string) => void} */
function report(name, ok, detail) {
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} ${detail}`);
  count[ok ? 'passed' : 'failed'] += 1;
}

/**
 * Runs a script that counts as one check. Its output matters only if it fails.
 * @param {string} name
 * @param {string[]} args
 */
async function check(name, args) {
  const { ok, output, seconds } = await runNode(args);
  report(name, ok, `${seconds.toFixed(1)} s${ok ? '' : `\n${output.trimEnd()}`}`);
}

async function tests() {
  const folder = mkdtempSync(join(tmpdir(), 'jest-'));
  const outputFile = join(folder, 'result.json');
  const jest = ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${outputFile}`, ...jestArgs];
  const { ok } = await runNode(jest, { stdio: 'inherit' });
  try {
    /** @type {Record<'numPassedTests' | 'numFailedTests' | 'numRuntimeErrorTestSuites', number>} */
    const result = JSON.parse(readFileSync(outputFile, 'utf8'));
    count.passed += result.numPassedTests;
    // A file that does not load has no tests: it counts as one.
    const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    count.failed += failed;
    if (failed === 0 && !(ok && result.numPassedTests > 0)) report('jest', false, 'passed no test, or ended early');
  } catch (error) {
    report('jest', false, messageOf(error));
  }
  rmSync(folder, { recursive: true });
}

if (jestArgs.length === 0)
  await Promise.all([check('lint', ['scripts/lint.mjs']), check('dist', ['scripts/build.mjs', '--check'])]);
await tests();
try {
  console.log(pingoneContractStatus().message);
} catch (error) {
  report('contract', false, messageOf(error));
}
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exitCode = count.failed === 0 ? 0 : 1;
