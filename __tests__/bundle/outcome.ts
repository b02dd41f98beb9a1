import { expect } from '@jest/globals';
import type { StepResult } from '../../sandbox/runner/step-result.ts';

/** The three parts of the message of a failed step, as GitHub shows it: masked. */
export interface Failure {
  readonly what: string;
  readonly cause: string;
  readonly fix: string;
}

/** Insists that a step failed in the one way in which it may, and takes its message apart. */
export function failureOf(result: StepResult): Failure {
  expect(result).toMatchObject({ conclusion: 'failure', exitCode: 1, stderr: '', timedOut: false });
  expect([...result.outputs]).toEqual([]);
  expect(result.stdout).not.toMatch(/^\s+at .*:\d+:\d+/m);
  const errors = result.annotations.filter(({ level }) => level === 'error');
  expect(errors).toHaveLength(1);
  const lines = errors[0]!.message.split('\n');
  const [cause = '', fix = ''] = lines.slice(-2);
  // Several wrong inputs have a line each.
  const [what = '', ...bullets] = lines.slice(0, -2);
  expect({ what, bullets, cause, fix }).toEqual({
    what: expect.stringMatching(bullets.length > 0 ? /\S:$/ : /\S$/),
    bullets: bullets.map(() => expect.stringMatching(/^- \S.*[.?]$/)),
    cause: expect.stringMatching(/^Likely cause: \S.*\.$/),
    fix: expect.stringMatching(/^What to do: \S.*[.?]$/),
  });
  return {
    what: [what, ...bullets].join('\n'),
    cause: cause.slice('Likely cause: '.length),
    fix: fix.slice('What to do: '.length),
  };
}

/** Insists that a step succeeded, and returns its outputs by name. */
export function outputsOf(result: StepResult): Readonly<Record<string, string>> {
  const { conclusion, exitCode, stderr } = result;
  const message = result.annotations.filter(({ level }) => level === 'error').map((error) => error.message);
  expect({ conclusion, exitCode, stderr, message }).toEqual({
    conclusion: 'success',
    exitCode: 0,
    stderr: '',
    message: [],
  });
  return Object.fromEntries(result.outputs);
}

/** The messages of the warnings, or of the notices, that GitHub shows beside the log. */
export function messages(result: StepResult, level: 'warning' | 'notice'): string[] {
  return result.annotations.filter((annotation) => annotation.level === level).map(({ message }) => message);
}
