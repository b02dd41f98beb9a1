// What leaves the program: log, annotations, outputs, summary. Every text is redacted here.
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
import { systemCode } from '../errors.ts';
import { shown } from '../text.ts';

/**
 * The toolkit itself; everything else sees it as a `Core` that was handed in. By name, so that the build leaves out
 * the rest of it, which would start processes and ask for OIDC tokens.
 */
export const toolkit: Core = {
  debug,
  endGroup,
  info,
  notice,
  saveState,
  // The toolkit's own `setFailed` takes no title.
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

/** The credentials that this run knows: `redact` takes out of a text what `add` got. */
export interface Redactor {
  readonly add: (value: string) => void;
  /** The text with `***` in the place of each credential. */
  readonly redact: (text: string) => string;
  /** The same for each text inside of a value; keys are the program's own words. */
  readonly redactAll: <T>(value: T) => T;
}

/** Makes an empty one. */
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

// A shorter one is part of ordinary words. The runner masks it in the log all the same.
const leastLength = 4;

/** As it is, as JSON writes it, and its lines, of which an error may show one: a PEM has 64 characters a line. */
function formsOf(value: string): readonly string[] {
  const lines = value.split(/\r\n|\r|\n/).filter((line) => line.trim().length >= 16);
  return [value, JSON.stringify(value).slice(1, -1), ...lines].filter((form) => form.length >= leastLength);
}

type Span = readonly [start: number, end: number];

/** Where credentials are; those that overlap count as one, so that no rest of the second is left. */
function spansOf(text: string, forms: ReadonlySet<string>): readonly Span[] {
  const found: Span[] = [];
  for (const form of forms) {
    for (let start = text.indexOf(form); start >= 0; start = text.indexOf(form, start + 1)) {
      found.push([start, start + form.length]);
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

/** The toolkit's functions that are used here, handed in so that tests can watch them. */
export type Core = Pick<
  typeof ActionsCore,
  'setSecret' | 'setOutput' | 'saveState' | 'startGroup' | 'endGroup' | 'info' | 'notice' | 'warning' | 'debug'
> & {
  /** Fails the step, with an annotation. */
  readonly setFailed: (message: string, properties: { readonly title: string }) => void;
  /** Appends to a file that the runner made, e.g. for the job summary. */
  readonly appendFile: (path: string, text: string) => void;
};

/** The parts of the log that are folded under a title. */
export type Section = 'Settings' | 'Plan' | 'Apply' | 'Deliver';

/** The GitHub runner, as far as this step speaks to it. */
export interface Runner {
  /** Hides a value in the log of this job from now on; blanks are skipped. Every secret passes here before all else. */
  readonly mask: (value: string) => void;
  /** A line of the log. */
  readonly info: (line: string) => void;
  /** Folds the lines that follow under a title, until the next section. A section without lines does not show. */
  readonly section: (title: Section | undefined) => void;
  /** Sets the title of the annotations that follow. */
  readonly entitle: (title: string) => void;
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
  readonly summarize: <T>(facts: T, render: (facts: T) => string) => void;
}

/**
 * Wraps the toolkit. It is the only way out for texts, and it knows the credentials: from every text it takes them out,
 * then shortens and escapes what comes from outside (`shown`), so that no text becomes a command or gives one away.
 *
 * @param summaryFile the file that the runner made for the job summary (GITHUB_STEP_SUMMARY); undefined or empty for none
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
  const notice = annotate('notice');
  return {
    mask: createMask(core, add),
    info: (text) => {
      sections.beforeLine();
      core.info(logLines(safe(text)));
    },
    section: sections.start,
    entitle: (text) => {
      title = safe(text);
    },
    notice,
    warning: annotate('warning'),
    debug: (text) => core.debug(safe(text)),
    fail: (message) => {
      // A folded section would hide the message.
      sections.start(undefined);
      annotate('setFailed')(message);
    },
    output: core.setOutput,
    saveState: core.saveState,
    summarize(facts, render) {
      if (!summaryFile) return;
      try {
        core.appendFile(summaryFile, `${safe(render(redactAll(facts)))}\n`);
      } catch (error) {
        notice(summaryNotWritten(error));
      }
    },
  };
}

/** Masks each value once. */
function createMask(core: Core, add: (value: string) => void): Runner['mask'] {
  const masked = new Set<string>();
  return (value) => {
    if (value.trim() === '' || masked.has(value)) return;
    add(value);
    core.setSecret(value);
    masked.add(value);
  };
}

/** Groups of the log: opened by their first line, so that none is empty. */
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
