import { describe, expect, test } from '@jest/globals';
import { createBackoff } from '../../src/http/send.ts';
import { fakeWorld } from './fakes.ts';

/** Pauses until there is no time left for another; what was slept, and what was announced. */
async function pauses(options: { firstMs: number; longestMs?: number }, patienceMs: number) {
  const { clock, interruption } = fakeWorld();
  const announced: number[] = [];
  const backoff = createBackoff({ clock, interruption, ...options, until: clock.now() + patienceMs });
  while (await backoff.pause((ms) => announced.push(ms)));
  return { slept: clock.slept, announced };
}

describe('a pause', () => {
  test('is twice the previous one, up to the longest', async () => {
    const { slept, announced } = await pauses({ firstMs: 100, longestMs: 500 }, 2_000);
    expect(slept).toEqual([100, 200, 400, 500, 500]);
    expect(announced).toEqual([]);
  });

  test('is as long as the first if there is no longest', async () => {
    expect((await pauses({ firstMs: 500 }, 1_600)).slept).toEqual([500, 500, 500]);
  });

  test('can end at the deadline, but not later', async () => {
    expect((await pauses({ firstMs: 500 }, 1_000)).slept).toEqual([500, 500]);
    expect((await pauses({ firstMs: 500 }, 999)).slept).toEqual([500]);
  });

  test('is announced once, when the wait is longer than usual', async () => {
    const { slept, announced } = await pauses({ firstMs: 500, longestMs: 1_000 }, 10_000);
    expect(slept.length).toBeGreaterThan(8);
    expect(announced).toEqual([8_500]);
  });

  test('is neither announced nor made if no time is left', async () => {
    expect(await pauses({ firstMs: 500 }, 0)).toEqual({ slept: [], announced: [] });
  });

  test('ends when the step is cancelled', async () => {
    const { clock, interruption, cancel } = fakeWorld();
    const backoff = createBackoff({ clock, interruption, firstMs: 500, until: Infinity });
    cancel();
    const before = clock.now();
    expect(await backoff.pause()).toBe(true);
    expect(clock.now()).toBe(before);
  });
});
