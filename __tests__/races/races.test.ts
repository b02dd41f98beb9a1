// Many runs in this process. `npm run test:faults` runs the same with a process for each run, and sixty runs against
// PingOne's documented rate limit. __tests__/lifecycle has the races of rotations.
import { expect, test } from '@jest/globals';
import { startInProcess } from '../in-process/start.ts';
import { runDuels } from '../faults/slots.ts';
import { duelsOf } from './between.ts';
import { againstRateLimit, races } from './races.ts';
import { pairs } from './sides.ts';

const short = againstRateLimit(12, 200, { requests: 30, seconds: 5 });

test.each([...races.slice(0, -1), short].map((race) => [race.title, race] as const))('%s', async (_, race) => {
  expect(await race.run({ startProcess: startInProcess })).toEqual([]);
});

test('each pair of kinds of runs at once: nothing is lost, and the next run of either succeeds', async () => {
  // Each pair once, each in another way.
  const duels = pairs.flatMap((pair, index) => duelsOf(pair, [index]));
  expect(await runDuels(duels, { slots: 8, startProcess: startInProcess })).toEqual([]);
});
