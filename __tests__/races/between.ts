/** Two runs that overlap in ways that a seed decides. Returns the problems afterwards. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import type { Seeded } from '../faults/seeded.ts';
import { seeded } from '../faults/seeded.ts';
import type { HowToStart, World } from '../faults/world.ts';
import { inputs, runInProcess, startAction, storing } from '../faults/world.ts';
import { wrongSecrets, wrongWorkers } from './aftermath.ts';
import type { Side, Start } from './sides.ts';
import { startsOf, workerName } from './sides.ts';

export interface Duel {
  readonly title: string;
  readonly pair: readonly [Side, Side];
  readonly start: Start;
  readonly seed: number;
}

/** The same two runs with these seeds. */
export function duelsOf(pair: readonly [Side, Side], seeds: readonly number[]): Duel[] {
  return seeds.map((seed) => {
    const start = seeded(seed).pick(startsOf(pair));
    const names = pair.map(({ name }) => name).join(' and ');
    return { title: `two runs: ${names}, from ${start}, seed ${seed}`, pair, start, seed };
  });
}

// Every window of the design is a share of it: what other runs are waited for is short, and a busy machine is in time.
const timeout = '20';
const longestHeadStartMs = 1_500;
const longestDelayMs = 900;
const mostDelays = 6;

/** Runs both at once, then each of them once more. */
export async function fight(world: World, { pair, start, seed }: Duel, how: HowToStart): Promise<string[]> {
  const random = seeded(seed);
  await world.reset();
  const id = await prepare(world, start);
  const run = (side: Side): Promise<StepResult> => runSide(world, side, pair, id, how);
  await world.faults(delays(random));
  const [first, second] = random.int(2) === 0 ? pair : [pair[1], pair[0]];
  const headStart = random.int(longestHeadStartMs);
  const results = await Promise.all([run(first), sleep(headStart).then(() => run(second))]);
  await world.faults([]);
  const known = pair.some(({ name }) => name === 'teardown') ? defeatsByTeardown : defeats;
  const problems = [
    ...results.flatMap((result, index) => wrongEnd(result, index === 0 ? first : second, known)),
    ...wrongSecrets(await world.state()),
    ...wrongWorkers(await world.state()),
  ];
  // A write that was on its way when a run removed its intent may bring it back: it is void after `timeout`.
  await world.advance(Number(timeout));
  for (const side of [first, second]) {
    const again = await run(side);
    if (again.conclusion !== 'success' && !mayRefuse(again, side, await world.state(), id)) {
      problems.push(`the next run of "${side.name}" failed: ${lastError(again)}`);
    }
    problems.push(...wrongSecrets(await world.state()).map((problem) => `after the next run: ${problem}`));
  }
  return problems.length > 0 ? [...problems, ...results.map(({ log }) => log.replaceAll('\n', '\n    '))] : [];
}

/** @returns the id of the worker that is there */
async function prepare(world: World, start: Start): Promise<string | undefined> {
  if (start === 'nothing') return undefined;
  if (start === 'a worker made by hand') {
    const create = { name: workerName, createdAt: '2026-01-05T08:00:00.000Z', enabled: true };
    return (await world.console({ create })).id;
  }
  const { conclusion, log, outputs } = await runInProcess(
    world,
    inputs(world, { name: workerName, timeout, ...storing(world) }),
  );
  if (conclusion !== 'success') throw new Error(`the run before the race failed:\n${log}`);
  await world.advance(3600);
  return outputs.get('client-id');
}

function runSide(
  world: World,
  side: Side,
  pair: readonly Side[],
  id: string | undefined,
  how: HowToStart,
): Promise<StepResult> {
  // Beside a rename the name finds another worker, or none.
  const isById = pair.some(({ renamesTo }) => renamesTo !== undefined) && id !== undefined;
  const name = side.renamesTo === undefined ? (isById ? {} : { name: workerName }) : { name: side.renamesTo };
  const given = { ...side.with(world), timeout, ...name, ...(isById ? { 'application-id': id } : {}) };
  const { repository } = side;
  const env = repository && { GITHUB_REPOSITORY: repository.fullName, GITHUB_REPOSITORY_ID: repository.id };
  return startAction(world, given, { ...how, ...(env ? { env } : {}) }).result;
}

const delayed = [
  { method: 'POST', path: 're:/applications$' },
  { method: 'GET', path: 're:/applications$' },
  { method: 'GET', path: 're:/applications/[^/]+$' },
  { method: 'PUT', path: 're:/applications/[^/]+$' },
  { method: 'DELETE', path: 're:/applications/[^/]+$' },
  { method: 'GET', path: 're:/metadata$' },
  { method: 'PUT', path: 're:/metadata$' },
  { method: 'GET', path: 're:/secret$' },
  { method: 'POST', path: 're:/secret$' },
  { method: 'PUT', path: 're:/secrets/' },
  { method: 'GET', path: 're:/secrets$' },
  { method: 'DELETE', path: 're:/secrets/' },
];

const delays = (random: Seeded): object[] =>
  Array.from({ length: random.int(mostDelays + 1) }, () => ({
    match: { ...random.pick(delayed), n: 1 + random.int(6) },
    do: { delay: random.int(longestDelayMs), when: random.pick(['before', 'after']) },
  }));

const lastError = ({ annotations, log }: StepResult): string =>
  annotations.findLast(({ level }) => level === 'error')?.message ?? log;

/** What a run may say that lost against the other: nothing was done, or what was done is undone. */
const defeats = [
  /^Another run is deleting this worker\./,
  /^The worker was deleted while this run stored its credentials\./,
  /^`state: absent`: another run is rotating the secret/,
  /^`state: absent`: the worker "[^"]+" was not deleted: its record belongs to /,
  /^`application-id`: the environment has no application /,
];

/** The worker was deleted before this run had written anything. */
const defeatsByTeardown = [
  ...defeats,
  /^PingOne refused .*: (GET|PUT) .*: 404 NOT_FOUND/,
  /^PingOne did not issue a token for the worker's credentials: 401 invalid_client/,
];

function wrongEnd(result: StepResult, { name }: Side, known: readonly RegExp[]): string[] {
  if (result.conclusion === 'success') return [];
  const message = lastError(result);
  return [
    ...(known.some((defeat) => defeat.test(message)) ? [] : [`"${name}" failed: ${message}`]),
    ...(/^.+\nLikely cause: .+\nWhat to do: .+$/.test(message) ? [] : [`the message is not three lines: ${message}`]),
  ];
}

type State = Awaited<ReturnType<World['state']>>;

/** A worker that is gone is not found by its id, and one that another repository created is not this one's to delete. */
function mayRefuse(again: StepResult, side: Side, { applications }: State, id: string | undefined): boolean {
  const isGone = id !== undefined && !applications.some((application) => application.id === id);
  if (isGone && /^`application-id`/.test(lastError(again))) return true;
  return side.name === 'teardown' && /its record belongs to octo\/tools/.test(lastError(again));
}
