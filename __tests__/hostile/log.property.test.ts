// How the runner reads any output of the step, with the real toolkit.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CommandProcessor } from '../../sandbox/runner/command-processor.ts';
import { parseKeyValues } from '../../sandbox/runner/key-values.ts';
import { LineReader } from '../../sandbox/runner/lines.ts';
import { StepLog } from '../../sandbox/runner/log.ts';
import { SecretMasker } from '../../sandbox/runner/masks.ts';
import { createRunner, toolkit } from '../../src/github/runner.ts';
import type { Runner } from '../../src/github/runner.ts';
import { inline as marked, shown as shownOf } from '../../src/text.ts';
import { anyText, tenMegabytes } from './texts.ts';

const inline = (text: string): string => shownOf(marked(text));

/** What the step writes to stdout meanwhile. */
function written(act: (runner: Runner) => void): Buffer {
  const chunks: Buffer[] = [];
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (chunk: string | Uint8Array) => chunks.push(Buffer.from(chunk as string)) > 0;
  try {
    act(createRunner(toolkit, undefined));
  } finally {
    process.stdout.write = write;
    process.exitCode = undefined;
  }
  return Buffer.concat(chunks);
}

/** The log after GitHub's runner has read it. */
function logOf(act: (runner: Runner) => void, isDebug = true): StepLog {
  const log = new StepLog(new SecretMasker(), isDebug);
  const processor = new CommandProcessor(log);
  const reader = new LineReader();
  for (const line of [...reader.push(written(act)), ...reader.end()]) processor.process(line, 'stdout');
  return log;
}

/** What happened beside lines being printed. */
const effects = ({ events, masker, commandFailed, lines }: StepLog) => ({
  events: events.filter(({ kind }) => kind !== 'line'),
  masks: masker.values.length,
  commandFailed,
  tags: lines.flatMap((line) => /^##\[(\w+)\]/.exec(line)?.[1] ?? []).filter((tag) => tag !== 'debug'),
});
const nothing = { events: [], masks: 0, commandFailed: false, tags: [] };

describe('text from outside', () => {
  test('is one printable line of limited length', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = inline(text);
        expect(shown).not.toMatch(/[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u);
        expect(shown.isWellFormed()).toBe(true);
        expect(shown.length).toBeLessThan(301 * 9);
      }),
    );
  });

  test('of ten megabytes is cut before anything else is done with it', () => {
    expect(inline('\u0000'.repeat(tenMegabytes))).toBe(`${'\\u{0}'.repeat(300)}…`);
  });

  test.each(['info', 'debug'] as const)('in a line of the log (%s) is not a runner command', (say) => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(effects(logOf((runner) => runner[say](text)))).toEqual(nothing);
      }),
    );
  });

  test('in a group of the log neither ends the group nor begins another', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1 }), (lines) => {
        const log = logOf((runner) => {
          runner.section('Plan');
          lines.forEach(runner.info);
          runner.section(undefined);
        }, false);
        expect(effects(log)).toEqual({ ...nothing, tags: ['group', 'endgroup'] });
        expect([log.lines[0], log.lines.at(-1)]).toEqual(['##[group]Plan', '##[endgroup]']);
      }),
    );
  });

  test.each([
    ['notice', 'notice'],
    ['warning', 'warning'],
    ['fail', 'error'],
  ] as const)('in an annotation (%s) is one message', (say, level) => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { annotations, events, masker, commandFailed } = logOf((runner) => runner[say](text));
        const message = text
          .replace(/[\ufdd0\ufdd1]/g, '\ufffd')
          .toWellFormed()
          .slice(0, 4096);
        expect(annotations).toEqual([{ level, message, properties: { title: 'PingOne Worker App' } }]);
        expect(events.filter(({ kind }) => kind !== 'line')).toHaveLength(1);
        expect([masker.values.length, commandFailed]).toEqual([0, false]);
      }),
    );
  });

  test('with a masked value is masked, and other text is not', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const masks = logOf((runner) => runner.mask(text)).events.flatMap((event) =>
          event.kind === 'mask' ? [event.value] : [],
        );
        expect(masks).toEqual(text.trim() === '' ? [] : [text.toWellFormed()]);
      }),
    );
  });
});

describe('outputs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'outputs-'));
  const file = join(folder, 'output');
  const outside = process.env['GITHUB_OUTPUT'];
  beforeAll(() => {
    process.env['GITHUB_OUTPUT'] = file;
  });
  afterAll(() => {
    delete process.env['GITHUB_OUTPUT'];
    if (outside !== undefined) process.env['GITHUB_OUTPUT'] = outside;
    rmSync(folder, { recursive: true });
  });

  test('keep their bytes, and cannot forge another output', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 5 }), (values) => {
        writeFileSync(file, '');
        const outputs = values.map((value, index) => [`output-${index}`, value] as const);
        const stdout = written((runner) => outputs.forEach(([name, value]) => runner.output(name, value)));
        expect(stdout.length).toBe(0);
        const read = [...parseKeyValues(readFileSync(file, 'utf8'))];
        expect(read).toEqual(outputs.map(([name, value]) => [name, value.toWellFormed()]));
      }),
    );
  });
});
