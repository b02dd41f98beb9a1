import type * as modules from './modules.ts';

declare global {
  /** Jest's environment brings it (environment.mjs). */
  var loadedOnce: typeof modules | undefined;
}

/** In a test what jest's environment has loaded; in a script, which has no other, the modules themselves. */
export const {
  startSandbox,
  readActionMetadata,
  runStep,
  startStep,
  createInterruption,
  createTransport,
  inspectExchange,
  startBy,
  startInProcess,
  startWithoutWaiting,
} = globalThis.loadedOnce ?? (await import('./modules.ts'));
