import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readSettings } from '../../src/inputs/settings.ts';
import type { Settings } from '../../src/settings.ts';
import { temporaryDirectory } from '../runner/action-fixture.ts';

const workspace = temporaryDirectory();

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
    appendProblem: () => undefined,
    mask: () => undefined,
    clock: Date,
  });
}

describe('accepted', () => {
  test('several targets, one per line, in order', () => {
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

  test('a folder of the workspace, also through a link that stays inside', () => {
    mkdirSync(join(workspace, 'inner'));
    symlinkSync(join(workspace, 'inner'), join(workspace, 'alias'));
    expect(settingsOf({ 'datasync-dir': 'new/deep' }).dataSync).toEqual({
      workspace,
      directory: join(workspace, 'new/deep'),
      prefix: 'PING_ONE_',
      keep: false,
    });
    expect(settingsOf({ 'datasync-dir': 'alias' }).dataSync?.directory).toBe(join(workspace, 'alias'));
    expect(settingsOf({}).dataSync).toBeUndefined();
  });
});
