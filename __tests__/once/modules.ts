/**
 * What is loaded once: the sandbox and its runner, the action itself, the vendors' contracts. Nothing of these is
 * changed by a test, and none keeps anything from one test to the next but what it has parsed and compiled.
 */
export { startSandbox } from '../../sandbox/sandbox.ts';
export { readActionMetadata } from '../../sandbox/runner/metadata.ts';
export { runStep, startStep } from '../../sandbox/runner/step.ts';
export { createInterruption } from '../../src/http/send.ts';
export { createTransport } from '../../src/http/transport.ts';
export { inspectExchange } from '../contract/check.ts';
export { startBy, startInProcess, startWithoutWaiting } from '../in-process/start.ts';
