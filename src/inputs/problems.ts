import { ActionError } from '../errors.ts';
import { inline } from '../text.ts';

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
 * What is wrong with a token, which goes into a header as it is; undefined where nothing is. Nothing is assumed about
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
export function refusal(problems: readonly Problem[]): ActionError {
  const distinct = problems.filter(({ what }, index) => problems.findIndex((other) => other.what === what) === index);
  const [only, ...others] = distinct;
  const causes = [...new Set(distinct.map(({ cause }) => cause))].join('; ');
  if (only && others.length === 0) {
    return new ActionError({
      what: sentence(only.what),
      cause: sentence(causes, ''),
      fix: sentence(only.fix ?? 'correct the value, and run the workflow again', ''),
    });
  }
  const bullets = distinct.map(
    ({ what, fix }) => `\n- ${sentence(what)}${fix === undefined ? '' : ` ${sentence(fix)}`}`,
  );
  return new ActionError({
    what: `${distinct.length} inputs are not valid:${bullets.join('')}`,
    cause: sentence(causes, ''),
    fix: 'correct each input in this list, and run the workflow again.',
  });
}

/** A clause as a sentence of its own; with `''` it follows a colon, and its first letter stays. */
function sentence(clause: string, start: 'capital' | '' = 'capital'): string {
  const text = start === '' ? clause : clause.charAt(0).toUpperCase() + clause.slice(1);
  return /[.?!]$/.test(text) ? text : `${text}.`;
}
