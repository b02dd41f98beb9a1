// Runs the built action with runner files that cannot be written, at the start or at the end.
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import type { World } from '../faults/world.ts';
import { inputs, openWorld, startAction, storing } from '../faults/world.ts';

describe('a file of the runner', () => {
  const folder = mkdtempSync(join(tmpdir(), 'runner-files-'));
  const file = join(folder, 'file');
  let world: World;
  /** What happens to the file once GitHub has got the last secret. */
  let atTheEnd: (() => void) | undefined;
  beforeAll(async () => {
    world = await openWorld({
      onExchange: ({ method, path }) => {
        if (method === 'PUT' && path.includes('CLIENT_SECRET')) atTheEnd?.();
      },
    });
  });
  beforeEach(async () => {
    await world.reset();
    rmSync(file, { recursive: true, force: true });
    writeFileSync(file, '');
    atTheEnd = undefined;
  });
  afterAll(async () => {
    await world.close();
    rmSync(folder, { recursive: true });
  });

  const run = (env: Record<string, string | undefined>, more = {}): Promise<StepResult> =>
    startAction(world, inputs(world, { name: 'Files', ...storing(world), ...more }), { env }).result;
  const errorOf = ({ annotations }: StepResult): string[] =>
    annotations.filter(({ level }) => level === 'error').map(({ message }) => message);

  test.each<[string, () => void, RegExp]>([
    ['is missing', () => rmSync(file), /ENOENT/],
    [
      'is a folder',
      () => {
        rmSync(file);
        mkdirSync(file);
      },
      /EISDIR/,
    ],
  ])('for outputs that %s: the step fails before any request', async (_, spoil, code) => {
    spoil();
    const step = await run({ GITHUB_OUTPUT: file });
    expect(errorOf(step)).toEqual([
      expect.stringMatching(/^The file for outputs \(GITHUB_OUTPUT\) cannot be written: /),
    ]);
    expect(errorOf(step)[0]).toMatch(code);
    expect(await world.requests()).toEqual([]);
  });

  test('for outputs that becomes unwritable: the message says what is done and where the credentials are', async () => {
    atTheEnd = () => {
      rmSync(file, { recursive: true, force: true });
      mkdirSync(file);
    };
    const step = await run({ GITHUB_OUTPUT: file });
    const [message, ...others] = errorOf(step);
    expect(others).toEqual([]);
    expect(message).toMatch(
      /^The outputs of this step could not be written: EISDIR\.\nLikely cause: .*GITHUB_OUTPUT\.\n/,
    );
    expect(message).toContain('Everything else is done (result: `created`). The credentials are in repository.');
    expect(step.exitCode).toBe(1);
    expect((await world.state()).github.secrets).toHaveLength(3);
  });

  test('for the summary that cannot be written: a notice, and the step succeeds with all outputs', async () => {
    const step = await run({ GITHUB_STEP_SUMMARY: join(folder, 'none', 'summary') });
    expect(step.conclusion).toBe('success');
    expect(step.outputs.get('result')).toBe('created');
    expect(step.outputs.get('client-secret')).toBeDefined();
    const notices = step.annotations.filter(({ level }) => level === 'notice').map(({ message }) => message);
    expect(notices).toContainEqual(expect.stringMatching(/^The job summary could not be written: .+\nLikely cause: /));
  });

  test('for outputs gets the secret last', async () => {
    await run({ GITHUB_OUTPUT: file });
    const names = [...readFileSync(file, 'utf8').matchAll(/^([\w-]+)<</gm)].map(([, name]) => name);
    expect(names.indexOf('client-secret')).toBe(names.length - 1);
    chmodSync(file, 0o600);
  });
});
