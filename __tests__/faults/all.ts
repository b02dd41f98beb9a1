// Injects every fault into every request of every flow, then two to five faults into one run, and checks the run and the
// next one. Then runs the races of two runs and of many.
// usage: npm run test:faults [-- <regular expression over the cases' titles>]
// The last line is `cases=N survived=N failed=N`; exits non-zero unless all survived.
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { startInProcess } from '../in-process/start.ts';
import { duelsOf } from '../races/between.ts';
import { races } from '../races/races.ts';
import { pairs } from '../races/sides.ts';
import { titleOf } from './case.ts';
import { allCases } from './cases.ts';
import type { Failure } from './slots.ts';
import { runCases, runDuels } from './slots.ts';
import { pairsOfFaults, sequences } from './several.ts';

const pairCount = 300;
const sequenceCount = 1_000;
const seeds = Array.from({ length: 20 }, (_, index) => index);

const start = performance.now();
const wanted = new RegExp(process.argv[2] ?? '');
const all = await allCases();
const single = all.filter((one) => wanted.test(titleOf(one)));
const several = [...pairsOfFaults(all, pairCount), ...sequences(all, sequenceCount)].filter((one) =>
  wanted.test(titleOf(one)),
);
const duels = pairs.flatMap((pair) => duelsOf(pair, seeds)).filter(({ title }) => wanted.test(title));
const chosenRaces = races.filter(({ title }) => wanted.test(title));
const total = single.length + several.length + duels.length + chosenRaces.length;
let done = 0;

function report(failure: Failure | undefined): void {
  done += 1;
  if (failure) console.log(`FAILED ${failure.title}\n  ${failure.problems.join('\n  ')}`);
  if (done % 100 === 0) console.log(`${done} of ${total} cases, ${Math.round((performance.now() - start) / 1000)} s`);
}

// Mostly waiting: three at a time for each core. Of the many combinations only what gets a signal is a process.
const how = { slots: 3 * availableParallelism(), onCase: report };
const inProcess = { ...how, startProcess: startInProcess };
const failures = [
  ...(await runCases(single, how)),
  ...(await runCases(several, inProcess)),
  ...(await runDuels(duels, inProcess)),
];
for (const race of chosenRaces) {
  const problems = await race.run().catch((error: unknown) => [String(error)]);
  const failure = problems.length > 0 ? { title: race.title, problems } : undefined;
  if (failure) failures.push(failure);
  report(failure);
}
const failed = failures.length;
console.log(`cases=${total} survived=${total - failed} failed=${failed}`);
process.exitCode = failed === 0 && total > 0 ? 0 : 1;
