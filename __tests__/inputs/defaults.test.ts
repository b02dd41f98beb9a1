import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { root } from '../../scripts/child.mjs';
import { readSettings } from '../../src/inputs/settings.ts';
import { environmentFor, least, settingsFor } from './settings.ts';

const action = readFileSync(join(root, 'action.yml'), 'utf8');
// As text, as the runner has it: `true` is four letters there.
const { inputs } = parse(action, { schema: 'failsafe' }) as {
  inputs: Record<string, { default?: string; required?: string }>;
};
const defaults = Object.fromEntries(
  Object.entries(inputs).flatMap(([name, input]) => (input.default === undefined ? [] : [[name, input.default]])),
);

describe('action.yml and the code', () => {
  test('have the same defaults', () => {
    expect(Object.keys(defaults).length).toBeGreaterThan(5);
    expect(settingsFor(defaults)).toEqual(settingsFor());
  });

  test('treat an empty input as not set', () => {
    const empty = Object.fromEntries(Object.keys(inputs).map((name) => [name, '']));
    expect(settingsFor({ ...empty, ...least })).toEqual(settingsFor());
  });

  test('have the same inputs', () => {
    const read = new Set<string>();
    const env = new Proxy(environmentFor({ ...least, 'store-in': 'repository', 'github-token': 'x', icon: 'a.png' }), {
      get: (target, name: string) => {
        read.add(name);
        return target[name];
      },
    });
    const readFile = () => new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    readSettings({
      env,
      event: () => undefined,
      readFile,
      appendProblem: () => undefined,
      mask: () => undefined,
      clock: Date,
    });
    const names = [...read].filter((name) => name.startsWith('INPUT_')).map((name) => name.slice(6).toLowerCase());
    expect(names.sort()).toEqual(Object.keys(inputs).sort());
  });

  test('have no default for `roles`, because a default cannot be told from a given value', () => {
    expect(inputs['roles']).not.toHaveProperty('default');
  });
});

describe('a step with only the required inputs', () => {
  test('configures the worker for PingDataSync', () => {
    expect(settingsFor()).toMatchObject({
      desired: {
        name: 'PingDataSync',
        description: undefined,
        enabled: true,
        tokenEndpointAuthMethod: 'CLIENT_SECRET_POST',
        roles: { kind: 'default' },
      },
      environment: { name: 'Sandbox' },
      apiUrl: 'https://api.pingone.com/v1',
      authUrl: 'https://auth.pingone.com',
      verify: true,
      maskIds: true,
      outputSecret: true,
      store: undefined,
      timeoutSeconds: 300,
    });
  });
});
