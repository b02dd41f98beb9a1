// Runs the tests of one file for scripts/jest-runner.mjs, by what jest itself runs them with, jest-circus.
import { createEmptyTestResult } from '@jest/test-result';
import { getState, resetState, run } from 'jest-circus';
import { formatExecError, formatResultsErrors } from 'jest-message-util';
import { registerHooks } from 'node:module';
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
 * Errors that no test caught: of the file under way, or of one before it that was over already.
 * @type {unknown[]}
 */
const stray = [];
process.on('uncaughtException', (error) => stray.push(error));
process.on('unhandledRejection', (error) => stray.push(error));

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
 * @param {RunTestOptions} options
 * @returns {Promise<TestResult>} throws what the file throws before it has a test
 */
export default async function runFile({ testPath, config, globalConfig }) {
  const start = Date.now();
  resetState();
  const { testNamePattern, testTimeout, maxConcurrency } = globalConfig;
  Object.assign(getState(), {
    maxConcurrency,
    testNamePattern: testNamePattern ? new RegExp(testNamePattern, 'i') : null,
    ...(testTimeout ? { testTimeout } : {}),
  });
  // Where files run one after the other in this process, each is new.
  await import(`${pathToFileURL(testPath).href}?at=${start}`);
  const { testResults, unhandledErrors } = await run();

  const assertions = testResults.map(toAssertion);
  const count = (/** @type {string} */ wanted) => assertions.filter(({ status }) => status === wanted).length;
  const errors = [
    ...unhandledErrors,
    ...stray.splice(0).map((error) => formatExecError(toError(error), config, globalConfig)),
  ];
  const failures = [formatResultsErrors(assertions, config, globalConfig, testPath) ?? '', ...errors].join('\n').trim();
  const end = Date.now();
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

/** @param {unknown} thrown */
function toError(thrown) {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
