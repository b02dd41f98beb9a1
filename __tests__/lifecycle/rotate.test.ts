import { describe, expect, test } from '@jest/globals';
import type { Inputs, Lab } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import { messages, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { changesOf, environmentId, getsToken, lineOf, requestsOf, storedWorks } from './scenes.ts';

const rotate = { 'rotate-secret': 'true' };
const secretOf = async (lab: Lab) => (await lab.theOnly(workerName)).secret!;
const previousOf = async (lab: Lab) =>
  (await lab.theOnly(workerName)).previous as { secret: string; expiresAt: string } | undefined;

/** A worker that a run of ours created, its credentials stored. */
function withWorker(body: (lab: Lab, clientId: string) => Promise<void>) {
  return inSandbox(async (lab) => {
    const outputs = outputsOf(await lab.run(lab.storing));
    await body(lab, outputs['client-id']!);
  });
}

const rotated = async (lab: Lab, inputs: Inputs = {}) =>
  outputsOf(await lab.run({ ...lab.storing, ...rotate, ...inputs }));

describe('a rotation', () => {
  test.concurrent(
    'proves the write permission, rotates, verifies, stores and reads the secret again, in this order',
    () =>
      withWorker(async (lab) => {
        const requests = await requestsOf(lab, () => rotated(lab));
        const token = `/${environmentId(lab)}/as/token`;
        // Whatever was read ahead: the secret that is written was read right before it.
        const last = requests.findIndex(({ server, write }) => server === 'github' && write) - 1;
        const store = [
          'PUT PINGONE_WORKER_CLIENT_ID',
          'PUT PINGONE_WORKER_CLIENT_SECRET',
          'PUT PINGONE_WORKER_ENVIRONMENT_ID',
        ];
        expect(requests.slice(last).map((request) => (request.path === token ? 'verify' : lineOf(request)))).toEqual([
          'GET secret',
          ...store,
          ...['GET metadata', 'PUT metadata', 'GET metadata', 'GET metadata'],
          'GET secret',
          'POST secret',
          'verify',
          ...store,
          ...['GET metadata', 'PUT metadata', 'GET metadata'],
          'GET secret',
          'GET secrets',
          ...['GET metadata', 'PUT metadata', 'GET metadata'],
        ]);
      }),
  );

  test.concurrent('keeps the old secret valid for the overlap, and delivers the new one', () =>
    withWorker(async (lab, clientId) => {
      const old = await secretOf(lab);
      const before = outputsOf(await lab.run());
      const outputs = await rotated(lab);
      const { secret, expiresAt } = (await previousOf(lab))!;
      expect(outputs).toMatchObject({
        result: 'updated',
        changed: 'true',
        'secret-rotated': 'true',
        'client-secret': await secretOf(lab),
        'previous-secret-expires-at': expiresAt,
      });
      expect(changesOf(outputs)).toEqual([{ kind: 'rotate-secret' }]);
      expect(outputs['credentials-version']).toMatch(/^[0-9a-f]{12}$/);
      expect(outputs['credentials-version']).not.toBe(before['credentials-version']);
      expect(secret).toBe(old);
      expect(await getsToken(lab, clientId, old)).toBe(true);
      expect(await getsToken(lab, clientId, outputs['client-secret']!)).toBe(true);
      expect(await storedWorks(lab)).toBe(true);
      const hours = (Date.parse(expiresAt) - Date.now()) / 3_600_000;
      expect(hours).toBeGreaterThan(23.9);
      expect(hours).toBeLessThanOrEqual(24);
    }),
  );

  test.concurrent('masks both secrets in all their forms', () =>
    withWorker(async (lab, clientId) => {
      const old = await secretOf(lab);
      const { masks } = await lab.run({ ...lab.storing, ...rotate });
      for (const secret of [old, await secretOf(lab)]) {
        expect(masks).toContain(secret);
        expect(masks).toContain(Buffer.from(`${clientId}:${secret}`).toString('base64'));
      }
    }),
  );

  test.concurrent('is not repeated by the next run, which delivers the current secret', () =>
    withWorker(async (lab) => {
      const first = await rotated(lab);
      const before = (await lab.requests()).length;
      const result = await lab.run({ ...lab.storing, ...rotate });
      expect((await lab.requests()).slice(before).filter(({ write }) => write)).toEqual([]);
      expect(outputsOf(result)).toEqual({
        ...first,
        stored: first['stored']!.replace('"written":true', '"written":false'),
        result: 'unchanged',
        changed: 'false',
        changes: '[]',
        'secret-rotated': 'false',
      });
      const [warning, ...others] = messages(result, 'warning');
      expect(others).toEqual([]);
      expect(warning).toContain(`still valid until ${first['previous-secret-expires-at']!}. The next rotation`);
      expect((await lab.requests()).filter((request) => lineOf(request) === 'POST secret')).toHaveLength(1);
    }),
  );

  test.concurrent('is possible again after the overlap', () =>
    withWorker(async (lab) => {
      const first = await rotated(lab, { 'secret-overlap': '90m' });
      await lab.advance(91 * 60);
      const second = await rotated(lab);
      expect(second).toMatchObject({ 'secret-rotated': 'true' });
      expect((await previousOf(lab))!.secret).toBe(first['client-secret']);
    }),
  );

  test.concurrent('does not happen without the input, and the run says until when the old secret works', () =>
    withWorker(async (lab) => {
      const first = await rotated(lab);
      const outputs = outputsOf(await lab.run());
      expect(outputs).toMatchObject({
        result: 'unchanged',
        'secret-rotated': 'false',
        'client-secret': first['client-secret'],
        'previous-secret-expires-at': first['previous-secret-expires-at'],
        'credentials-version': first['credentials-version'],
      });
    }),
  );

  test.concurrent('does not happen for a worker that the same run creates', () =>
    inSandbox(async (lab) => {
      const outputs = await rotated(lab);
      expect(outputs).toMatchObject({ result: 'created', 'secret-rotated': 'false', 'previous-secret-expires-at': '' });
      expect(changesOf(outputs)).not.toContainEqual({ kind: 'rotate-secret' });
      expect(await previousOf(lab)).toBeUndefined();
    }),
  );

  test.concurrent('comes after the update of the worker, and needs no target', () =>
    withWorker(async (lab, clientId) => {
      await lab.console({ application: clientId, set: { enabled: false } });
      const outputs = outputsOf(await lab.run(rotate));
      expect(changesOf(outputs).map(({ kind }) => kind)).toEqual(['update-application', 'rotate-secret']);
      expect(await getsToken(lab, clientId, outputs['client-secret']!)).toBe(true);
    }),
  );
});
