import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from './send.ts';

/**
 * The runner's clock as it was when the process started, counted on monotonically: a runner that corrects its clock
 * while the step runs moves no deadline.
 */
export const monotonicClock: Clock = {
  now: () => Math.round(performance.timeOrigin + performance.now()),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
};
