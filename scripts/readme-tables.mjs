// The tables of inputs and outputs in docs/inputs.md, made from action.yml.
import { parse } from 'yaml';

/** @typedef {{ description: string, default?: unknown, required?: boolean }} Entry of action.yml */

/** Text on one line, without the character that ends a cell. @param {unknown} text */
const cell = (text) => String(text).trim().replace(/\s+/g, ' ').replaceAll('|', '\\|');

/** @param {Entry} entry */
const defaultOf = ({ default: value = '', required }) =>
  required ? '**required**' : value === '' ? '' : `\`${cell(value)}\``;

/** @param {string[][]} rows the first is the head */
const table = ([head = [], ...rows]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/**
 * The page with new tables between `<!-- inputs -->` and `<!-- /inputs -->`, and the same for outputs.
 * @param {string} page
 * @param {string} action the text of action.yml
 */
export function withFreshTables(page, action) {
  /** @type {Record<'inputs' | 'outputs', Record<string, Entry>>} */
  const { inputs, outputs } = parse(action);
  const nameOf = (/** @type {string} */ name) => `\`${name}\``;
  const inputRows = Object.entries(inputs).map(([name, it]) => [nameOf(name), defaultOf(it), cell(it.description)]);
  const outputRows = Object.entries(outputs).map(([name, it]) => [nameOf(name), cell(it.description)]);
  const tables = {
    inputs: table([['Input', 'Default', 'Description'], ...inputRows]),
    outputs: table([['Output', 'Description'], ...outputRows]),
  };
  return Object.entries(tables).reduce((text, [name, rows]) => {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [before, rest] = text.split(begin);
    const after = rest?.split(end)[1];
    if (after === undefined) throw new Error(`docs/inputs.md must contain ${begin} and ${end}`);
    return `${before}${begin}\n\n${rows}\n\n${end}${after}`;
  }, page);
}
