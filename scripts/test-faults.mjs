// Breaks every request of every flow in every way, and looks whether the action and its next run survive it.
// usage: npm run test:faults [-- <regular expression over the cases' titles>]
// The last line is `cases=N survived=N failed=N`; exits non-zero unless all survived.
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { allCases, titleOf } from '../__tests__/faults/cases.ts';
import { runCases } from '../__tests__/faults/lanes.ts';

const start = performance.now();
const wanted = new RegExp(process.argv[2] ?? '');
const cases = (await allCases()).filter((one) => wanted.test(titleOf(one)));
// Mostly waiting: three at a time for each core.
const lanes = Math.min(cases.length, 3 * availableParallelism());
let done = 0;
const failures = await runCases(cases, lanes, (failure) => {
  done += 1;
  if (failure) console.log(`FAILED ${failure.title}\n  ${failure.problems.join('\n  ')}`);
  if (done % 100 === 0)
    console.log(`${done} of ${cases.length} cases, ${Math.round((performance.now() - start) / 1000)} s`);
});
const failed = failures.length;
console.log(`cases=${cases.length} survived=${cases.length - failed} failed=${failed}`);
process.exitCode = failed === 0 && cases.length > 0 ? 0 : 1;
