/** Many cases side by side, each lane with a sandbox of its own: most of a case is waiting. */
import type { Case } from './cases.ts';
import { openElsewhere, survive, titleOf } from './cases.ts';
import type { HowToStart } from './world.ts';
import { openWorld } from './world.ts';

export interface Failure {
  readonly title: string;
  readonly problems: readonly string[];
}

export interface HowToRun extends HowToStart {
  /** How many cases at a time. */
  readonly lanes: number;
  /** Told about each case when it is over. */
  readonly onCase?: (failure: Failure | undefined) => void;
}

/**
 * Runs the cases; resolves with those that did not survive. The steps are processes with the bundle, unless
 * `startProcess` says otherwise; those that get a signal always are.
 */
export async function runCases(
  cases: readonly Case[],
  { lanes, onCase = () => undefined, ...how }: HowToRun,
): Promise<Failure[]> {
  const elsewhere = await openElsewhere();
  const queue = [...cases];
  const failures: Failure[] = [];
  const lane = async (): Promise<void> => {
    const world = await openWorld();
    for (let next = queue.shift(); next; next = queue.shift()) {
      const problems = await survive(world, next, elsewhere.origin, how).catch((error: unknown) => [String(error)]);
      const failure = problems.length > 0 ? { title: titleOf(next), problems } : undefined;
      if (failure) failures.push(failure);
      onCase(failure);
    }
    await world.close();
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (elsewhere.hits() > 0) {
    const failure = { title: 'redirects', problems: [`${elsewhere.hits()} were followed`] };
    failures.push(failure);
    onCase(failure);
  }
  elsewhere.close();
  return failures;
}
