/** Runs many cases simultaneously, each slot with its own sandbox: a case mostly waits. */
import type { Duel } from '../races/between.ts';
import { fight } from '../races/between.ts';
import type { Case } from './case.ts';
import { titleOf } from './case.ts';
import { openElsewhere, survive } from './cases.ts';
import type { HowToStart, World } from './world.ts';
import { openWorld } from './world.ts';

export interface Failure {
  readonly title: string;
  readonly problems: readonly string[];
}

export interface HowToRun extends HowToStart {
  /** How many cases at a time. */
  readonly slots: number;
  /** Told about each case when it is over. */
  readonly onCase?: (failure: Failure | undefined) => void;
}

/**
 * Runs the cases; resolves with those that did not survive. The steps are processes with the bundle, unless
 * `startProcess` says otherwise; those that get a signal always are.
 */
export async function runCases(cases: readonly Case[], { slots, onCase, ...how }: HowToRun): Promise<Failure[]> {
  const elsewhere = await openElsewhere();
  const work = (world: World, one: Case): Promise<string[]> => survive(world, one, elsewhere.origin, how);
  const failures = await inLanes(cases, { slots, onCase, titleOf, work });
  if (elsewhere.hits() > 0) {
    const failure = { title: 'redirects', problems: [`${elsewhere.hits()} were followed`] };
    failures.push(failure);
    onCase?.(failure);
  }
  elsewhere.close();
  return failures;
}

/** The same with two runs that race. */
export function runDuels(duels: readonly Duel[], { slots, onCase, ...how }: HowToRun): Promise<Failure[]> {
  const work = (world: World, duel: Duel): Promise<string[]> => fight(world, duel, how);
  return inLanes(duels, { slots, onCase, titleOf: ({ title }) => title, work });
}

interface Lanes<T> {
  readonly slots: number;
  readonly onCase: HowToRun['onCase'];
  readonly titleOf: (item: T) => string;
  /** What is wrong afterwards; empty when all is well. */
  readonly work: (world: World, item: T) => Promise<string[]>;
}

async function inLanes<T>(items: readonly T[], { slots, onCase, titleOf: name, work }: Lanes<T>): Promise<Failure[]> {
  const queue = [...items];
  const failures: Failure[] = [];
  const slot = async (): Promise<void> => {
    const world = await openWorld();
    for (let next = queue.shift(); next; next = queue.shift()) {
      const problems = await work(world, next).catch((error: unknown) => [String(error)]);
      const failure = problems.length > 0 ? { title: name(next), problems } : undefined;
      if (failure) failures.push(failure);
      onCase?.(failure);
    }
    await world.close();
  };
  await Promise.all(Array.from({ length: Math.min(slots, items.length) }, slot));
  return failures;
}
