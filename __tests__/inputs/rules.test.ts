import { rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { createInterruption } from '../../src/http/send.ts';
import { main } from '../../src/main.ts';
import { recordingCore } from '../github/core.ts';
import { brokenAppend, brokenRules, brokenWorkspace, readBrokenFile, typos } from './broken-rules.ts';
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
    appendProblem: brokenAppend,
    core,
    transport: ({ url }) => Promise.reject(new Error(`a request to ${url}`)),
    clock: { now: Date.now, sleep: () => Promise.reject(new Error('the step waits')) },
    random: Math.random,
    randomId: () => 'made-up',
    interruption: createInterruption(never, never),
    abortPending: () => undefined,
  });
  const told = calls.filter(([name]) => name !== 'setSecret' && name !== 'debug');
  expect(told).toEqual([['setFailed', expect.any(String), { title: 'PingOne Worker App' }]]);
  return String(told[0]![1]);
}

describe('a wrong input ends the step before the first request', () => {
  // Keys are long.
  const titled = brokenRules.map(([given, what]) => [JSON.stringify(given).slice(0, 200), given, what] as const);
  test.each(titled)('%s', async (_, given, what) => {
    const message = await refused(given);
    const line = message.split('\n')[0]!;
    const [start = '', end = ''] = what.split('<form>');
    expect([line.slice(0, start.length), line.slice(-end.length - 1)]).toEqual([start, `${end}.`]);
    expect(message).toMatch(/^.+\nLikely cause: \S.*[^.]\.\nWhat to do: \S.*[^.][.?]$/);
  });

  test.each(typos)('%j: the message suggests %s', async (given, word) => {
    expect(await refused(given)).toContain(`did you mean \`${word}\`?`);
  });

  test.each([{ enabled: 'sometimes' }, { state: 'x' }, { 'store-in': 'vault', 'github-token': 'x' }, { region: 'XX' }])(
    '%j: the message suggests nothing',
    async (given) => {
      expect(await refused(given)).not.toContain('did you mean');
    },
  );

  test('all wrong inputs are reported, each once and on its own line', () => {
    const given = { name: '', environment: '', verify: 'x', 'mask-ids': 'x', timeout: 'x', 'admin-client-id': '' };
    const { what, cause, fix } = refusalFor(given);
    const [head, ...bullets] = what.split('\n');
    expect(head).toBe('6 inputs are not valid:');
    expect(bullets).toHaveLength(6);
    for (const input of Object.keys(given)) {
      expect(
        bullets.filter((bullet) => bullet.startsWith(`- \`${input}\``) || bullet.includes(`: \`${input}\``)),
      ).toHaveLength(1);
    }
    // Each has its own remedy; what is missing for the same reason shares it.
    expect(what).toContain('- `name` is missing. Set `name` to ');
    expect(what).toContain('- `verify` must be `true` or `false`; got `x`.');
    expect(cause.match(/does not set it in `with:`/g)).toHaveLength(1);
    expect(fix).toBe('correct each input in this list, and run the workflow again.');
  });

  test('the message explains YAML words and missing values', () => {
    for (const value of ['null', 'undefined', '[object Object]']) {
      expect(refusalFor({ verify: value })).toMatchObject({
        what: expect.stringContaining(`got \`${value}\``),
        cause: expect.stringContaining('a missing value'),
      });
    }
    expect(refusalFor({ 'application-id': '1.1' }).cause).toContain('YAML');
  });

  test('the message shows no credential', () => {
    const { what, cause, fix } = refusalFor({
      'admin-client-secret': 'sec ret',
      'access-token': 'tok en',
      timeout: 'x',
    });
    expect(what + cause + fix).not.toMatch(/sec ret|tok en/);
    const address = refusalFor({ 'api-url': 'https://user:hunter2@api.example.com' });
    expect(Object.values(address).join()).not.toContain('hunter2');
  });

  test('an input that is not used is checked, too', () => {
    expect(refusalFor({ 'secret-prefix': '1_', 'overwrite-secrets': 'x' }).what).toContain('`secret-prefix`');
  });
});

test('`api-url` without /v1 is corrected, with any number of slashes at its end', () => {
  for (const url of ['https://api.pingone.eu', 'https://api.pingone.eu/', 'https://api.pingone.eu//']) {
    expect(refusalFor({ 'api-url': url }).fix).toBe('did you mean `https://api.pingone.eu/v1`?');
  }
});

test('the file for outputs is not needed if the secret is not an output', () => {
  const settings = settingsFor({ 'output-secret': 'false', GITHUB_OUTPUT: undefined });
  expect(settings).toMatchObject({ outputSecret: false });
});
