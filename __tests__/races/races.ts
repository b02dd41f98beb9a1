/** Many runs at once against one sandbox. Returns the problems afterwards. */
import { fetchToken } from '../../sandbox/demo/stored-credentials.ts';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import type { HowToStart, World } from '../faults/world.ts';
import { inputs, openWorld, startAction } from '../faults/world.ts';

export interface Race {
  readonly title: string;
  run(how?: HowToStart): Promise<string[]>;
}

const runs = 20;
// Twenty runs share the machine: time enough that none gives up because of that. The look after a create is 6 s.
const patient = { timeout: '60' };
const creation = { method: 'POST', path: 're:/applications$' };

/** Starts them all at once. `more` gives the inputs of each, from 0 on. */
const startAll = (
  world: World,
  count: number,
  how: HowToStart,
  more: (index: number) => Record<string, string>,
): Promise<StepResult[]> =>
  Promise.all(
    Array.from({ length: count }, (_, index) => {
      const options = { ...how, timeoutMs: 600_000, env: { GITHUB_RUN_ID: String(index + 1) } };
      return startAction(world, inputs(world, more(index)), options).result;
    }),
  );

const failed = (steps: readonly StepResult[]): string[] =>
  steps.filter(({ conclusion }) => conclusion !== 'success').map(({ log }) => `a run failed:\n${log}`);

const named = async (world: World, start: string): Promise<readonly { id: string; name: string }[]> =>
  (await world.state()).applications.filter(({ name }) => name.startsWith(start));

async function wrongTokens({ ready }: World, steps: readonly StepResult[]): Promise<string[]> {
  const get = ({ outputs }: StepResult): Promise<void> =>
    fetchToken(ready.pingone.authUrl, {
      clientId: outputs.get('client-id') ?? '',
      clientSecret: outputs.get('client-secret') ?? '',
      environmentId: outputs.get('environment-id') ?? '',
    });
  const results = await Promise.allSettled(steps.map(get));
  return results.flatMap((result) => (result.status === 'rejected' ? [`no token: ${String(result.reason)}`] : []));
}

const clientIds = (steps: readonly StepResult[]): string[] => [
  ...new Set(steps.map(({ outputs }) => outputs.get('client-id') ?? 'none')),
];

async function inWorld(body: (world: World) => Promise<string[]>, ratePerMinute?: number): Promise<string[]> {
  const world = await openWorld(ratePerMinute === undefined ? {} : { ratePerMinute });
  try {
    return await body(world);
  } finally {
    await world.close();
  }
}

const forOneName = (hideFor: number): Race => ({
  title: `race: ${runs} runs for one name, with a list that lags by ${hideFor} ms`,
  run: (how = {}) =>
    inWorld(async (world) => {
      if (hideFor > 0) await world.faults([{ match: creation, times: runs, do: { hideFor } }]);
      const steps = await startAll(world, runs, how, () => ({ name: 'Race', ...patient }));
      const left = (await named(world, 'Race')).map(({ id }) => id);
      return [
        ...failed(steps),
        ...(left.length === 1 ? [] : [`there are ${left.length} workers`]),
        ...(String(clientIds(steps)) === String(left) ? [] : [`the runs put out ${String(clientIds(steps))}`]),
        ...(await wrongTokens(world, steps)),
      ];
    }),
});

const forDifferentNames: Race = {
  title: `race: ${runs} runs for different names`,
  run: (how = {}) =>
    inWorld(async (world) => {
      const steps = await startAll(world, runs, how, (index) => ({ name: `Race ${index}`, ...patient }));
      const results = steps.map(({ outputs }) => outputs.get('result'));
      const left = new Set((await named(world, 'Race')).map(({ name }) => name));
      return [
        ...failed(steps),
        ...(results.every((result) => result === 'created') ? [] : [`the results are ${String(results)}`]),
        ...(left.size === runs && clientIds(steps).length === runs ? [] : [`there are ${String([...left])}`]),
        ...(await wrongTokens(world, steps)),
      ];
    }),
};

/** Nothing can keep these from making several; all later runs have to agree on one, and say so. */
const withLongLag: Race = {
  title: 'race: a list that lags longer than the runs look',
  run: (how = {}) =>
    inWorld(async (world) => {
      // The look is 2 s.
      const [few, hideFor, given] = [4, 6_000, { name: 'Race', timeout: '20' }];
      await world.faults([{ match: creation, times: few, do: { hideFor } }]);
      const first = await startAll(world, few, how, () => given);
      await new Promise((resolve) => setTimeout(resolve, hideFor));
      const later = await startAll(world, few, how, () => given);
      const left = await named(world, 'Race');
      const warning = `${left.length} workers are named "Race"`;
      const silent = later.filter(({ annotations }) => !annotations.some(({ message }) => message.includes(warning)));
      return [
        ...failed([...first, ...later]),
        ...(left.length > 1 ? [] : ['there is one worker: the list did not lag']),
        ...(clientIds(later).length === 1 ? [] : [`the later runs put out ${String(clientIds(later))}`]),
        ...silent.map(({ log }) => `a run does not say that there are several:\n${log}`),
        ...(await wrongTokens(world, later)),
      ];
    }),
};

/**
 * Runs against a limit of requests a minute: all get through, none asks again before the time that it was told, or more
 * often than it has requests under way.
 *
 * @param left how many requests, and for how many seconds, are left of the first minute when the runs begin
 */
export const againstRateLimit = (
  count: number,
  perMinute: number,
  left: { readonly requests: number; readonly seconds: number },
): Race => ({
  title: `race: ${count} runs against a limit of ${perMinute} requests a minute`,
  run: (how = {}) =>
    inWorld(async (world) => {
      // The limit's minute is one of the sandbox's clock, and begins with the first request.
      const use = () => fetch(new URL('/v1/environments', world.ready.pingone.apiUrl));
      for (let used = 0; used < perMinute - left.requests; used += 1) await use();
      await world.advance(60 - left.seconds);
      const before = (await world.requests()).length;
      const steps = await startAll(world, count, how, (index) => ({ name: `Race ${index}`, timeout: '300' }));
      const log = (await world.requests()).slice(before).filter(({ server }) => server === 'pingone');
      const early = log.filter(({ start }) => start < log[0]!.start + 1000 * left.seconds);
      const waits = steps.map((step) => [...step.log.matchAll(/status 429; retrying in (\S+) s/g)]);
      const odd = waits.flat().filter(([, seconds]) => !/^[1-9]\d*\.\d$/.test(seconds ?? ''));
      const most = Math.max(...waits.map(({ length }) => length));
      return [
        ...failed(steps),
        // On a machine too slow to get there nobody meets it.
        ...(waits.flat().length > 0 || early.length <= left.requests ? [] : ['no run met the limit']),
        // A step has at most three requests under way, and each of these is told once a minute how long to wait.
        ...(most <= 3 ? [] : [`a run was refused ${most} times`]),
        ...odd.map(([line]) => `a wait that nobody asked for: ${line}`),
      ];
    }, perMinute),
});

/** What `npm run test:faults` runs with the bundle, one after the other. PingOne's documented limit is 600 a minute. */
export const races: readonly Race[] = [
  forOneName(0),
  forOneName(700),
  forDifferentNames,
  withLongLag,
  againstRateLimit(60, 600, { requests: 600, seconds: 60 }),
];
