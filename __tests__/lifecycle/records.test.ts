// What depends on the record, or on its absence.
import { describe, expect, test } from '@jest/globals';
import { failureOf, messages, outputsOf } from '../bundle/outcome.ts';
import { workerName } from '../bundle/harness.ts';
import { inSandbox } from '../in-process/lab.ts';
import { byHand, forbidden, owner, recordKey, recordOf } from './scenes.ts';

const recorded = (origin: string, repositoryId = owner.repositoryId) => ({
  metadata: { [recordKey]: { version: 1, owner: { ...owner, repositoryId }, origin, stored: [] } },
});

describe('several workers of one name', () => {
  test.concurrent.each([
    ['one that this repository only adopted', [recorded('created'), recorded('adopted')]],
    ['one that another repository created', [recorded('created'), recorded('created', '7')]],
    ['one without a record', [recorded('created'), {}]],
  ])('are refused if one of them is %s', (_, workers) =>
    inSandbox(async (lab) => {
      for (const worker of workers) await byHand(lab, { createdAt: '2025-01-01T00:00:00.000Z', ...worker });
      const { what } = failureOf(await lab.run());
      expect(what).toMatch(/`name`: 2 workers are named "PingDataSync"/);
      expect(await lab.writes('pingone')).toEqual([]);
    }),
  );

  test.concurrent('that this repository created: the oldest is used, with a warning', () =>
    inSandbox(async (lab) => {
      const old = await byHand(lab, { ...recorded('created'), createdAt: '2025-01-01T00:00:00.000Z' });
      await byHand(lab, { ...recorded('created'), createdAt: '2025-01-02T00:00:00.000Z' });
      const result = await lab.run();
      expect(outputsOf(result)).toMatchObject({ 'client-id': old.id });
      expect(messages(result, 'warning')).toEqual([expect.stringContaining('2 workers are named')]);
    }),
  );
});

describe('metadata that PingOne refuses', () => {
  test.concurrent('twice is read a third time, and the record counts', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(lab.storing));
      await lab.faults({ match: { method: 'GET', path: 're:/metadata$' }, times: 2, do: forbidden });
      const result = await lab.run(lab.storing);
      expect(outputsOf(result)).toMatchObject({ result: 'unchanged' });
      expect([...messages(result, 'notice'), ...messages(result, 'warning')]).toEqual([]);
    }),
  );

  test.concurrent('always: existing secrets are refused, and overwritten only if the inputs allow it', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(lab.storing));
      const writes = await lab.writes('github');
      await lab.faults({ match: { path: 're:/metadata$' }, times: 99, do: forbidden });
      const { what, fix } = failureOf(await lab.run(lab.storing));
      expect(what).toMatch(/^`store-in`: the repository octo\/sync already has PINGONE_WORKER_CLIENT_ID/);
      expect(fix).toContain('`overwrite-secrets: true`');
      expect(await lab.writes('github')).toEqual(writes);

      const result = await lab.run({ ...lab.storing, 'overwrite-secrets': 'true' });
      expect(outputsOf(result)).toMatchObject({ result: 'unchanged' });
      expect(messages(result, 'warning')).toEqual([
        expect.stringMatching(/^No record lists the secrets .*unless `overwrite-secrets` is `true`/),
      ]);
      expect((await lab.writes('github')).length).toBeGreaterThan(writes.length);
    }),
  );
});

test.concurrent('`changes` never contains the secret or the client ID, even if the description does', () =>
  inSandbox(async (lab) => {
    outputsOf(await lab.run());
    const { id } = await lab.theOnly(workerName);
    // One that PingOne accepts in a description.
    const secret = 'sandbox.0123456789.abcdefghij';
    await lab.console({ application: id, set: { secret } });
    const outputs = outputsOf(await lab.run({ description: `${secret} of ${id}` }));
    expect(outputs['changes']).toContain('"to":"*** of ***"');
    expect(await recordOf(lab)).toMatchObject({ origin: 'created' });
  }),
);
