import { describe, expect, test } from '@jest/globals';
import type { ApplicationState } from './control.ts';
import { inSandbox, workerName } from './harness.ts';
import { messages, outputsOf } from './outcome.ts';

const description = 'Synchronises the directory with PingOne';
const changesOf = (outputs: Readonly<Record<string, string>>) => JSON.parse(outputs['changes']!);

describe('a worker that is not there', () => {
  test.concurrent('is created as the design says, and nothing else is touched', () =>
    inSandbox(async (lab) => {
      const before = await lab.state();
      const outputs = outputsOf(await lab.run({ description }));
      const after = await lab.state();
      const worker = await lab.theOnly(workerName);

      expect(outputs).toMatchObject({ result: 'created', changed: 'true' });
      expect(worker).toMatchObject({
        description,
        enabled: true,
        type: 'WORKER',
        protocol: 'OPENID_CONNECT',
        grantTypes: ['CLIENT_CREDENTIALS'],
        tokenEndpointAuthMethod: 'CLIENT_SECRET_POST',
        assignActorRoles: false,
        environment: { id: outputs['environment-id'] },
      });
      const role = { role: 'Identity Data Admin', scope: { type: 'ENVIRONMENT', id: outputs['environment-id'] } };
      expect(worker.roleAssignments).toEqual([expect.objectContaining(role)]);
      expect(after.applications.filter(({ id }) => id !== worker.id)).toEqual(before.applications);
    }),
  );

  test.concurrent('is reported one attribute after the other, then the role', () =>
    inSandbox(async (lab) => {
      const created = (field: string, to: unknown) => ({ kind: 'create-application', field, from: null, to });
      expect(changesOf(outputsOf(await lab.run({ description })))).toEqual([
        created('name', workerName),
        created('description', description),
        created('enabled', true),
        created('type', 'WORKER'),
        created('protocol', 'OPENID_CONNECT'),
        created('grantTypes', ['CLIENT_CREDENTIALS']),
        created('tokenEndpointAuthMethod', 'CLIENT_SECRET_POST'),
        created('assignActorRoles', false),
        { kind: 'grant-role', to: 'Identity Data Admin @ environment' },
      ]);
    }),
  );

  test.concurrent('is created as the inputs ask', () =>
    inSandbox(async (lab) => {
      const inputs = { enabled: 'false', 'token-endpoint-auth-method': 'client_secret_basic', roles: 'none' };
      const result = await lab.run(inputs);
      expect(outputsOf(result)).toMatchObject({ result: 'created' });
      expect(await lab.theOnly(workerName)).toMatchObject({
        enabled: false,
        tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC',
        roleAssignments: [],
      });
      expect(messages(result, 'notice')).toEqual(['The credentials are not verified: the application is disabled.']);
    }),
  );
});

describe('a worker that is as desired', () => {
  test.concurrent('is not written to, and its credentials are handed on all the same', () =>
    inSandbox(async (lab) => {
      const first = outputsOf(await lab.run({ description }));
      const [worker, written] = [await lab.theOnly(workerName), await lab.writes('pingone')];
      const second = outputsOf(await lab.run({ description }));

      expect(await lab.writes('pingone')).toEqual(written);
      expect(await lab.theOnly(workerName)).toEqual(worker);
      expect(second).toEqual({ ...first, result: 'unchanged', changed: 'false', changes: '[]' });
    }),
  );

  test.concurrent('is not written to for an input that is not given, or is `keep`', () =>
    inSandbox(async (lab) => {
      await lab.run({ description, 'token-endpoint-auth-method': 'CLIENT_SECRET_BASIC', enabled: 'false' });
      const written = await lab.writes('pingone');
      const result = await lab.run({ enabled: 'keep', 'token-endpoint-auth-method': 'keep', roles: 'keep' });
      expect(outputsOf(result)).toMatchObject({ result: 'unchanged' });
      expect(await lab.writes('pingone')).toEqual(written);
    }),
  );
});

const drifts: readonly [string, Record<string, unknown>, object[]][] = [
  ['disabled', { enabled: false }, [{ field: 'enabled', from: false, to: true }]],
  [
    'given another authentication method',
    { tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC' },
    [{ field: 'tokenEndpointAuthMethod', from: 'CLIENT_SECRET_BASIC', to: 'CLIENT_SECRET_POST' }],
  ],
  ['described otherwise', { description: 'old' }, [{ field: 'description', from: 'old', to: description }]],
  ['left without its description', { description: null }, [{ field: 'description', from: null, to: description }]],
  [
    'left without the grant',
    { grantTypes: ['REFRESH_TOKEN'] },
    [{ field: 'grantTypes', from: ['REFRESH_TOKEN'], to: ['REFRESH_TOKEN', 'CLIENT_CREDENTIALS'] }],
  ],
  [
    'changed in several ways',
    { enabled: false, grantTypes: [] },
    [
      { field: 'enabled', from: false, to: true },
      { field: 'grantTypes', from: [], to: ['CLIENT_CREDENTIALS'] },
    ],
  ],
];

describe('a worker that this repository created', () => {
  test.concurrent.each(drifts)('and somebody %s is repaired with one write', (_, set, changes) =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run({ description }));
      const { id } = await lab.theOnly(workerName);
      const drifted = await lab.console({ application: id, set });
      const written = (await lab.writes('pingone')).length;

      const result = await lab.run({ description });
      const outputs = outputsOf(result);
      expect(outputs).toMatchObject({ result: 'updated', changed: 'true', 'client-id': id });
      expect(changesOf(outputs)).toEqual(changes.map((change) => ({ kind: 'update-application', ...change })));
      expect(messages(result, 'warning')).toEqual([]);
      expect((await lab.writes('pingone')).slice(written)).toEqual([
        expect.objectContaining({ method: 'PUT', path: expect.stringMatching(`/applications/${id}$`) }),
      ]);
      expectSameBut(drifted, await lab.theOnly(workerName), changes as { field: string; to: unknown }[]);
    }),
  );
});

const bridge = 'PingFederate Bridge';

describe("somebody else's worker", () => {
  test.concurrent('keeps, byte for byte, every field that is not ours through a repair', () =>
    inSandbox(async (lab) => {
      const before = await lab.theOnly(bridge);
      const outputs = outputsOf(await lab.run({ name: bridge, description }));
      expect(outputs).toMatchObject({ result: 'updated', 'client-id': before.id });
      expectSameBut(before, await lab.theOnly(bridge), [
        { field: 'tokenEndpointAuthMethod', to: 'CLIENT_SECRET_POST' },
        { field: 'description', to: description },
      ]);
      expect(before).toHaveProperty('inventedForTomorrow');
    }),
  );

  test.concurrent('is changed with a warning, in the log and in `changes`', () =>
    inSandbox(async (lab) => {
      const { id } = await lab.theOnly(bridge);
      await lab.console({ application: id, set: { enabled: false } });
      const result = await lab.run({ name: bridge });
      const warnings = [expect.stringMatching(/^enabled: /), expect.stringMatching(/^tokenEndpointAuthMethod: /)];
      expect(messages(result, 'warning')).toEqual(warnings);
      for (const { warning } of changesOf(outputsOf(result))) {
        expect(warning).toContain('this repository did not create the worker');
      }
    }),
  );

  test.concurrent('that holds a role is granted no default one', () =>
    inSandbox(async (lab) => {
      const before = await lab.theOnly(bridge);
      outputsOf(await lab.run({ name: bridge }));
      expect((await lab.theOnly(bridge)).roleAssignments).toEqual(before.roleAssignments);
    }),
  );
});

/** Every field of the one is in the other, byte for byte, but for these; and there is no new one. */
function expectSameBut(
  before: ApplicationState,
  after: ApplicationState,
  changes: readonly { field: string; to: unknown }[],
): void {
  const expected: Record<string, unknown> = { ...before, updatedAt: after.updatedAt, metadata: after.metadata };
  for (const { field, to } of changes) expected[field] = to;
  const bytes = (fields: object) =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, JSON.stringify(value)]));
  expect(bytes(after)).toEqual(bytes(expected));
  expect(Date.parse(after.updatedAt)).toBeGreaterThan(Date.parse(before.updatedAt));
}
