import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ActionError, Cancelled, explained } from '../../src/errors.ts';
import { limitsFor } from '../../src/run/context.ts';
import { inline as marked, isUuid, sentenceList, shown as shownOf } from '../../src/text.ts';
import { anyText } from '../hostile/texts.ts';

const inline = (text: string, limit?: number): string => shownOf(marked(text, limit));

describe('text from outside inside a sentence', () => {
  test.each([
    ['plain – ü 東京 \u{1f511}', 'plain – ü 東京 \u{1f511}'],
    ['a\nb\r\tc', 'a\\u{a}b\\u{d}\\u{9}c'],
    ['\u001b[31mred', '\\u{1b}[31mred'],
    ['a\u2028b\u2029c', 'a\\u{2028}b\\u{2029}c'],
    ['\u202eevil\u200f\u2066', '\\u{202e}evil\\u{200f}\\u{2066}'],
    ['half \ud83d pair', 'half \\u{d83d} pair'],
    ['\ufeffbom \u0085', '\\u{feff}bom \\u{85}'],
  ])('%j', (text, shown) => {
    expect(inline(text)).toBe(shown);
  });

  test('is cut with a mark, and never inside a surrogate pair', () => {
    expect(inline('abcdef', 3)).toBe('abc…');
    expect(inline('abc', 3)).toBe('abc');
    expect(inline('ab\u{1f511}', 3).isWellFormed()).toBe(true);
  });

  test('is always one printable line', () => {
    fc.assert(
      fc.property(anyText, fc.nat(50), (text, limit) => {
        expect(inline(text, limit)).not.toMatch(/[\p{Cc}\u2028\u2029]|\p{Surrogate}/u);
      }),
    );
  });
});

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
])('a list of %j is "%s"', (items, sentence) => {
  expect(sentenceList(items)).toBe(sentence);
});

test.each([
  ['23518374-38dc-43d0-8f17-8c9613f5d297', true],
  ['23518374-38DC-43D0-8F17-8C9613F5D297', true],
  ['23518374-38dc-43d0-8f17-8c9613f5d29', false],
  ['23518374-38dc-43d0-8f17-8c9613f5d297\n', false],
  ['x23518374-38dc-43d0-8f17-8c9613f5d297', false],
  ['2351837438dc43d08f178c9613f5d297', false],
])('%j is a UUID: %p', (text, is) => {
  expect(isUuid(text)).toBe(is);
});

describe('the message of any error has three lines', () => {
  const parts = { what: 'A.', cause: 'b.', fix: 'c.' };

  test.each<[string, unknown, RegExp]>([
    ['an explained error', new ActionError(parts), /^A\.\nLikely cause: b\.\nWhat to do: c\.$/],
    [
      'cancelled',
      new Cancelled('before GET x'),
      /^The step was cancelled: before GET x\nLikely cause: .*\nWhat to do: run .* again/,
    ],
    [
      'a defect',
      new TypeError('x is\nundefined'),
      /^The step failed .*: TypeError: x is\\u\{a\}undefined\nLikely cause: a defect .*\nWhat to do: /,
    ],
    ['a string', 'oops', /^The step failed .*: oops\nLikely cause: /],
    ['nothing', undefined, /^The step failed .*: undefined\n/],
  ])('%s', (_, error, message) => {
    const { message: lines } = explained(error);
    expect(shownOf(lines)).toMatch(message);
    expect(shownOf(lines).split('\n')).toHaveLength(3);
  });

  test('keeps its cause, and accepts advice', () => {
    const error = new TypeError('x');
    expect(explained(error).cause).toBe(error);
    const first = new ActionError(parts);
    expect(first.withAdvice('And d.')).toMatchObject({
      message: expect.stringMatching(/What to do: c\. And d\.$/),
      cause: first,
    });
  });
});

describe('the limits of a step', () => {
  // Design, "Numbers".
  test.each([
    [300, 15_000, 8_000, 60_000, 90_000, 15_000, 120_000],
    [60, 6_000, 3_000, 15_000, 18_000, 6_000, 24_000],
    [5, 500, 250, 1_250, 1_500, 500, 2_000],
  ])('of %i seconds', (seconds, requestMs, backoffMs, retryAfterMs, verifyMs, lookMs, youngEnvironmentMs) => {
    expect(limitsFor(seconds)).toMatchObject({
      totalMs: seconds * 1000,
      requestMs,
      backoffMs,
      retryAfterMs,
      verifyMs,
      lookMs,
      youngEnvironmentMs,
      bodyBytes: 16 * 1024 * 1024,
    });
  });
});
