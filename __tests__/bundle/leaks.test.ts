// Tests the assertion for leaked secrets, which every test of the built action uses.
import { describe, expect, test } from '@jest/globals';
import { createAction, SET } from '../runner/action-fixture.ts';
import { runStep } from '../../sandbox/runner/step.ts';
import { findLeaks, findUnmasked } from './leaks.ts';

const value = 'a~secret+of/"ours"';
const clientId = 'client 1';
const secret = { label: 'the secret', value, clientId };
const form = new URLSearchParams({ a: value }).toString().slice(2);
const formId = 'client+1';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

const forms: readonly [string, string][] = [
  ['unchanged', value],
  ['form-encoded', form],
  ['URI-encoded', encodeURIComponent(value)],
  ['in JSON', JSON.stringify({ value })],
  ['in base64', base64(value)],
  ['in base64 without its padding', base64(value).replace(/=+$/, '')],
  ['in base64 of URLs', Buffer.from(value).toString('base64url')],
  ['in hexadecimal', Buffer.from(value).toString('hex')],
  ['as base64(id:secret)', base64(`${clientId}:${value}`)],
  ['as base64(id:secret), form-encoded', base64(`${formId}:${form}`)],
];

const places: readonly [string, (text: string) => string][] = [
  ['a line of stdout', (text) => `console.log(${text})`],
  ['a line of stderr', (text) => `console.error(${text})`],
  ['a line of stdout', (text) => `console.log('::debug::' + ${text})`],
  ['a line of stdout', (text) => `console.log('::error::' + ${text})`],
  ['the summary', (text) => `appendFileSync(process.env.GITHUB_STEP_SUMMARY, ${text})`],
  ['the environment variable X', (text) => `set('GITHUB_ENV', 'X', ${text})`],
  ['the state X', (text) => `set('GITHUB_STATE', 'X', ${text})`],
  ['the output X', (text) => `set('GITHUB_OUTPUT', 'X', ${text})`],
  ['/x.env', (text) => `appendFileSync('x.env', ${text})`],
  ['/x.log', (text) => `appendFileSync(process.env.RUNNER_TEMP + '/x.log', ${text})`],
  ['the path', (text) => `appendFileSync(process.env.GITHUB_PATH, ${text} + '\\n')`],
];

const runScript = (main: string) => runStep({ action: createAction({ main: SET + main }) });

describe('a leak is found', () => {
  test.each(forms)('of a secret, %s', async (_, text) => {
    const result = await runScript(`console.log('begin ' + ${JSON.stringify(text)} + ' end')`);
    expect(findLeaks(result, [secret])[0]).toMatch(/^a line of stdout shows the secret: begin /);
  });

  test.each(places)('in %s (%#)', async (place, leak) => {
    const result = await runScript(leak(JSON.stringify(`x${value}x`)));
    expect(findLeaks(result, [secret])[0]).toContain(`${place} shows the secret: `);
  });

  test('even if the runner masked it', async () => {
    const text = JSON.stringify(value);
    const result = await runScript(`console.log('::add-mask::' + ${text}); console.log(${text})`);
    expect(result.log).not.toContain(value);
    expect(findLeaks(result, [secret])).not.toEqual([]);
  });
});

describe('no leak is reported', () => {
  test('for the mask command, the output of the secret, the file of the secret, and other text', async () => {
    const text = JSON.stringify(value);
    const main = `console.log('::add-mask::' + ${text}); set('GITHUB_OUTPUT', 'client-secret', ${text});
      appendFileSync('ping-one-oauth-client-secret', ${text}); console.log('x')`;
    const result = await runScript(main);
    expect(result.outputs.get('client-secret')).toBe(value);
    expect(findLeaks(result, [secret])).toEqual([]);
  });
});

describe('a missing mask is found', () => {
  test('for each form of the secret', async () => {
    const result = await runScript('');
    expect(findUnmasked(result, [secret])).toEqual([
      'the secret is not masked as it is',
      'the secret is not masked form-encoded',
      'the secret is not masked as base64(id:secret)',
      'the secret is not masked as base64(id:secret), both form-encoded',
    ]);
    expect(findUnmasked(result, [{ label: 'a token', value: 'abc' }])).toHaveLength(2);
  });

  test('but not if all masks exist', async () => {
    const all = [value, form, base64(`${clientId}:${value}`), base64(`${formId}:${form}`)];
    const result = await runScript(`for (const v of ${JSON.stringify(all)}) console.log('::add-mask::' + v);`);
    expect(findUnmasked(result, [secret])).toEqual([]);
  });
});
