import { spawn } from 'node:child_process';
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { Environment } from './environment.ts';
import type { Stream } from './events.ts';
import { LineReader } from './lines.ts';
import { killTree, watchTree } from './process-tree.ts';

/** How long the runner waits before its next step, in milliseconds. */
export interface GracePeriods {
  /** After SIGINT, before SIGTERM. */
  readonly interrupt: number;
  /** After SIGTERM, before the process tree is killed. */
  readonly terminate: number;
  /** After the end of the process, before the tree is killed: something that it started may hold its streams open. */
  readonly streams: number;
}

/** Source: actions/runner, src/Runner.Sdk/ProcessInvoker.cs; GitHub Docs, "Workflow cancellation reference". */
export const GRACE_PERIODS: GracePeriods = { interrupt: 7500, terminate: 2500, streams: 5000 };

export interface ProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Environment;
  readonly onLine: (text: string, stream: Stream) => void;
  /** Stdout goes to this file instead of to onLine. */
  readonly stdoutFile?: string | undefined;
  readonly timeoutMs: number;
  readonly graceMs: GracePeriods;
}

export interface ProcessResult {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly cancelled: boolean;
  readonly timedOut: boolean;
  readonly durationMs: number;
}

export interface RunningProcess {
  readonly result: Promise<ProcessResult>;
  /** What GitHub does when a workflow is cancelled: SIGINT, then SIGTERM, then the whole process tree is killed. */
  cancel(): void;
  send(signal: NodeJS.Signals): void;
}

/** How a program is started: as a process of its own, or in a test by a replacement that does not need one. */
export type StartProcess = (options: ProcessOptions) => RunningProcess;

/** Starts a process without standard input and reads both of its streams line by line. It always comes to an end. */
export const startProcess: StartProcess = (options) => {
  const started = performance.now();
  const child = spawnDetached(options);
  const timers = new Timers();
  const state = { cancelled: false, timedOut: false };
  const stdout = readLines(child.stdout, (line) => options.onLine(line, 'stdout'));
  const stderr = readLines(child.stderr, (line) => options.onLine(line, 'stderr'));
  timers.after(options.timeoutMs, () => {
    state.timedOut = true;
    killTree(child);
  });
  const result = waitForEnd(child, timers, options.graceMs.streams).then(([exitCode, signal]) => ({
    ...state,
    exitCode,
    signal,
    stdout: Buffer.concat(stdout),
    stderr: Buffer.concat(stderr),
    durationMs: performance.now() - started,
  }));
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    result,
    send: (signal) => void child.kill(signal),
    cancel: () => {
      if (state.cancelled || hasEnded()) return;
      state.cancelled = true;
      escalate(child, timers, options.graceMs);
    },
  };
};

function spawnDetached({ command, args, cwd, env, stdoutFile }: ProcessOptions): ChildProcess {
  const file = stdoutFile === undefined ? undefined : openSync(stdoutFile, 'a');
  const stdio: StdioOptions = ['ignore', file ?? 'pipe', 'pipe'];
  try {
    // A process group of its own, so that what the step leaves behind can be killed with it.
    const child = spawn(command, args, { cwd, env, stdio, detached: process.platform !== 'win32' });
    watchTree(child);
    return child;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Passes on each complete line, and returns the list to which the raw chunks are added. */
function readLines(stream: Readable | null, onLine: (line: string) => void): Buffer[] {
  const chunks: Buffer[] = [];
  const reader = new LineReader();
  stream?.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    reader.push(chunk).forEach(onLine);
  });
  // Not `end`: a stream that had to be destroyed has none.
  stream?.on('close', () => reader.end().forEach(onLine));
  return chunks;
}

function waitForEnd(
  child: ChildProcess,
  timers: Timers,
  streamsGrace: number,
): Promise<[number | null, NodeJS.Signals | null]> {
  return new Promise((resolve, reject) => {
    child.on('error', (error) => {
      timers.clear();
      reject(error);
    });
    child.on('exit', () => {
      timers.after(streamsGrace, () => {
        killTree(child);
        // Killing may not be enough: a process that started its own session keeps the stream open.
        child.stdout?.destroy();
        child.stderr?.destroy();
      });
    });
    child.on('close', (exitCode, signal) => {
      timers.clear();
      resolve([exitCode, signal]);
    });
  });
}

function escalate(child: ChildProcess, timers: Timers, { interrupt, terminate }: GracePeriods): void {
  child.kill('SIGINT');
  timers.after(interrupt, () => {
    child.kill('SIGTERM');
    timers.after(terminate, () => killTree(child));
  });
}

class Timers {
  readonly #timers = new Set<NodeJS.Timeout>();

  after(ms: number, callback: () => void): void {
    this.#timers.add(setTimeout(callback, ms));
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}
