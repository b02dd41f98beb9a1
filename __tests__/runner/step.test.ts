import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runStep } from '../../sandbox/runner/step.ts';
import { SET, createAction, temporaryDirectory } from './action-fixture.ts';

describe('the process of a step', () => {
  beforeAll(() => {
    process.env['OF_THE_CALLER'] = 'x';
  });
  afterAll(() => {
    delete process.env['OF_THE_CALLER'];
  });

  const printWorld = createAction(
    { main: 'console.log(JSON.stringify({ env: process.env, argv: process.argv.slice(2), cwd: process.cwd() }));' },
    'inputs:\n  client-id: {}\n  enabled: { default: true }\n',
  );

  test('has its inputs, the default variables, and no other variables', async () => {
    const { stdout } = await runStep({ action: printWorld, with: { 'Client-Id': ' a b ' }, env: { OWN: 'y' } });
    const { env } = JSON.parse(stdout) as { env: Record<string, string> };
    expect(env).toMatchObject({ 'INPUT_CLIENT-ID': ' a b ', INPUT_ENABLED: 'true', OWN: 'y', GITHUB_ACTIONS: 'true' });
    expect(env).toMatchObject({
      GITHUB_REPOSITORY: 'octo/sync',
      GITHUB_REPOSITORY_ID: '1001',
      GITHUB_RUN_ATTEMPT: '1',
    });
    expect(env).toMatchObject({ PATH: process.env['PATH'], HOME: process.env['HOME'] });
    expect(
      Object.keys(env)
        .filter((name) => !/^(INPUT|GITHUB|RUNNER)_/.test(name))
        .sort(),
    ).not.toContain('OF_THE_CALLER');
  });

  test('can have any variable replaced or removed', async () => {
    const { stdout } = await runStep({
      action: printWorld,
      env: { GITHUB_REPOSITORY: 'a/b', GITHUB_REPOSITORY_ID: undefined, GITHUB_OUTPUT: undefined },
    });
    const { env } = JSON.parse(stdout) as { env: Record<string, string> };
    expect(env['GITHUB_REPOSITORY']).toBe('a/b');
    expect(env).not.toHaveProperty('GITHUB_REPOSITORY_ID');
    expect(env).not.toHaveProperty('GITHUB_OUTPUT');
  });

  test('runs in the workspace, without arguments', async () => {
    const workspace = realpathSync(temporaryDirectory());
    const { stdout } = await runStep({ action: printWorld, workspace });
    expect(JSON.parse(stdout)).toMatchObject({ argv: [], cwd: workspace, env: { GITHUB_WORKSPACE: workspace } });
  });

  test("finds the event's payload", async () => {
    const action = createAction({
      main: `import { readFileSync } from 'node:fs'; console.log(readFileSync(process.env.GITHUB_EVENT_PATH, 'utf8'));`,
    });
    expect((await runStep({ action, event: { action: 'opened' } })).stdout).toBe('{"action":"opened"}\n');
  });

  test.each([
    ['process.exitCode = 0;', 'success', 0],
    ['process.exitCode = 3;', 'failure', 3],
    ['throw new Error("boom");', 'failure', 1],
    ['console.log("::set-env name=A::b");', 'failure', 0],
  ])('%s ends as %s', async (main, conclusion, exitCode) => {
    expect(await runStep({ action: createAction({ main }) })).toMatchObject({ conclusion, exitCode, signal: null });
  });

  test('that cannot be started is an error', async () => {
    await expect(runStep({ action: printWorld, node: '/no/such/node' })).rejects.toThrow('ENOENT');
  });
});

describe('what a step prints', () => {
  test('is parsed and masked on both streams', async () => {
    const main = `
      console.error('::add-mask::abc');
      await new Promise((resolve) => setTimeout(resolve, 200));
      console.log('out abc');
      console.error('err abc');
      console.error('::warning::from stderr');`;
    const result = await runStep({ action: createAction({ main }) });
    expect(result.log.split('\n').slice(-4).sort()).toEqual(['', '##[warning]from stderr', 'err ***', 'out ***']);
    expect(result).toMatchObject({ stdout: 'out abc\n', stderr: expect.stringContaining('err abc\n'), masks: ['abc'] });
  });

  test('is logged after its inputs and variables, with secrets masked', async () => {
    const action = createAction({ main: `console.log('hello');` }, 'inputs:\n  a: {}\n  b: { default: c }\n  d: {}\n');
    const result = await runStep({
      action,
      with: { a: 'from-secrets', x: 'y' },
      env: { VISIBLE: '1', GITHUB_RUN_ID: '7' },
      secrets: ['from-secrets'],
    });
    expect(result.log).toBe(
      "##[warning]Unexpected input(s) 'x', valid inputs are ['a', 'b', 'd']\n" +
        '##[group]Run ./\nwith:\n  a: ***\n  x: y\n  b: c\nenv:\n  VISIBLE: 1\n##[endgroup]\nhello\n',
    );
    expect(result.masks).toEqual([]);
  });

  test('ends a line at a lone carriage return, so a command can follow one', async () => {
    const { annotations } = await runStep({ action: createAction({ main: `console.log('a\\r::error::b');` }) });
    expect(annotations).toMatchObject([{ level: 'error', message: 'b' }]);
  });
});

describe('the phases', () => {
  test('run one after the other and share state', async () => {
    const say = `console.log(process.env.STATE_pre, process.env.STATE_main, process.env.FROM_PRE, process.env.PATH.split(':')[0]);`;
    const action = createAction({
      pre: `${SET} set('GITHUB_STATE', 'pre', 'p'); set('GITHUB_ENV', 'FROM_PRE', 'e'); appendFileSync(process.env.GITHUB_PATH, '/added\\n'); ${say}`,
      main: `${SET} set('GITHUB_STATE', 'main', 'm'); ${say}`,
      post: say,
    });
    const { stdout, phases, log } = await runStep({ action });
    const first = process.env['PATH']?.split(':')[0];
    expect(stdout).toBe(`undefined undefined undefined ${first}\np undefined e /added\np m e /added\n`);
    expect(phases.map(({ phase }) => phase)).toEqual(['pre', 'main', 'post']);
    expect(log).toContain('Post job cleanup.');
  });

  test('continue with post if main fails, and skip main if pre fails', async () => {
    const scripts = { pre: '', main: 'process.exit(1)', post: `console.log('cleaned')` };
    const mainFails = await runStep({ action: createAction(scripts) });
    expect(mainFails).toMatchObject({ conclusion: 'failure', exitCode: 1, stdout: 'cleaned\n' });
    const preFails = await runStep({ action: createAction({ ...scripts, pre: 'process.exit(2)' }) });
    expect(preFails).toMatchObject({ conclusion: 'failure', exitCode: null, stdout: 'cleaned\n' });
  });

  test('obey post-if', async () => {
    const scripts = { main: '', post: `console.log('cleaned')` };
    expect((await runStep({ action: createAction(scripts, '  post-if: failure()\n') })).phases).toHaveLength(1);
    await expect(runStep({ action: createAction(scripts, `  post-if: github.ref == 'x'\n`) })).rejects.toThrow(
      'does not know',
    );
  });
});

test('folders of the caller are kept', async () => {
  const temp = temporaryDirectory();
  const main = `appendFileSync(process.env.RUNNER_TEMP + '/kept', 'x');`;
  await runStep({ action: createAction({ main }), temp });
  expect(readFileSync(join(temp, 'kept'), 'utf8')).toBe('x');
});
