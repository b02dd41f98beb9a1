import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { inputVariable, resolveInputs } from '../../sandbox/runner/inputs.ts';
import { readActionMetadata } from '../../sandbox/runner/metadata.ts';
import { temporaryDirectory } from './action-fixture.ts';

const RUNS = 'runs: { using: node24, main: index.js }\n';

function readMetadata(yaml: string, name = 'action.yml'): ReturnType<typeof readActionMetadata> {
  const directory = mkdtempSync(join(temporaryDirectory(), 'a-'));
  writeFileSync(join(directory, name), yaml);
  return readActionMetadata(directory);
}

describe('action.yml', () => {
  test('gives every default as text', () => {
    const { inputs } = readMetadata(
      `name: A\n${RUNS}inputs:\n  on: { default: true }\n  wait: { default: 300, required: true }\n  bare:\n  zero: { default: 0x10 }\n`,
    );
    expect(Object.entries(inputs).map(([name, input]) => [name, input.default])).toEqual([
      ['on', 'true'],
      ['wait', '300'],
      ['bare', undefined],
      ['zero', '0x10'],
    ]);
  });

  test('can be called action.yaml', () => {
    expect(readMetadata(`name: B\n${RUNS}`, 'action.yaml').name).toBe('B');
  });

  test('is refused if it does not exist, or is not for a JavaScript action', () => {
    expect(() => readActionMetadata(temporaryDirectory())).toThrow('There is no action.yml');
    expect(() => readMetadata('name: C\nruns: { using: composite, main: x }\n')).toThrow('only JavaScript actions');
  });
});

describe('inputs', () => {
  const inputs = {
    name: {},
    'client id': {},
    region: { default: 'NA' },
    token: { default: '${{ github.token }}' },
    old: { deprecationMessage: 'use name' },
  };

  test('have their defaults, and are empty without one', () => {
    const { values, warnings } = resolveInputs({ inputs }, { name: 'x' }, { token: 't' });
    expect(Object.fromEntries(values)).toEqual({ name: 'x', 'client id': '', region: 'NA', token: 't', old: '' });
    expect(warnings).toEqual([]);
  });

  test('match in any case', () => {
    const { values, warnings } = resolveInputs({ inputs }, { REGION: 'EU', 'Client ID': '' });
    expect(values.get('REGION')).toBe('EU');
    expect(values.has('region')).toBe(false);
    expect(warnings).toEqual([]);
  });

  test('that are unknown or deprecated only give warnings', () => {
    const { values, warnings } = resolveInputs({ inputs }, { regoin: 'EU', old: 'y' });
    expect(values.get('regoin')).toBe('EU');
    expect(warnings).toEqual([
      "Input 'old' has been deprecated with message: use name",
      "Unexpected input(s) 'regoin', valid inputs are ['name', 'client id', 'region', 'token', 'old']",
    ]);
  });

  test('with an unknown expression as default are refused', () => {
    expect(() => resolveInputs({ inputs: { a: { default: '${{ env.X || 1 }}' } } }, {})).toThrow('does not know');
  });

  test('become variables, with underscores for blanks, and with their dashes', () => {
    expect(inputVariable('client-id of app')).toBe('INPUT_CLIENT-ID_OF_APP');
  });
});
