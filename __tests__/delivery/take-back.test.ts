import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { Lab } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import { failureOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { storedIn } from '../lifecycle/scenes.ts';

/** Runs the action; while its last store is under way, this happens. */
async function whileStoring(lab: Lab, happens: () => Promise<unknown>) {
  const lastStore = { server: 'github', method: 'PUT', path: 're:ENVIRONMENT_ID$' };
  await lab.faults({ match: lastStore, do: { delay: 3_000, when: 'before' } });
  const running = lab.run({ ...lab.storing, timeout: '40' });
  while (Object.keys(await storedIn(lab)).length < 2) await sleep(20);
  await happens();
  return failureOf(await running);
}

const deleteWorker = async (lab: Lab) => lab.console({ application: (await lab.theOnly(workerName)).id, delete: true });

describe('the worker is deleted while its credentials are stored:', () => {
  test.concurrent('the run deletes what it stored, and says so', () =>
    inSandbox(async (lab) => {
      const { what, fix } = await whileStoring(lab, () => deleteWorker(lab));
      expect(what).toBe('The worker was deleted while this run stored its credentials.');
      expect(fix).toMatch(/Deleted again: PINGONE_WORKER_CLIENT_ID, .* in the repository octo\/sync/);
      expect(await storedIn(lab)).toEqual({});
    }),
  );

  test.concurrent('what it stored stays if another worker has the name by now', () =>
    inSandbox(async (lab) => {
      const { what } = await whileStoring(lab, async () => {
        await deleteWorker(lab);
        await lab.console({ create: { name: workerName, enabled: true } });
      });
      expect(what).toContain("reading the worker's client secret");
      expect(Object.keys(await storedIn(lab))).toHaveLength(3);
    }),
  );

  test.concurrent('what it stored stays if the worker is there after all', () =>
    inSandbox(async (lab) => {
      const notFound = { status: 404, body: { code: 'NOT_FOUND', message: 'made up' } };
      await lab.faults({ match: { method: 'GET', path: 're:/secret$', n: 2 }, times: 99, do: notFound });
      const { what } = failureOf(await lab.run({ ...lab.storing, timeout: '10' }));
      expect(what).toContain("reading the worker's client secret");
      expect(Object.keys(await storedIn(lab))).toHaveLength(3);
    }),
  );
});
