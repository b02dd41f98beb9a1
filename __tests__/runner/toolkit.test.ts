import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { runStep } from '../../sandbox/runner/step.ts';
import { createAction } from './action-fixture.ts';
import { root } from '../../scripts/child.mjs';

const toolkit = pathToFileURL(join(root, 'node_modules/@actions/core/lib/core.js')).href;

/** An action that uses GitHub's own toolkit: what it writes is what the runner has to read. */
function createToolkitAction(main: string, post = ''): string {
  const load = `import * as core from ${JSON.stringify(toolkit)};\n`;
  return createAction({ main: load + main, post: load + post }, 'inputs:\n  client-id: { default: " x " }\n');
}

describe('an action built on @actions/core', () => {
  test('gets its inputs, and sets outputs, state, variables, paths and a summary', async () => {
    const main = `
      core.setOutput('input', core.getInput('Client-ID'));
      core.setOutput('lines', 'a\\nb\\n');
      core.setOutput('object', { a: 1 });
      core.saveState('kept', 'for post');
      core.exportVariable('EXPORTED', 'z');
      core.addPath('/added');
      await core.summary.addHeading('Done').write();`;
    const result = await runStep({ action: createToolkitAction(main, `console.log(core.getState('kept'));`) });
    expect(Object.fromEntries(result.outputs)).toEqual({ input: 'x', lines: 'a\nb\n', object: '{"a":1}' });
    expect(result).toMatchObject({ conclusion: 'success', stdout: 'for post\n', path: ['/added'] });
    expect(result.env.get('EXPORTED')).toBe('z');
    expect(result.summary.shown).toBe('<h1>Done</h1>\n');
  });

  test('masks, annotates and fails', async () => {
    const main = `
      core.setSecret('50%\\nsecret'); core.info('x 50% y secret');
      core.error('one\\ntwo', { title: 'a:b,c', startLine: 3 }); core.startGroup('G'); core.endGroup();
      core.setFailed('no');`;
    const result = await runStep({ action: createToolkitAction(main) });
    expect(result).toMatchObject({ conclusion: 'failure', exitCode: 1, masks: ['50%\nsecret'] });
    expect(result.log).toContain('x *** y ***\n##[error]one\ntwo\n##[group]G\n##[endgroup]\n##[error]no\n');
    expect(result.annotations[0]).toEqual({
      level: 'error',
      message: 'one\ntwo',
      properties: { title: 'a:b,c', line: '3' },
    });
  });

  test('keeps the order of one stream', async () => {
    const main = `core.setSecret('abc'); core.setOutput('o', 'abc'); core.info('end');`;
    const { events } = await runStep({ action: createToolkitAction(main), oneStream: true });
    const own = events.slice(
      0,
      events.findLastIndex(({ kind }) => kind === 'phase'),
    );
    expect(own.map(({ kind }) => kind)).toEqual(['phase', 'line', 'mask', 'output', 'line']);
  });
});
