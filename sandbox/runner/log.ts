import type { Annotation, AnnotationLevel, StepEvent } from './events.ts';
import type { SecretMasker } from './masks.ts';

const MAX_ANNOTATION_LENGTH = 4096;
const MAX_ANNOTATIONS_PER_LEVEL = 10;

/**
 * The log of one step and what goes beside it. Every text is masked at the moment it is written, with the masks known
 * then: a later mask hides nothing that is already in the log.
 * Source: actions/runner, src/Runner.Worker/ExecutionContext.cs (Write, AddIssue, Debug).
 */
export class StepLog {
  /** The log file's lines, with the runner's tags: `##[group]…`, `##[error]…`. */
  readonly lines: string[] = [];
  readonly events: StepEvent[] = [];
  readonly annotations: Annotation[] = [];
  /** Whether a command of the phase could not be processed. Then the phase fails, even with exit code 0. */
  commandFailed = false;

  readonly masker: SecretMasker;
  readonly debugEnabled: boolean;

  constructor(masker: SecretMasker, debugEnabled: boolean) {
    this.masker = masker;
    this.debugEnabled = debugEnabled;
  }

  record(event: StepEvent): void {
    this.events.push(event);
  }

  write(text: string): void {
    this.lines.push(...this.masker.mask(text).split('\n'));
  }

  /** Shown only while debugging is on (RUNNER_DEBUG=1), each line with its own tag. */
  debug(message: string): void {
    if (!this.debugEnabled) return;
    for (const line of message.split(/\r?\n/)) this.write(`##[debug]${line}`);
  }

  /** Writes an error, a warning or a notice to the log; the first ten of a kind become annotations too. */
  issue(level: AnnotationLevel, message: string, properties: Readonly<Record<string, string>> = {}): void {
    if (message !== '') this.write(`##[${level}]${message}`);
    const shown = this.annotations.filter((annotation) => annotation.level === level).length;
    if (shown >= MAX_ANNOTATIONS_PER_LEVEL) return;
    const annotation = { level, message: this.masker.mask(message).slice(0, MAX_ANNOTATION_LENGTH), properties };
    this.annotations.push(annotation);
    this.record({ kind: 'annotation', annotation });
  }

  /** A command, in a line or in a file, that the runner cannot process: two errors, and the step fails. */
  failCommand(what: string, reason: string): void {
    this.issue('error', `Unable to process ${what} successfully.`);
    this.issue('error', reason);
    this.commandFailed = true;
  }
}
