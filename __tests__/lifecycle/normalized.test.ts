import { describe, expect, test } from '@jest/globals';
import { createTransport } from '../../src/http/transport.ts';
import type { Transport } from '../../src/http/transport.ts';
import { isNormalized, normalizedBy } from '../../src/run/plan.ts';
import { workerName } from '../bundle/harness.ts';
import type { Inputs, Lab } from '../bundle/harness.ts';
import { messages, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { startBy } from '../in-process/start.ts';
import { changesOf, recordOf } from './scenes.ts';

/** A PingOne that makes one blank of several in descriptions and gives redirect URIs a slash at the end. */
function normalizing(): Transport {
  const real = createTransport('test');
  return async (...request) => {
    const response = await real(...request);
    const body = response.body
      .replace(/(?<="description":"[^"]*) {2,}/g, ' ')
      .replaceAll('"https://a.example"', '"https://a.example/"');
    return { ...response, body };
  };
}

const runIn = (lab: Lab) => {
  const transport = normalizing();
  return (inputs: Inputs) =>
    lab.run(inputs, { isTamperedWith: true, startProcess: (options) => startBy(options, { transport }) });
};

describe('a value that PingOne changes', () => {
  test.concurrent.each([
    ['a description', { description: 'For   sync' }, { description: 'Another  one' }],
    ['a redirect URI', { 'redirect-uris': 'https://a.example' }, { 'redirect-uris': 'https://b.example/' }],
  ])('is written only once: %s', (_, asked, other) =>
    inSandbox(async (lab) => {
      const run = runIn(lab);
      expect(outputsOf(await run(asked))).toMatchObject({ result: 'created' });
      expect(outputsOf(await run(asked))).toMatchObject({ result: 'unchanged', changes: '[]' });
      expect(outputsOf(await run(other))).toMatchObject({ result: 'updated' });
      expect(outputsOf(await run(asked))).toMatchObject({ result: 'updated' });
      const again = await run(asked);
      expect(outputsOf(again)).toMatchObject({ result: 'unchanged' });
      expect(messages(again, 'warning')).toEqual([]);
    }),
  );

  test.concurrent('and that somebody changes later is written again', () =>
    inSandbox(async (lab) => {
      const run = runIn(lab);
      await run({ description: 'For  sync' });
      expect(await recordOf(lab)).toMatchObject({
        normalized: { description: { asked: expect.any(String), got: expect.any(String) } },
      });
      await lab.console({ application: (await lab.theOnly(workerName)).id, set: { description: 'By hand' } });
      expect(changesOf(outputsOf(await run({ description: 'For  sync' })))).toEqual([
        { kind: 'update-application', field: 'description', from: 'By hand', to: 'For  sync' },
      ]);
      outputsOf(await run({ description: 'As it is' }));
      expect(await recordOf(lab)).not.toHaveProperty('normalized');
    }),
  );
});

describe("the requested value and PingOne's version of it", () => {
  const plan = [
    {
      kind: 'update-application',
      fields: [
        { field: 'description', from: null, to: 'a ' },
        { field: 'redirectUris', from: null, to: ['x', 'y'] },
        { field: 'enabled', from: false, to: true },
      ],
    },
  ] as const;

  test('are recorded for text and addresses only, and only if they differ', () => {
    const pairs = normalizedBy(plan, { description: 'a', redirectUris: ['y', 'x'], enabled: false });
    expect(pairs).toEqual({
      description: { asked: expect.any(String), got: expect.any(String) },
      redirectUris: undefined,
    });
    expect(JSON.stringify(pairs)).not.toContain('a ');
  });

  test('match only as a pair', () => {
    const { description } = normalizedBy(plan, { description: 'a' });
    const normalized = { description: description! };
    const asks = (field: string, from: unknown, to: unknown) => isNormalized(normalized, { field, from, to });
    expect(asks('description', 'a', 'a ')).toBe(true);
    expect(asks('description', 'b', 'a ')).toBe(false);
    expect(asks('description', 'a', 'b')).toBe(false);
    expect(asks('name', 'a', 'a ')).toBe(false);
    expect(isNormalized(undefined, { field: 'description', from: 'a', to: 'a ' })).toBe(false);
  });
});
