import { utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { runStep } from '../../sandbox/runner/step.ts';
import { SET, createAction, temporaryDirectory } from './action-fixture.ts';

describe('the command files', () => {
  test('set outputs, state, variables and paths', async () => {
    const main = `${SET}
      set('GITHUB_OUTPUT', 'multi', 'a\\nb\\n'); appendFileSync(process.env.GITHUB_OUTPUT, 'plain=x\\n');
      set('GITHUB_STATE', 's', '1'); set('GITHUB_ENV', 'E', '2');
      appendFileSync(process.env.GITHUB_PATH, '/one\\n/two\\n/one\\n');`;
    const result = await runStep({ action: createAction({ main }) });
    expect(Object.fromEntries(result.outputs)).toEqual({ multi: 'a\nb\n', plain: 'x' });
    expect(Object.fromEntries(result.state)).toEqual({ s: '1' });
    expect(Object.fromEntries(result.env)).toEqual({ E: '2' });
    expect(result.path).toEqual(['/two', '/one']);
    expect(result.phases[0]?.files.output.toString()).toBe('multi<<ghadelimiter_1\na\nb\n\nghadelimiter_1\nplain=x\n');
  });

  test('fail the step if one cannot be read, and keep what came before', async () => {
    const main = `appendFileSync(process.env.GITHUB_OUTPUT, 'a=1\\nmistake\\nb=2\\n');`;
    const result = await runStep({ action: createAction({ main }) });
    expect(result).toMatchObject({ conclusion: 'failure', exitCode: 0 });
    expect(Object.fromEntries(result.outputs)).toEqual({ a: '1' });
    expect(result.log).toContain("##[error]Unable to process file command 'output' successfully.");
  });

  test('cannot set NODE_OPTIONS', async () => {
    const main = `appendFileSync(process.env.GITHUB_ENV, 'NODE_OPTIONS=--inspect\\nA=1\\n');`;
    const result = await runStep({ action: createAction({ main }) });
    expect(Object.fromEntries(result.env)).toEqual({ A: '1' });
    expect(result.annotations).toMatchObject([{ level: 'error', message: expect.stringContaining('NODE_OPTIONS') }]);
  });

  test('show outputs and state with debug logging, with masks', async () => {
    const main = `${SET} console.log('::add-mask::abc'); set('GITHUB_OUTPUT', 'o', 'abc'); set('GITHUB_STATE', 's', 'abc');`;
    const { log } = await runStep({ action: createAction({ main }), env: { RUNNER_DEBUG: '1' } });
    expect(log).toContain('##[debug]Set output o = ***');
    expect(log).toContain('##[debug]Save intra-action state s = ***');
  });

  test('show which outputs a job could not pass on', async () => {
    const main = `${SET} console.log('::add-mask::abc'); set('GITHUB_OUTPUT', 'o', 'x abc'); set('GITHUB_OUTPUT', 'p', 'y');`;
    const { jobOutputs, outputs } = await runStep({ action: createAction({ main }) });
    expect(outputs.get('o')).toBe('x abc');
    expect(jobOutputs.skipped).toEqual(['o']);
    expect(jobOutputs.passed).toEqual(new Map([['p', 'y']]));
  });
});

test('files that a step writes are listed, except existing ones and those of the runner', async () => {
  const workspace = temporaryDirectory();
  writeFileSync(join(workspace, 'old'), 'x');
  utimesSync(join(workspace, 'old'), 1, 1);
  const main = `${SET} set('GITHUB_OUTPUT', 'o', 'x'); appendFileSync('new', 'a');
    appendFileSync(process.env.RUNNER_TEMP + '/kept', 'b');`;
  const { files } = await runStep({ action: createAction({ main }), workspace });
  expect([...files].map(([path, text]) => [basename(path), text])).toEqual([
    ['new', 'a'],
    ['kept', 'b'],
  ]);
});

describe('the summary', () => {
  const write = (content: string): string => `appendFileSync(process.env.GITHUB_STEP_SUMMARY, ${content});`;

  test('is masked line by line', async () => {
    const main = `console.log('::add-mask::one%0Atwo three'); ${write(`'# one\\r\\ntwo\\nthree\\ntwo three'`)}`;
    const { summary } = await runStep({ action: createAction({ main }) });
    expect(summary).toEqual({ raw: '# one\r\ntwo\nthree\ntwo three', shown: '# ***\ntwo\nthree\n***\n' });
  });

  test('is undefined if it is empty', async () => {
    expect((await runStep({ action: createAction({ main: '' }) })).summary).toEqual({ raw: '', shown: undefined });
  });

  test('can have 1 MiB, and a larger one is dropped with an error that does not fail the step', async () => {
    const fits = await runStep({ action: createAction({ main: write(`'x'.repeat(1024 * 1024)`) }) });
    expect(fits.summary.shown).toHaveLength(1024 * 1024 + 1);
    const tooLarge = await runStep({ action: createAction({ main: write(`'x'.repeat(1024 * 1024 + 1)`) }) });
    expect(tooLarge).toMatchObject({ conclusion: 'success', summary: { shown: undefined } });
    expect(tooLarge.annotations[0]?.message).toContain('supports content up to a size of 1024k, got 1024k');
  });
});

describe('order', () => {
  test('events follow the lines, and outputs come after the process ends', async () => {
    const main = `${SET} set('GITHUB_OUTPUT', 'o', 'abc'); console.log('::add-mask::abc'); console.log('::error::x');`;
    const { events } = await runStep({ action: createAction({ main }) });
    expect(events.map(({ kind }) => kind)).toEqual(['phase', 'line', 'mask', 'line', 'annotation', 'output']);
  });

  test('in one stream, an output comes where it was written', async () => {
    const main = `${SET} console.log('a'); set('GITHUB_OUTPUT', 'o', 'abc\\n'); console.log('::add-mask::abc'); set('GITHUB_OUTPUT', 'p', 'abc');`;
    const { events, outputs, stdout } = await runStep({ action: createAction({ main }), oneStream: true });
    expect(events.map(({ kind }) => kind)).toEqual(['phase', 'line', 'output', 'line', 'mask', 'output']);
    expect(Object.fromEntries(outputs)).toEqual({ o: 'abc\n', p: 'abc' });
    expect(stdout).toContain('a\no<<ghadelimiter_1\nabc\n\nghadelimiter_1\n::add-mask::abc\n');
  });
});
