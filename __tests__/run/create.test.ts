import { describe, expect, test } from '@jest/globals';
import { workerName } from '../bundle/harness.ts';
import type { Lab } from '../bundle/harness.ts';
import { failureOf, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';

const posts = async (lab: Lab) =>
  (await lab.requests()).filter(({ method, path }) => method === 'POST' && path.endsWith('/applications'));
const onPost = (effect: object, times = 1) => ({
  match: { method: 'POST', path: 're:/applications$' },
  times,
  do: effect,
});

describe('a create request whose response', () => {
  test.concurrent.each([
    ['is lost by a reset', { reset: true, when: 'after' }],
    ['is incomplete', { cut: 30 }],
    ['never arrives', { stall: 'headers', when: 'after' }],
  ])('%s is followed by a read, and not repeated', (_, effect) =>
    inSandbox(async (lab) => {
      await lab.faults(onPost(effect));
      const outputs = outputsOf(await lab.run({ timeout: '20' }));
      expect(await posts(lab)).toHaveLength(1);
      expect(await lab.theOnly(workerName)).toMatchObject({ id: outputs['client-id'] });
    }),
  );

  test.concurrent.each([
    ['is lost by a reset', { reset: true, when: 'before' }],
    ['is 503', { status: 503, when: 'before' }],
  ])('%s, without effect, is repeated after a read', (_, effect) =>
    inSandbox(async (lab) => {
      await lab.faults(onPost(effect));
      const result = await lab.run({ timeout: '20' });
      expect(outputsOf(result)).toMatchObject({ result: 'created' });
      expect(result.log).toContain('The response to the create request was lost. Looking for the application');
      expect(await posts(lab)).toHaveLength(2);
      expect(await lab.named(workerName)).toHaveLength(1);
    }),
  );

  test.concurrent('is never a success ends the step, without a second application', () =>
    inSandbox(async (lab) => {
      await lab.faults(onPost({ status: 500, when: 'before' }, 99));
      const { what, fix } = failureOf(await lab.run({ timeout: '10' }));
      expect(what).toMatch(/^PingOne refused creating the application: .* 500$/);
      expect(fix).toContain('Done before: nothing. Not done: create the application');
      expect(await lab.named(workerName)).toEqual([]);
    }),
  );

  test.concurrent('is 429 is repeated without a read, because nothing was done', () =>
    inSandbox(async (lab) => {
      await lab.faults(onPost({ status: 429, headers: { 'Retry-After': 1 } }));
      const result = await lab.run();
      expect(outputsOf(result)).toMatchObject({ result: 'created' });
      expect(result.log).not.toContain('looking for it');
      expect(await posts(lab)).toHaveLength(2);
    }),
  );
});

describe('a new application that', () => {
  test.concurrent('the list shows late is waited for', () =>
    inSandbox(async (lab) => {
      await lab.faults(onPost({ hideFor: 700 }));
      expect(outputsOf(await lab.run())).toMatchObject({ result: 'created' });
      expect(await lab.named(workerName)).toHaveLength(1);
    }),
  );

  test.concurrent('PingOne refuses for a character of the description: the message says so', () =>
    inSandbox(async (lab) => {
      const { what, cause, fix } = failureOf(await lab.run({ description: 'costs 5 $' }));
      expect(what).toMatch(/creating the application.*400 INVALID_DATA\/INVALID_VALUE/);
      expect(cause).toContain('$ + < = > ^ ` | ~');
      expect(fix).toContain('`description`');
    }),
  );

  test.concurrent('the licence does not allow: the message says so', () =>
    inSandbox(async (lab) => {
      const body = { code: 'REQUEST_FAILED', details: [{ code: 'LICENSE_EXCEEDED', message: 'limit reached' }] };
      await lab.faults(onPost({ status: 403, body }));
      const { cause } = failureOf(await lab.run());
      expect(cause).toContain('license');
    }),
  );
});

describe('several runs at once', () => {
  test.concurrent('for one name create one application, and deliver the same credentials', () =>
    inSandbox(async (lab) => {
      const results = await Promise.all([1, 2, 3].map(() => lab.run(lab.storing)));
      const outputs = results.map(outputsOf);
      const worker = await lab.theOnly(workerName);
      for (const each of outputs) {
        expect(each).toMatchObject({ 'client-id': worker.id, 'client-secret': worker.secret });
      }
      expect(worker.roleAssignments).toHaveLength(1);
      expect((await lab.state()).github.secrets.map(({ value }) => value)).toContain(worker.secret);
    }),
  );

  test.concurrent('for several names create one each', () =>
    inSandbox(async (lab) => {
      const names = ['sync-a', 'sync-b', 'sync-c'];
      const outputs = (await Promise.all(names.map((name) => lab.run({ name })))).map(outputsOf);
      expect(outputs.map(({ result }) => result)).toEqual(['created', 'created', 'created']);
      expect(new Set(outputs.map((each) => each['client-id'])).size).toBe(3);
    }),
  );
});

describe('the secret of a new application', () => {
  test.concurrent('that PingOne does not return does not delay the record and the roles, and is named', () =>
    inSandbox(async (lab) => {
      await lab.faults({ match: { path: 're:/secret$' }, times: 999, do: { stall: 'headers' } });
      const { what, fix } = failureOf(await lab.run({ ...lab.storing, timeout: '20' }));
      expect(what).toContain("reading the worker's client secret");
      expect(fix).toMatch(/Done before: create the application; grant /);
      const created = await lab.theOnly(workerName);
      expect(created.roleAssignments).toHaveLength(1);
      expect(created.metadata).toHaveProperty('pingone-worker-app');
      const requests = await lab.requests();
      const answered = (path: string, method: string) =>
        requests.find((it) => it.method === method && it.path.endsWith(path));
      const [read, record] = [answered('/secret', 'GET')!, answered('/metadata', 'PUT')!];
      expect(record.start).toBeLessThan(read.end ?? Infinity);
    }),
  );

  test.concurrent('that PingOne is still creating is waited for', () =>
    inSandbox(async (lab) => {
      const notYet = { status: 404, body: { code: 'NOT_FOUND', details: [{ code: 'NOT_FOUND' }] } };
      await lab.faults({ match: { path: 're:/secret$' }, times: 3, do: notYet });
      const result = await lab.run();
      expect(outputsOf(result)).toMatchObject({ result: 'created', 'client-secret': expect.stringMatching(/./) });
      // A short wait is ordinary for a new application.
      expect(result.log).not.toMatch(/not be ready yet|404/);
    }),
  );

  test.concurrent('is waited for again if PingOne does not know it any more after it was stored', () =>
    inSandbox(async (lab) => {
      const notYet = { status: 404, body: { code: 'NOT_FOUND', details: [{ code: 'NOT_FOUND' }] } };
      await lab.faults({ match: { path: 're:/secret$', n: 2 }, times: 2, do: notYet });
      expect(outputsOf(await lab.run(lab.storing))).toMatchObject({ result: 'created' });
      const reads = (await lab.requests()).filter(({ path }) => path.endsWith('/secret'));
      expect(reads.map(({ status }) => status)).toEqual([200, 404, 404, 200]);
    }),
  );

  test.concurrent('is not waited for if the application is old', () =>
    inSandbox(async (lab) => {
      await lab.faults({ match: { path: 're:/secret$' }, times: 99, do: { status: 404, body: { code: 'NOT_FOUND' } } });
      const result = await lab.run({ name: 'PingFederate Bridge' });
      expect(failureOf(result).what).toContain("reading the worker's client secret");
      expect(result.log).not.toContain('retrying');
    }),
  );
});
