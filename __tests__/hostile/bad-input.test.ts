// Runs the built action. __tests__/inputs/rules.test.ts tests each rule.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { World } from '../faults/world.ts';
import { inputs, openWorld, startAction } from '../faults/world.ts';

describe('wrong inputs', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  test.each([
    [
      { enabled: 'flase' },
      /^`enabled` must be `true`, `false` or `keep`; got `flase`\.\n.*\n.*did you mean `false`\?$/,
    ],
    [{ 'store-in': 'repository' }, /^`github-token` is missing, and `store-in` needs it\.\n/],
    [
      { enabled: '::set-output name=x::y', name: '::error::forged', timeout: 'long', environment: '', clear: '##[x' },
      /^4 inputs are not valid:\n- `enabled` must .*got `::set-output.*\n- `clear` must .*`##\[x`.*\n- `environment` is missing.*\n- `timeout` must .*`long`/,
    ],
  ])('%j: the step fails with one message and without a request', async (more, says) => {
    const step = await startAction(world, inputs(world, { name: 'Bad input', ...more })).result;
    expect(step).toMatchObject({ exitCode: 1, stderr: '' });
    expect(await world.requests()).toEqual([]);
    expect(step.outputs.size).toBe(0);
    expect(step.annotations.map(({ message }) => message)).toEqual([expect.stringMatching(says)]);
    expect(step.annotations[0]!.message).toMatch(/^.+(\n- .+)*\nLikely cause: .+\nWhat to do: .+$/);
  });
});
