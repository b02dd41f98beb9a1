// Inputs as strings of a certain form, and what is said about one that has another form.
import { ActionError } from '../errors.ts';
import { inline, isUuid, nearest } from '../text.ts';

/** One thing that is wrong with the inputs. Each part is a clause without a full stop; `what` names the input. */
export interface Problem {
  readonly what: string;
  readonly cause: string;
  /** Left out where `what` says what the input must be. */
  readonly fix?: string;
}

/** What is known about a value that an input does not accept, beyond the value itself. */
export interface Hint {
  /** The value that was probably meant. */
  readonly meant?: string | undefined;
  /** Why the value is wrong, if that can be told from its form. */
  readonly cause?: string | undefined;
}

/**
 * A value that an input does not accept.
 *
 * @param form what the input accepts, after "must be"
 */
export function mustBe(input: string, value: string, form: string, { meant, cause }: Hint = {}): Problem {
  return {
    what: `\`${input}\` must be ${form}; got ${value === '' ? 'nothing' : asCode(value)}`,
    cause: cause ?? causeOf(value),
    ...(meant === undefined ? {} : { fix: `did you mean ${asCode(meant)}?` }),
  };
}

/** A value as code; one that holds a backquote stands in double quotes. */
function asCode(value: string): string {
  return value.includes('`') ? `"${inline(value, 60)}"` : `\`${inline(value, 60)}\``;
}

/** `a`, `b` or `c` */
export function oneOf(values: readonly string[]): string {
  const quoted = values.map((value) => `\`${value}\``);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`;
}

/** YAML reads some words as something other than text, and tools write them for values that are missing. */
function causeOf(value: string): string {
  if (/^(null|undefined|~|\[object Object\]|NaN)$/.test(value)) {
    return 'an expression or a tool, e.g. `jq`, wrote this for a value that is missing';
  }
  if (/^(true|false|-?\d+(\.\d+)?)$/.test(value)) {
    return 'a typo, or YAML changed the value: without quotes it reads `1.10` as a number and `true` as a boolean';
  }
  return 'a typo, or a value in another form';
}

/** A credential that holds a blank or a line break. The value itself is not shown: it may be most of a secret. */
export function holdsBlanks(name: string): Problem {
  return {
    what: `${name} holds a blank or a line break`,
    cause: 'something else was copied along with the value',
    fix: `copy the value again into the secret that ${name} is read from`,
  };
}

/**
 * What is wrong with a token, which goes into a header as it is; undefined if nothing is. Nothing is assumed about
 * its length or alphabet but that it can be sent: visible ASCII (RFC 9110, 5.5).
 */
export function tokenProblem(name: string, token: string): Problem | undefined {
  if (/\s/.test(token)) return holdsBlanks(name);
  if (!/[^\x21-\x7e]/.test(token)) return undefined;
  return {
    what: `${name} holds a character that no token has`,
    cause: 'it was cut short (…) or changed where it was copied',
    fix: `copy the value again into the secret that ${name} is read from`,
  };
}

/** All that is wrong, in one message: one line for each problem, with its own remedy. */
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

/** A clause as a sentence of its own; with `''` it follows a colon, and its first letter stays. */
function asSentence(clause: string, start: 'capital' | '' = 'capital'): string {
  const text = start === '' ? clause : clause.charAt(0).toUpperCase() + clause.slice(1);
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

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

  /** An input as text, empty if it is not given. */
  readonly text = (input: string): string => trim(this.#env[`INPUT_${input.replaceAll(' ', '_').toUpperCase()}`] ?? '');

  /** An environment variable, empty if it is not given. */
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

  /** A UUID in lower case; undefined if none is given. */
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

  /** One of these values; undefined if none is given. */
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
      mustBe(input, text, 'a whole number of seconds from 1 to 99999, without a unit', {
        meant: durationAsSeconds(text),
      }),
    );
    return otherwise;
  }

  /** An https URL, or one of a loopback host, without a slash at the end; undefined if none is given. */
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
function durationAsSeconds(text: string): string | undefined {
  const match = /^(?<count>\d{1,4}) ?(?<unit>[smh])[a-z]*$/i.exec(text);
  const unit = { s: 1, m: 60, h: 3600 }[(match?.groups?.['unit'] ?? 's').toLowerCase()] ?? 1;
  const seconds = Number(match?.groups?.['count']) * unit;
  return seconds >= 1 && seconds <= 99_999 ? String(seconds) : undefined;
}
