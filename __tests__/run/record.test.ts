import { describe, expect, test } from '@jest/globals';
import { workerName } from '../bundle/harness.ts';
import type { Lab } from '../bundle/harness.ts';
import { failureOf, messages, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';

const key = 'pingone-worker-app';
const owner = { server: 'https://github.com', repositoryId: '1001', repository: 'octo/sync' };
const inRepository = {
  target: 'repository',
  server: owner.server,
  repositoryId: '1001',
  repository: 'octo/sync',
  prefix: 'PINGONE_WORKER_',
  ids: 'secrets',
};
const metadataOf = async (lab: Lab, name = workerName) => (await lab.theOnly(name)).metadata;
const secret = { version: expect.stringMatching(/^[0-9a-f]{12}$/), since: expect.stringMatching(/Z$/) };
/** What a target was given, and when. */
const content = { version: secret.version, at: expect.anything() };
const bridge = 'PingFederate Bridge';

describe('the record of', () => {
  test.concurrent('a worker that this run created says so, and lists where its credentials are', () =>
    inSandbox(async (lab) => {
      await lab.run(lab.storing);
      const record = { version: 1, owner, origin: 'created', secret, stored: [{ ...inRepository, ...content }] };
      expect(await metadataOf(lab)).toEqual({ [key]: record });
    }),
  );

  test.concurrent('an existing worker says adopted', () =>
    inSandbox(async (lab) => {
      const { id } = await lab.theOnly(bridge);
      await lab.console({ application: id, set: { metadata: { team: 'federation', other: { a: [1] } } } });
      await lab.run({ ...lab.storing, name: bridge });
      const record = { version: 1, owner, origin: 'adopted', secret, stored: [{ ...inRepository, ...content }] };
      expect(await metadataOf(lab, bridge)).toEqual({ team: 'federation', other: { a: [1] }, [key]: record });
    }),
  );

  test.concurrent('this repository keeps what a later version added, and gets one more target', () =>
    inSandbox(async (lab) => {
      const before = { version: 1, owner, origin: 'created', stored: [inRepository], later: { a: 1 } };
      const { id } = await lab.theOnly(bridge);
      await lab.console({ application: id, set: { metadata: { [key]: before } } });
      await lab.run({ ...lab.storing, name: bridge, 'secret-prefix': 'NEW_' });
      const stored = [inRepository, { ...inRepository, prefix: 'NEW_', ...content }];
      expect(await metadataOf(lab, bridge)).toEqual({ [key]: { ...before, secret, stored } });
    }),
  );

  test.concurrent('another repository is not changed, with a notice', () =>
    inSandbox(async (lab) => {
      const foreign = {
        version: 1,
        owner: { ...owner, repositoryId: '7', repository: 'mona/sync' },
        origin: 'created',
        stored: [],
      };
      const { id } = await lab.theOnly(bridge);
      await lab.console({ application: id, set: { metadata: { [key]: foreign } } });
      const result = await lab.run({ name: bridge });
      outputsOf(result);
      expect(messages(result, 'notice')).toEqual([
        expect.stringMatching(/record belongs to mona\/sync\. This run only records/),
      ]);
      expect(await metadataOf(lab, bridge)).toEqual({ [key]: { ...foreign, secret } });
    }),
  );
});

describe('there is no record', () => {
  test.concurrent('if the runner does not name the repository: a notice, and the step continues', () =>
    inSandbox(async (lab) => {
      const result = await lab.run({}, { env: { GITHUB_REPOSITORY_ID: undefined } });
      expect(outputsOf(result)).toMatchObject({ result: 'created' });
      expect(messages(result, 'notice')).toEqual([expect.stringContaining('GITHUB_REPOSITORY_ID')]);
      expect(await metadataOf(lab)).toBeUndefined();
    }),
  );

  test.concurrent.each([
    ['written', 'PUT'],
    ['read', 'GET'],
  ])('if PingOne does not let it be %s: a notice, and the step continues', (_, method) =>
    inSandbox(async (lab) => {
      await lab.run();
      const { id } = await lab.theOnly(workerName);
      await lab.console({ application: id, set: { metadata: null } });
      const refusal = { status: 403, body: { code: 'ACCESS_FAILED', details: [{ code: 'INSUFFICIENT_PERMISSIONS' }] } };
      await lab.faults({ match: { method, path: 're:/metadata$' }, times: 9, do: refusal });
      const result = await lab.run();
      expect(outputsOf(result)).toMatchObject({ result: 'unchanged' });
      expect(messages(result, 'notice')).toEqual([expect.stringContaining('so there is no record')]);
    }),
  );
});

describe('the secret of a new worker', () => {
  const metadataWrites = async (lab: Lab): Promise<number> =>
    (await lab.requests()).filter(({ method, path }) => method === 'PUT' && path.endsWith('/metadata')).length;

  test.concurrent('is noted by the first write of the record', () =>
    inSandbox(async (lab) => {
      const outputs = outputsOf(await lab.run());
      expect(await metadataOf(lab)).toMatchObject({
        [key]: { origin: 'created', secret: { version: outputs['credentials-version'] } },
      });
      expect(await metadataWrites(lab)).toBe(1);
    }),
  );

  test.concurrent('does not delay that write: until then a kill would leave a worker of unknown origin', () =>
    inSandbox(async (lab) => {
      await lab.faults({ match: { path: 're:/secret$' }, times: 2, do: { status: 404, body: { code: 'NOT_FOUND' } } });
      const outputs = outputsOf(await lab.run());
      const last = (await lab.requests()).map(({ method, path }) => `${method} ${path.split('/').at(-1)!}`);
      expect(last.slice(0, last.indexOf('PUT metadata')).filter((one) => one === 'GET secret')).toHaveLength(1);
      expect(await metadataOf(lab)).toMatchObject({ [key]: { secret: { version: outputs['credentials-version'] } } });
      expect(await metadataWrites(lab)).toBe(2);
    }),
  );
});

describe('the order of writes', () => {
  test.concurrent('is creation, record, roles, and secrets last', () =>
    inSandbox(async (lab) => {
      await lab.run(lab.storing);
      const writes = (await lab.requests()).filter(({ write }) => write);
      expect(writes.map(({ server, method, path }) => `${server} ${method} ${path.split('/').at(-1)!}`)).toEqual([
        'pingone POST applications',
        'pingone PUT metadata',
        'pingone POST roleAssignments',
        'github PUT PINGONE_WORKER_CLIENT_ID',
        'github PUT PINGONE_WORKER_CLIENT_SECRET',
        'github PUT PINGONE_WORKER_ENVIRONMENT_ID',
        'pingone PUT metadata',
      ]);
    }),
  );

  test.concurrent('has the note of a target before the first write to it, so that later runs can overwrite it', () =>
    inSandbox(async (lab) => {
      await lab.run();
      await lab.faults({
        match: { server: 'github', method: 'PUT', n: 2 },
        do: { status: 403, body: { message: 'no' } },
      });
      failureOf(await lab.run(lab.storing));
      expect(await metadataOf(lab)).toMatchObject({ [key]: { origin: 'created', stored: [inRepository] } });
      expect(outputsOf(await lab.run(lab.storing))).toMatchObject({ result: 'unchanged' });
    }),
  );

  test.concurrent('ends at an outage while the record is written', () =>
    inSandbox(async (lab) => {
      await lab.faults({ match: { path: 're:/metadata$', method: 'PUT' }, times: 99, do: { status: 500 } });
      const { what, fix } = failureOf(await lab.run({ ...lab.storing, timeout: '5' }));
      expect(what).toContain("writing the worker's record");
      expect(fix).toContain('Done before: create the application. Not done: grant Identity Data Admin @ environment; ');
      expect((await lab.theOnly(workerName)).roleAssignments).toEqual([]);
      expect(await lab.writes('github')).toEqual([]);
    }),
  );
});
