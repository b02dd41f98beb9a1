import { describe, expect, test } from '@jest/globals';
import type { Lab } from '../bundle/harness.ts';
import { adminInputs } from '../bundle/control.ts';
import { failureOf, messages, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { environmentId, storedIn } from './scenes.ts';

const absent = { state: 'absent', 'store-in': 'repository' };
const unknownId = '00000000-0000-4000-8000-000000000000';

/** The worker's credentials are stored; then it is gone. */
function afterwards(gone: (lab: Lab, id: string) => Promise<unknown>, body: (lab: Lab) => Promise<void>) {
  return inSandbox(async (lab) => {
    const outputs = outputsOf(await lab.run(lab.storing));
    await gone(lab, outputs['client-id']!);
    await body(lab);
  });
}

const worker = (lab: Lab, id: string) => lab.console({ application: id, delete: true });
const environment = (lab: Lab) => lab.console({ environment: environmentId(lab), set: { status: 'DELETE_PENDING' } });

const scenes: readonly [string, (lab: Lab, id: string) => Promise<unknown>, Record<string, string>][] = [
  ['the worker', worker, {}],
  ['the application of `application-id`', worker, { 'application-id': unknownId }],
  ['the environment, which is about to be deleted', environment, {}],
  ['the environment of that name', async () => undefined, { environment: 'Gone' }],
  ['the environment of that id', async () => undefined, { environment: unknownId }],
];

describe('gone already is success:', () => {
  test.concurrent.each(scenes)('%s; the GitHub secrets stay, and a notice names them', (_, gone, inputs) =>
    afterwards(gone, async (lab) => {
      const before = (await lab.requests()).length;
      const result = await lab.run({ ...absent, ...inputs, timeout: '20' });
      expect(outputsOf(result)).toMatchObject({ result: 'absent', changed: 'false', changes: '[]' });
      expect((await lab.requests()).slice(before).filter(({ write }) => write)).toEqual([]);
      expect(Object.keys(await storedIn(lab))).toHaveLength(3);
      const notices = messages(result, 'notice');
      // A mistyped `environment` looks the same as one that is gone, so that is said as well.
      expect(notices.slice(0, -1)).toEqual(
        gone === worker
          ? []
          : [expect.stringMatching(/`environment` (was not found|\("Sandbox"\) is about to be deleted)/)],
      );
      expect(notices.at(-1)).toMatch(/PINGONE_WORKER_.* in the repository octo\/sync\. `force-delete` deletes them/);
    }),
  );

  test.concurrent.each(scenes)('%s; `force-delete` deletes the GitHub secrets', (_, gone, inputs) =>
    afterwards(gone, async (lab) => {
      const forced = { ...absent, ...inputs, ...lab.storing, 'force-delete': 'true', timeout: '20' };
      expect(outputsOf(await lab.run(forced))).toMatchObject({ result: 'absent', changed: 'false' });
      expect(await storedIn(lab)).toEqual({});
    }),
  );

  test.concurrent('a dry run with `force-delete` deletes nothing', () =>
    afterwards(worker, async (lab) => {
      const inputs = { ...absent, ...lab.storing, 'force-delete': 'true', 'dry-run': 'true' };
      expect(outputsOf(await lab.run(inputs))).toMatchObject({ result: 'absent' });
      expect(Object.keys(await storedIn(lab))).toHaveLength(3);
    }),
  );

  test.concurrent('without `store-in` there is nothing to name', () =>
    afterwards(worker, async (lab) => {
      const result = await lab.run({ state: 'absent' });
      expect(outputsOf(result)).toMatchObject({ result: 'absent' });
      expect(messages(result, 'notice')).toEqual([]);
    }),
  );
});

describe('not gone, but not to be seen, is a failure:', () => {
  test.concurrent('an environment on which the admin credentials hold no role', () =>
    inSandbox(async (lab) => {
      const inputs = { ...absent, ...adminInputs(lab.ready.admins.applicationsOnly), environment: unknownId };
      const { what } = failureOf(await lab.run(inputs));
      expect(what).toContain('the admin credentials may not see whether');
    }),
  );

  test.concurrent('`force-delete` without a GitHub token, while `store-in` names a place', () =>
    afterwards(worker, async (lab) => {
      const { what } = failureOf(await lab.run({ ...absent, 'force-delete': 'true' }));
      expect(what).toContain('`github-token` is missing');
      expect(Object.keys(await storedIn(lab))).toHaveLength(3);
    }),
  );
});
