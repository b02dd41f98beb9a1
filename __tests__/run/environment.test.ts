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
    [unknownId, `no environment of the id ${unknownId}`],
    ['sandbox', 'no environment of the name "sandbox", but "Sandbox".'],
    ['Sandbxo', 'no environment of the name "Sandbxo", but "Sandbox".'],
    ['Sand\u200bbox', 'no environment of the name "Sand\\u{200b}box", but "Sandbox".'],
  ])('(%s) is refused without a write', (environment, found) =>
    inSandbox(async (lab) => {
      const { what, cause, fix } = failureOf(await lab.run({ environment, 'mask-ids': 'false' }));
      expect(what).toContain(`\`environment\` was not found: the admin credentials see ${found}`);
      expect(cause).toMatch(/typo.*another region.*no role/);
      expect(fix).toContain('`region`');
      expect(await lab.writes('pingone')).toEqual([]);
    }),
  );

  test.concurrent('with no similar name: the message lists the visible names', () =>
    inSandbox(async (lab) => {
      const { what, fix } = failureOf(await lab.run({ environment: 'Somewhere else' }));
      expect(what).toMatch(/see no environment of the name "Somewhere else"\.$/);
      expect(fix).toContain('The admin credentials see "Production" and "Sandbox".');
    }),
  );

  test.concurrent('and a name in two organizations have different messages', () =>
    inSandbox(async (lab) => {
      const { id } = lab.ready.environments.find(({ name }) => name === 'Production')!;
      await lab.console({ environment: id, set: { name: 'Sandbox' } });
      const { what, fix } = failureOf(await lab.run());
      expect(what).toBe('`environment` "Sandbox" names 2 PingOne environments.');
      for (const each of lab.ready.environments) expect(fix).toContain(each.id);
    }),
  );

  test.concurrent.each(['id', 'name'] as const)('includes one that is being deleted, by %s', (by) =>
    inSandbox(async (lab) => {
      const id = sandboxId(lab);
      await lab.console({ environment: id, set: { status: 'DELETE_PENDING' } });
      const { what, fix } = failureOf(await lab.run({ environment: by === 'id' ? id : 'Sandbox' }));
      expect(what).toBe('The PingOne environment in `environment` ("Sandbox") is about to be deleted.');
      expect(fix).toContain('restore it');
      expect(await lab.writes('pingone')).toEqual([]);
    }),
  );
});
