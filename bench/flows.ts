/** Rows 2 and 3: whole runs at a latency, against what they cannot do without, and against the same by hand. */
import { spawnSync } from 'node:child_process';
import { startNode } from './cold-start.ts';
import type { Subject } from './interleave.ts';
import { interleave, median } from './interleave.ts';
import type { Result, Run } from './lab.ts';
import { Lab } from './lab.ts';
import type { Row } from './row.ts';

/** Whether row 3 can be measured here: both come with Debian and Ubuntu (`apt-get install -y curl jq`). */
export const hasCurlAndJq = ['curl', 'jq'].every((tool) => spawnSync(tool, ['--version']).status === 0);

type Way = (name: string, expected: Result) => Promise<Run>;

/** What is known of one kind of run after all rounds. */
interface Kind {
  readonly result: Result;
  readonly action: readonly number[];
  readonly hand: readonly number[] | undefined;
  /** Milliseconds that each run of the action waited for responses, at least. */
  readonly waited: readonly number[];
}

/** Measures an unchanged and a creating run at this latency. */
export async function flows(latencyMs: number, rounds: number): Promise<Row[]> {
  const lab = await Lab.start({ latencyMs });
  try {
    const waited: Record<Result, number[]> = { unchanged: [], created: [] };
    const byAction: Way = async (name, expected) => {
      const run = await lab.byAction(name, expected);
      waited[expected].push(run.waiting.ms);
      return run;
    };
    const byHand: Way = (name, expected) => lab.byHand(name, expected);
    await byAction('By action', 'created');
    if (hasCurlAndJq) await byHand('By hand', 'created');
    const samples = await interleave(
      {
        node: startNode,
        unchangedByAction: async () => (await byAction('By action', 'unchanged')).ms,
        createdByAction: creating(lab, byAction, 'New by action'),
        ...(hasCurlAndJq ? { unchangedByHand: async () => (await byHand('By hand', 'unchanged')).ms } : {}),
        ...(hasCurlAndJq ? { createdByHand: creating(lab, byHand, 'New by hand') } : {}),
      } as Record<'node' | `${Result}ByAction` | `${Result}ByHand`, Subject>,
      rounds,
    );
    return (['unchanged', 'created'] as const).flatMap((result) => {
      const [action, hand] = [samples[`${result}ByAction`], samples[`${result}ByHand`] as number[] | undefined];
      return rowsOf({ result, action, hand, waited: waited[result] }, median(samples.node), latencyMs);
    });
  } finally {
    await lab.close();
  }
}

function creating(lab: Lab, way: Way, name: string): Subject {
  return async () => {
    const run = await way(name, 'created');
    await lab.remove(run.clientId);
    return run.ms;
  };
}

function rowsOf({ result, action, hand, waited }: Kind, node: number, latencyMs: number): Row[] {
  const value = median(action);
  const floor = node + median(waited);
  const what = `${result}, ${latencyMs} ms latency`;
  const sum: Row = {
    row: '2',
    what,
    value,
    unit: 'ms',
    against: { what: 'node -e 0 and the waiting', value: floor },
    ratio: value / floor,
    ...(latencyMs >= 80 ? { target: { atMost: 1.25 } } : {}),
  };
  if (!hand) return [sum];
  const against = { what: 'curl and jq', value: median(hand) };
  const target = { atLeast: latencyMs >= 80 ? 1.3 : 1 };
  return [sum, { row: '3', what, value, unit: 'ms', against, ratio: against.value / value, target }];
}
