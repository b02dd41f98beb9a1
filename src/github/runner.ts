import type * as ActionsCore from '@actions/core';

/** The toolkit's functions that are used here, handed in so that tests can watch them. */
export type Core = Pick<
  typeof ActionsCore,
  | 'setSecret'
  | 'setOutput'
  | 'saveState'
  | 'setFailed'
  | 'startGroup'
  | 'endGroup'
  | 'info'
  | 'notice'
  | 'warning'
  | 'debug'
  | 'summary'
>;

/** The GitHub runner, as far as this step speaks to it. */
export interface Runner {
  /** Hides a value in the log of this job from now on; blanks are skipped. Every secret passes here before all else. */
  readonly mask: (value: string) => void;
  /** A line of the log. */
  readonly info: (line: string) => void;
  /** Lines that are folded away under a title of ours. */
  readonly group: (title: string, lines: readonly string[]) => void;
  /** Annotations: worth knowing, and worth acting on. */
  readonly notice: (message: string) => void;
  readonly warning: (message: string) => void;
  /** A line that is shown only while debug logging is on. */
  readonly debug: (line: string) => void;
  /** The message of the failed step; sets the exit code. */
  readonly fail: (message: string) => void;
  readonly output: (name: string, value: string) => void;
  /** Keeps a value for the post step. */
  readonly saveState: (name: string, value: string) => void;
  /** Adds Markdown to the job summary, where the runner keeps one. */
  readonly summarize: (markdown: string) => Promise<void>;
}

/**
 * Wraps the toolkit so that no text from outside becomes a command.
 *
 * @param canSummarize whether the runner gave a file for the summary (GITHUB_STEP_SUMMARY)
 */
export function createRunner(core: Core, canSummarize: boolean): Runner {
  const masked = new Set<string>();
  return {
    mask(value) {
      if (value.trim() === '' || masked.has(value)) return;
      core.setSecret(value);
      masked.add(value);
    },
    info: (line) => {
      core.info(logLines(line));
    },
    group: (title, lines) => {
      core.startGroup(title);
      for (const line of lines) core.info(logLines(line));
      core.endGroup();
    },
    notice: (message) => {
      core.notice(message);
    },
    warning: (message) => {
      core.warning(message);
    },
    debug: (line) => {
      core.debug(line);
    },
    fail: (message) => {
      core.setFailed(message);
    },
    output: (name, value) => {
      core.setOutput(name, value);
    },
    saveState: (name, value) => {
      core.saveState(name, value);
    },
    async summarize(markdown) {
      if (canSummarize) await core.summary.addRaw(markdown, true).write();
    },
  };
}

/**
 * Text as it may stand in the log: a line that begins with `::`, or holds `##[`, is a command to the runner
 * (actions/runner source, ActionCommand). The toolkit escapes commands and annotations, but prints `info` as it is.
 */
function logLines(text: string): string {
  return (
    text
      .split(/\r\n|\r|\n/)
      // The runner is written for .NET, whose white space has U+0085 in it.
      .map((line) => line.replace(/^([\s\u0085]*):(?=:)/, '$1: ').replaceAll('##[', '## ['))
      .join('\n')
  );
}
