// What the action costs, as ratios of things that are measured in turns on the same machine in the same minutes: the
// rows of docs/performance.md. usage: npm run bench [-- --json] [--quick] [--rounds N] [--rows 1,2,4] [--base DIR]
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { against } from './against.ts';
import { bytes } from './bytes.ts';
import { coldStart } from './cold-start.ts';
import { counts } from './counts.ts';
import { flows, hasCurlAndJq } from './flows.ts';
import { manyApplications } from './many-applications.ts';
import type { Row } from './row.ts';
import { scale } from './scale.ts';
import { isReached, table } from './row.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    rows: { type: 'string', default: '1,2,3,4,5,6,7,8' },
    base: { type: 'string' },
  },
});
const rounds = Math.max(1, Number(options.rounds ?? (options.quick ? 5 : 31)) || 0);
const wanted = new Set(options.rows.split(','));
const latencies = options.quick ? [0, 80] : [0, 20, 80];

const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  platform: `${process.platform}-${process.arch}`,
  node: process.version,
};

/** Each group on its own, so that only what is compared is measured in turns. */
async function measure(): Promise<Row[]> {
  const rows: Row[] = [];
  if (wanted.has('1')) rows.push(...(await coldStart(rounds)));
  if (wanted.has('2') || wanted.has('3')) {
    for (const latencyMs of latencies) rows.push(...(await flows(latencyMs, rounds)));
  }
  if (wanted.has('4')) rows.push(...(await counts()));
  if (wanted.has('5')) rows.push(...(await manyApplications(rounds)));
  if (wanted.has('6')) rows.push(...(await bytes()));
  if (wanted.has('7') && options.base !== undefined) rows.push(...(await against(options.base, rounds)));
  if (wanted.has('8')) rows.push(...(await scale()));
  return rows.filter(({ row }) => wanted.has(row[0] ?? '')).toSorted((a, b) => a.row.localeCompare(b.row));
}

const rows = await measure();
if (options.json) {
  const judged = rows.map((row) => ({ ...row, reached: isReached(row) }));
  console.log(JSON.stringify({ machine, rounds, hasCurlAndJq, rows: judged }, undefined, 2));
} else {
  const { cpu, cores, memoryGiB, platform, node } = machine;
  console.log(`${cpu}, ${cores} cores, ${memoryGiB} GiB, ${platform}, Node ${node}`);
  console.log(`medians of ${rounds} interleaved rounds\n`);
  console.log(table(rows));
  if (wanted.has('3') && !hasCurlAndJq) console.log('\nRow 3 is left out: curl and jq are not installed.');
}
