// Everything that the step writes: log, annotations, outputs, summary. Every text is redacted here.
import type * as ActionsCore from '@actions/core';
import {
  debug,
  endGroup,
  error,
  info,
  notice,
  saveState,
  setOutput,
  setSecret,
  startGroup,
  warning,
} from '@actions/core';
import { appendFileSync } from 'node:fs';
import { ActionError, systemCode } from '../errors.ts';
import { isUuid, shown } from '../text.ts';

/**
 * The toolkit; other modules get it as a `Core`. Imported by name, so that the build omits the parts of the toolkit that
 * start processes and request OIDC tokens.
 */
export const toolkit: Core = {
  debug,
  endGroup,
  info,
  notice,
  saveState,
  // The toolkit's `setFailed` has no parameter for the title.
  setFailed(message, properties) {
    process.exitCode = 1;
    error(message, properties);
  },
  setOutput,
  setSecret,
  startGroup,
  warning,
  // The toolkit's own summary makes Node load `fs.promises` at every start (docs/performance.md).
  appendFile: (path, text) => appendFileSync(path, text),
};

/** Replaces the credentials of this run in texts. */
export interface Redactor {
  readonly add: (value: string) => void;
  /** The text with `***` instead of each added credential. */
  readonly redact: (text: string) => string;
  /** The same for each string in a value, except for keys. */
  readonly redactAll: <T>(value: T) => T;
}

/** Creates a redactor without credentials. */
export function createRedactor(): Redactor {
  const forms = new Set<string>();
  const redact = (text: string): string => replaceSpans(text, spansOf(text, forms));
  return {
    add(value) {
      for (const form of formsOf(value)) forms.add(form);
    },
    redact,
    redactAll: (value) => mapTexts(value, redact) as typeof value,
  };
}

// A shorter value occurs in ordinary words. The runner still masks it in the log.
const leastLength = 4;

/** The value itself, as JSON, and its longer lines: an error may contain one line of a PEM. */
function formsOf(value: string): readonly string[] {
  const lines = value.split(/\r\n|\r|\n/).filter((line) => line.trim().length >= 16);
  return [value, JSON.stringify(value).slice(1, -1), ...lines].filter((form) => form.length >= leastLength);
}

type Span = readonly [start: number, end: number];

/** The positions of credentials. Overlapping ones are merged, so that no part of the second remains. */
function spansOf(text: string, forms: ReadonlySet<string>): readonly Span[] {
  const found: Span[] = [];
  // `toLowerCase` of the whole text could move positions.
  const lower = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  for (const form of forms) {
    // PingOne accepts IDs in any case.
    const [where, what] = isUuid(form) ? [lower, form.toLowerCase()] : [text, form];
    for (let start = where.indexOf(what); start >= 0; start = where.indexOf(what, start + 1)) {
      found.push([start, start + what.length]);
    }
  }
  const merged: Span[] = [];
  for (const span of found.sort(([a], [b]) => a - b)) {
    const last = merged.at(-1);
    if (last && span[0] < last[1]) merged.splice(-1, 1, [last[0], Math.max(last[1], span[1])]);
    else merged.push(span);
  }
  return merged;
}

function replaceSpans(text: string, spans: readonly Span[]): string {
  let end = 0;
  const parts = spans.map((span) => {
    const before = text.slice(end, span[0]);
    end = span[1];
    return `${before}***`;
  });
  return parts.join('') + text.slice(end);
}

function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, map)]));
}

/** The toolkit's functions that the action uses. Tests pass their own. */
export type Core = Pick<
  typeof ActionsCore,
  'setSecret' | 'setOutput' | 'saveState' | 'startGroup' | 'endGroup' | 'info' | 'notice' | 'warning' | 'debug'
> & {
  /** Fails the step, with an annotation. */
  readonly setFailed: (message: string, properties: { readonly title: string }) => void;
  /** Appends to a file of the runner, e.g. for the job summary. */
  readonly appendFile: (path: string, text: string) => void;
};

/** The groups of the log. */
export type Section = 'Settings' | 'Plan' | 'Apply' | 'Deliver';

/** The GitHub runner's functions that this step uses. */
export interface Runner {
  /** Masks a value in the log of this job from now on; blank values are skipped. Called for every secret first. */
  readonly mask: (value: string) => void;
  /** A line of the log. */
  readonly info: (line: string) => void;
  /** Starts a group for the lines that follow; undefined ends it. A group without lines is not shown. */
  readonly section: (title: Section | undefined) => void;
  /** Sets the title of the annotations that follow. */
  readonly setTitle: (title: string) => void;
  /** Annotations: a notice needs no action, a warning does. */
  readonly notice: (message: string) => void;
  readonly warning: (message: string) => void;
  /** A line that is shown only if debug logging is enabled. */
  readonly debug: (line: string) => void;
  /** The message of the failed step; sets the exit code. */
  readonly fail: (message: string) => void;
  /** Sets an output; throws an ActionError if the file for outputs cannot be written. */
  readonly output: (name: string, value: string) => void;
  /** Keeps a value for the post step. */
  readonly saveState: (name: string, value: string) => void;
  /** A value for an output, without the credentials of this run. */
  readonly redactAll: Redactor['redactAll'];
  /** Adds Markdown to the job summary, if the runner has one; `render` gets the redacted facts. */
  readonly summarize: <T>(facts: T, render: (facts: T) => string) => void;
}

/**
 * Wraps the toolkit. Every text of the step passes here: credentials are redacted, then text from outside is shortened
 * and escaped (`shown`), so that no text becomes a command or reveals a credential.
 *
 * @param summaryFile the runner's file for the job summary (GITHUB_STEP_SUMMARY); undefined or empty if there is none
 */
export function createRunner(core: Core, summaryFile: string | undefined): Runner {
  const { add, redact, redactAll } = createRedactor();
  const safe = (message: string): string => shown(message, redact);
  const sections = createSections(core);
  let title = 'PingOne Worker App';
  const annotate = (level: 'notice' | 'warning' | 'setFailed') => (message: string) => {
    sections.beforeLine();
    core[level](safe(message), { title });
  };
  const notice = once(annotate('notice'));
  return {
    mask: createMask(core, add),
    info: (text) => {
      sections.beforeLine();
      core.info(logLines(safe(text)));
    },
    section: sections.start,
    setTitle: (text) => {
      title = safe(text);
    },
    notice,
    warning: once(annotate('warning')),
    debug: (text) => core.debug(safe(text)),
    fail: (message) => {
      // A collapsed group would hide the message.
      sections.start(undefined);
      annotate('setFailed')(message);
    },
    output: createOutput(core),
    saveState: core.saveState,
    redactAll,
    summarize(facts, render) {
      try {
        if (summaryFile) core.appendFile(summaryFile, `${safe(render(redactAll(facts)))}\n`);
      } catch (error) {
        notice(summaryNotWritten(error));
      }
    },
  };
}

/** Passes each text on once: a run that plans again finds the same notices, and reads the same secrets. */
function once(tell: (text: string) => void): (text: string) => void {
  const told = new Set<string>();
  return (text) => {
    if (told.has(text)) return;
    tell(text);
    told.add(text);
  };
}

/** Masks each value once. */
function createMask(core: Core, add: (value: string) => void): Runner['mask'] {
  return once((value) => {
    if (value.trim() === '') return;
    add(value);
    core.setSecret(value);
  });
}

/** Groups of the log. The first line opens the group, so no group is empty. */
function createSections(core: Core): { start: Runner['section']; beforeLine: () => void } {
  let pending: Section | undefined;
  let isOpen = false;
  return {
    start(title) {
      if (isOpen) core.endGroup();
      isOpen = false;
      pending = title;
    },
    beforeLine() {
      if (pending === undefined) return;
      core.startGroup(pending);
      isOpen = true;
      pending = undefined;
    },
  };
}

function createOutput(core: Core): Runner['output'] {
  return (name, value) => {
    try {
      core.setOutput(name, value);
    } catch (cause) {
      const what = `The outputs of this step could not be written: ${systemCode(cause)}.`;
      const why = 'the disk of the runner is full, or another process changed the file in GITHUB_OUTPUT.';
      const fix = 'correct that, and run the workflow again to set the outputs.';
      throw new ActionError({ what, cause: why, fix }, { cause });
    }
  };
}

/** The work is done, so this does not fail the step. */
function summaryNotWritten(error: unknown): string {
  return `The job summary could not be written: ${systemCode(error)}.
Likely cause: the disk of the runner is full, or another step of the job changed the file in GITHUB_STEP_SUMMARY.
What to do: nothing. The log and the outputs of this step contain the result.`;
}

/**
 * Escapes commands in the log: the runner executes a line that starts with `::` or contains `##[` (actions/runner source,
 * ActionCommand). The toolkit escapes annotations, but not `info`.
 */
function logLines(text: string): string {
  return (
    text
      .split(/\r\n|\r|\n/)
      // The runner is a .NET program, and .NET's white space includes U+0085.
      .map((line) => line.replace(/^([\s\u0085]*):(?=:)/, '$1: ').replaceAll('##[', '## ['))
      .join('\n')
  );
}
