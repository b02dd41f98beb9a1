// What the process hands in from outside: signals, environment, toolkit, network.
import { readFileSync } from 'node:fs';
import { explained } from './errors.ts';
import type { Runner } from './github/runner.ts';
import { toolkit } from './github/runner.ts';
import { createInterruption, monotonicClock } from './http/send.ts';
import { createTransport } from './http/transport.ts';
import { appendProblem } from './inputs/run.ts';
import type { ProcessDependencies } from './run/context.ts';
import { runnerOf } from './run/context.ts';

// The runner sends SIGINT, and kills 7.5 seconds later (actions/runner source, ProcessInvoker). A write in flight gets
// most of that.
const writeGraceMs = 5_000;

// After that, what cannot be ended, such as the look-up of a name, does not keep the process running.
const exitGraceMs = 1_000;

const stoppedShort = `The step stopped before its work was done.
Likely cause: a mistake in this action.
What to do: run again, and report it if it happens again.`;

/**
 * Runs an entry point of the action in this process: its signals, its environment, its network.
 *
 * @param env the environment of the process
 * @param program tells the user how it ended, and never rejects
 */
export function runProgram(
  env: ProcessDependencies['env'],
  program: (dependencies: ProcessDependencies, runner: Runner) => Promise<void>,
): void {
  const stop = new AbortController();
  const abandon = new AbortController();
  const interrupt = (): void => {
    if (stop.signal.aborted) return;
    stop.abort();
    setTimeout(() => {
      abandon.abort();
      setTimeout(() => process.exit(), exitGraceMs).unref();
    }, writeGraceMs).unref();
  };
  // Without a listener the second signal would end the process in the middle of a write.
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);

  const dependencies: ProcessDependencies = {
    env,
    event: () => readEvent(env['GITHUB_EVENT_PATH'] ?? ''),
    appendProblem,
    core: toolkit,
    transport: createTransport(userAgent(env['GITHUB_ACTION_REF'] ?? ''), env),
    clock: monotonicClock,
    random: Math.random,
    randomId: () => crypto.randomUUID(),
    interruption: createInterruption(stop.signal, abandon.signal),
    abortPending: interrupt,
  };
  const runner = runnerOf(dependencies);
  // Not awaited: a top-level await makes the bundler wrap the whole program in a function, which Node then parses twice
  // (docs/performance.md). Node would fail a run that comes to its end while an await is pending, so the exit does.
  void tellTheEnd(runner, () => program(dependencies, runner));
}

/** Fails a process that ends without the user knowing how. */
async function tellTheEnd(runner: Runner, run: () => Promise<void>): Promise<void> {
  let isTold = false;
  // What is thrown outside of the program's own flow, e.g. by a socket's listener: nobody knows what is left, so nothing
  // goes on.
  process.once('uncaughtException', (error: unknown) => {
    isTold = true;
    runner.fail(explained(error).message);
    process.stdout.write('', () => process.exit(1));
  });
  process.once('exit', () => {
    if (!isTold) runner.fail(stoppedShort);
  });
  await run();
  isTold = true;
  // Node may hang at its natural end (nodejs/node#54918). After a failure, writes that are under way still finish.
  if (!process.exitCode) process.stdout.write('', () => process.exit());
}

/** The name of this action with the tag or commit that the workflow uses it by, which the runner gives. */
function userAgent(ref: string): string {
  return `pingone-worker-app/${/^[\w.-]{1,64}$/.test(ref) ? ref : 'unreleased'}`;
}

/** The payload of the event that started the workflow, where the runner wrote one. */
function readEvent(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
