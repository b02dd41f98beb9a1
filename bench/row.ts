/** One line of the report: what was measured, against what. */
export interface Row {
  /** Its number in docs/performance.md, such as `1a`. */
  readonly row: string;
  readonly what: string;
  /** What it is compared with, and that one's own number. */
  readonly against?: { readonly what: string; readonly value: number };
  readonly value: number;
  readonly unit: 'ms' | 'MB' | 'kB' | 'requests' | 'round trips';
  /** The one to look at: `value` to the other one, or the other way round where larger is to be better. */
  readonly ratio?: number;
  /** What the ratio, or else the value, is to be. */
  readonly target?: { readonly atMost: number } | { readonly atLeast: number };
}

/** Whether a row is what it is to be; undefined where nothing is asked of it. */
export function isReached({ value, ratio = value, target }: Row): boolean | undefined {
  if (!target) return undefined;
  return 'atMost' in target ? ratio <= target.atMost : ratio >= target.atLeast;
}

/** The rows as text, one a line. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.row,
    row.what,
    number(row.value, row.unit),
    row.against ? `${row.against.what}: ${number(row.against.value, row.unit)}` : '',
    row.ratio === undefined ? '' : `${row.ratio.toFixed(2)}x`,
    targetText(row),
  ]);
  const all = [['row', 'what', 'measured', 'against', 'ratio', 'to reach'], ...cells];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0))) ?? [];
  return all
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function number(value: number, unit: Row['unit']): string {
  const digits = unit === 'ms' || unit === 'MB' || unit === 'kB' ? 1 : 0;
  return `${value.toFixed(digits)} ${unit}`;
}

function targetText(row: Row): string {
  if (!row.target) return '';
  const text = 'atMost' in row.target ? `at most ${row.target.atMost}` : `at least ${row.target.atLeast}`;
  return `${text}${isReached(row) === true ? '' : ', missed'}`;
}
