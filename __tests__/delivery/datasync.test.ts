import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { DeliveryHarness, errorOf } from './harness.ts';
import { temporaryDirectory } from '../runner/action-fixture.ts';

const harness = new DeliveryHarness();

test('a run leaves the files in the workspace, and names them', async () => {
  const workspace = temporaryDirectory();
  const step = await harness.run({ 'datasync-dir': 'secrets/datasync' }, { workspace });

  expect(errorOf(step)).toBe('');
  const directory = join(workspace, 'secrets/datasync');
  const paths = ['ping-one.env', 'ping-one-oauth-client-secret'].map((name) => join(directory, name));
  expect(JSON.parse(step.outputs.get('datasync-files')!)).toEqual(paths);
  const worker = await harness.worker();
  const { authUrl, apiUrl } = harness.ready.pingone;
  const environmentId = harness.ready.environments[0]!.id;
  expect(readFileSync(paths[0]!, 'utf8')).toBe(
    `PING_ONE_API_URL=${apiUrl}\nPING_ONE_AUTH_URL=${authUrl}/${environmentId}/as/token\n` +
      `PING_ONE_ENV_ID=${environmentId}\nPING_ONE_OAUTH_CLIENT_ID=${worker.id}\n`,
  );
  expect(readFileSync(paths[1]!, 'utf8')).toBe(worker.secret);
  expect(statSync(paths[1]!).mode & 0o777).toBe(0o600);
  expect(step.log).not.toContain(worker.secret);
  expect(step.log).toContain('Written for PingDataSync: ping-one.env and ping-one-oauth-client-secret');
});

test('a custom domain shapes the outputs and the files, and no request', async () => {
  const workspace = temporaryDirectory();
  const step = await harness.run({ 'datasync-dir': '.', 'custom-domain': 'auth.example.com' }, { workspace });

  expect(errorOf(step)).toBe('');
  expect(step.outputs.get('auth-url')).toBe('https://auth.example.com');
  expect(step.outputs.get('token-endpoint')).toBe('https://auth.example.com/as/token');
  expect(readFileSync(join(workspace, 'ping-one.env'), 'utf8')).toContain(
    'PING_ONE_AUTH_URL=https://auth.example.com/as/token\n',
  );
});

test('without datasync-dir there are no files', async () => {
  const workspace = temporaryDirectory();
  const step = await harness.run({}, { workspace });
  expect(step.outputs.get('datasync-files')).toBe('[]');
});

test('a second worker with the same prefix is said to replace the files of the first', async () => {
  const workspace = temporaryDirectory();
  const warnings = async (name: string): Promise<string[]> => {
    const step = await harness.run({ 'datasync-dir': '.', name }, { workspace });
    expect(errorOf(step)).toBe('');
    const replaced = step.annotations.filter(({ message }) => message.includes('belonged to another worker'));
    return replaced.map(({ level, message }) => `${level}: ${message}`);
  };
  expect(await warnings('One')).toEqual([]);
  expect(await warnings('One')).toEqual([]);
  expect(await warnings('Two')).toEqual([
    expect.stringMatching(/^warning: .+\nLikely cause: .+`datasync-prefix`.+\nWhat to do: .+ its own `datasync-prefix`/),
  ]);
});
