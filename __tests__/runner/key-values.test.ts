import { describe, expect, test } from '@jest/globals';
import { parseKeyValues } from '../../sandbox/runner/key-values.ts';

const parse = (text: string): (readonly [string, string])[] => [...parseKeyValues(text)];

describe('a file of names and values', () => {
  test.each([
    ['', []],
    [
      'a=1\nb=\n\nc = x=y ',
      [
        ['a', '1'],
        ['b', ''],
        ['c ', ' x=y '],
      ],
    ],
    ['a=1<<2\n', [['a', '1<<2']]],
    [
      'a<<EOF\none\ntwo\nEOF\nb=1\n',
      [
        ['a', 'one\ntwo'],
        ['b', '1'],
      ],
    ],
    ['a<<EOF\nEOF\n', [['a', '']]],
    ['a<<EOF\n\nEOF\n', [['a', '']]],
    ['a<<EOF\nx=1\nb<<EOF2\nEOF', [['a', 'x=1\nb<<EOF2']]],
    ['a<<E=F\n1\nE=F\n', [['a', '1']]],
    ['#a=1\n', [['#a', '1']]],
  ])('%j', (text, pairs) => {
    expect(parse(text)).toEqual(pairs);
  });

  test('keeps the bytes of a value, including line ends at its end', () => {
    expect(parse('a<<EOF\n\n  x\r\n\n\nEOF\n')).toEqual([['a', '\n  x\r\n\n']]);
  });

  test.each([
    ['just text\n', "Invalid format 'just text'"],
    ['<<EOF\nx\nEOF\n', 'Name must not be empty'],
    ['a<<\nx\n', 'delimiter must not be empty'],
    ['a<<EOF\nx\n', "Matching delimiter not found 'EOF'"],
    ['a<<EOF\nx', 'EOF marker missing new line'],
    ['=x\n', 'Value cannot be null'],
  ])('refuses %j', (text, message) => {
    expect(() => parse(text)).toThrow(message);
  });

  test('returns what comes before a mistake', () => {
    const pairs = parseKeyValues('a=1\nmistake\n');
    expect(pairs.next().value).toEqual(['a', '1']);
    expect(() => pairs.next()).toThrow('mistake');
  });
});
