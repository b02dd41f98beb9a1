// Reads and checks single inputs, and describes wrong ones.
import { ActionError } from '../errors.ts';
import { inline, isUuid, nearest } from '../text.ts';

/** One problem with the inputs. Each part is a clause without a full stop; `what` names the input. */
export interface Problem {
  readonly what: string;
  readonly cause: string;
  /** Missing if `what` says what the input must be. */
  readonly fix?: string;
}

/** Facts about a wrong value. */
export interface Hint {
  /** The value that was probably meant. */
  readonly meant?: string | undefined;
  /** Why the value is wrong, if its form shows it. */
  readonly cause?: string | undefined;
}

/**
 * The problem of an input with a wrong value.
 *
 * @param form what the input accepts, as a phrase after "must be"
 */
export function mustBe(input: string, value: string, form: string, { meant, cause }: Hint = {}): Problem {
  return {
    what: `\`${input}\` must be ${form}; got ${value === '' ? 'nothing' : asCode(value)}`,
    cause: cause ?? causeOf(value),
    ...(meant === undefined ? {} : { fix: `did you mean ${asCode(meant)}?` }),
  };
}

/** A value as code, or in double quotes if it contains a backquote. */
function asCode(value: string): string {
  return value.includes('`') ? `"${inline(value, 60)}"` : `\`${inline(value, 60)}\``;
}

/** `a`, `b` or `c` */
export function oneOf(values: readonly string[]): string {
  const quoted = values.map((value) => `\`${value}\``);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`;
}

/** YAML does not read some words as text, and tools write some words for missing values. */
function causeOf(value: string): string {
  if (/^(null|undefined|~|\[object Object\]|NaN)$/.test(value)) {
    return 'an expression or a tool, e.g. `jq`, wrote this for a missing value';
  }
  if (/^(true|false|-?\d+(\.\d+)?)$/.test(value)) {
    return 'a typo, or YAML changed the value: without quotes, it reads `1.10` as a number and `true` as a boolean';
  }
  return 'a typo, or a value of another input';
}

/** A credential that contains a blank or a line break. The value is not shown: it may contain the secret. */
export function containsBlanks(name: string): Problem {
  return {
    what: `${name} contains a blank or a line break`,
    cause: 'other text was copied with the value',
    fix: `copy the value again into the secret that ${name} is read from`,
  };
}

/**
 * The problem of a token that cannot be sent in a header (RFC 9110, 5.5: visible ASCII); undefined if there is none. A
 * token may have any length.
 */
export function tokenProblem(name: string, token: string): Problem | undefined {
  if (/\s/.test(token)) return containsBlanks(name);
  if (!/[^\x21-\x7e]/.test(token)) return undefined;
  return {
    what: `${name} contains a character that a token cannot have`,
    cause: 'the value was truncated (…) or changed when it was copied',
    fix: `copy the value again into the secret that ${name} is read from`,
  };
}

/** All problems in one message: one bullet for each problem, with its own remedy. */
export function inputError(problems: readonly Problem[]): ActionError {
  const distinct = problems.filter(({ what }, index) => problems.findIndex((other) => other.what === what) === index);
  const [only, ...others] = distinct;
  const causes = [...new Set(distinct.map(({ cause }) => cause))].join('; ');
  if (only && others.length === 0) {
    return new ActionError({
      what: asSentence(only.what),
      cause: asSentence(causes, ''),
      fix: asSentence(only.fix ?? 'correct the value, and run the workflow again', ''),
    });
  }
  const bullets = distinct.map(
    ({ what, fix }) => `\n- ${asSentence(what)}${fix === undefined ? '' : ` ${asSentence(fix)}`}`,
  );
  return new ActionError({
    what: `${distinct.length} inputs are not valid:${bullets.join('')}`,
    cause: asSentence(causes, ''),
    fix: 'correct each input in this list, and run the workflow again.',
  });
}

/** A clause as a sentence; with `''` the first letter is not changed, for text after a colon. */
function asSentence(clause: string, start: 'capital' | '' = 'capital'): string {
  const text = start === '' ? clause : clause.charAt(0).toUpperCase() + clause.slice(1);
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

// Unlike String.trim, this keeps Unicode blanks: they may be part of a name.
const trim = (text: string): string => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');

/**
 * Reads inputs from `INPUT_<NAME>`, where the runner passes them as strings with dashes kept (actions/runner source). An
 * empty value means not set. For a wrong value, a problem is added and a default is returned.
 */
export class InputReader {
  readonly problems: Problem[] = [];
  readonly #env: Readonly<Record<string, string | undefined>>;

  constructor(env: Readonly<Record<string, string | undefined>>) {
    this.#env = env;
  }

  /** An input as text; empty if not set. */
  readonly text = (input: string): string => trim(this.#env[`INPUT_${input.replaceAll(' ', '_').toUpperCase()}`] ?? '');

  /** An environment variable; empty if not set. */
  readonly variable = (name: string): string => trim(this.#env[name] ?? '');

  /** A required input; `meaning` describes its value. */
  required(input: string, meaning: string): string {
    if (this.text(input) === '') {
      this.problems.push({
        what: `\`${input}\` is missing`,
        cause: 'the step does not set it in `with:`, or its expression is empty',
        fix: `set \`${input}\` to ${meaning}`,
      });
    }
    return this.oneLine(input);
  }

  /** An input without line breaks and other control characters. */
  oneLine(input: string): string {
    const text = this.text(input);
    // eslint-disable-next-line no-control-regex -- the search is for control characters
    if (/[\u0000-\u001f\u007f]/.test(text)) {
      this.problems.push(mustBe(input, text, 'one line without control characters'));
    }
    return text;
  }

  /** A UUID in lower case; undefined if not set. */
  uuid(input: string): string | undefined {
    const text = this.text(input);
    if (text === '') return undefined;
    if (!isUuid(text)) this.problems.push(mustBe(input, text, 'a UUID, as PingOne shows it'));
    return text.toLowerCase();
  }

  /** A token to be sent in a header. */
  token(input: string): string {
    const text = this.text(input);
    const problem = tokenProblem(`\`${input}\``, text);
    if (problem) this.problems.push(problem);
    return text;
  }

  /** The entries of an input with one entry per line. A line with list marks, quotes or commas is a problem. */
  lines(input: string): string[] {
    const lines = this.text(input).split('\n').map(trim).filter(Boolean);
    return lines.filter((line) => {
      const entry = plainEntry(line);
      if (entry !== line) this.problems.push(oneEach(input, line, /[",]/.test(entry) ? undefined : entry));
      return entry === line;
    });
  }

  /** One of these values; undefined if not set. */
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

  /** `true`, `false` or one other word. */
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
      mustBe(input, text, 'a whole number of seconds from 1 to 99999, without a unit', {
        meant: durationAsSeconds(text),
      }),
    );
    return otherwise;
  }

  /** An https URL, or an http URL of a loopback host, without a trailing slash; undefined if not set. */
  url(input: string): string | undefined {
    const text = this.text(input);
    return text === '' ? undefined : this.checkedUrl(input, text);
  }

  /** The same for text from another source; `name` is its name in messages. */
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

/** Whether this is an https address, or an http address of a loopback host. */
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

/** The problem of an input whose list has another form than one entry per line. */
export function oneEach(input: string, line: string, meant?: string): Problem {
  const form = 'one entry per line, without list marks, quotes or commas';
  return mustBe(input, line, form, { meant, cause: 'the list is in YAML or JSON form' });
}

/** `5m` in seconds. */
function durationAsSeconds(text: string): string | undefined {
  const match = /^(?<count>\d{1,4}) ?(?<unit>[smh])[a-z]*$/i.exec(text);
  const unit = { s: 1, m: 60, h: 3600 }[(match?.groups?.['unit'] ?? 's').toLowerCase()] ?? 1;
  const seconds = Number(match?.groups?.['count']) * unit;
  return seconds >= 1 && seconds <= 99_999 ? String(seconds) : undefined;
}
