import type { Lab, LabOptions } from '../bundle/harness.ts';
import { inSandbox as inSandboxOutside } from '../bundle/harness.ts';
import { startInProcess } from './start.ts';

/** A sandbox of its own for a test, and the action to be tried on it, in this process: the cases are many. */
export function inSandbox(body: (lab: Lab) => Promise<void>, options: LabOptions = {}): Promise<void> {
  return inSandboxOutside(body, { startProcess: startInProcess, ...options });
}
