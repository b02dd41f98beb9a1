// What the runner says about this run, and which files it has.
import type { BigIntStats } from 'node:fs';
import { closeSync, constants, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { isInside } from '../datasync.ts';
import { systemCode } from '../errors.ts';
import type { RunIdentity } from '../settings.ts';
import type { ReadFile, Unreadable } from './application.ts';
import type { Lookup } from './credentials.ts';
import type { Problem } from './reader.ts';

/** Which run this is, from the runner's default variables (GitHub docs, "Default environment variables"). */
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
 * Why this run may have been given no secrets at all, or undefined if GitHub has no reason to withhold them.
 * Source: GitHub docs, "Using secrets in GitHub Actions" (forks) and "Dependabot on GitHub Actions".
 */
export function whyNoSecrets(variable: Lookup, event: () => unknown): string | undefined {
  if (variable('GITHUB_ACTOR') === 'dependabot[bot]') {
    return "Dependabot started this run, and GitHub gives such runs none of the repository's Actions secrets";
  }
  const eventName = variable('GITHUB_EVENT_NAME');
  // A run on `pull_request_target` belongs to the base repository and does get its secrets.
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
  // A fork that was deleted since leaves `head.repo` null.
  return pullRequest !== undefined && head !== base;
}

/**
 * What is wrong with the file for outputs. It is found before any request: at the end, the work is done and nobody gets
 * the result. Without a file the toolkit prints outputs.
 *
 * @param file the value of GITHUB_OUTPUT
 * @param whenMissing the problem that a missing file is, if it is one
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
      fix: 'correct that on the runner, and run the workflow again. PingOne was not contacted',
    },
  ];
}

/**
 * Reads regular files of a limited size inside a folder. Nothing else is even opened: opening a pipe waits for its
 * other end, and a device may act on it.
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
 * The path may lead elsewhere by the time it is opened, so what counts is what was opened. `O_NONBLOCK` does not wait
 * for the other end of a pipe; Windows has neither.
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
 * Why nothing can be appended to a file of the runner, as a code of the system; undefined if it can. Nothing is
 * written, and a file that is missing stays so: the toolkit creates none either.
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
