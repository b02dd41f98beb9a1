// How long the action takes, in milliseconds and as a multiple of what Node itself takes on the same machine in the
// same minute, which is the number to compare. usage: npm run bench [-- --json] [--rounds N]
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { median } from './process-time.ts';
import type { Sample, Scenario } from './scenarios.ts';
import { coldStart, creatingRun, nothing, unchangedRun } from './scenarios.ts';

interface Row {
  readonly name: string;
  /** Median. */
  readonly ms: number;
  /** To the median of `node -e 0`. */
  readonly ratio: number;
  /** Each round's count, fewest to most: `[8]`, or `[11, 12]` where the rounds differ. */
  readonly requests: readonly number[];
}

const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  platform: `${process.platform}-${process.arch}`,
  node: process.version,
};

/** One of each a round: whatever else the machine does meets all of them alike. */
async function measure(scenarios: readonly Scenario[], rounds: number): Promise<Sample[][]> {
  const samples: Sample[][] = scenarios.map(() => []);
  // The first round fills the file cache, and does not count.
  for (let round = 0; round <= rounds; round++) {
    for (const [index, scenario] of scenarios.entries()) {
      const sample = await scenario.run();
      if (round > 0) samples[index]?.push(sample);
    }
  }
  return samples;
}

function rowsOf(scenarios: readonly Scenario[], samples: readonly Sample[][]): Row[] {
  const medians = samples.map((list) => median(list.map(({ ms }) => ms)));
  return scenarios.map(({ name }, index) => {
    const ms = medians[index] ?? NaN;
    const counts = new Set(samples[index]?.flatMap(({ requests }) => requests ?? []));
    return { name, ms, ratio: ms / (medians[0] ?? NaN), requests: [...counts].toSorted((a, b) => a - b) };
  });
}

function print(rows: readonly Row[], rounds: number): void {
  console.log(
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.platform}, Node ${machine.node}`,
  );
  console.log(`medians of ${rounds} interleaved rounds\n`);
  const width = Math.max(...rows.map(({ name }) => name.length));
  console.log(`${''.padEnd(width)}        ms    ratio  requests`);
  for (const { name, ms, ratio, requests } of rows) {
    const numbers = [ms.toFixed(1).padStart(10), `${ratio.toFixed(2)}x`.padStart(9), requests.join(', ').padStart(10)];
    console.log(name.padEnd(width) + numbers.join(''));
  }
}

const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '21' } },
});
const rounds = Math.max(1, Number(options.rounds) || 0);
const scenarios = [
  nothing(),
  coldStart(),
  await unchangedRun(0),
  await creatingRun(0),
  await unchangedRun(20),
  await creatingRun(20),
];
try {
  const rows = rowsOf(scenarios, await measure(scenarios, rounds));
  if (options.json) console.log(JSON.stringify({ machine, rounds, rows }, undefined, 2));
  else print(rows, rounds);
} finally {
  await Promise.all(scenarios.map((scenario) => scenario.close()));
}
