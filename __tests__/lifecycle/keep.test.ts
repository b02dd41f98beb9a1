import { describe, expect, test } from '@jest/globals';
import type { Inputs } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import { messages, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { byHand, changesOf, grantByHand } from './scenes.ts';

const basic = { tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC' };
const repaired = {
  enabled: { enabled: true },
  'token-endpoint-auth-method': { tokenEndpointAuthMethod: 'CLIENT_SECRET_POST' },
  roles: { roleAssignments: [expect.objectContaining({ role: 'Identity Data Admin' })] },
};
const asFound = { enabled: { enabled: false }, 'token-endpoint-auth-method': basic, roles: { roleAssignments: [] } };
const inputs = ['enabled', 'token-endpoint-auth-method', 'roles'] as const;

describe('`keep` does not change', () => {
  test.concurrent.each(inputs)('`%s`, and nothing else', (kept) =>
    inSandbox(async (lab) => {
      await byHand(lab, { enabled: false, ...basic });
      outputsOf(await lab.run({ [kept]: 'keep' }));
      const worker = await lab.theOnly(workerName);
      for (const input of inputs) expect(worker).toMatchObject(input === kept ? asFound[input] : repaired[input]);
    }),
  );

  test.concurrent('all three: the plan is empty', () =>
    inSandbox(async (lab) => {
      await byHand(lab, { enabled: false, ...basic });
      const result = await lab.run(Object.fromEntries(inputs.map((input) => [input, 'keep'])));
      expect(outputsOf(result)).toMatchObject({ result: 'unchanged', changes: '[]' });
      expect(messages(result, 'warning')).toEqual([]);
    }),
  );

  test.concurrent('a new worker, which gets the defaults, and no role with `roles: keep`', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(Object.fromEntries(inputs.map((input) => [input, 'keep']))));
      expect(await lab.theOnly(workerName)).toMatchObject({
        enabled: true,
        tokenEndpointAuthMethod: 'CLIENT_SECRET_POST',
        roleAssignments: [],
      });
    }),
  );
});

interface Case {
  readonly set: object;
  readonly given: Inputs;
  /** The fields that a warning is about. */
  readonly warned: readonly string[];
}

const cases: readonly [string, Case][] = [
  ['another method', { set: basic, given: {}, warned: ['tokenEndpointAuthMethod'] }],
  ['enabling', { set: { enabled: false }, given: {}, warned: ['enabled'] }],
  [
    'clearing and enabling',
    {
      set: { enabled: false, description: 'Old' },
      given: { clear: 'description' },
      warned: ['description', 'enabled'],
    },
  ],
  [
    'another description, which affects nobody',
    { set: { description: 'Old' }, given: { description: 'New' }, warned: [] },
  ],
  ['an additional grant', { set: { grantTypes: [] }, given: {}, warned: [] }],
  ['disabling it, which the inputs ask for', { set: {}, given: { enabled: 'false' }, warned: [] }],
];

describe('changing a worker of another owner', () => {
  test.concurrent.each(cases)('gives a warning if it can affect other users: %s', (_, { set, given, warned }) =>
    inSandbox(async (lab) => {
      const { id } = await byHand(lab, set);
      await grantByHand(lab, id, 'Identity Data Admin');
      const result = await lab.run(given);
      const changes = changesOf(outputsOf(result));
      expect(changes.length).toBeGreaterThan(0);
      const withWarning = changes.filter(({ warning }) => warning !== undefined);
      expect(withWarning.map(({ field }) => field)).toEqual(warned);
      expect(messages(result, 'warning').map((message) => message.replace(/^[A-Z][\w ]+: /, ''))).toEqual(
        withWarning.map(({ warning }) => `${warning!}.`),
      );
      for (const { warning } of withWarning) expect(warning).toMatch(/^this repository did not create the worker[:,] /);
    }),
  );

  test.concurrent('on a worker that this repository created, only enabling gives a warning', () =>
    inSandbox(async (lab) => {
      const { 'client-id': application } = outputsOf(await lab.run({ description: 'Old' }));
      await lab.console({ application: application!, set: { enabled: false, ...basic } });
      const result = await lab.run({ clear: 'description' });
      const changes = changesOf(outputsOf(result));
      expect(changes.map(({ field }) => field)).toEqual(['description', 'enabled', 'tokenEndpointAuthMethod']);
      const warned = changes.filter(({ warning }) => warning !== undefined).map(({ field }) => field);
      expect(warned).toEqual(['enabled']);
      expect(messages(result, 'warning')).toEqual([expect.stringContaining('somebody disabled the application')]);
    }),
  );

  test.concurrent('still gives a warning in a later run, after the worker was adopted', () =>
    inSandbox(async (lab) => {
      const { id } = await byHand(lab);
      outputsOf(await lab.run());
      await lab.console({ application: id, set: { enabled: false } });
      expect(messages(await lab.run(), 'warning')).toHaveLength(1);
    }),
  );
});

describe('the default role', () => {
  test.concurrent.each([
    ['has no role, and another owner created it', [], ['Identity Data Admin']],
    ['has another role', ['Help Desk Admin'], ['Help Desk Admin']],
  ])('of a worker that %s', (_, held, expected) =>
    inSandbox(async (lab) => {
      const { id } = await byHand(lab);
      for (const role of held) await grantByHand(lab, id, role);
      outputsOf(await lab.run());
      expect((await lab.theOnly(workerName)).roleAssignments.map(({ role }) => role)).toEqual(expected);
    }),
  );

  test.concurrent(
    'that somebody replaced by another role is not granted again, but is granted if the worker has no role',
    () =>
      inSandbox(async (lab) => {
        outputsOf(await lab.run({ roles: 'none' }));
        expect(changesOf(outputsOf(await lab.run()))).toEqual([
          { kind: 'grant-role', to: 'Identity Data Admin @ environment' },
        ]);
      }),
  );
});
