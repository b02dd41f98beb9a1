// README.md's tables of inputs and outputs, made from action.yml: what a user reads is what the runner is told.
import { parse } from 'yaml';

/** @typedef {{ description?: string, default?: unknown, required?: boolean }} Entry of action.yml */

/**
 * Text as a cell: on one line, and without the character that ends a cell (in code as well, says GitHub's Markdown).
 * @param {unknown} text
 */
const cell = (text) => String(text).trim().replace(/\s+/g, ' ').replaceAll('|', '\\|');

/** @param {Entry} entry */
function defaultOf({ default: value, required }) {
  if (required) return '**required**';
  return value === undefined || value === '' ? '' : `\`${cell(value)}\``;
}

/**
 * @param {string[]} head
 * @param {string[][]} rows
 */
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/**
 * @param {string} name
 * @param {Entry | null} entry null where nothing stands after the name
 */
function row(name, entry) {
  if (!entry?.description) throw new Error(`action.yml: \`${name}\` has no description`);
  return [`\`${name}\``, cell(entry.description)];
}

/**
 * @param {string} action the text of action.yml
 * @returns {Record<string, string>} a table by the name of its markers
 */
function tables(action) {
  /** @type {Record<'inputs' | 'outputs', Record<string, Entry> | undefined>} */
  const { inputs = {}, outputs = {} } = parse(action);
  const inputRows = Object.entries(inputs).map(([name, entry]) => {
    const [title = '', description = ''] = row(name, entry);
    return [title, defaultOf(entry), description];
  });
  return {
    inputs: table(['Input', 'Default', 'Description'], inputRows),
    outputs: table(
      ['Output', 'Description'],
      Object.entries(outputs).map(([name, entry]) => row(name, entry)),
    ),
  };
}

/**
 * The README with fresh tables between `<!-- inputs -->` and `<!-- /inputs -->`, and the same for outputs.
 * @param {string} readme
 * @param {string} action the text of action.yml
 */
export function withFreshTables(readme, action) {
  let fresh = readme;
  for (const [name, text] of Object.entries(tables(action))) {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [before, rest, ...twice] = fresh.split(begin);
    const [, after, ...again] = rest?.split(end) ?? [];
    if (before === undefined || after === undefined || twice.length || again.length) {
      throw new Error(`README.md must hold ${begin} and ${end} once each, in this order`);
    }
    fresh = `${before}${begin}\n\n${text}\n\n${end}${after}`;
  }
  return fresh;
}

/** What to say when the tables are old. */
export const staleMessage =
  'The tables of inputs and outputs in README.md are not what action.yml says.\n' +
  'What to do: run `node scripts/node24.mjs scripts/readme.mjs` and commit README.md.';
