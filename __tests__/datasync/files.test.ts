import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { dataSyncFiles, isDataSyncPrefix, replacesAnotherWorker, writeDataSyncFiles } from '../../src/datasync.ts';
import { deliveredAddresses, regionCodes, regionSuffix, regionUrls } from '../../src/pingone/addresses.ts';
import { temporaryDirectory } from '../runner/action-fixture.ts';

const environmentId = '0b0c8f9e-7d8a-4a9e-8f6a-2f1d3c4b5a60';
const values = {
  apiUrl: 'https://api.pingone.eu/v1',
  tokenEndpoint: `https://auth.pingone.eu/${environmentId}/as/token`,
  environmentId,
  clientId: '1d2c3b4a-0000-4000-8000-00000000c1d0',
  // Made up, with every character that PingOne's secrets are known to hold.
  clientSecret: '~made-up_secret.with-all_kinds~of.characters',
};
const secretMode = 0o777;

describe('the files', () => {
  test('contain one name and value per line, and the secret alone', () => {
    expect(dataSyncFiles('PING_ONE_', values)).toEqual([
      {
        name: 'ping-one.env',
        mode: 0o644,
        isSecret: false,
        content:
          'PING_ONE_API_URL=https://api.pingone.eu/v1\n' +
          `PING_ONE_AUTH_URL=https://auth.pingone.eu/${environmentId}/as/token\n` +
          `PING_ONE_ENV_ID=${environmentId}\n` +
          `PING_ONE_OAUTH_CLIENT_ID=${values.clientId}\n`,
      },
      { name: 'ping-one-oauth-client-secret', mode: 0o600, isSecret: true, content: values.clientSecret },
    ]);
  });

  test('of a source and a destination fit into one folder', () => {
    const names = ['PING_ONE_SOURCE_', 'PING_ONE_DESTINATION_'].flatMap((prefix) =>
      dataSyncFiles(prefix, values).map(({ name }) => name),
    );
    expect(names).toEqual([
      'ping-one-source.env',
      'ping-one-source-oauth-client-secret',
      'ping-one-destination.env',
      'ping-one-destination-oauth-client-secret',
    ]);
  });

  test.each(regionCodes)('have the right addresses in %s, with and without a custom domain', (code) => {
    const { apiUrl, authUrl } = regionUrls(regionSuffix(code)!);
    const tokenEndpoint = (customDomain?: string): string =>
      deliveredAddresses({ authUrl, customDomain }, environmentId).tokenEndpoint;
    const [plain] = dataSyncFiles('P_', { ...values, apiUrl, tokenEndpoint: tokenEndpoint() });
    expect(plain!.content).toContain(`P_API_URL=https://api.pingone.${regionSuffix(code)!}/v1\n`);
    expect(plain!.content).toContain(
      `P_AUTH_URL=https://auth.pingone.${regionSuffix(code)!}/${environmentId}/as/token\n`,
    );
    const [custom] = dataSyncFiles('P_', { ...values, apiUrl, tokenEndpoint: tokenEndpoint('auth.example.com') });
    expect(custom!.content).toContain('P_AUTH_URL=https://auth.example.com/as/token\n');
    expect(custom!.content).toContain(`P_ENV_ID=${environmentId}\n`);
  });

  test('give the same values to a shell and to a reader without quoting', () => {
    const directory = temporaryDirectory();
    const [env] = writeDataSyncFiles(directory, directory, dataSyncFiles('PING_ONE_', values));
    const script = 'set -a; . "$1"; env | grep "^PING_ONE_" | sort';
    const sourced = execFileSync('sh', ['-c', script, 'sh', env!], { env: { PATH: process.env['PATH'] ?? '' } });
    const literal = readFileSync(env!, 'utf8').trimEnd().split('\n').sort().join('\n');
    expect(sourced.toString().trimEnd()).toBe(literal);
  });

  test.each(['client id', '"quoted"', '$HOME', '~', '', 'a\nB=b', '#x'])('refuse the client ID %j', (clientId) => {
    expect(() => dataSyncFiles('PING_ONE_', { ...values, clientId })).toThrow('PING_ONE_OAUTH_CLIENT_ID');
  });

  test.each(['', '_', '1A_', 'A-B_', 'A B', 'A=', '../A_'])('refuse the prefix %j', (prefix) => {
    expect(isDataSyncPrefix(prefix)).toBe(false);
  });
});

describe('writing the files', () => {
  const files = dataSyncFiles('PING_ONE_', values);

  test('creates the folder, and makes the secret readable for its owner only, even if the old file was readable for all', () => {
    const workspace = temporaryDirectory();
    const directory = join(workspace, 'a/b');
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'ping-one-oauth-client-secret'), 'old');
    chmodSync(join(directory, 'ping-one-oauth-client-secret'), 0o666);

    const [env, secret] = writeDataSyncFiles(workspace, directory, files);
    expect(env).toBe(join(directory, 'ping-one.env'));
    expect(readFileSync(secret!, 'utf8')).toBe(values.clientSecret);
    expect(statSync(secret!).mode & secretMode).toBe(0o600);
    expect(readdirSync(directory).sort()).toEqual(['ping-one-oauth-client-secret', 'ping-one.env']);
  });

  test('replaces a link instead of following it', () => {
    const [workspace, elsewhere] = [temporaryDirectory(), temporaryDirectory()];
    writeFileSync(join(elsewhere, 'target'), 'untouched');
    symlinkSync(join(elsewhere, 'target'), join(workspace, 'ping-one-oauth-client-secret'));

    const [, secret] = writeDataSyncFiles(workspace, workspace, files);
    expect(lstatSync(secret!).isSymbolicLink()).toBe(false);
    expect(readFileSync(join(elsewhere, 'target'), 'utf8')).toBe('untouched');
  });

  test('refuses a folder that was replaced by a link out of the workspace', () => {
    const [workspace, elsewhere] = [temporaryDirectory(), temporaryDirectory()];
    symlinkSync(elsewhere, join(workspace, 'out'));
    expect(() => writeDataSyncFiles(workspace, join(workspace, 'out/deep'), files)).toThrow(
      'a symbolic link in its path points out of the workspace',
    );
    expect(existsSync(join(elsewhere, 'deep'))).toBe(false);
  });

  test('leaves no file behind if a folder has the name of a file', () => {
    const workspace = temporaryDirectory();
    mkdirSync(join(workspace, 'ping-one.env'));
    expect(() => writeDataSyncFiles(workspace, workspace, files)).toThrow('`datasync-dir`');
    expect(readdirSync(workspace)).toEqual(['ping-one.env']);
  });
});

describe('files of another worker', () => {
  const files = dataSyncFiles('PING_ONE_', values);
  const ofAnother = dataSyncFiles('PING_ONE_', { ...values, clientId: '1d2c3b4a-0000-4000-8000-00000000c1d1' });

  test('are noticed before they are replaced', () => {
    const directory = temporaryDirectory();
    expect(replacesAnotherWorker(directory, files)).toBe(false);
    writeDataSyncFiles(directory, directory, files);
    expect(replacesAnotherWorker(directory, files)).toBe(false);
    expect(replacesAnotherWorker(directory, dataSyncFiles('PING_ONE_', { ...values, clientSecret: 'new' }))).toBe(
      false,
    );
    expect(replacesAnotherWorker(directory, ofAnother)).toBe(true);
    expect(replacesAnotherWorker(directory, dataSyncFiles('OTHER_', values))).toBe(false);
  });

  test('are not read through a link', () => {
    const [directory, elsewhere] = [temporaryDirectory(), temporaryDirectory()];
    writeDataSyncFiles(elsewhere, elsewhere, ofAnother);
    symlinkSync(join(elsewhere, 'ping-one.env'), join(directory, 'ping-one.env'));
    expect(replacesAnotherWorker(directory, files)).toBe(false);
  });
});
