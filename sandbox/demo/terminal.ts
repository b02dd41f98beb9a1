/** ANSI codes of the few styles that the demo uses. */
const STYLES = { bold: '1', dim: '2', red: '31', green: '32', yellow: '33', blue: '34', cyan: '36' } as const;
export type Style = keyof typeof STYLES;

// https://no-color.org: a value of any kind switches colours off, an empty one does not.
const coloured = process.stdout.isTTY && !process.env['NO_COLOR'];

export function paint(style: Style, text: string): string {
  return coloured ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text;
}

export function print(text = ''): void {
  process.stdout.write(`${text}\n`);
}

/** A headline, and under it the lines at the same margin. */
export function printBlock(title: string, lines: readonly string[]): void {
  print(`  ${paint('bold', title)}`);
  for (const line of lines) print(`  ${paint('dim', '│')} ${line}`);
  print();
}

/** Pads the first column so that the second is flush: `[['a', '1'], ['long', '2']]`. */
export function alignColumns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `${paint('cyan', first.padEnd(width))}  ${second}`);
}

const LEVELS: Readonly<Record<string, readonly [Style, string]>> = {
  error: ['red', 'Error: '],
  warning: ['yellow', 'Warning: '],
  notice: ['blue', 'Notice: '],
  debug: ['dim', ''],
};

/**
 * The runner's log as GitHub's page shows it: tags become colours, groups are indented.
 *
 * @param collapsed The title of a group that is shown closed.
 */
export function renderLog(log: string, collapsed?: string): string[] {
  const lines: string[] = [];
  let group: string | undefined;
  for (const line of log.trimEnd().split('\n')) {
    const [, tag = '', text = ''] = /^##\[(\w+)\](.*)$/.exec(line) ?? [undefined, '', line];
    const level = LEVELS[tag];
    if (tag === 'group') {
      group = text;
      lines.push(paint('bold', `${text === collapsed ? '▶' : '▼'} ${text}`));
    } else if (tag === 'endgroup') {
      group = undefined;
    } else if (group === undefined || group !== collapsed) {
      lines.push((group === undefined ? '' : '  ') + (level ? paint(level[0], level[1] + text) : text));
    }
  }
  return lines;
}
