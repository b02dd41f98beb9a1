import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { alignColumns, renderLog } from '../../sandbox/demo/terminal.ts';

const plain = (lines: readonly string[]): string[] => lines.map((line) => stripVTControlCharacters(line));

describe('the demo', () => {
  test('shows groups indented and levels by name', () => {
    const log = '##[group]Run ./\nwith:\n##[endgroup]\ntext\n##[error]no\n##[warning]hm\n##[notice]so\n##[debug]d\n';
    expect(plain(renderLog(log))).toEqual([
      '▼ Run ./',
      '  with:',
      'text',
      'Error: no',
      'Warning: hm',
      'Notice: so',
      'd',
    ]);
  });

  test('shows a group closed', () => {
    const log = '##[group]A\n1\n##[endgroup]\n2\n##[group]B\n3\n##[endgroup]\n';
    expect(plain(renderLog(log, 'A'))).toEqual(['▶ A', '2', '▼ B', '  3']);
  });

  test('aligns columns', () => {
    const rows = [
      ['a', '1'],
      ['long', '2'],
    ] as const;
    expect(plain(alignColumns(rows))).toEqual(['a     1', 'long  2']);
    expect(alignColumns([])).toEqual([]);
  });
});
