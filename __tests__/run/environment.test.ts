import { describe, expect, test } from '@jest/globals';
import { workerName } from '../bundle/harness.ts';
import type { Lab } from '../bundle/harness.ts';
import { failureOf, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';

const sandboxId = (lab: Lab): string => lab.ready.environments.find(({ name }) => name === 'Sandbox')!.id;
const unknownId = '00000000-0000-4000-8000-000000000000';

describe('`environment` is', () => {
  test.concurrent('an id, in either case', () =>
    inSandbox(async (lab) => {
      const id = sandboxId(lab);
      const outputs = outputsOf(await lab.run({ environment: ` ${id.toUpperCase()} ` }));
      expect(outputs).toMatchObject({ result: 'created', 'environment-id': id });
      expect((await lab.theOnly(workerName)).environment.id).toBe(id);
    }),
  );

  test.concurrent('an exact name, even if a longer name begins with it', () =>
    inSandbox(async (lab) => {
      const { id } = lab.ready.environments.find(({ name }) => name === 'Production')!;
      await lab.console({ environment: id, set: { name: 'Sandbox 2 "\\" ü' } });
      const one = outputsOf(await lab.run());
      expect(one).toMatchObject({ result: 'created', 'environment-id': sandboxId(lab) });
      const other = outputsOf(await lab.run({ environment: 'Sandbox 2 "\\" ü' }));
      expect(other).toMatchObject({ result: 'created', 'environment-id': id });
    }),
  );
});

describe('an environment that does not exist', () => {
  test.concurrent.each([
    [unknownId, `no environment with the ID ${unknownId}.`],
    ['sandbox', 'no environment named "sandbox".'],
    ['Sandbxo', 'no environment named "Sandbxo".'],
    ['Sand\u200bbox', 'no environment named "Sand\\u{200b}box".'],
  ])('(%s) is refused without a write', (environment, found) =>
    inSandbox(async (lab) => {
      const { what, cause, fix } = failureOf(await lab.run({ environment, 'mask-ids': 'false' }));
      expect(what).toContain(`\`environment\` was not found: the admin application sees ${found}`);
      expect(cause).toMatch(
        environment === unknownId ? /typo.*another region.*no role/ : /^a typo\. Names are matched/,
      );
      expect(fix).toContain(environment === unknownId ? '`region`' : 'sees "Sandbox" and "Production".');
      expect(await lab.writes('pingone')).toEqual([]);
    }),
  );

  test.concurrent('with no similar name: the message lists the visible names', () =>
    inSandbox(async (lab) => {
      const { what, fix } = failureOf(await lab.run({ environment: 'Somewhere else' }));
      expect(what).toMatch(/sees no environment named "Somewhere else"\.$/);
      expect(fix).toContain('The admin application sees "Production" and "Sandbox".');
    }),
  );

  test.concurrent('and a name in two organizations have different messages', () =>
    inSandbox(async (lab) => {
      const { id } = lab.ready.environments.find(({ name }) => name === 'Production')!;
      await lab.console({ environment: id, set: { name: 'Sandbox' } });
      const { what, fix } = failureOf(await lab.run());
      expect(what).toBe('`environment`: 2 PingOne environments are named "Sandbox".');
      for (const each of lab.ready.environments) expect(fix).toContain(each.id);
    }),
  );

  test.concurrent.each(['id', 'name'] as const)('includes one that is being deleted, by %s', (by) =>
    inSandbox(async (lab) => {
      const id = sandboxId(lab);
      await lab.console({ environment: id, set: { status: 'DELETE_PENDING' } });
      const { what, fix } = failureOf(await lab.run({ environment: by === 'id' ? id : 'Sandbox' }));
      expect(what).toBe('`environment`: the PingOne environment "Sandbox" is being deleted.');
      expect(fix).toContain('restore it');
      expect(await lab.writes('pingone')).toEqual([]);
    }),
  );
});
