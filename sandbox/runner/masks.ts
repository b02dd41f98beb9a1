import { derivedForms } from './encodings.ts';

/**
 * Replaces secrets by `***`, as the runner does for the log, annotations and step summaries of a job.
 * Source: actions/runner, src/Sdk/DTLogging/Logging/SecretMasker.cs. The regular expressions that GitHub's service adds
 * (tokens of well-known shape) are not modelled: what is hidden here is hidden there.
 */
export class SecretMasker {
  readonly #values = new Set<string>();
  readonly #forms = new Set<string>();

  /** The values as they were registered, in order. */
  get values(): string[] {
    return [...this.#values];
  }

  /** Masks a value and its derived forms from now on. The empty string would match everywhere and is skipped. */
  add(value: string): void {
    if (value === '') return;
    this.#values.add(value);
    for (const form of [value, ...derivedForms(value)]) this.#forms.add(form);
  }

  /**
   * Masks a secret that may span lines: the whole value, and each line by itself, since a log is read line by line.
   * Source: actions/runner, src/Runner.Worker/ActionCommandManager.cs, AddMaskCommandExtension.
   */
  addSecret(value: string): void {
    this.add(value);
    for (const line of value.split(/[\r\n]+/)) this.add(line.trim());
  }

  /** The text with every masked part replaced; parts that touch or overlap become one `***`. */
  mask(text: string): string {
    let masked = '';
    let copied = 0;
    for (const { start, end } of merge(this.#occurrences(text))) {
      masked += `${text.slice(copied, start)}***`;
      copied = end;
    }
    return masked + text.slice(copied);
  }

  #occurrences(text: string): Range[] {
    const found: Range[] = [];
    for (const form of this.#forms) {
      // From each hit on by one character: a secret may overlap itself.
      for (let start = text.indexOf(form); start >= 0; start = text.indexOf(form, start + 1)) {
        found.push({ start, end: start + form.length });
      }
    }
    return found.sort((a, b) => a.start - b.start);
  }
}

interface Range {
  readonly start: number;
  end: number;
}

function merge(sorted: readonly Range[]): Range[] {
  const merged: Range[] = [];
  for (const range of sorted) {
    const last = merged.at(-1);
    if (last && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else merged.push({ ...range });
  }
  return merged;
}
