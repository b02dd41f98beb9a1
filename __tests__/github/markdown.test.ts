import { describe, expect, test } from '@jest/globals';
import { code, codeBlock, plainText, table } from '../../src/github/stored-values.ts';

/** What a browser shows: character references are resolved. */
const shown = (markdown: string): string =>
  markdown.replace(/&#(\d+);/g, (_, digits: string) => String.fromCharCode(Number(digits)));

describe('text from outside', () => {
  test.each([
    '<script>alert(1)</script>',
    '<!-- no end',
    '| a | b |',
    '[click](https://evil.example)',
    '![x](https://evil.example/a.png)',
    '@everyone https://evil.example www.evil.example',
    '`code` **bold** _it_ ~~no~~ ==mark== ^up^',
    '# heading, - list, + list, 1. list',
    '&lt;b&gt; &#60; &amp;',
    '$x^2$ \\(y\\) :tada:',
  ])('%j contains no Markdown afterwards, and is shown unchanged', (value) => {
    const markdown = plainText(value);
    expect(markdown.replaceAll(/&#\d+;/g, '')).toMatch(/^[\w ,;?\u0080-\uffff]*$/);
    expect(shown(markdown)).toBe(value);
  });

  test.each(['a\n# b', 'a\r\n::error::b', 'a\u2028b', 'a\u202eb', 'a\u0000b', 'a\ud800b'])(
    '%j stays on one line, and invisible characters are shown',
    (value) => {
      expect(plainText(value)).not.toMatch(/[\p{Cc}\p{Surrogate}\u2028\u202e]/u);
      expect(shown(plainText(value))).toMatch(/^a\\u\{[\da-f]+\}.*b$/);
    },
  );

  test('is cut if it is long', () => {
    expect(shown(plainText('x'.repeat(400)))).toBe(`${'x'.repeat(300)}…`);
    expect(shown(plainText('<'.repeat(10), 3))).toBe('<<<…');
  });

  test('cannot end a code span', () => {
    expect(code('</code><b>')).toMatch(/^<code>[^<>]*<\/code>$/);
  });

  test('cannot add a column to a table', () => {
    const lines = table(['Change', 'Now'], [[plainText('a | b'), plainText('c\n| d')]]);
    expect(lines.map((line) => line.split('|').length)).toEqual([4, 4, 4, 1]);
  });
});

test.each([
  [['a'], '```'],
  [['a', '```', 'b'], '````'],
  [['`````` x'], '```````'],
])('no line of %j ends its code fence', (lines, fence) => {
  expect(codeBlock('yaml', lines)).toEqual([`${fence}yaml`, ...lines, fence, '']);
});
