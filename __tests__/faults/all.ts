// Breaks every request of every flow in every way, and looks whether the action and its next run survive it; then the
// races, of many runs at once.
// usage: npm run test:faults [-- <regular expression over the cases' titles>]
// The last line is `cases=N survived=N failed=N`; exits non-zero unless all survived.
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { allCases, titleOf } from './cases.ts';
import type { Failure } from './lanes.ts';
import { runCases } from './lanes.ts';
import { races } from '../races/races.ts';

const start = performance.now();
const wanted = new RegExp(process.argv[2] ?? '');
const cases = (await allCases()).filter((one) => wanted.test(titleOf(one)));
const chosenRaces = races.filter(({ title }) => wanted.test(title));
const total = cases.length + chosenRaces.length;
let done = 0;

function report(failure: Failure | undefined): void {
  done += 1;
  if (failure) console.log(`FAILED ${failure.title}\n  ${failure.problems.join('\n  ')}`);
  if (done % 100 === 0) console.log(`${done} of ${total} cases, ${Math.round((performance.now() - start) / 1000)} s`);
}

// Mostly waiting: three at a time for each core.
const lanes = Math.min(cases.length, 3 * availableParallelism());
const failures = await runCases(cases, { lanes, onCase: report });
for (const race of chosenRaces) {
  const problems = await race.run().catch((error: unknown) => [String(error)]);
  const failure = problems.length > 0 ? { title: race.title, problems } : undefined;
  if (failure) failures.push(failure);
  report(failure);
}
const failed = failures.length;
console.log(`cases=${total} survived=${total - failed} failed=${failed}`);
process.exitCode = failed === 0 && total > 0 ? 0 : 1;
