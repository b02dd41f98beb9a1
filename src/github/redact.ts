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
