import { beforeAll, describe, expect, test } from '@jest/globals';
import { startInProcess } from '../in-process/start.ts';
import type { Case } from './case.ts';
import { titleOf } from './case.ts';
import { allCases } from './cases.ts';
import { faultNames } from './fault-list.ts';
import { flows } from './flows.ts';
import { interruptionNames } from './interruptions.ts';
import { runCases } from './slots.ts';
import { pairsOfFaults, sequences } from './several.ts';

/**
 * A slice of the matrix for every day: each fault once, each at another request of another flow, in an order that is
 * always the same. `npm run test:faults` runs all of it, and the bundle where this runs `main` in its own process.
 */
function slice(cases: readonly Case[]): Case[] {
  return [...faultNames, ...interruptionNames].flatMap((fault, index) => {
    const flow = flows[index % flows.length];
    const own = cases.filter((one) => one.hits[0]?.fault === fault && one.flow === flow);
    return own.slice((index * 5 + 3) % own.length).slice(0, 1);
  });
}

describe('a fault during a run', () => {
  let cases: Case[];
  beforeAll(async () => {
    cases = await allCases();
  });

  test('is injected into every request of every flow in every way', () => {
    expect(new Set(cases.map(({ flow }) => flow))).toEqual(new Set(flows));
    expect(cases.length).toBeGreaterThan(4800);
    expect(new Set(cases.map(titleOf)).size).toBe(cases.length);
  });

  test('is repaired by the run or by the next one', async () => {
    const chosen = slice(cases);
    expect(chosen).toHaveLength(faultNames.length + interruptionNames.length);
    expect(await runCases(chosen, { slots: 6, startProcess: startInProcess })).toEqual([]);
  });

  test.each([
    ['two faults', pairsOfFaults],
    ['two to five faults', sequences],
  ])('is repaired if there are %s', async (_, choose) => {
    const chosen = choose(cases, 20);
    expect(new Set(chosen.map(titleOf)).size).toBe(20);
    expect(await runCases(chosen, { slots: 8, startProcess: startInProcess })).toEqual([]);
  });
});
