import { describe, expect, test } from '@jest/globals';
import { LineReader, splitLines } from '../../sandbox/runner/lines.ts';

/** Reads text in chunks of this many bytes. */
function read(text: string, size: number): string[] {
  const bytes = Buffer.from(text);
  const reader = new LineReader();
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += size) lines.push(...reader.push(bytes.subarray(at, at + size)));
  return [...lines, ...reader.end()];
}

describe('lines', () => {
  test.each([1, 2, 3, 1000])('end with LF, CR LF and a lone CR, in chunks of %d bytes', (size) => {
    expect(read('one\ntwo\r\nthree\rfour\n\n\r\nlast', size)).toEqual(['one', 'two', 'three', 'four', '', '', 'last']);
  });

  test.each([1, 2, 3])('keep characters that are split between chunks of %d bytes', (size) => {
    expect(read('Zürich €\n🙂\n', size)).toEqual(['Zürich €', '🙂']);
  });

  test('are returned as soon as they are complete', () => {
    const reader = new LineReader();
    expect(reader.push(Buffer.from('a\nb'))).toEqual(['a']);
    expect(reader.push(Buffer.from('c\r'))).toEqual(['bc']);
    expect(reader.push(Buffer.from('\nd'))).toEqual([]);
    expect(reader.end()).toEqual(['d']);
  });

  test('of a whole text follow the same rule', () => {
    expect(splitLines('a\rb\r\nc\n')).toEqual(['a', 'b', 'c']);
    expect(splitLines('')).toEqual([]);
    expect(splitLines('\n')).toEqual(['']);
  });
});
