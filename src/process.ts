// The process: signals, environment, toolkit, network.
import { readFileSync } from 'node:fs';
import { Cancelled, explained } from './errors.ts';
import type { Runner } from './github/runner.ts';
import { toolkit } from './github/runner.ts';
import { createInterruption, monotonicClock } from './http/send.ts';
import { createTransport } from './http/transport.ts';
import { appendProblem } from './inputs/run.ts';
import type { ProcessDependencies } from './run/context.ts';
import { runnerOf } from './run/context.ts';

// The runner sends SIGINT and kills the process after 7.5 seconds (actions/runner source, ProcessInvoker). A pending
// write can use most of that time.
const writeGraceMs = 5_000;

// After that, the process ends, even if a task cannot be cancelled, such as a DNS lookup.
const exitGraceMs = 1_000;

const stoppedShort = `The step stopped before its work was done.
Likely cause: a defect in this action.
What to do: run the workflow again, and report an issue of this action if it happens again.`;

const cancelledShort = explained(new Cancelled('before its work was done')).message;

/**
 * Runs an entry point of the action with the signals, environment and network of this process.
 *
 * @param env the environment of the process
 * @param program reports its own failures and never rejects
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
      setTimeout(endNow, exitGraceMs).unref();
    }, writeGraceMs).unref();
  };
  // Without a listener, the second signal would end the process during a write.
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);

  const interruption = createInterruption(stop.signal, abandon.signal);
  const dependencies: ProcessDependencies = {
    env,
    event: () => readEvent(env['GITHUB_EVENT_PATH'] ?? ''),
    appendProblem,
    core: toolkit,
    transport: createTransport(userAgent(env['GITHUB_ACTION_REF'] ?? ''), env),
    clock: monotonicClock,
    random: Math.random,
    randomId: () => crypto.randomUUID(),
    interruption,
    abortPending: interrupt,
  };
  const runner = runnerOf(dependencies);
  // Not awaited: with a top-level await, the bundler wraps the program in a function that Node parses twice
  // (docs/performance.md).
  void reportAbruptEnd(runner, stop.signal, () => program(dependencies, runner)).then(async () => {
    // After a failure, writes that are under way still finish. Node may hang at its natural end (nodejs/node#54918).
    await interruption.settled();
    process.stdout.write('', () => (process.exitCode ? endNow() : process.exit()));
  });
}

/**
 * Ends the process after a failure, with its exit code. `process.exit()` waits for the thread pool, where a DNS lookup can
 * take a minute: then only a signal ends the process.
 */
function endNow(): void {
  const isPoolBusy = process.getActiveResourcesInfo().some((name) => /^(GetAddrInfo|FS)Req/.test(name));
  if (isPoolBusy) process.once('exit', () => process.kill(process.pid, 'SIGKILL'));
  process.exit();
}

/** Fails the step if the process ends before the program does. */
async function reportAbruptEnd(runner: Runner, stop: AbortSignal, run: () => Promise<void>): Promise<void> {
  let isReported = false;
  // An error outside of the program's promise, e.g. from a socket's listener: the state is unknown, so the process exits.
  process.once('uncaughtException', (error: unknown) => {
    isReported = true;
    runner.fail(explained(error).message);
    process.stdout.write('', () => process.exit(1));
  });
  process.once('exit', () => {
    if (!isReported) runner.fail(stop.aborted ? cancelledShort : stoppedShort);
  });
  await run();
  isReported = true;
}

/** The name of this action with the tag or commit that the workflow uses, from the runner. */
function userAgent(ref: string): string {
  return `pingone-worker-app/${/^[\w.-]{1,64}$/.test(ref) ? ref : 'unreleased'}`;
}

/** The payload of the event that started the workflow, if the runner wrote one. */
function readEvent(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
