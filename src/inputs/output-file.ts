import type { Problem } from './problems.ts';

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
