import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { Lab } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import { failureOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { storedIn, writeByHand } from '../lifecycle/scenes.ts';

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

  test.concurrent('the stored secrets stay if another worker has the name now', () =>
    inSandbox(async (lab) => {
      const { what } = await whileStoring(lab, async () => {
        await deleteWorker(lab);
        await lab.console({ create: { name: workerName, enabled: true } });
      });
      expect(what).toContain("reading the worker's client secret");
      expect(Object.keys(await storedIn(lab))).toHaveLength(3);
    }),
  );

  test.concurrent('the stored secrets stay if the worker exists after all', () =>
    inSandbox(async (lab) => {
      const notFound = { status: 404, body: { code: 'NOT_FOUND', message: 'made up' } };
      await lab.faults({ match: { method: 'GET', path: 're:/secret$', n: 2 }, times: 99, do: notFound });
      const { what } = failureOf(await lab.run({ ...lab.storing, timeout: '10' }));
      expect(what).toContain("reading the worker's client secret");
      expect(Object.keys(await storedIn(lab))).toHaveLength(3);
    }),
  );

  test.concurrent('the same if it is deleted after the last read, before the record is written', () =>
    inSandbox(async (lab) => {
      await lab.faults({ match: { method: 'PUT', path: 're:/metadata$', n: 2 }, do: { delay: 3_000, when: 'before' } });
      const running = lab.run({ ...lab.storing, timeout: '60' });
      const isNoting = async () =>
        (await lab.requests()).filter(({ method, path }) => method === 'PUT' && path.endsWith('/metadata')).length > 1;
      while (!(await isNoting())) await sleep(20);
      await deleteWorker(lab);
      expect(failureOf(await running).what).toBe('The worker was deleted while this run stored its credentials.');
      expect(await storedIn(lab)).toEqual({});
    }),
  );

  test.concurrent('a secret that another client wrote since stays', () =>
    inSandbox(async (lab) => {
      const { fix } = await whileStoring(lab, async () => {
        await writeByHand(lab, 'PINGONE_WORKER_CLIENT_ID');
        await deleteWorker(lab);
      });
      const place = 'in the repository octo/sync.';
      expect(fix).toContain(`Deleted again: PINGONE_WORKER_CLIENT_SECRET and PINGONE_WORKER_ENVIRONMENT_ID ${place}`);
      expect(fix).toContain(`Not deleted, because they were changed since: PINGONE_WORKER_CLIENT_ID ${place}`);
      expect(Object.keys(await storedIn(lab))).toEqual(['PINGONE_WORKER_CLIENT_ID']);
    }),
  );

  test.concurrent('the same if the other run has already deleted some of the secrets', () =>
    inSandbox(async (lab) => {
      const { fix } = await whileStoring(lab, async () => {
        const { github } = lab.ready;
        await fetch(`${github.apiUrl}/repos/${github.repository}/actions/secrets/PINGONE_WORKER_CLIENT_ID`, {
          method: 'DELETE',
          headers: { authorization: `Bearer ${github.token}`, 'user-agent': 'somebody' },
        });
        await deleteWorker(lab);
      });
      expect(fix).not.toContain('somebody else');
      expect(await storedIn(lab)).toEqual({});
    }),
  );
});

test('a run that stored secrets during a teardown deletes them again', () =>
  inSandbox(async (lab) => {
    const { what, fix } = await whileStoring(lab, async () => {
      const { id, metadata = {} } = await lab.theOnly(workerName);
      const intent = { id: 'another', kind: 'teardown', until: new Date(Date.now() + 60_000).toISOString() };
      const record = { ...metadata['pingone-worker-app'], intent };
      await lab.console({ application: id, set: { metadata: { ...metadata, 'pingone-worker-app': record } } });
    });
    expect(what).toBe('Another run is deleting this worker.');
    expect(fix).toContain('Deleted again: ');
    expect(await storedIn(lab)).toEqual({});
  }));

test('a rotation that fails after its announcement does not block other runs', () =>
  inSandbox(async (lab) => {
    await lab.run(lab.storing);
    const elsewhere = { status: 307, headers: { location: 'http://127.0.0.1:9/' } };
    await lab.faults({ match: { method: 'GET', path: 're:/secret$', n: 3 }, do: elsewhere });
    const before = (await lab.requests()).length;
    expect(failureOf(await lab.run({ ...lab.storing, 'rotate-secret': 'true' })).what).toContain('client secret');
    const notes = (await lab.requests())
      .slice(before)
      .filter(({ method, path }) => `${method} ${path}`.match(/^PUT .*\/metadata$/));
    expect(notes.length).toBeGreaterThan(1);
    const { metadata } = await lab.theOnly(workerName);
    expect(metadata?.['pingone-worker-app']).not.toHaveProperty('intent');
  }));
