// A reporter for jest: writes how many tests there were, for scripts/test.mjs, into the folder that JEST_RESULTS names.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export default class Counts {
  /**
   * @param {unknown} _contexts
   * @param {import('@jest/test-result').AggregatedResult} result
   */
  onRunComplete(_contexts, result) {
    const folder = process.env['JEST_RESULTS'];
    if (!folder) return;
    const counts = {
      passed: result.numPassedTests,
      // A file that did not even load has no test in it: it counts as one.
      failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
      skipped: result.numPendingTests + result.numTodoTests,
    };
    writeFileSync(join(folder, 'counts.json'), JSON.stringify(counts));
  }
}
