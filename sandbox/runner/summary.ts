import { splitLines } from './lines.ts';
import type { StepLog } from './log.ts';

/** 1 MiB per step; a larger summary is not shown at all, and does not fail the step. */
const SUMMARY_LIMIT = 1024 * 1024;

/**
 * The summary as GitHub shows it: masked line by line, so a secret that spans lines is masked only in its lines.
 * Undefined when there is none, or when it is too large, which the log says.
 * Source: actions/runner, src/Runner.Worker/FileCommandManager.cs, CreateStepSummaryCommand.
 */
export function publishSummary(content: Buffer, log: StepLog): string | undefined {
  if (content.length === 0) return undefined;
  if (content.length > SUMMARY_LIMIT) {
    const size = Math.floor(content.length / 1024);
    log.issue(
      'error',
      `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${size}k. For more information see: ` +
        'https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-markdown-summary',
    );
    return undefined;
  }
  const lines = splitLines(new TextDecoder().decode(content));
  return lines.map((line) => `${log.masker.mask(line)}\n`).join('');
}
