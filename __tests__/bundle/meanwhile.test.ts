import { describe, expect, test } from '@jest/globals';
import type { Lab } from './harness.ts';
import { inSandbox } from './harness.ts';
import { failureOf, outputsOf } from './outcome.ts';

const bridge = 'PingFederate Bridge';

/** Runs a repair of a worker, and has somebody act after it was planned and before it begins. */
async function repairWhile(lab: Lab, act: (id: string) => Promise<unknown>) {
  const { id } = await lab.theOnly(bridge);
  const slow = { delay: 500, when: 'before' };
  await lab.faults({ match: { method: 'GET', path: `re:/applications/${id}$` }, do: slow });
  let acted: Promise<unknown> | undefined;
  const result = await lab.run(
    { name: bridge, description: 'ours' },
    {
      onLine: (line) => {
        if (line.includes('changes:')) acted ??= act(id);
      },
    },
  );
  expect(acted).toBeDefined();
  await acted;
  return result;
}

describe('between plan and update, another client', () => {
  test.concurrent('changes another field: its change is kept', () =>
    inSandbox(async (lab) => {
      const set = { loginPageUrl: 'https://new.example.com/', refreshTokenDuration: 3_600 };
      const result = await repairWhile(lab, (application) => lab.console({ application, set }));
      expect(outputsOf(result)).toMatchObject({ result: 'updated' });
      expect(await lab.theOnly(bridge)).toMatchObject({ ...set, description: 'ours' });
    }),
  );

  test.concurrent('deletes the application: the step fails and creates no new one', () =>
    inSandbox(async (lab) => {
      const result = await repairWhile(lab, (application) => lab.console({ application, delete: true }));
      const { what, fix } = failureOf(result);
      expect(what).toMatch(/404 NOT_FOUND/);
      expect(fix).toContain('Done before: nothing.');
      expect(await lab.named(bridge)).toEqual([]);
    }),
  );
});
