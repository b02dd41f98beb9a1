import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { explained } from './errors.ts';
import { toolkit } from './github/toolkit.ts';
import { createInterruption } from './http/send.ts';
import { createTransport } from './http/transport.ts';
import { appendProblem, readFileOf } from './inputs/files.ts';
import { main } from './main.ts';
import type { World } from './steps/session.ts';
import { runnerOf } from './steps/session.ts';

// The runner sends SIGINT, and kills 7.5 seconds later (actions/runner source, ProcessInvoker). A write in flight gets
// most of that.
const writeGraceMs = 5_000;

const stoppedShort = `The step stopped before its work was done.
Likely cause: a mistake in this action.
What to do: run again, and report it if it happens again.`;

const stop = new AbortController();
const abandon = new AbortController();

function interrupt(): void {
  stop.abort();
  setTimeout(() => {
    abandon.abort();
  }, writeGraceMs).unref();
}

process.once('SIGINT', interrupt);
process.once('SIGTERM', interrupt);

/** Whether the user knows how the step ended. */
let isTold = false;

// What is thrown outside of main's own flow, e.g. by a socket's listener: nobody knows what is left, so nothing goes on.
process.once('uncaughtException', (error: unknown) => {
  isTold = true;
  runner.fail(explained(error).message);
  process.stdout.write('', () => process.exit(1));
});

// Not awaited: a top-level await makes the bundler wrap the whole program in a function, which Node then parses twice
// (docs/performance.md). Node would fail a run that comes to its end while an await is pending, so this does.
process.once('exit', () => {
  if (!isTold) runner.fail(stoppedShort);
});

const world: World = {
  env: process.env,
  event: readEvent,
  appendProblem,
  readFile: readFileOf(process.env['GITHUB_WORKSPACE'] ?? process.cwd()),
  core: toolkit,
  transport: createTransport(userAgent(process.env['GITHUB_ACTION_REF'] ?? '')),
  clock: {
    now: Date.now,
    sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
  },
  random: Math.random,
  randomId: () => crypto.randomUUID(),
  interruption: createInterruption(stop.signal, abandon.signal),
  giveUp: interrupt,
};
const runner = runnerOf(world);

void main(world, runner).then(() => {
  isTold = true;
});

/** The name of this action with the tag or commit that the workflow uses it by, which the runner gives. */
function userAgent(ref: string): string {
  return `pingone-worker-app/${/^[\w.-]{1,64}$/.test(ref) ? ref : 'unreleased'}`;
}

/** The payload of the event that started the workflow, where the runner wrote one. */
function readEvent(): unknown {
  try {
    return JSON.parse(readFileSync(process.env['GITHUB_EVENT_PATH'] ?? '', 'utf8'));
  } catch {
    return undefined;
  }
}
