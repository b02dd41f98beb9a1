import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import { startStep } from '../../sandbox/runner/step.ts';
import { findLeaks } from '../bundle/leaks.ts';
import type { World } from '../faults/world.ts';
import { actionFolder, inputs, openWorld, startAction, startUnwatched, storing } from '../faults/world.ts';
import { recordingCore } from '../github/core.ts';
import { inProcess } from '../in-process/step-lab.ts';
import { createTransport } from '../../src/http/transport.ts';

describe('secrets and crashes', () => {
  let world: World;
  const folder = mkdtempSync(join(tmpdir(), 'crash-'));
  beforeAll(async () => {
    world = await openWorld();
    await startAction(world, inputs(world, { name: 'Leaks', ...storing(world) })).result;
  });
  afterAll(async () => {
    await world.close();
    rmSync(folder, { recursive: true });
  });

  const run = async (env: Readonly<Record<string, string>>): Promise<StepResult> => {
    const step = await startUnwatched(world, inputs(world, { name: 'Leaks', ...storing(world) }), { env }).result;
    expect(step.outputs.get('result')).toBe('unchanged');
    return step;
  };

  // So what each test finds out about a run's output holds for both.
  test('RUNNER_DEBUG=1 changes what the runner shows, but not what the step writes', async () => {
    const [quiet, loud] = [await run({}), await run({ RUNNER_DEBUG: '1' })];
    const linesOf = ({ stdout, stderr }: StepResult): string[] =>
      (stdout + stderr)
        .replaceAll(/::add-mask::.*|\d+ ms|127\.0\.0\.1:\d+/g, '')
        .split('\n')
        .sort();
    expect(linesOf(loud)).toEqual(linesOf(quiet));
    expect(loud.log).toContain('##[debug]GET ');
    const secrets = await world.secrets();
    expect([...findLeaks(quiet, secrets), ...findLeaks(loud, secrets)]).toEqual([]);
  });

  test('NODE_DEBUG=* prints details, but no secret', async () => {
    const step = await run({ NODE_DEBUG: '*' });
    expect(step.stderr).toContain('outgoing message end');
    expect(step.stderr).not.toMatch(/authorization['"]?: /i);
    expect(findLeaks(step, await world.secrets())).toEqual([]);
  });

  test.each(['throw', 'reject'])('an error outside of the flow (%s) gives a message', async (how) => {
    const preload = join(folder, `${how}.mjs`);
    const act = how === 'throw' ? `throw new TypeError('boom')` : `Promise.reject(new TypeError('boom'))`;
    writeFileSync(preload, `setTimeout(() => { ${act} }, 60);`);
    await world.faults([{ match: { server: 'pingone' }, do: { stall: 'headers' } }]);
    const env = { NODE_OPTIONS: `--import=${pathToFileURL(preload).href}` };
    const step = await startAction(world, inputs(world, { name: 'Leaks' }), { env }).result;
    await world.faults([]);
    expect(step.annotations.map(({ message }) => message.split('\n')[0])).toEqual([
      'The step failed unexpectedly: TypeError: boom',
    ]);
    expect(step.exitCode).toBe(1);
    expect(step.stderr).toBe('');
  });
});

test('after a failure the process ends, whatever else keeps it alive', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'alive-'));
  const preload = join(folder, 'alive.mjs');
  writeFileSync(
    preload,
    `const timer = setInterval(() => {
      if (process.exitCode !== 1) return;
      clearInterval(timer);
      setTimeout(() => console.error('alive 4 s after the failure'), 4_000);
    }, 10);`,
  );
  const env = { NODE_OPTIONS: `--import=${pathToFileURL(preload).href}` };
  const step = await startStep({ action: actionFolder, with: { environment: 'Sandbox' }, env }).result;
  rmSync(folder, { recursive: true });
  expect(step).toMatchObject({ exitCode: 1, stderr: '' });
});

/** Counts calls, and has the nth throw. */
class Saboteur {
  calls = 0;
  readonly #n: number;

  constructor(n: number) {
    this.#n = n;
  }

  readonly pass =
    <T extends unknown[], R>(call: (...values: T) => R) =>
    (...values: T): R => {
      this.calls += 1;
      if (this.calls === this.#n) throw new TypeError('boom');
      return call(...values);
    };
}

const inOurWords = expect.stringMatching(
  /^(The step failed unexpectedly: TypeError|The outputs of this step could not be written): boom\.?\nLikely cause: .+\nWhat to do: .+$/,
);

describe('for any error inside, the step ends with one message of its own', () => {
  test.each(['network', 'toolkit'] as const)('the %s, at any call', (part) =>
    inProcess(async (lab) => {
      await lab.run(lab.storing);
      const { secret } = await lab.theOnly('PingDataSync');
      for (let n = 1; ; n += 1) {
        const saboteur = new Saboteur(n);
        const { calls, core } = recordingCore();
        const sabotaged = new Proxy(core, {
          get: (target, name: keyof typeof core) =>
            name === 'appendFile' || name === 'setFailed' ? target[name] : saboteur.pass(target[name] as () => void),
        });
        const transport = createTransport('test/1');
        await lab.run(
          lab.storing,
          part === 'toolkit' ? { core: sabotaged } : { core, transport: saboteur.pass(transport) },
        );
        const valuesOf = (name: string): unknown[] =>
          calls.filter(([called]) => called === name).map(([, value]) => value);
        const failures = valuesOf('setFailed');
        if (failures.length > 0) expect([n, failures]).toEqual([n, [inOurWords]]);
        // Only what was read ahead may fail in silence: it is read, and masked, again.
        else
          expect(valuesOf('setOutput').concat(valuesOf('setSecret'))).toEqual(
            expect.arrayContaining(['client-secret', secret]),
          );
        if (saboteur.calls < n) {
          expect(n).toBeGreaterThan(10);
          return;
        }
      }
    }),
  );
});
