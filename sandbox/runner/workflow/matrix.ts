import { data } from '@actions/expressions';
import { z } from 'zod';
import type { Contexts } from './expressions.ts';
import { evaluate } from './expressions.ts';

const combinationSchema = z.record(z.string(), z.unknown());
const strategySchema = z.object({ matrix: z.union([z.string(), combinationSchema]) });
type Combination = z.output<typeof combinationSchema>;

/**
 * The combinations that a job runs with. `exclude` is refused, as no recipe has one.
 * Source: GitHub Docs, "Running variations of jobs in a workflow", "Expanding or adding matrix configurations".
 */
export function combinationsOf(strategy: unknown, contexts: Contexts): readonly Combination[] {
  if (strategy === undefined) return [{}];
  const { matrix } = strategySchema.parse(strategy);
  const { include = [], exclude, ...lists } = combinationSchema.parse(resolve(matrix, contexts));
  if (exclude !== undefined) throw new Error('A matrix with `exclude` cannot be run.');
  let combinations: Combination[] = [{}];
  for (const [name, list] of Object.entries(lists)) {
    const values = z.array(z.unknown()).parse(resolve(list, contexts));
    combinations = combinations.flatMap((combination) => values.map((value) => ({ ...combination, [name]: value })));
  }
  if (Object.keys(lists).length === 0) combinations = [];
  const added: Combination[] = [];
  for (const entry of z.array(combinationSchema).parse(resolve(include, contexts))) {
    const fits = (combination: Combination): boolean =>
      Object.keys(entry).every((name) => !(name in lists) || combination[name] === entry[name]);
    if (combinations.some(fits)) combinations = combinations.map((one) => (fits(one) ? { ...one, ...entry } : one));
    else added.push(entry);
  }
  combinations.push(...added);
  if (combinations.length === 0) throw new Error('The matrix does not contain any values.');
  return combinations;
}

/** A text of the form `${{ … }}` means the value of its expression. */
function resolve(value: unknown, contexts: Contexts): unknown {
  const expression = typeof value === 'string' ? /^\s*\$\{\{(.*)\}\}\s*$/s.exec(value)?.[1] : undefined;
  if (expression === undefined) return value;
  return JSON.parse(JSON.stringify(evaluate(expression, contexts), data.replacer)) as unknown;
}
