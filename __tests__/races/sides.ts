/** The kinds of runs in a race: each is one run of the action in its own workflow. */
import type { World } from '../faults/world.ts';
import { inputs, storing } from '../faults/world.ts';

export const workerName = 'Race';

/** A run, as one side of a race. */
export interface Side {
  readonly name: string;
  /** The inputs beside `name` or `application-id`. */
  with(world: World): Record<string, string>;
  /** The repository whose workflow it is; without it, the sandbox's main one. */
  readonly repository?: { readonly id: string; readonly fullName: string };
  /** Needs a worker that is there before. */
  readonly needsWorker?: true;
  /** The name that the worker has afterwards: such a run finds it by its id. */
  readonly renamesTo?: string;
}

const store = (world: World, more: Record<string, string> = {}): Record<string, string> => ({
  ...inputs(world, { ...storing(world) }),
  ...more,
});

export const sides: readonly Side[] = [
  { name: 'ensure', with: (world) => store(world) },
  { name: 'rotate', with: (world) => store(world, { 'rotate-secret': 'true' }) },
  { name: 'teardown', with: (world) => store(world, { state: 'absent' }), needsWorker: true },
  {
    name: 'another repository',
    with: (world) => store(world),
    repository: { id: '1003', fullName: 'octo/tools' },
  },
  { name: 'rename', with: (world) => store(world), needsWorker: true, renamesTo: 'Race, renamed' },
  { name: 'another target', with: (world) => store(world, { 'store-in': 'github-environment:staging' }) },
  { name: 'another prefix', with: (world) => store(world, { 'secret-prefix': 'OTHER_' }) },
];

/** What a run has before its race with another. */
export const starts = ['nothing', 'a worker', 'a worker made by hand'] as const;

export type Start = (typeof starts)[number];

/** The starts that make sense for these two. */
export function startsOf(pair: readonly Side[]): readonly Start[] {
  if (pair.some(({ name }) => name === 'teardown')) return ['a worker'];
  return pair.some(({ needsWorker }) => needsWorker) ? ['a worker', 'a worker made by hand'] : starts;
}

/** Every two of them, each with itself as well. */
export const pairs: readonly (readonly [Side, Side])[] = sides.flatMap((one, index) =>
  sides.slice(index).map((other) => [one, other] as const),
);
