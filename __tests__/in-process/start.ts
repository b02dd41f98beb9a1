import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import '@actions/github';
import 'libsodium-wrappers';
import { LineReader } from '../../sandbox/runner/lines.ts';
import { startProcess } from '../../sandbox/runner/process.ts';
import type { ProcessOptions, ProcessResult, RunningProcess, StartProcess } from '../../sandbox/runner/process.ts';
import { createInterruption, monotonicClock } from '../../src/http/send.ts';
import type { Clock } from '../../src/http/send.ts';
import { createTransport } from '../../src/http/transport.ts';
import { appendProblem, readFileOf } from '../../src/inputs/run.ts';
import { main } from '../../src/main.ts';
import type { Dependencies } from '../../src/run/context.ts';
import '../../src/run/run.ts';
import { printingToolkit } from './toolkit.ts';

// What src/ imports only when it needs it: Jest refuses an import while it is between two concurrent tests.

/**
 * Runs `main` from src/ in this process, where the runner would start Node with the bundle: a fraction of the work. Its
 * environment, command files, sockets and log are as real as there; it has no signals and no exit of its own, so what
 * is about those, and the order of commands on one stream, is tested on the bundle.
 */
export const startInProcess: StartProcess = (options) => startBy(options);

/** The same by a clock that jumps over every wait, for what takes too long: PingOne and GitHub must not need the time. */
export const startWithoutWaiting: StartProcess = (options) => startBy(options, { clock: jumpingClock() });

function jumpingClock(): Clock {
  let ahead = 0;
  return {
    now: () => monotonicClock.now() + ahead,
    sleep: (ms) => {
      ahead += ms;
      return Promise.resolve();
    },
  };
}

/** The same with these parts of the world instead of the usual ones. The post step is run as the process that it is. */
export function startBy(options: ProcessOptions, parts: Partial<Dependencies> = {}): RunningProcess {
  const { args, env, onLine } = options;
  if (args.some((path) => path.endsWith('cleanup.js'))) return startPost(options);
  const started = performance.now();
  const chunks: Buffer[] = [];
  const lines = new LineReader();
  const { core, isFailed } = printingToolkit(env, (text) => {
    chunks.push(Buffer.from(text));
    for (const line of lines.push(Buffer.from(text))) onLine(line, 'stdout');
  });
  const stop = new AbortController();
  const ended = main({
    env,
    event: () => JSON.parse(readFileSync(env['GITHUB_EVENT_PATH'] ?? '', 'utf8')) as unknown,
    appendProblem,
    readFile: readFileOf(env['GITHUB_WORKSPACE'] ?? ''),
    core,
    transport: createTransport('pingone-worker-app/test'),
    clock: monotonicClock,
    random: Math.random,
    randomId: () => crypto.randomUUID(),
    interruption: createInterruption(stop.signal, stop.signal),
    abortPending: () => {
      stop.abort();
    },
    ...parts,
  });
  const result = ended.then((): ProcessResult => ({
    exitCode: isFailed() ? 1 : 0,
    signal: null,
    stdout: Buffer.concat(chunks),
    stderr: Buffer.alloc(0),
    cancelled: false,
    timedOut: false,
    durationMs: performance.now() - started,
  }));
  return { result, cancel: unsupported, send: unsupported };
}

const cleanup = join(import.meta.dirname, '../../src/cleanup.ts');

/** Most steps leave nothing to the post step, which then does nothing. */
function startPost(options: ProcessOptions): RunningProcess {
  if (Object.keys(options.env).some((name) => name.startsWith('STATE_'))) {
    return startProcess({ ...options, args: [cleanup] });
  }
  const [stdout, stderr] = [Buffer.alloc(0), Buffer.alloc(0)];
  const nothing = { exitCode: 0, signal: null, stdout, stderr, cancelled: false, timedOut: false, durationMs: 0 };
  return { result: Promise.resolve(nothing), cancel: unsupported, send: unsupported };
}

function unsupported(): never {
  throw new Error('A step in this process takes no signals: run the bundle.');
}
