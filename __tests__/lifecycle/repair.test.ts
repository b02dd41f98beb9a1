import { describe, expect, test } from '@jest/globals';
import type { ApplicationState } from '../bundle/control.ts';
import { workerName } from '../bundle/harness.ts';
import { messages, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { changesOf } from './scenes.ts';

const description = 'Synchronises the directory with PingOne';

// Disabling it may have been an answer to an incident.
const enabling = {
  field: 'enabled',
  from: false,
  to: true,
  warning: expect.stringContaining('somebody disabled the application'),
};
const drifts: readonly [string, Record<string, unknown>, object[]][] = [
  ['disabled', { enabled: false }, [enabling]],
  [
    'given another authentication method',
    { tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC' },
    [{ field: 'tokenEndpointAuthMethod', from: 'CLIENT_SECRET_BASIC', to: 'CLIENT_SECRET_POST' }],
  ],
  ['given another description', { description: 'old' }, [{ field: 'description', from: 'old', to: description }]],
  ['given no description', { description: null }, [{ field: 'description', from: null, to: description }]],
  [
    'without the grant',
    { grantTypes: ['REFRESH_TOKEN'] },
    [{ field: 'grantTypes', from: ['REFRESH_TOKEN'], to: ['REFRESH_TOKEN', 'CLIENT_CREDENTIALS'] }],
  ],
  [
    'changed in several ways',
    { enabled: false, grantTypes: [] },
    [enabling, { field: 'grantTypes', from: [], to: ['CLIENT_CREDENTIALS'] }],
  ],
];

describe('a worker that this repository created', () => {
  test.concurrent.each(drifts)('and that somebody %s is corrected with one write', (_, set, changes) =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run({ description }));
      const { id } = await lab.theOnly(workerName);
      const drifted = await lab.console({ application: id, set });
      const written = (await lab.writes('pingone')).length;

      const result = await lab.run({ description });
      const outputs = outputsOf(result);
      expect(outputs).toMatchObject({ result: 'updated', changed: 'true', 'client-id': id });
      expect(changesOf(outputs)).toEqual(changes.map((change) => ({ kind: 'update-application', ...change })));
      expect(messages(result, 'warning')).toHaveLength('enabled' in set ? 1 : 0);
      expect((await lab.writes('pingone')).slice(written)).toEqual([
        expect.objectContaining({ method: 'PUT', path: expect.stringMatching(`/applications/${id}$`) }),
      ]);
      expectSameBut(drifted, await lab.theOnly(workerName), changes as { field: string; to: unknown }[]);
    }),
  );
});

const bridge = 'PingFederate Bridge';

describe('a worker of another owner', () => {
  test.concurrent('keeps every other field, byte for byte, when it is updated', () =>
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
      const warnings = [
        expect.stringMatching(/^Enabled: /),
        expect.stringMatching(/^Token endpoint authentication method: /),
      ];
      expect(messages(result, 'warning')).toEqual(warnings);
      for (const { warning } of changesOf(outputsOf(result))) {
        expect(warning).toContain('this repository did not create the worker');
      }
    }),
  );

  test.concurrent('with a role gets no default role', () =>
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
