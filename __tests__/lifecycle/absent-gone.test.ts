import { describe, expect, test } from '@jest/globals';
import type { Lab } from '../bundle/harness.ts';
import { adminInputs } from '../bundle/control.ts';
import { workerName } from '../bundle/harness.ts';
import { failureOf, messages, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { environmentId, storedIn } from './scenes.ts';

const absent = { state: 'absent', 'store-in': 'repository' };
const unknownId = '00000000-0000-4000-8000-000000000000';

/** The worker's credentials are stored; then it is gone. */
function afterwards(gone: (lab: Lab, id: string) => Promise<unknown>, body: (lab: Lab, id: string) => Promise<void>) {
  return inSandbox(async (lab) => {
    const outputs = outputsOf(await lab.run(lab.storing));
    await gone(lab, outputs['client-id']!);
    await body(lab, outputs['client-id']!);
  });
}

const worker = (lab: Lab, id: string) => lab.console({ application: id, delete: true });
const environment = (lab: Lab) => lab.console({ environment: environmentId(lab), set: { status: 'DELETE_PENDING' } });

interface Scene {
  readonly gone: (lab: Lab, id: string) => Promise<unknown>;
  readonly inputs: (lab: Lab, id: string) => Record<string, string>;
  /** What a notice says of the environment, if that is gone. */
  readonly notice?: RegExp;
}

const nothing = async () => undefined;
const pending = /`environment`: the PingOne environment "Sandbox" is being deleted/;
const proven: readonly [string, Scene][] = [
  ['the application of `application-id`', { gone: worker, inputs: (_, id) => ({ 'application-id': id }) }],
  [
    'the environment of an ID that is being deleted',
    { gone: environment, inputs: (lab) => ({ environment: environmentId(lab) }), notice: pending },
  ],
  [
    'the environment of an ID',
    { gone: nothing, inputs: () => ({ environment: unknownId }), notice: /`environment` was not found/ },
  ],
];
const unproven: readonly [string, Scene][] = [
  ['the worker of a name', { gone: worker, inputs: () => ({}) }],
  ['the environment of a name that is being deleted', { gone: environment, inputs: () => ({}), notice: pending }],
];

describe('a worker that no longer exists is a success:', () => {
  test.concurrent.each([...proven, ...unproven])(
    '%s: the GitHub secrets stay, and a notice names them',
    (_, { gone, inputs, notice }) =>
      afterwards(gone, async (lab, id) => {
        const before = (await lab.requests()).length;
        const result = await lab.run({ ...absent, ...inputs(lab, id), timeout: '20' });
        expect(outputsOf(result)).toMatchObject({ result: 'absent', changed: 'false', changes: '[]' });
        expect((await lab.requests()).slice(before).filter(({ write }) => write)).toEqual([]);
        expect(Object.keys(await storedIn(lab))).toHaveLength(3);
        const notices = messages(result, 'notice');
        expect(notices.slice(0, -1)).toEqual(notice ? [expect.stringMatching(notice)] : []);
        expect(notices.at(-1)).toMatch(/PINGONE_WORKER_.* in the repository octo\/sync\. .*`force-delete`/);
      }),
  );

  test.concurrent.each(proven)('%s: `force-delete` deletes the GitHub secrets', (_, { gone, inputs }) =>
    afterwards(gone, async (lab, id) => {
      const forced = { ...absent, ...lab.storing, ...inputs(lab, id), 'force-delete': 'true', timeout: '20' };
      expect(outputsOf(await lab.run(forced))).toMatchObject({ result: 'absent', changed: 'false' });
      expect(await storedIn(lab)).toEqual({});
    }),
  );

  test.concurrent.each(unproven)(
    '%s: a name proves nothing, so the secrets stay even with `force-delete`',
    (_, { gone, inputs }) =>
      afterwards(gone, async (lab, id) => {
        const forced = { ...absent, ...lab.storing, ...inputs(lab, id), 'force-delete': 'true', timeout: '20' };
        const result = await lab.run(forced);
        expect(outputsOf(result)).toMatchObject({ result: 'absent' });
        expect(messages(result, 'notice').at(-1)).toContain('A name does not prove that the worker was deleted');
        expect(Object.keys(await storedIn(lab))).toHaveLength(3);
      }),
  );

  test.concurrent('a dry run with `force-delete` deletes nothing', () =>
    afterwards(worker, async (lab, id) => {
      const inputs = { ...absent, ...lab.storing, 'application-id': id, 'force-delete': 'true', 'dry-run': 'true' };
      const result = await lab.run(inputs);
      expect(outputsOf(result)).toMatchObject({ result: 'absent' });
      expect(messages(result, 'notice').at(-1)).toMatch(/^Would delete PINGONE_WORKER_/);
      expect(Object.keys(await storedIn(lab))).toHaveLength(3);
    }),
  );

  test.concurrent('without `store-in`, no secrets are named', () =>
    afterwards(worker, async (lab) => {
      const result = await lab.run({ state: 'absent' });
      expect(outputsOf(result)).toMatchObject({ result: 'absent' });
      expect(messages(result, 'notice')).toEqual([]);
    }),
  );
});

describe('a typo deletes nothing, also with `force-delete`:', () => {
  const typos: readonly [string, Record<string, string>, RegExp | undefined][] = [
    ['`environment`', { environment: 'Sandbx' }, /`environment` was not found/],
    ['`name`', { name: 'PingDataSink' }, undefined],
  ];
  test.concurrent.each(typos)('%s', (_, typo, failure) =>
    afterwards(nothing, async (lab) => {
      const result = await lab.run({ ...absent, ...lab.storing, ...typo, 'force-delete': 'true', timeout: '20' });
      if (failure) expect(failureOf(result).what).toMatch(failure);
      else expect(outputsOf(result)).toMatchObject({ result: 'absent' });
      expect(await lab.named(workerName)).toHaveLength(1);
      expect(Object.keys(await storedIn(lab))).toHaveLength(3);
    }),
  );

  test.concurrent('an environment ID, if the admin credentials see no environment', () =>
    afterwards(nothing, async (lab) => {
      const body = { count: 0, size: 0, _embedded: { environments: [] } };
      await lab.faults({ match: { method: 'GET', path: 're:/v1/environments$' }, times: 9, do: { status: 200, body } });
      const inputs = { ...absent, ...lab.storing, environment: unknownId, 'force-delete': 'true', timeout: '20' };
      expect(outputsOf(await lab.run(inputs))).toMatchObject({ result: 'absent' });
      expect(Object.keys(await storedIn(lab))).toHaveLength(3);
    }),
  );
});

describe('a worker that the credentials cannot see is a failure:', () => {
  test.concurrent('an environment on which the admin application has no role', () =>
    inSandbox(async (lab) => {
      const inputs = { ...absent, ...adminInputs(lab.ready.admins.applicationsOnly), environment: unknownId };
      const { what } = failureOf(await lab.run(inputs));
      expect(what).toContain('PingOne refused reading the environment with the ID');
    }),
  );

  test.concurrent('`force-delete` without a GitHub token, if `store-in` names a target', () =>
    afterwards(worker, async (lab, id) => {
      const { what } = failureOf(await lab.run({ ...absent, 'application-id': id, 'force-delete': 'true' }));
      expect(what).toContain('`github-token` is missing');
      expect(Object.keys(await storedIn(lab))).toHaveLength(3);
    }),
  );
});
