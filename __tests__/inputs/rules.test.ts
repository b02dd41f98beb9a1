import { rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { createInterruption } from '../../src/http/send.ts';
import { main } from '../../src/main.ts';
import { recordingCore } from '../github/core.ts';
import { brokenRules, brokenWorkspace, readBrokenFile, typos } from './broken-rules.ts';
import type { Given } from './settings.ts';
import { environmentFor, least, refusalFor, settingsFor } from './settings.ts';

const workspace = brokenWorkspace();
afterAll(() => rmSync(workspace, { recursive: true }));

/** The message with which the whole step ends, which must not send anything. */
async function refused(given: Given): Promise<string> {
  const { core, calls } = recordingCore();
  const never = new AbortController().signal;
  await main({
    env: environmentFor({ ...least, GITHUB_WORKSPACE: workspace, ...given }),
    event: () => undefined,
    readFile: readBrokenFile,
    core,
    transport: ({ url }) => Promise.reject(new Error(`a request to ${url}`)),
    clock: { now: Date.now, sleep: () => Promise.reject(new Error('the step waits')) },
    random: Math.random,
    randomId: () => 'made-up',
    interruption: createInterruption(never, never),
    giveUp: () => undefined,
  });
  const told = calls.filter(([name]) => name !== 'setSecret' && name !== 'debug');
  expect(told).toEqual([['setFailed', expect.any(String)]]);
  return String(told[0]![1]);
}

describe('a rule that is broken ends the step before its first request', () => {
  test.each(brokenRules)('%j', async (given, what) => {
    const message = await refused(given);
    expect(message.split('\n')[0]).toBe(`Inputs refused: ${what}.`);
    expect(message).toMatch(/^.+\nLikely cause: \S.*[^.]\.\nWhat to do: \S.*[^.]\.$/);
  });

  test.each(typos)('%j: did you mean %s?', async (given, word) => {
    expect(await refused(given)).toContain(`did you mean ${word}?`);
  });

  test.each([{ enabled: 'sometimes' }, { state: 'x' }, { 'store-in': 'vault', 'github-token': 'x' }, { region: 'XX' }])(
    '%j is no typo of anything',
    async (given) => {
      expect(await refused(given)).not.toContain('did you mean');
    },
  );

  test('comes with all others, each once', () => {
    const given = { name: '', environment: '', verify: 'x', 'mask-ids': 'x', timeout: 'x', 'admin-client-id': '' };
    const { what, cause, fix } = refusalFor(given);
    const parts = what.replace('Inputs refused: ', '').split('; ');
    expect(parts).toHaveLength(6);
    expect(new Set(parts).size).toBe(6);
    for (const input of Object.keys(given)) expect(what).toContain(`\`${input}\``);
    // Two inputs that are missing for the same reason share it.
    expect(cause.match(/`with:` does not name it/g)).toHaveLength(1);
    expect(fix.split('; ')).toHaveLength(6);
  });

  test('shows no credential', () => {
    const { what, cause, fix } = refusalFor({
      'admin-client-secret': 'sec ret',
      'access-token': 'tok en',
      timeout: 'x',
    });
    expect(what + cause + fix).not.toMatch(/sec ret|tok en/);
    const address = refusalFor({ 'api-url': 'https://user:hunter2@api.example.com' });
    expect(Object.values(address).join()).not.toContain('hunter2');
  });

  test('is one even in a step that wants nothing of it', () => {
    expect(refusalFor({ 'secret-prefix': '1_', 'overwrite-secrets': 'x' }).what).toContain('`secret-prefix`');
  });
});

test('`api-url` without /v1 is corrected, whatever slashes it ends in', () => {
  for (const url of ['https://api.pingone.eu', 'https://api.pingone.eu/', 'https://api.pingone.eu//']) {
    expect(refusalFor({ 'api-url': url }).fix).toBe('set `api-url` to https://api.pingone.eu/v1.');
  }
});

test('the file for outputs is not needed where the secret is no output', () => {
  const settings = settingsFor({ 'output-secret': 'false', GITHUB_OUTPUT: undefined });
  expect(settings).toMatchObject({ outputSecret: false });
});
