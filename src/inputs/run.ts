// The runner's variables about this run, and its files.
import type { BigIntStats } from 'node:fs';
import { closeSync, constants, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { isInside } from '../datasync.ts';
import { systemCode } from '../errors.ts';
import type { RunIdentity } from '../settings.ts';
import type { ReadFile, Unreadable } from './application.ts';
import type { Lookup } from './credentials.ts';
import type { Problem } from './reader.ts';

/** The identity of this run, from the runner's default variables (GitHub docs, "Default environment variables"). */
export function runIdentity(variable: Lookup): RunIdentity {
  const repository = variable('GITHUB_REPOSITORY');
  const repositoryId = variable('GITHUB_REPOSITORY_ID');
  const server = variable('GITHUB_SERVER_URL') || 'https://github.com';
  return {
    owner: repositoryId === '' ? undefined : { server, repositoryId, repository },
    server,
    repository,
    runId: variable('GITHUB_RUN_ID'),
    runAttempt: variable('GITHUB_RUN_ATTEMPT'),
    job: variable('GITHUB_JOB'),
  };
}

/**
 * Why GitHub gives this run no secrets; undefined if it gives them.
 * Source: GitHub docs, "Using secrets in GitHub Actions" (forks) and "Dependabot on GitHub Actions".
 */
export function whyNoSecrets(variable: Lookup, event: () => unknown): string | undefined {
  if (variable('GITHUB_ACTOR') === 'dependabot[bot]') {
    return "Dependabot started this run, and GitHub gives such runs none of the repository's Actions secrets";
  }
  const eventName = variable('GITHUB_EVENT_NAME');
  // A run on `pull_request_target` belongs to the base repository and gets its secrets.
  if (!eventName.startsWith('pull_request') || eventName === 'pull_request_target') return undefined;
  if (!isFromFork(event())) return undefined;
  return 'this is a pull request from a fork, and GitHub gives such runs no secrets';
}

function isFromFork(event: unknown): boolean {
  const at = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  const pullRequest = at(event, 'pull_request');
  const head = at(at(at(pullRequest, 'head'), 'repo'), 'id');
  const base = at(at(at(pullRequest, 'base'), 'repo'), 'id');
  // If the fork was deleted, `head.repo` is null.
  return pullRequest !== undefined && head !== base;
}

/**
 * Problems of the file for outputs, found before any request. Without a file the toolkit prints outputs.
 *
 * @param file the value of GITHUB_OUTPUT
 * @param whenMissing the problem if GITHUB_OUTPUT is not set; undefined if that is acceptable
 * @param appendProblem why nothing can be appended to a file; undefined if it can
 */
export function outputFileProblems(
  file: string,
  whenMissing: Problem | undefined,
  appendProblem: (path: string) => string | undefined,
): readonly Problem[] {
  if (file === '') return whenMissing === undefined ? [] : [whenMissing];
  const problem = appendProblem(file);
  if (problem === undefined) return [];
  return [
    {
      what: `the file for outputs (GITHUB_OUTPUT) cannot be written: ${problem}`,
      cause: 'the disk of the runner is full or read-only, or another step removed the file or changed its owner',
      fix: 'correct the file or the disk on the runner, and run the workflow again. Nothing was changed in PingOne',
    },
  ];
}

/**
 * Reads regular files of a limited size in a folder. Other files are not opened: opening a pipe blocks, and opening a
 * device may have effects.
 */
export function readFileOf(folder: string): ReadFile {
  return (path, mostBytes) => {
    try {
      const file = resolve(folder, path);
      const root = realpathSync(folder);
      const refused = whyNot(root, file, mostBytes);
      return refused ?? readOpened(root, file, mostBytes);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return { unreadable: code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'not permitted' };
    }
  };
}

function whyNot(root: string, file: string, mostBytes: number): Unreadable | undefined {
  if (!isInside(root, realpathSync(file))) return { unreadable: 'outside of the workspace' };
  const stat = statSync(file, { bigint: true });
  if (!stat.isFile()) return { unreadable: 'not a file' };
  return stat.size > mostBytes ? { unreadable: 'too large' } : undefined;
}

/**
 * The path may change before it is opened, so the opened file is checked. `O_NONBLOCK` prevents blocking on a pipe;
 * Windows has neither pipes of this kind nor the flag.
 */
function readOpened(root: string, file: string, mostBytes: number): Uint8Array | Unreadable {
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- undefined on Windows
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const opened = fstatSync(descriptor, { bigint: true });
    const refused = whyNot(root, file, mostBytes);
    if (refused) return refused;
    if (!opened.isFile() || !isSameFile(opened, statSync(file, { bigint: true }))) return { unreadable: 'not a file' };
    const bytes = Buffer.alloc(Math.min(Number(opened.size), mostBytes));
    return bytes.subarray(0, readSync(descriptor, bytes));
  } finally {
    closeSync(descriptor);
  }
}

function isSameFile(a: BigIntStats, b: BigIntStats): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}

/**
 * The system's error code if nothing can be appended to a file; undefined if it can. Nothing is written or created: the
 * toolkit does not create the file either.
 */
export function appendProblem(path: string): string | undefined {
  try {
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- undefined on Windows
    closeSync(openSync(path, constants.O_WRONLY | constants.O_APPEND | (constants.O_NONBLOCK ?? 0)));
    return undefined;
  } catch (error) {
    return systemCode(error);
  }
}
