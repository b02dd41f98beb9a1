import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { fetchToken } from '../../sandbox/demo/stored-credentials.ts';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import { inputs, openWorld, startAction, type World } from '../faults/world.ts';

const runs = 20;
// Twenty processes share the machine: time enough that none gives up because of that. The look after a create is 6 s.
const patient = { timeout: '60' };

describe('twenty runs at once', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  beforeEach(() => world.reset());
  afterAll(() => world.close());

  const runAll = (nameOf: (index: number) => string): Promise<StepResult[]> =>
    Promise.all(
      Array.from(
        { length: runs },
        (_, index) => startAction(world, inputs(world, { name: nameOf(index), ...patient })).result,
      ),
    );

  const workers = async (): Promise<readonly { id: string; name: string }[]> =>
    (await world.state()).applications.filter(({ name }) => name.startsWith('Race'));

  const getToken = (step: StepResult): Promise<void> =>
    fetchToken(world.ready.pingone.authUrl, {
      clientId: step.outputs.get('client-id') ?? '',
      clientSecret: step.outputs.get('client-secret') ?? '',
      environmentId: step.outputs.get('environment-id') ?? '',
    });

  const failures = (steps: readonly StepResult[]): string[] =>
    steps.filter(({ conclusion }) => conclusion !== 'success').map(({ log }) => log);

  test.each([0, 700])(
    'for one name agree on one worker, with a list that lags by %i ms',
    async (hideFor) => {
      const match = { method: 'POST', path: 're:/applications$' };
      if (hideFor > 0) await world.faults([{ match, times: runs, do: { hideFor } }]);
      const steps = await runAll(() => 'Race');
      expect(failures(steps)).toEqual([]);
      const left = await workers();
      expect(left).toHaveLength(1);
      expect(new Set(steps.map(({ outputs }) => outputs.get('client-id')))).toEqual(new Set([left[0]?.id]));
      await getToken(steps[0]!);
    },
    60_000,
  );

  test('for different names make one worker each, and touch no other', async () => {
    const steps = await runAll((index) => `Race ${index}`);
    expect(failures(steps)).toEqual([]);
    expect(steps.map(({ outputs }) => outputs.get('result'))).toEqual(Array<string>(runs).fill('created'));
    expect((await workers()).map(({ name }) => name).sort()).toEqual(steps.map((_, index) => `Race ${index}`).sort());
    await Promise.all(steps.map(getToken));
  }, 60_000);

  test('whose list lags longer than they look leave several, of which all later runs take the same', async () => {
    const few = 4;
    const start = (): Promise<StepResult[]> =>
      Promise.all(
        Array.from({ length: few }, () => startAction(world, inputs(world, { name: 'Race', timeout: '20' })).result),
      );
    // The look is 2 s.
    const hideFor = 6000;
    await world.faults([{ match: { method: 'POST', path: 're:/applications$' }, times: few, do: { hideFor } }]);
    expect(failures(await start())).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, hideFor));
    const later = await start();
    expect(failures(later)).toEqual([]);
    expect(new Set(later.map(({ outputs }) => outputs.get('client-id'))).size).toBe(1);
    const left = await workers();
    expect(left.length).toBeGreaterThan(1);
    for (const { annotations } of later) {
      expect(annotations.map(({ message }) => message).join()).toContain(`${left.length} workers are named "Race"`);
    }
  }, 60_000);
});

test('runs against the rate limit wait as they are told, and get through', async () => {
  const perMinute = 100;
  const count = 12;
  const world = await openWorld({ ratePerMinute: perMinute });
  // The limit's minute is one of the sandbox's clock: what is left of the first one is five seconds.
  await fetch(new URL('/v1/environments', world.ready.pingone.apiUrl));
  await world.advance(55);
  const steps = await Promise.all(
    Array.from(
      { length: count },
      (_, index) => startAction(world, inputs(world, { name: `Rate ${index}`, timeout: '120' })).result,
    ),
  );
  const log = await world.requests();
  await world.close();
  expect(steps.filter(({ conclusion }) => conclusion !== 'success').map(({ log: text }) => text)).toEqual([]);
  const refused = log.filter(({ status }) => status === 429).length;
  expect(refused).toBeGreaterThan(0);
  // Each run has at most three requests under way, and each of these is told once how long to wait.
  expect(refused).toBeLessThanOrEqual(3 * count);
}, 60_000);
