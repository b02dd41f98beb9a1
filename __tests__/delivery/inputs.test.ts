import { describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../../src/inputs/read.ts';
import type { Settings } from '../../src/settings.ts';

const workspace = mkdtempSync(join(tmpdir(), 'workspace-'));

/** The settings of a step with these inputs; the credentials are made up. */
function settingsOf(
  inputs: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>> = {},
): Settings {
  const given = {
    name: 'PingDataSync',
    environment: 'Sandbox',
    'access-token': 'made-up-token',
    'github-token': 'made-up-github-token',
    ...inputs,
  };
  const env = {
    GITHUB_REPOSITORY: 'octo/sync',
    GITHUB_OUTPUT: '/dev/null',
    GITHUB_WORKSPACE: workspace,
    ...variables,
    ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  };
  return readSettings({
    env,
    event: () => undefined,
    readFile: () => ({ unreadable: 'missing' }),
    mask: () => undefined,
  });
}

describe('refused', () => {
  test.each([
    [{ 'store-in': 'github-environment:' }, '`store-in` names the GitHub environment "", which GitHub does not take'],
    [{ 'store-in': 'github-environment:..' }, 'dots alone are no name'],
    [{ 'store-in': `github-environment:${'x'.repeat(256)}` }, 'longer than 255 characters'],
    [{ 'store-in': 'environment:qa' }, '`github-environment:<name>`'],
    [{ 'store-in': 'repository\nrepository' }, '`store-in` names repository more than once'],
    [{ 'store-in': 'repository', 'store-ids-as': 'files' }, '`store-ids-as`'],
    [{ 'store-in': 'repository', 'secret-prefix': 'PINGONE_' }, 'PINGONE_CLIENT_SECRET'],
    [{ 'store-in': 'repository', 'secret-prefix': 'GITHUB_' }, '`secret-prefix`'],
    [{ 'store-in': 'repository', repository: 'octo/..' }, '`repository`'],
    [{ 'store-in': 'organization', 'github-token': '' }, '`github-token` is missing'],
    [{ 'custom-domain': 'not a host' }, '`custom-domain`'],
    [{ 'custom-domain': 'https://auth.example.com/path' }, '`custom-domain`'],
    [{ 'datasync-dir': 'x', 'datasync-prefix': '1_' }, '`datasync-prefix`'],
    [{ 'datasync-dir': '../outside' }, '`datasync-dir` "../outside" is refused: it leads out of the workspace'],
    [{ 'datasync-dir': '/etc' }, 'it leads out of the workspace'],
  ])('%j', (inputs, message) => {
    expect(() => settingsOf(inputs as unknown as Record<string, string>)).toThrow(message);
  });

  test('a folder behind a link that leads out of the workspace', () => {
    symlinkSync(tmpdir(), join(workspace, 'out'));
    symlinkSync(join(workspace, 'nowhere'), join(workspace, 'dangling'));
    writeFileSync(join(workspace, 'file'), '');
    expect(() => settingsOf({ 'datasync-dir': 'out' })).toThrow('a link on the way to it leads out of the workspace');
    expect(() => settingsOf({ 'datasync-dir': 'out/deeper/still' })).toThrow('leads out of the workspace');
    expect(() => settingsOf({ 'datasync-dir': 'dangling' })).toThrow('cannot be written to (ENOENT)');
    expect(() => settingsOf({ 'datasync-dir': 'file' })).toThrow('a file is in its place');
    expect(() => settingsOf({ 'datasync-dir': 'x' }, { GITHUB_WORKSPACE: '' })).toThrow('GITHUB_WORKSPACE is not set');
  });
});

describe('taken', () => {
  test('several places, one a line, in order', () => {
    const { store } = settingsOf({ 'store-in': 'repository\n\n github-environment: feature/x \norganization\n' });
    expect(store).toMatchObject({
      targets: [{ kind: 'repository' }, { kind: 'github-environment', name: 'feature/x' }, { kind: 'organization' }],
      idsAs: 'secrets',
      createEnvironments: false,
      overwrite: false,
    });
  });

  test.each(['auth.example.com', 'https://auth.example.com', 'https://Auth.Example.com/'])(
    'custom-domain %s',
    (text) => {
      expect(settingsOf({ 'custom-domain': text }).customDomain).toBe('auth.example.com');
    },
  );

  test('a folder of the workspace, also behind a link that stays inside', () => {
    mkdirSync(join(workspace, 'inner'));
    symlinkSync(join(workspace, 'inner'), join(workspace, 'alias'));
    expect(settingsOf({ 'datasync-dir': 'new/deep' }).dataSync).toEqual({
      workspace,
      directory: join(workspace, 'new/deep'),
      prefix: 'PING_ONE_',
    });
    expect(settingsOf({ 'datasync-dir': 'alias' }).dataSync?.directory).toBe(join(workspace, 'alias'));
    expect(settingsOf({}).dataSync).toBeUndefined();
  });
});
