// A reporter for jest: writes how many tests there were, for scripts/test.mjs, into the file that JEST_COUNTS names.
import { writeFileSync } from 'node:fs';

export default class Counts {
  /**
   * @param {unknown} _contexts
   * @param {import('@jest/reporters').AggregatedResult} result
   */
  onRunComplete(_contexts, result) {
    const file = process.env['JEST_COUNTS'];
    if (!file) return;
    const counts = {
      passed: result.numPassedTests,
      // A file that did not even load has no test in it: it counts as one.
      failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
      skipped: result.numPendingTests + result.numTodoTests,
    };
    writeFileSync(file, JSON.stringify(counts));
  }
}
