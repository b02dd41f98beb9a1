// In which order jest runs the files. By itself it has the large ones first, and later those that took long the last
// time; what is small and mostly waits would come last where nothing has run yet, and have the machine wait with it.
import { createRequire } from 'node:module';

/** @type {typeof import('@jest/test-sequencer')} its types are those of what require() gives, not of what import does */
const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

/** Below __tests__, without their `.test.ts`. */
export const waiting = [
  'races/races',
  'network/disturbance',
  'faults/matrix',
  'lifecycle/rotate-races',
  'sandbox/main',
];

/** @type {(path: string) => boolean} */
const mostlyWaits = (path) => waiting.some((name) => path.replaceAll('\\', '/').endsWith(`/${name}.test.ts`));

export default class WaitingFirst extends Sequencer {
  /**
   * @override
   * @param {Parameters<import('@jest/test-sequencer').default['sort']>[0]} tests
   */
  async sort(tests) {
    const sorted = await super.sort(tests);
    return [...sorted].sort((a, b) => Number(mostlyWaits(b.path)) - Number(mostlyWaits(a.path)));
  }
}
