import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CommandProcessor } from '../../sandbox/runner/command-processor.ts';
import { StepLog } from '../../sandbox/runner/log.ts';
import { SecretMasker } from '../../sandbox/runner/masks.ts';
import { createRunner, type Core } from '../../src/github/runner.ts';
import { inline } from '../../src/text.ts';
import { inputs, openWorld, startAction, storing, type World } from '../faults/world.ts';

const nasty = [
  '::set-output name=client-secret::forged',
  '::add-mask::a',
  '##[error]forged',
  '\r\n::error::forged\r\n',
  '\u001b[2J\u001b[31m',
  'a\nb<<ghadelimiter_x\n',
  '<img src=x onerror=alert(1)>',
  '| a | b |\n|---|---|',
  '[click](javascript:alert(1)) `x` **b**',
  '{"a":1}\u0000',
  '\ud800 lone',
  '\u202eevil\u2066',
  '\u2028::notice::forged',
  'x'.repeat(100_000),
];
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...nasty),
  fc.array(fc.constantFrom(...nasty.slice(0, -1), '\n', '\r', ' ', '::', '##[')).map((parts) => parts.join('')),
);

describe('text from outside', () => {
  test('stands on one printable line of bounded length', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = inline(text);
        // eslint-disable-next-line no-control-regex -- control characters are what is looked for
        expect(shown).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
        expect(shown.isWellFormed()).toBe(true);
        expect(shown.length).toBeLessThan(301 * 9);
      }),
    );
  });

  test('in the log is no command to the runner', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const lines: string[] = [];
        const core = { info: (line: string) => lines.push(...line.split(/\r?\n|\r/)) };
        createRunner(core as unknown as Core, false).info(text);
        const log = new StepLog(new SecretMasker(), true);
        const processor = new CommandProcessor(log);
        for (const line of lines) processor.process(line, 'stdout');
        expect(log.events.filter(({ kind }) => kind !== 'line')).toEqual([]);
        expect(log.masker.values).toEqual([]);
      }),
    );
  });
});

describe('a run among hostile text', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  test.each(nasty.map((text) => [inline(text, 30), text]))(
    '%s, as an error of PingOne and a header',
    async (_, text) => {
      const body = { id: text, code: text, message: text, details: [{ code: text, target: text, message: text }] };
      // A header cannot hold every character; what can be sent is sent.

      const header = text.replace(/[^\t\x20-\x7e]/g, '').slice(0, 2000);
      await world.faults([
        { match: { path: '/v1/roles' }, do: { status: 400, body, headers: { 'correlation-id': header } } },
      ]);
      const step = await startAction(world, inputs(world, { name: 'Hostile', ...storing(world) })).result;
      await world.faults([]);
      expect(step.annotations).toHaveLength(1);
      expect(step.annotations[0]?.message).toMatch(/^PingOne refused .*: 400 .*\nLikely cause: .*\nWhat to do: .*$/);
      expect(step.outputs.size).toBe(0);
      expect(step.masks.every((value) => value.length > 1)).toBe(true);
    },
  );

  test.each(nasty.slice(0, -1).map((text) => [inline(text, 30), text]))(
    '%s, as a description and a name',
    async (_, text) => {
      await world.reset();
      const name = 'Hostile';
      await world.console({ create: { name, description: text, enabled: false } });
      await world.console({ create: { name: `${name} ${text}`, description: text } });
      const step = await startAction(world, inputs(world, { name, description: 'plain', ...storing(world) })).result;
      expect(step.conclusion).toBe('success');
      expect(step.outputs.get('result')).toBe('updated');
      const forged = step.annotations.filter(({ message }) => message.startsWith('forged'));
      expect(forged).toEqual([]);
      expect(step.masks).not.toContain('a');
      expect(step.summary.raw).not.toMatch(/<img|\]\(javascript/);
      expect(step.summary.raw.split('\n').filter((line) => line.startsWith('|')).length).toBeLessThan(15);
    },
  );
});
