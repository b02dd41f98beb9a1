/** Runs with several faults at once, chosen by a seed. */
import type { Case, Hit } from './case.ts';
import { isInterruption, interruptionNames } from './interruptions.ts';
import { faultNames } from './fault-list.ts';
import type { Seeded } from './seeded.ts';
import { seeded } from './seeded.ts';

/** A refusal that lasts is believed in the end: two of them at one kind of request are no disturbance any more. */
const lasting: readonly string[] = ['403 a while', '404 a while', 'redirect'];

function mayJoin(chosen: readonly Hit[], { target, fault }: Hit): boolean {
  const same = chosen.filter((other) => other.target.request === target.request);
  if (same.some((other) => other.target === target)) return false;
  return !lasting.includes(fault) || !same.some((other) => lasting.includes(other.fault));
}

/**
 * Cases of several faults in one run, each chosen by a seed of its own from the cases of one fault. Of the faults only
 * the last one may be the end of the process.
 *
 * @param count how many faults a case has, at least and at most
 */
function severalFaults(single: readonly Case[], seeds: readonly number[], count: readonly [number, number]): Case[] {
  const flows = [...new Set(single.map(({ flow }) => flow))];
  return seeds.map((seed) => {
    const random = seeded(seed);
    const flow = random.pick(flows);
    const hits = single.filter((one) => one.flow === flow).flatMap(({ hits: [hit] }) => (hit ? [hit] : []));
    return { flow, hits: chooseHits(random, hits, count), seed };
  });
}

function chooseHits(random: Seeded, all: readonly Hit[], [least, most]: readonly [number, number]): readonly Hit[] {
  const wanted = least + random.int(most - least + 1);
  const faults = all.filter(({ fault }) => !isInterruption(fault));
  const chosen: Hit[] = [];
  // One fault in as many as there are names is an interruption, as among the single ones.
  const isEnd = random.int(faultNames.length + interruptionNames.length) < interruptionNames.length;
  while (chosen.length < wanted) {
    const isLast = chosen.length === wanted - 1;
    const hit = random.pick(isLast && isEnd ? all.filter(({ fault }) => isInterruption(fault)) : faults);
    if (mayJoin(chosen, hit)) chosen.push(hit);
  }
  return chosen;
}

const numbers = (from: number, count: number): number[] => Array.from({ length: count }, (_, index) => from + index);

/** This many pairs of faults. */
export const pairsOfFaults = (single: readonly Case[], count: number): Case[] =>
  severalFaults(single, numbers(0, count), [2, 2]);

/** This many runs with two to five faults each. */
export const sequences = (single: readonly Case[], count: number): Case[] =>
  severalFaults(single, numbers(1_000, count), [2, 5]);
