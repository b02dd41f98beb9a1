import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { DeliveryHarness, errorOf } from '../delivery/harness.ts';
import { action } from '../delivery/harness.ts';
import { optionsOf, readBatchFile, substitute } from './batch-file.ts';
import { temporaryDirectory } from '../runner/action-fixture.ts';

const harness = new DeliveryHarness();
const workspace = temporaryDirectory();
const directory = join(workspace, 'datasync');

/** A template after the files of the runs are put in; `name<path` is read as dsconfig reads it. */
function configured(template: string, ...stems: readonly string[]): ReturnType<typeof optionsOf>[] {
  const text = readFileSync(join(action, 'examples/pingdatasync', template), 'utf8');
  const lines = stems.flatMap((stem) =>
    readFileSync(join(directory, `${stem}.env`), 'utf8')
      .trimEnd()
      .split('\n'),
  );
  const variables = {
    ...Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])),
    SECRETS_DIR: directory,
    DEFAULT_POPULATION_ID: '00000000-0000-4000-8000-000000000001',
  };
  return readBatchFile(substitute(text, variables)).map(optionsOf);
}

/** Properties by name; those whose value is in a file with the value. */
function properties({ options }: ReturnType<typeof optionsOf>): Record<string, string> {
  return Object.fromEntries(
    options['--set']!.map((setting) => {
      const [, name = '', sign, value = ''] = /^([a-z-]+)([:<])(.*)$/s.exec(setting)!;
      return [name, sign === '<' ? readFileSync(value, 'utf8') : value];
    }),
  );
}

let workers: { source: { id: string; secret: string }; destination: { id: string; secret: string } };

beforeAll(async () => {
  const runs = { source: 'PING_ONE_SOURCE_', destination: 'PING_ONE_DESTINATION_' } as const;
  const found: Record<string, { id: string; secret: string }> = {};
  for (const [name, prefix] of Object.entries(runs)) {
    const inputs = { name, 'datasync-dir': 'datasync', 'datasync-prefix': prefix, 'datasync-keep': 'true' };
    expect(errorOf(await harness.run(inputs, { workspace }))).toBe('');
    const { id, secret } = await harness.worker(name);
    found[name] = { id, secret: secret! };
  }
  expect(
    errorOf(await harness.run({ name: 'source', 'datasync-dir': 'datasync', 'datasync-keep': 'true' }, { workspace })),
  ).toBe('');
  workers = found as typeof workers;
});

function expected(worker: { id: string; secret: string }): Record<string, string> {
  const { apiUrl, authUrl } = harness.ready.pingone;
  const environmentId = harness.ready.environments[0]!.id;
  return {
    'api-url': apiUrl,
    'auth-url': `${authUrl}/${environmentId}/as/token`,
    'environment-id': environmentId,
    'oauth-client-id': worker.id,
  };
}

test('from-pingone: creates a sync source with the credentials of the run', () => {
  const [command, ...more] = configured('from-pingone/pd.profile/dsconfig/20-pingone-source.dsconfig', 'ping-one');
  expect(more).toEqual([]);
  expect(command).toMatchObject({
    name: 'create-sync-source',
    options: { '--source-name': ['PingOne'], '--type': ['ping-one-customer'] },
  });
  const secret = { 'oauth-client-secret': workers.source.secret };
  expect(properties(command!)).toEqual({ ...expected(workers.source), ...secret });
});

test('to-pingone: creates a sync destination', () => {
  const [command] = configured('to-pingone/pd.profile/dsconfig/20-pingone-destination.dsconfig', 'ping-one');
  expect(command).toMatchObject({ name: 'create-sync-destination', options: { '--type': ['ping-one-customer'] } });
  expect(properties(command!)).toMatchObject({
    ...expected(workers.source),
    'oauth-client-secret': workers.source.secret,
    'default-population-id': '00000000-0000-4000-8000-000000000001',
  });
});

test("both-ways: uses two workers, and the source ignores the destination's worker", () => {
  const stems = ['ping-one-source', 'ping-one-destination'];
  const [source, destination] = configured('both-ways/pd.profile/dsconfig/20-pingone-pair.dsconfig', ...stems);
  expect(properties(source!)).toEqual({
    ...expected(workers.source),
    'oauth-client-secret': workers.source.secret,
    'actor-id-to-ignore': workers.destination.id,
  });
  expect(properties(destination!)).toMatchObject({
    ...expected(workers.destination),
    'oauth-client-secret': workers.destination.secret,
  });
  expect(workers.source.id).not.toBe(workers.destination.id);
});

test('passphrase-provider: reads the secret from its file, and the configuration does not contain it', () => {
  const template = 'passphrase-provider/pd.profile/dsconfig/20-pingone-source.dsconfig';
  const [provider, source] = configured(template, 'ping-one');
  expect(provider!.name).toBe('create-passphrase-provider');
  const { 'password-file': file = '', ...rest } = properties(provider!);
  expect(rest).toEqual({ enabled: 'true' });
  expect(readFileSync(file, 'utf8')).toBe(workers.source.secret);
  expect(properties(source!)).toEqual({
    ...expected(workers.source),
    'oauth-client-secret-passphrase-provider': provider!.options['--provider-name']![0],
  });
});

describe('lines that not every reader supports', () => {
  test.each([
    ['dsconfig a \\ \n --b c\n', 'a blank after'],
    ["dsconfig a --b 'c'\n", 'single quote'],
    ['dsconfig a --b c:"d"\n', 'inside a word'],
    ['dsconfig a --b\tc\n', 'tab'],
    ['dsconfig a \\\n\n', 'empty line'],
    ['dsconfig a', 'no newline'],
    ['create-sync-source\n', 'not a dsconfig'],
  ])('%j is refused', (text, message) => {
    expect(() => readBatchFile(text)).toThrow(message);
  });
});
