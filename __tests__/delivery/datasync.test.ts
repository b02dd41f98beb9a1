import { readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { PostStep } from '../../sandbox/runner/step-options.ts';
import { DeliveryHarness, errorOf } from './harness.ts';
import { temporaryDirectory } from '../runner/action-fixture.ts';

const harness = new DeliveryHarness();

test('a run writes the files into the workspace, and the output lists them', async () => {
  const workspace = temporaryDirectory();
  const step = await harness.run({ 'datasync-dir': 'secrets/datasync', 'datasync-keep': 'true' }, { workspace });

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
  expect(step.log).toContain('Wrote for PingDataSync: ping-one.env and ping-one-oauth-client-secret');
});

describe('the file with the secret', () => {
  const inputs = { 'datasync-dir': 'datasync' };
  const name = 'ping-one-oauth-client-secret';

  test('exists for later steps, and the post step removes it', async () => {
    const workspace = temporaryDirectory();
    const step = await harness.run(inputs, { workspace });
    expect([errorOf(step), step.conclusion, step.phases.map(({ phase }) => phase)]).toEqual([
      '',
      'success',
      ['main', 'post'],
    ]);
    const worker = await harness.worker();
    expect(step.files.get(join(realpathSync(workspace), 'datasync', name))).toBe(worker.secret);
    expect(readdirSync(join(workspace, 'datasync'))).toEqual(['ping-one.env']);
    expect(step.log).toContain('Removed the file with the client secret');
  });

  test('stays if somebody else overwrote it', async () => {
    const workspace = temporaryDirectory();
    let post: PostStep | undefined;
    await harness.run(inputs, { workspace, atJobEnd: (given) => (post = given) });
    writeFileSync(join(workspace, 'datasync', name), 'of another step');
    const step = await post!('success');
    expect(step.conclusion).toBe('success');
    expect(readFileSync(join(workspace, 'datasync', name), 'utf8')).toBe('of another step');
  });

  test('is written even if the post step cannot get its path, with a warning', async () => {
    const workspace = temporaryDirectory();
    const step = await harness.run(inputs, { workspace, env: { GITHUB_STATE: join(workspace, 'no', 'such', 'file') } });
    expect(errorOf(step)).toBe('');
    expect(readdirSync(join(workspace, 'datasync'))).toContain(name);
    expect(step.annotations.map(({ level, message }) => [level, message])).toContainEqual([
      'warning',
      expect.stringContaining('`datasync-keep`: the file with the client secret stays after the job'),
    ]);
  });
});

test('a custom domain changes the outputs and the files, but no request', async () => {
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

test('a second worker with the same prefix: a warning says that the files of the first are replaced', async () => {
  const workspace = temporaryDirectory();
  const warnings = async (given: Readonly<Record<string, string>>): Promise<string[]> => {
    const step = await harness.run({ 'datasync-dir': 'datasync', ...given }, { workspace });
    expect(errorOf(step)).toBe('');
    const replaced = step.annotations.filter(({ message }) => message.includes('belong to another worker'));
    return replaced.map(({ level, message }) => `${level}: ${message}`);
  };
  expect(await warnings({ name: 'One' })).toEqual([]);
  expect(await warnings({ name: 'One' })).toEqual([]);
  expect(await warnings({ name: 'Two' })).toEqual([
    expect.stringMatching(
      /^warning: .+\nLikely cause: .+`datasync-prefix`.+\nWhat to do: .+ another `datasync-prefix`/,
    ),
  ]);
  expect(await warnings({ name: 'One', 'datasync-prefix': 'PING_ONE_SOURCE_' })).toEqual([]);
});
