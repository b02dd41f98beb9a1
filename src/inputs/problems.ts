import { ActionError } from '../errors.ts';
import { inline } from '../text.ts';

/** One thing that is wrong with the inputs. Each part is a clause without a full stop; `what` names the input. */
export interface Problem {
  readonly what: string;
  readonly cause: string;
  readonly fix: string;
}

/**
 * A value that an input does not take.
 *
 * @param meant the value to suggest, where this one looks like a typo of it (`nearest`)
 */
export function notTaken(input: string, value: string, taken: string, meant?: string): Problem {
  return {
    what: `\`${input}\` is "${inline(value, 60)}", which it does not take`,
    cause: `a typo in \`${input}\``,
    fix: `${meant === undefined ? '' : `did you mean ${meant}? Else `}set \`${input}\` to ${taken}`,
  };
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

/** All that is wrong, in one message of three lines: nobody should have to run a workflow once for each. */
export function refusal(problems: readonly Problem[]): ActionError {
  const distinct = (part: keyof Problem): string => [...new Set(problems.map((problem) => problem[part]))].join('; ');
  return new ActionError({
    what: `Inputs refused: ${distinct('what')}.`,
    cause: `${distinct('cause')}.`,
    fix: `${distinct('fix')}.`,
  });
}

/** The word that a typo leads to: at most two letters in five differ. Undefined where none is that near. */
export function nearest(value: string, words: readonly string[]): string | undefined {
  const distances = words.map((word) => ({ word, distance: editDistance(value.toLowerCase(), word.toLowerCase()) }));
  const [best] = distances.sort((a, b) => a.distance - b.distance);
  return best && best.distance <= best.word.length * 0.4 ? best.word : undefined;
}

/**
 * How many letters have to be put in, taken out, replaced or swapped with their neighbour (optimal string alignment),
 * for texts up to a word's length.
 */
function editDistance(from: string, to: string): number {
  if (from.length > 60) return Infinity;
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 0; i < from.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j += 1) {
      const replaced = (row[j] ?? 0) + (from[i] === to[j] ? 0 : 1);
      const isSwap = i > 0 && j > 0 && from[i] === to[j - 1] && from[i - 1] === to[j];
      const swapped = isSwap ? (before[j - 1] ?? 0) + 1 : Infinity;
      next.push(Math.min(replaced, swapped, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    [before, row] = [row, next];
  }
  return row.at(-1) ?? 0;
}
