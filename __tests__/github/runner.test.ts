import { describe, expect, test } from '@jest/globals';
import { parseCommand } from '../../sandbox/runner/commands.ts';
import { splitLines } from '../../sandbox/runner/lines.ts';
import { createRunner } from '../../src/github/runner.ts';
import { recordingCore } from './core.ts';

const commands = new Set(['error', 'add-mask', 'debug', 'group', 'stop-commands', 'set-output', 'warning']);

function logged(text: string): string {
  const { core, calls } = recordingCore();
  createRunner(core, 'summary').info(text);
  expect(calls).toHaveLength(1);
  return calls[0]![1] as string;
}

describe('a line of the log', () => {
  test.each([
    '::error::injected',
    '  ::error::injected',
    '\t::error file=a::injected',
    '\u00a0\u2003::error::injected',
    'text\n::error::injected',
    'text\r::error::injected',
    'text\r\n::add-mask::a',
    'text ##[error]injected',
    '##[group]injected',
    '####[error]injected',
    ':::error::injected',
    '::stop-commands::abcdefgh',
  ])('is not a runner command: %j', (text) => {
    const lines = splitLines(logged(text));
    expect(lines.filter((line) => parseCommand(line, commands))).toEqual([]);
    expect(lines.join(' ')).toMatch(/injected|a$|abcdefgh/);
  });

  test.each(['Worker "a::b" differs', 'https://[::1]/v1', 'a ## [b]', 'a : b', '', '  indented: yes'])(
    'is not changed if it is harmless: %j',
    (text) => {
      expect(logged(text)).toBe(text);
    },
  );
});

describe('a group of the log', () => {
  test('begins with its first line and ends with the next group, and is not shown if it has no lines', () => {
    const { core, calls } = recordingCore();
    const { section, info, warning } = createRunner(core, 'summary');
    section('Plan');
    info('a');
    section('Apply');
    section('Deliver');
    warning('b');
    section(undefined);
    info('c');
    expect(calls.map(([name, text]) => [name, text])).toEqual([
      ['startGroup', 'Plan'],
      ['info', 'a'],
      ['endGroup', undefined],
      ['startGroup', 'Deliver'],
      ['warning', 'b'],
      ['endGroup', undefined],
      ['info', 'c'],
    ]);
  });

  test('ends before the error message, which it would hide', () => {
    const { core, calls } = recordingCore();
    const { section, info, fail } = createRunner(core, 'summary');
    section('Apply');
    info('a');
    fail('b');
    expect(calls.map(([name]) => name)).toEqual(['startGroup', 'info', 'endGroup', 'setFailed']);
  });
});

test('annotations have a title without credentials', () => {
  const { core, calls } = recordingCore();
  const runner = createRunner(core, 'summary');
  runner.mask('s3cret-value');
  runner.notice('a');
  runner.setTitle('PingOne worker s3cret-value');
  runner.warning('b');
  runner.fail('c');
  expect(calls.slice(1)).toEqual([
    ['notice', 'a', { title: 'PingOne Worker App' }],
    ['warning', 'b', { title: 'PingOne worker ***' }],
    ['setFailed', 'c', { title: 'PingOne worker ***' }],
  ]);
});

test('a notice and a warning are told once, a failure always', () => {
  const { core, calls } = recordingCore();
  const runner = createRunner(core, 'summary');
  for (const tell of [runner.notice, runner.warning, runner.fail]) ['a', 'b', 'a'].forEach(tell);
  expect(calls.map(([name, message]) => `${name} ${message as string}`)).toEqual([
    'notice a',
    'notice b',
    'warning a',
    'warning b',
    'setFailed a',
    'setFailed b',
    'setFailed a',
  ]);
});

describe('a mask', () => {
  test('is registered once, and never for a blank value', () => {
    const { core, calls } = recordingCore();
    const { mask } = createRunner(core, 'summary');
    for (const value of ['', ' ', '\n\t', 'a', 'a', ' a', 'b']) mask(value);
    expect(calls).toEqual([
      ['setSecret', 'a'],
      ['setSecret', ' a'],
      ['setSecret', 'b'],
    ]);
  });
});

describe('other output', () => {
  test('is escaped by the toolkit', () => {
    const { core, calls } = recordingCore();
    const runner = createRunner(core, 'summary');
    const text = 'a\n::error::b';
    const title = { title: 'PingOne Worker App' };
    runner.notice(text);
    runner.warning(text);
    runner.debug(text);
    runner.fail(text);
    runner.output('name', text);
    expect(calls).toEqual([
      ['notice', text, title],
      ['warning', text, title],
      ['debug', text],
      ['setFailed', text, title],
      ['setOutput', 'name', text],
    ]);
  });

  test.each([
    ['file', [['appendFile', 'file', '# a\n']]],
    ['', []],
    [undefined, []],
  ])('a summary is written only if the runner has a file for it: %p', (summaryFile, expected) => {
    const { core, calls } = recordingCore();
    createRunner(core, summaryFile).summarize('a', (word) => `# ${word}`);
    expect(calls).toEqual(expected);
  });
});
