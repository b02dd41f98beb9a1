import { describe, expect, test } from '@jest/globals';
import { workerName } from '../bundle/harness.ts';
import { failureOf, messages, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { byHand, forbidden, recordOf, storedIn } from './scenes.ts';

const onPut = { method: 'PUT', path: 're:/metadata$' };
const onCreate = { method: 'POST', path: 're:/applications$' };

describe('a record that PingOne refuses to store', () => {
  test.concurrent('for a moment is written before the run ends, so the next run can overwrite the secrets', () =>
    inSandbox(async (lab) => {
      // The first attempt gives up after three refusals.
      await lab.faults({ match: onPut, times: 4, do: forbidden });
      const first = await lab.run({ ...lab.storing, timeout: '60' });
      expect(outputsOf(first)).toMatchObject({ result: 'created' });
      expect(messages(first, 'warning')).toEqual([]);
      expect(await recordOf(lab)).toMatchObject({ origin: 'created', stored: [{ target: 'repository' }] });
      expect(outputsOf(await lab.run(lab.storing))).toMatchObject({ result: 'unchanged' });
    }),
  );

  test.concurrent('always: a warning names `overwrite-secrets`, and the next run succeeds with it', () =>
    inSandbox(async (lab) => {
      await lab.faults({ match: onPut, times: 999, do: forbidden });
      const first = await lab.run({ ...lab.storing, timeout: '20' });
      expect(outputsOf(first)).toMatchObject({ result: 'created' });
      expect(messages(first, 'warning')).toEqual([expect.stringContaining('`overwrite-secrets` is `true`')]);
      expect(failureOf(await lab.run({ ...lab.storing, timeout: '20' })).fix).toContain('`overwrite-secrets: true`');
      const forced = await lab.run({ ...lab.storing, 'overwrite-secrets': 'true', timeout: '20' });
      expect(outputsOf(forced)).toMatchObject({ result: 'unchanged' });
    }),
  );

  test.concurrent('does not change an existing record or the entries of others', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(lab.storing));
      const before = await recordOf(lab);
      await lab.faults({ match: onPut, times: 999, do: forbidden });
      outputsOf(await lab.run({ ...lab.storing, 'store-in': 'github-environment:staging', timeout: '20' }));
      expect(await recordOf(lab)).toEqual(before);
      expect(outputsOf(await lab.run({ ...lab.storing, timeout: '20' }))).toMatchObject({ result: 'unchanged' });
    }),
  );
});

test.concurrent('an update that never gets a response is named as what it is', () =>
  inSandbox(async (lab) => {
    outputsOf(await lab.run());
    await lab.faults({ match: { method: 'PUT', path: 're:/applications/[^/]+$' }, times: 999, do: { reset: true } });
    const { what } = failureOf(await lab.run({ description: 'Another one', timeout: '10' }));
    expect(what).toMatch(/^PingOne could not be reached for updating the application \(update description\): PUT /);
  }),
);

describe('a create request with a lost response', () => {
  test.concurrent('is recorded as created, so that a teardown can delete the worker', () =>
    inSandbox(async (lab) => {
      await lab.faults({ match: onCreate, do: { reset: true, when: 'after' } });
      expect(outputsOf(await lab.run({ ...lab.storing, timeout: '20' }))).toMatchObject({ result: 'created' });
      expect(await recordOf(lab)).toMatchObject({ origin: 'created' });
      // The record alone is read until one look is over.
      const reads = (await lab.requests()).filter(({ method, path }) => method === 'GET' && /\/metadata$/.test(path));
      expect(reads.length).toBeLessThan(12);
      outputsOf(await lab.run({ ...lab.storing, state: 'absent' }));
      expect([await lab.named(workerName), await storedIn(lab)]).toEqual([[], {}]);
    }),
  );

  test.concurrent('does not count as created by this run if another run records the worker', () =>
    inSandbox(async (lab) => {
      await lab.faults({ match: onCreate, do: { status: 503, when: 'before' } });
      const running = lab.run({ timeout: '40' });
      while (!(await lab.requests()).some(({ status }) => status === 503)) await new Promise((r) => setTimeout(r, 10));
      const other = { server: 'https://github.com', repositoryId: '7', repository: 'mona/sync' };
      const record = { version: 1, owner: other, origin: 'created', stored: [] };
      await byHand(lab, { metadata: { 'pingone-worker-app': record } });
      outputsOf(await running);
      expect(await recordOf(lab)).toMatchObject({ owner: other, origin: 'created' });
    }),
  );

  test.concurrent('does not count as created by this run if the application differs from the request', () =>
    inSandbox(async (lab) => {
      await lab.faults({ match: onCreate, do: { status: 503, when: 'before' } });
      const running = lab.run({ timeout: '40' });
      while (!(await lab.requests()).some(({ status }) => status === 503)) await new Promise((r) => setTimeout(r, 10));
      await byHand(lab, { tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC' });
      expect(outputsOf(await running)).toMatchObject({ result: 'updated' });
      expect(await recordOf(lab)).toMatchObject({ origin: 'adopted' });
    }),
  );
});
