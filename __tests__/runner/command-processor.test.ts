import { describe, expect, test } from '@jest/globals';
import { CommandProcessor } from '../../sandbox/runner/command-processor.ts';
import { StepLog } from '../../sandbox/runner/log.ts';
import { SecretMasker } from '../../sandbox/runner/masks.ts';

/** The log after these lines on stdout. */
function process(lines: readonly string[], debug = false): StepLog {
  const log = new StepLog(new SecretMasker(), debug);
  const processor = new CommandProcessor(log);
  for (const line of lines) processor.process(line, 'stdout');
  return log;
}

describe('add-mask', () => {
  test('applies to later output only', () => {
    expect(process(['token abc', '::add-mask::abc', 'token abc']).lines).toEqual(['token abc', 'token ***']);
  });

  test.each(['::add-mask::', '::add-mask::   ', '##[add-mask]'])('warns for %j', (line) => {
    const { annotations, events } = process([line]);
    expect(annotations).toMatchObject([{ level: 'warning', message: expect.stringContaining('empty string') }]);
    expect(events.filter(({ kind }) => kind === 'mask')).toEqual([]);
  });

  test('with several lines masks each of them', () => {
    expect(process(['::add-mask::one%0A two%0D%0Athree', 'one two three']).lines).toEqual(['*** *** ***']);
  });
});

describe('annotations', () => {
  test('have a level, properties, and a masked message', () => {
    const { annotations, lines } = process(['::add-mask::abc', '::error title=T,line=1::x%0Aabc', '::notice::n']);
    expect(annotations).toEqual([
      { level: 'error', message: 'x\n***', properties: { title: 'T', line: '1' } },
      { level: 'notice', message: 'n', properties: {} },
    ]);
    expect(lines).toEqual(['##[error]x', '***', '##[notice]n']);
  });

  test('are cut at 4,096 characters, but the log is not', () => {
    const { annotations, lines } = process([`::warning::${'x'.repeat(5000)}`]);
    expect(annotations[0]?.message).toHaveLength(4096);
    expect(lines[0]).toHaveLength(5000 + '##[warning]'.length);
  });

  test('are limited to ten per level', () => {
    const { annotations, lines } = process([...Array<string>(12).fill('::error::e'), '::notice::n']);
    expect(annotations.map(({ level }) => level)).toEqual([...Array<string>(10).fill('error'), 'notice']);
    expect(lines).toHaveLength(13);
  });
});

describe('other commands', () => {
  test('groups become tags', () => {
    expect(process(['::group::A', 'x', '::endgroup::']).lines).toEqual(['##[group]A', 'x', '##[endgroup]']);
  });

  test('debug is shown only with debug logging', () => {
    expect(process(['::debug::a%0Ab']).lines).toEqual([]);
    expect(process(['::debug::a%0Ab'], true).lines).toEqual(['##[debug]a', '##[debug]b']);
  });

  test('an echoed mask shows no value', () => {
    expect(process(['::echo::on', '::add-mask::abc']).lines).toEqual(['::add-mask::***']);
    expect(process(['::add-mask::abc'], true).lines).toEqual(['::add-mask::***']);
    expect(process(['::echo::maybe']).commandFailed).toBe(true);
  });

  test.each(['set-output', 'save-state'])('%s is ignored with a warning', (name) => {
    const log = process([`::${name} name=a::b`]);
    expect(log.annotations).toMatchObject([{ level: 'warning', message: expect.stringContaining(name) }]);
    expect(log.lines.join()).not.toContain('name=a');
    expect(log.commandFailed).toBe(false);
  });

  test.each(['set-env', 'add-path'])('%s fails the step', (name) => {
    const log = process([`::${name} name=a::b`]);
    expect(log.annotations.map(({ level }) => level)).toEqual(['error', 'error']);
    expect(log.commandFailed).toBe(true);
  });

  test('other text is plain output', () => {
    expect(process(['::nonsense::x', 'a ::error::b', '']).lines).toEqual(['::nonsense::x', 'a ::error::b', '']);
  });
});

describe('stop-commands', () => {
  test('makes commands plain output until its token appears', () => {
    const log = process([
      '::stop-commands::pause-123',
      '::error::no',
      '::add-mask::no',
      '::PAUSE-123::',
      '::error::yes',
    ]);
    expect(log.lines).toEqual([
      '::stop-commands::***',
      '::error::no',
      '::add-mask::no',
      '::PAUSE-123::',
      '##[error]yes',
    ]);
    expect(log.annotations).toHaveLength(1);
  });

  test.each(['', 'pause-logging', 'add-mask'])('refuses the token %j', (token) => {
    const log = process([`::stop-commands::${token}`, '::notice::still on']);
    expect(log.commandFailed).toBe(true);
    expect(log.annotations.at(-1)).toMatchObject({ level: 'notice' });
  });
});
