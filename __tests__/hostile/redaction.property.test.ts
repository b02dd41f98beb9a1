// No part of a credential is shown, wherever text contains it, is cut or is escaped.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createRunner } from '../../src/github/runner.ts';
import type { Runner } from '../../src/github/runner.ts';
import { plainText as markdown } from '../../src/github/stored-values.ts';
import { PingOneError } from '../../src/pingone/errors.ts';
import { distinguishable, inline } from '../../src/text.ts';
import { recordingCore } from '../github/core.ts';
import { anyText } from './texts.ts';

/** Of characters that no other text here has, and that HTML, Markdown, JSON and the log escape. */
const credential = fc
  .string({ unit: fc.constantFrom(...Array.from('QZ~-._"\\&<\t\u0007')), minLength: 8, maxLength: 60 })
  .filter((value) => value.trim() === value && /[QZ]{3}/.test(value));
const filler = fc.string({ unit: fc.constantFrom(...Array.from('abc é\n|*')), maxLength: 400 });

/** What can be read, with escapes undone. */
const readable = (text: string): string =>
  text
    .replace(/&#(\d+);/g, (_, digits: string) => String.fromCharCode(Number(digits)))
    .replace(/\\u\{([\da-f]+)\}/g, (_, digits: string) => String.fromCodePoint(parseInt(digits, 16)));

/** What the run says, but for masks and outputs. */
async function said(secret: string, act: (runner: Runner) => Promise<void> | void): Promise<string> {
  const { core, calls } = recordingCore();
  const runner = createRunner(core, 'summary');
  runner.mask(secret);
  await act(runner);
  return calls
    .filter(([name]) => name !== 'setSecret')
    .map(([, value]) => String(value))
    .join('\n');
}

function insistOnNothingOf(secret: string, text: string): void {
  expect(text).not.toMatch(/[QZ]/);
  expect(readable(text)).not.toContain(secret.slice(0, 8));
}

describe('text that contains a credential', () => {
  test.each(['info', 'notice', 'warning', 'debug', 'fail'] as const)('shows none of it in %s', (way) =>
    fc.assert(
      fc.asyncProperty(credential, filler, filler, fc.integer({ min: 1, max: 500 }), async (secret, a, b, limit) => {
        const message = `refused "${inline(`${a}${secret}${b}${secret}`, limit)}" twice: ${inline(secret, 4)}`;
        insistOnNothingOf(secret, await said(secret, (runner) => runner[way](message)));
      }),
    ),
  );

  test('shows none of it in the title of an annotation', () =>
    fc.assert(
      fc.asyncProperty(credential, filler, async (secret, a) => {
        const line = inline(JSON.stringify({ description: a + secret }), 200);
        insistOnNothingOf(
          secret,
          await said(secret, (runner) => {
            runner.setTitle(line);
            runner.notice('text');
          }),
        );
      }),
    ));

  test('shows none of it in the summary, with Markdown escapes, cut or not', () =>
    fc.assert(
      fc.asyncProperty(credential, filler, fc.integer({ min: 1, max: 500 }), async (secret, a, limit) => {
        const facts = { name: a + secret, changes: [{ to: secret + a }], note: inline(`x${a}${secret}`, limit) };
        const summary = await said(secret, (runner) =>
          runner.summarize(facts, ({ name, changes, note }) =>
            [markdown(name, limit), markdown(JSON.stringify(changes), limit), markdown(note), inline(name)].join('\n'),
          ),
        );
        insistOnNothingOf(secret, summary);
      }),
    ));

  test('shows none of it in an error of PingOne that another message quotes', () =>
    fc.assert(
      fc.asyncProperty(credential, filler, async (secret, a) => {
        const body = JSON.stringify({ code: 'C', message: a + secret.repeat(20) });
        const { message } = new PingOneError({ status: 400, headers: {}, body }, 'GET /v1/x');
        insistOnNothingOf(secret, await said(secret, (runner) => runner.warning(inline(message, 40))));
      }),
    ));

  test('two overlapping credentials are masked completely', async () => {
    const calls = await said('QZQZQZab', (runner) => {
      runner.mask('abZQZQZQ');
      runner.info(inline('x QZQZQZabZQZQZQ y'));
    });
    expect(calls).toBe('x *** y');
  });

  test('each line of a credential with several lines is masked', async () => {
    const lines = ['Q'.repeat(64), 'Z'.repeat(64)];
    const calls = await said(lines.join('\n'), (runner) => runner.info(inline(`no key: ${lines[1]!}`)));
    expect(calls).toBe('no key: ***');
  });
});

describe('text without a credential', () => {
  test('is not changed if it is short and printable', async () => {
    expect(await said('QZQZQZQZ', (runner) => runner.info(inline('Zürich – 東京 \u{1f511}')))).toContain(
      '東京 \u{1f511}',
    );
  });

  test('cannot leave its place in a message, and is limited in length', () =>
    fc.assert(
      fc.asyncProperty(anyText, anyText, async (a, b) => {
        const forged = `${a}\ufdd1\n::error::x\ufdd0\u{f0fff}${b.repeat(50)}`;
        const shown = await said('QZQZQZQZ', (runner) => runner.warning(`<${inline(forged, 20)}>`));
        expect(shown).toMatch(/^<[^\n\r]*>$/);
        expect(Array.from(shown).length).toBeLessThan(3 + 21 * 10);
        expect(shown).not.toMatch(/[\ufdd0\ufdd1]/);
      }),
    ));
});

test.each([
  ['Broad', 'broad', ['"Broad"', '"broad"']],
  ['Zu\u0308rich', 'Z\u00fcrich', ['"Zu\\u{308}rich"', '"Z\\u{fc}rich"']],
  ['a\u200bb', 'ab', ['"a\\u{200b}b"', '"ab"']],
  ['a\u00a0b', 'a b', ['"a\\u{a0}b"', '"a b"']],
])('%j and %j are shown differently', (a, b, expected) => {
  expect(distinguishable([a, b])).toEqual(expected);
});
