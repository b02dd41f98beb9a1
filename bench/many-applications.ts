/** Row 5: what a large environment costs. Its list comes in pages of 100. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Subject } from './interleave.ts';
import { interleave, median } from './interleave.ts';
import { Lab } from './lab.ts';
import type { Row } from './row.ts';
import { root } from '../scripts/child.mjs';

const sizes = [10, 100, 1000] as const;

/** Measures unchanged runs among so many applications: time, and peak memory of the process. */
export async function manyApplications(rounds: number): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'bench-'));
  const peaks = new Map<number, number[]>(sizes.map((size) => [size, []]));
  const labs = await Promise.all(sizes.map((apps) => Lab.start({ apps })));
  try {
    const env = {
      NODE_OPTIONS: `--import=${pathToFileURL(join(root, 'bench/peak-memory.mjs')).href}`,
      PEAK_MEMORY_FILE: join(dir, 'peak'),
    };
    for (const lab of labs) await lab.byAction('Among many', 'created');
    const subjects = labs.map((lab, index) => async () => {
      rmSync(env.PEAK_MEMORY_FILE, { force: true });
      const { ms } = await lab.byAction('Among many', 'unchanged', {}, env);
      const kilobytes = readFileSync(env.PEAK_MEMORY_FILE, 'utf8').trim().split('\n').map(Number);
      peaks.get(sizes[index] ?? 0)?.push(Math.max(...kilobytes) / 1024);
      return ms;
    });
    const named = Object.fromEntries(
      subjects.map((subject, index): [string, Subject] => [String(sizes[index]), subject]),
    );
    const samples = await interleave(named, rounds);
    const times = sizes.map((size) => median(samples[size] ?? []));
    const memory = sizes.map((size) => median(peaks.get(size) ?? []));
    return [...rowsOf('time', times, 'ms'), ...rowsOf('peak memory', memory, 'MB')];
  } finally {
    rmSync(dir, { recursive: true, force: true });
    await Promise.all(labs.map((lab) => lab.close()));
  }
}

function rowsOf(what: string, [first = NaN, ...others]: readonly number[], unit: 'ms' | 'MB'): Row[] {
  return others.map((value, index) => ({
    row: '5',
    what: `${what}, ${sizes[index + 1] ?? 0} applications`,
    value,
    unit,
    against: { what: `${sizes[0]} applications`, value: first },
    ratio: value / first,
  }));
}
