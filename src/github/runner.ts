import type * as ActionsCore from '@actions/core';
import { systemCode } from '../errors.ts';
import { shown } from '../text.ts';
import { createRedactor } from './redact.ts';

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
  /** Adds Markdown to the job summary, where the runner keeps one; `render` gets the facts without credentials. */
  readonly summarize: <T>(facts: T, render: (facts: T) => string) => Promise<void>;
}

/**
 * Wraps the toolkit. It is the only way out for texts, and it knows the credentials: from every text it takes them out,
 * then shortens and escapes what comes from outside (`shown`), so that no text becomes a command or gives one away.
 *
 * @param canSummarize whether the runner gave a file for the summary (GITHUB_STEP_SUMMARY)
 */
export function createRunner(core: Core, canSummarize: boolean): Runner {
  const { add, redact, redactAll } = createRedactor();
  const masked = new Set<string>();
  const safe = (message: string): string => shown(message, redact);
  const line = (text: string): void => {
    core.info(logLines(safe(text)));
  };
  const annotate = (level: 'notice' | 'warning' | 'debug' | 'setFailed') => (message: string) => {
    core[level](safe(message));
  };
  const notice = annotate('notice');
  return {
    mask: (value) => {
      if (value.trim() === '' || masked.has(value)) return;
      add(value);
      core.setSecret(value);
      masked.add(value);
    },
    info: line,
    group: (title, lines) => {
      core.startGroup(safe(title));
      lines.forEach(line);
      core.endGroup();
    },
    notice,
    warning: annotate('warning'),
    debug: annotate('debug'),
    fail: annotate('setFailed'),
    output: (name, value) => void core.setOutput(name, value),
    saveState: (name, value) => void core.saveState(name, value),
    async summarize(facts, render) {
      if (!canSummarize) return;
      try {
        await core.summary.addRaw(safe(render(redactAll(facts))), true).write();
      } catch (error) {
        notice(summaryNotWritten(error));
      }
    },
  };
}

/** The work is done whether or not anybody can read about it: this fails nothing. */
function summaryNotWritten(error: unknown): string {
  return `The job summary could not be written: ${systemCode(error)}.
Likely cause: the disk of the runner is full, or another step of the job changed the file in GITHUB_STEP_SUMMARY.
What to do: nothing. The result of this step is in its log and in its outputs.`;
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
