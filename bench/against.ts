/** Row 7: this bundle against that of an earlier commit, in turns. */
import { interleave, median } from './interleave.ts';
import type { Inputs, Result } from './lab.ts';
import { Lab } from './lab.ts';
import type { Row } from './row.ts';

const latencyMs = 80;

const flows = [
  { what: 'unchanged', result: 'unchanged', stores: false, atMost: 0.75 },
  { what: 'created', result: 'created', stores: false, atMost: 0.9 },
  { what: 'unchanged, stored in the repository', result: 'unchanged', stores: true, atMost: 0.55 },
] as const;

/** @param base a checkout of the earlier commit, with its dist/ */
export async function against(base: string, rounds: number): Promise<Row[]> {
  const [now, before] = [await Lab.start({ latencyMs }), await Lab.start({ latencyMs }, base)];
  try {
    const rows: Row[] = [];
    for (const { what, result, stores, atMost } of flows) {
      const samples = await interleave(
        { now: await subject(now, result, stores), before: await subject(before, result, stores) },
        rounds,
      );
      const [value, earlier] = [median(samples.now), median(samples.before)];
      rows.push({
        row: '7',
        what: `${what}, ${latencyMs} ms latency`,
        value,
        unit: 'ms',
        against: { what: 'the earlier commit', value: earlier },
        ratio: value / earlier,
        target: { atMost },
      });
    }
    return rows;
  } finally {
    await Promise.all([now.close(), before.close()]);
  }
}

async function subject(lab: Lab, result: Result, stores: boolean): Promise<() => Promise<number>> {
  const inputs: Inputs = { environment: lab.environmentId, ...(stores ? lab.storing : {}) };
  const name = stores ? 'Stored' : 'Not stored';
  if (result === 'unchanged') await lab.byAction(name, 'created', inputs);
  return async () => {
    const run = await lab.byAction(result === 'created' ? 'New' : name, result, inputs);
    if (result === 'created') await lab.remove(run.clientId);
    return run.ms;
  };
}
