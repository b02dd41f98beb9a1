import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { inputs, openWorld, startAction, storing, type World } from '../faults/world.ts';
import { leaksIn, leaksInOutputs } from './leaks.ts';

describe('secrets and crashes', () => {
  let world: World;
  const folder = mkdtempSync(join(tmpdir(), 'crash-'));
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(async () => {
    await world.close();
    rmSync(folder, { recursive: true });
  });

  const secretsNow = async (): Promise<Record<string, string | undefined>> => ({
    admin: world.ready.admin.clientSecret,
    github: world.ready.github.token,
    worker: (await world.state()).applications.find(({ name }) => name === 'Leaks')?.secret,
    basic: Buffer.from(`${world.ready.admin.clientId}:${world.ready.admin.clientSecret}`).toString('base64'),
  });

  test.each([{}, { RUNNER_DEBUG: '1' }])('with %j no secret is printed', async (env) => {
    const step = await startAction(world, inputs(world, { name: 'Leaks', ...storing(world) }), { env }).result;
    expect(step.conclusion).toBe('success');
    const secrets = await secretsNow();
    expect(secrets['worker']).toMatch(/./);
    expect([...leaksIn(step, secrets), ...leaksInOutputs(step, secrets)]).toEqual([]);
  });

  // Node itself prints headers then, before anybody could hide them: what holds is that the runner's log is clean.
  test('with NODE_DEBUG=http,https,tls the log as GitHub keeps it shows no secret', async () => {
    const env = { NODE_DEBUG: 'http,https,tls' };
    const step = await startAction(world, inputs(world, { name: 'Leaks', ...storing(world) }), { env }).result;
    expect(step.conclusion).toBe('success');
    expect(step.stderr).toContain('HTTP');
    const shown = step.log.split('\n').filter((line) => !/^ {2}[a-z-]+: /.test(line));
    for (const [name, secret] of Object.entries(await secretsNow())) {
      expect({ name, shown: shown.filter((line) => line.includes(secret!)) }).toEqual({ name, shown: [] });
    }
  });

  test.each(['throw', 'reject'])('what is thrown outside of the flow (%s) ends in a message', async (how) => {
    const preload = join(folder, `${how}.mjs`);
    const act = how === 'throw' ? `throw new TypeError('boom')` : `Promise.reject(new TypeError('boom'))`;
    writeFileSync(preload, `setTimeout(() => { ${act} }, 60);`);
    await world.faults([{ match: { server: 'pingone' }, do: { stall: 'headers' } }]);
    const env = { NODE_OPTIONS: `--import=${pathToFileURL(preload).href}` };
    const step = await startAction(world, inputs(world, { name: 'Leaks' }), { env }).result;
    await world.faults([]);
    expect(step.annotations.map(({ message }) => message.split('\n')[0])).toEqual([
      'The step failed for a reason it does not know: TypeError: boom',
    ]);
    expect(step.exitCode).toBe(1);
    expect(step.stderr).toBe('');
  });

  test('the assertion sees what it is there to see', async () => {
    const step = await startAction(world, inputs(world, { name: 'Leaks' })).result;
    const printed = { ...step, stdout: `${step.stdout}${Buffer.from('s3cr3t/+').toString('base64')}\n` };
    expect(leaksIn(printed, { worker: 's3cr3t/+' })).toEqual(['worker is in stdout']);
  });
});
