import { describe, expect, test } from '@jest/globals';
import { changesOf } from '../lifecycle/scenes.ts';
import { inSandbox, workerName } from './harness.ts';
import { messages, outputsOf } from './outcome.ts';

const description = 'Synchronises the directory with PingOne';

describe('a worker that does not exist', () => {
  test.concurrent('is created with the default attributes, and nothing else is changed', () =>
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

  test.concurrent('is reported with one change per attribute, then the role', () =>
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

  test.concurrent('is created with the attributes of the inputs', () =>
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

describe('a worker that matches the inputs', () => {
  test.concurrent('is not written to, and its credentials are exposed', () =>
    inSandbox(async (lab) => {
      const first = outputsOf(await lab.run({ description }));
      const [worker, written] = [await lab.theOnly(workerName), await lab.writes('pingone')];
      const second = outputsOf(await lab.run({ description }));

      expect(await lab.writes('pingone')).toEqual(written);
      expect(await lab.theOnly(workerName)).toEqual(worker);
      expect(second).toEqual({ ...first, result: 'unchanged', changed: 'false', changes: '[]' });
    }),
  );

  test.concurrent('is not written to for an input that is not set or is `keep`', () =>
    inSandbox(async (lab) => {
      await lab.run({ description, 'token-endpoint-auth-method': 'CLIENT_SECRET_BASIC', enabled: 'false' });
      const written = await lab.writes('pingone');
      const result = await lab.run({ enabled: 'keep', 'token-endpoint-auth-method': 'keep', roles: 'keep' });
      expect(outputsOf(result)).toMatchObject({ result: 'unchanged' });
      expect(await lab.writes('pingone')).toEqual(written);
    }),
  );
});

test.concurrent('a worker that differs in several attributes is updated with one write', () =>
  inSandbox(async (lab) => {
    const { 'client-id': id } = outputsOf(await lab.run({ description }));
    await lab.console({ application: id!, set: { enabled: false, tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC' } });
    const written = (await lab.writes('pingone')).length;
    const outputs = outputsOf(await lab.run({ description: 'new' }));
    expect(outputs).toMatchObject({ result: 'updated', changed: 'true', 'client-id': id });
    expect(changesOf(outputs).map(({ field }) => field)).toEqual(['description', 'enabled', 'tokenEndpointAuthMethod']);
    expect((await lab.writes('pingone')).slice(written)).toHaveLength(1);
    const repaired = { description: 'new', enabled: true, tokenEndpointAuthMethod: 'CLIENT_SECRET_POST' };
    expect(await lab.theOnly(workerName)).toMatchObject(repaired);
  }),
);
