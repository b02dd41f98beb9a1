// Runs the tests of one file for scripts/jest-runner.mjs, by what jest itself runs them with, jest-circus.
import { jestExpect } from '@jest/expect';
import { createEmptyTestResult } from '@jest/test-result';
import { addEventHandler, getState, resetState, run } from 'jest-circus';
import { formatExecError, formatResultsErrors } from 'jest-message-util';
import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** @import { AssertionResult, TestResult } from '@jest/test-result' */
/** @typedef {Awaited<ReturnType<typeof run>>['testResults'][number]} CircusResult */
/** @import { RunTestOptions } from 'create-jest-runner' */

const globals = new URL('./jest-globals.mjs', import.meta.url).href;
registerHooks({
  resolve: (name, context, next) =>
    name === '@jest/globals' ? { url: globals, shortCircuit: true } : next(name, context),
});

/**
 * The file under way.
 * @type {string | undefined}
 */
let underWay;
/**
 * Its errors that no test caught.
 * @type {Error[]}
 */
const stray = [];

/** @param {unknown} thrown */
function keep(thrown) {
  if (underWay !== undefined) {
    stray.push(thrown instanceof Error ? thrown : new Error(String(thrown)));
    return;
  }
  // The file that it comes from is over and has its result. For jest's own process the exit code says that something is
  // wrong; in another it is not asked for.
  console.error('After the last test of a file:', thrown);
  process.exitCode = 1;
  const folder = process.env['JEST_RESULTS'];
  if (folder) appendFileSync(join(folder, 'late-errors'), `${String(thrown)}\n`);
}
process.on('uncaughtException', keep);
process.on('unhandledRejection', keep);
process.on('exit', () => {
  if (underWay !== undefined) console.error(`The process ended while it ran ${underWay}`);
});

// What `expect.assertions(n)` and `expect.hasAssertions()` missed.
addEventHandler((event) => {
  if (event.name !== 'test_done') return;
  event.test.errors.push(...jestExpect.extractExpectedAssertionsErrors().map(({ error }) => error));
});

/**
 * @param {CircusResult} result
 * @returns {AssertionResult['status']}
 */
function statusOf({ status, errors }) {
  if (status === 'skip') return 'pending';
  if (status === 'todo') return 'todo';
  return errors.length > 0 ? 'failed' : 'passed';
}

/**
 * @param {CircusResult} result
 * @returns {AssertionResult}
 */
function toAssertion(result) {
  const { testPath, errors, errorsDetailed, duration, numPassingAsserts } = result;
  const titles = testPath.slice(1);
  return {
    ancestorTitles: titles.slice(0, -1),
    title: titles.at(-1) ?? '',
    fullName: titles.join(' '),
    status: statusOf(result),
    duration: duration ?? null,
    failureMessages: [...errors],
    failureDetails: [...errorsDetailed],
    numPassingAsserts,
  };
}

/**
 * @param {string} path
 * @param {RunTestOptions['globalConfig']} settings
 */
async function runTests(path, { testNamePattern, testTimeout, maxConcurrency }) {
  resetState();
  Object.assign(getState(), {
    maxConcurrency,
    testNamePattern: testNamePattern ? new RegExp(testNamePattern, 'i') : null,
    ...(testTimeout ? { testTimeout } : {}),
  });
  // Where files run one after the other in this process, each is new.
  await import(`${pathToFileURL(path).href}?at=${Date.now()}`);
  return run();
}

/**
 * @param {RunTestOptions} options
 * @returns {Promise<TestResult>} throws what the file throws before it has a test
 */
export default async function runFile({ testPath, config, globalConfig }) {
  const start = Date.now();
  underWay = testPath;
  const { testResults, unhandledErrors } = await runTests(testPath, globalConfig).finally(() => {
    underWay = undefined;
  });
  const end = Date.now();

  const assertions = testResults.map(toAssertion);
  const count = (/** @type {string} */ wanted) => assertions.filter(({ status }) => status === wanted).length;
  const errors = [...unhandledErrors, ...stray.splice(0).map((error) => formatExecError(error, config, globalConfig))];
  const failures = [formatResultsErrors(assertions, config, globalConfig, testPath) ?? '', ...errors].join('\n').trim();
  return {
    ...createEmptyTestResult(),
    testFilePath: testPath,
    testResults: assertions,
    numPassingTests: count('passed'),
    numFailingTests: count('failed'),
    numPendingTests: count('pending'),
    numTodoTests: count('todo'),
    failureMessage: failures || null,
    perfStats: { ...createEmptyTestResult().perfStats, start, end, runtime: end - start },
    ...(errors.length > 0 ? { testExecError: { message: '', stack: errors.join('\n') } } : {}),
  };
}
