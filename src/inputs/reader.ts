import { isUuid, nearest } from '../text.ts';
import type { Problem } from './problems.ts';
import { mustBe, oneOf, tokenProblem } from './problems.ts';

// Unlike String.trim, this leaves Unicode blanks alone: they may be part of a name.
const trim = (text: string): string => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');

/**
 * Reads inputs as the runner passes them, as strings in `INPUT_<NAME>` with dashes kept (actions/runner source). Empty
 * means not given. What is wrong is collected in `problems`, and a value of the right type stands in for it meanwhile.
 */
export class InputReader {
  readonly problems: Problem[] = [];
  readonly #env: Readonly<Record<string, string | undefined>>;

  constructor(env: Readonly<Record<string, string | undefined>>) {
    this.#env = env;
  }

  /** An input as text, empty where it is not given. */
  readonly text = (input: string): string => trim(this.#env[`INPUT_${input.replaceAll(' ', '_').toUpperCase()}`] ?? '');

  /** An environment variable, empty where it is not given. */
  readonly variable = (name: string): string => trim(this.#env[name] ?? '');

  /** An input that has to be given; `meaning` says what it is. */
  required(input: string, meaning: string): string {
    if (this.text(input) === '') {
      this.problems.push({
        what: `\`${input}\` is missing`,
        cause: `\`with:\` does not name it, or the expression in it is empty`,
        fix: `set \`${input}\` to ${meaning}`,
      });
    }
    return this.oneLine(input);
  }

  /** An input that may hold no line break, nor any other control character. */
  oneLine(input: string): string {
    const text = this.text(input);
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    if (/[\u0000-\u001f\u007f]/.test(text)) {
      this.problems.push(mustBe(input, text, 'one line without control characters'));
    }
    return text;
  }

  /** A UUID in lower case; undefined where none is given. */
  uuid(input: string): string | undefined {
    const text = this.text(input);
    if (text === '') return undefined;
    if (!isUuid(text)) this.problems.push(mustBe(input, text, 'a UUID, as PingOne shows it'));
    return text.toLowerCase();
  }

  /** A token, which goes into a header. */
  token(input: string): string {
    const text = this.text(input);
    const problem = tokenProblem(`\`${input}\``, text);
    if (problem) this.problems.push(problem);
    return text;
  }

  /** The entries of an input that holds one per line. A line in the form of another kind of list is a problem. */
  lines(input: string): string[] {
    const lines = this.text(input).split('\n').map(trim).filter(Boolean);
    return lines.filter((line) => {
      const entry = plainEntry(line);
      if (entry !== line) this.problems.push(oneEach(input, line, /[",]/.test(entry) ? undefined : entry));
      return entry === line;
    });
  }

  /** One of these values; undefined where none is given. */
  choice<T extends string>(input: string, values: readonly T[]): T | undefined {
    const text = this.text(input);
    if (text === '') return undefined;
    const value = values.find((candidate) => candidate.toLowerCase() === text.toLowerCase());
    if (value === undefined) this.problems.push(mustBe(input, text, oneOf(values), { meant: nearest(text, values) }));
    return value;
  }

  /** `true` or `false`. */
  boolean(input: string, otherwise: boolean): boolean {
    const value = this.choice(input, ['true', 'false']);
    return value === undefined ? otherwise : value === 'true';
  }

  /** `true`, `false` or one more word. */
  booleanOr<T extends string>(input: string, word: T, otherwise: boolean): boolean | T {
    const value = this.choice<string>(input, ['true', 'false', word]);
    if (value === undefined) return otherwise;
    return value === word ? word : value === 'true';
  }

  /** A whole number of seconds, at least 1. */
  seconds(input: string, otherwise: number): number {
    const text = this.text(input);
    if (text === '') return otherwise;
    if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
    this.problems.push(
      mustBe(input, text, 'a whole number of seconds from 1 to 99999, without a unit', { meant: inSeconds(text) }),
    );
    return otherwise;
  }

  /** An https URL, or one of a loopback host, without a slash at the end; undefined where none is given. */
  url(input: string): string | undefined {
    const text = this.text(input);
    return text === '' ? undefined : this.checkedUrl(input, text);
  }

  /** The same for a text that comes from elsewhere, by the name that a problem calls it by. */
  checkedUrl(name: string, text: string): string | undefined {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const isBase = url?.search === '' && url.hash === '' && url.username === '' && url.password === '';
    if (!isSafeUrl(text) || !isBase) {
      const shown = url?.host ? `${url.protocol}//${url.host}…` : text;
      this.problems.push(mustBe(name, shown, 'an `https://` address without query, fragment or credentials'));
      return undefined;
    }
    return text.replace(/\/+$/, '');
  }
}

/** Whether this is an https address, or an http one that does not leave the machine. */
export function isSafeUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** An entry without the marks of a YAML or JSON list around it. */
function plainEntry(line: string): string {
  const entry = line
    .replace(/^[-*\u2022][ \t]+/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/^(["'`])(.+)\1$/, '$2');
  return trim(entry);
}

/** Says that an input takes one entry per line, as it is. */
export function oneEach(input: string, line: string, meant?: string): Problem {
  const form = 'one entry per line, without list marks, quotes or commas';
  return mustBe(input, line, form, { meant, cause: 'a list in another form was written or pasted' });
}

/** `5m` in seconds. */
function inSeconds(text: string): string | undefined {
  const match = /^(?<count>\d{1,4}) ?(?<unit>[smh])[a-z]*$/i.exec(text);
  const unit = { s: 1, m: 60, h: 3600 }[(match?.groups?.['unit'] ?? 's').toLowerCase()] ?? 1;
  const seconds = Number(match?.groups?.['count']) * unit;
  return seconds >= 1 && seconds <= 99_999 ? String(seconds) : undefined;
}
