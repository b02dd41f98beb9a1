import { ActionError } from '../errors.ts';
import { inline } from '../text.ts';

/** One thing that is wrong with the inputs. Each part is a clause without a full stop; `what` names the input. */
export interface Problem {
  readonly what: string;
  readonly cause: string;
  readonly fix: string;
}

/** A value that an input does not take. */
export function notTaken(input: string, value: string, taken: string): Problem {
  return {
    what: `\`${input}\` is "${inline(value, 60)}", which it does not take`,
    cause: `a typo in \`${input}\``,
    fix: `set \`${input}\` to ${taken}`,
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

/** All that is wrong, in one message of three lines: nobody should have to run a workflow once for each. */
export function refusal(problems: readonly Problem[]): ActionError {
  const distinct = (part: keyof Problem): string => [...new Set(problems.map((problem) => problem[part]))].join('; ');
  return new ActionError({
    what: `Inputs refused: ${distinct('what')}.`,
    cause: `${distinct('cause')}.`,
    fix: `${distinct('fix')}.`,
  });
}
