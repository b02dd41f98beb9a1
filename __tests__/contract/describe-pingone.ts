import { describe } from '@jest/globals';
import { pingoneContractStatus } from './vendors.ts';

/** `describe` for tests that need PingOne's contract. Without it they are skipped, and their name says why. */
export function describePingone(title: string, tests: () => void): void {
  const { checked, message } = pingoneContractStatus();
  if (checked) describe(title, tests);
  else describe.skip(`${title} [${message}]`, tests);
}
