import { describe, expect, test } from '@jest/globals';
import type { Inputs, Lab, RunOptions } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import { failureOf, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { byHand, expectNoRequest, foreignOwner, inRepository, owner, recordKey, storedIn } from './scenes.ts';

const absent = { state: 'absent' };
const record = (given: object) => ({
  metadata: { [recordKey]: { version: 1, owner, origin: 'created', stored: [], ...given } },
});

interface Obstacle {
  readonly prepare: (lab: Lab) => Promise<unknown>;
  readonly options?: RunOptions;
  readonly says: RegExp;
  readonly why: RegExp;
}

const notOurs =
  /^`state: absent`: the worker "PingDataSync" was not deleted: nothing shows that this repository created it/;
const obstacles: readonly [string, Obstacle][] = [
  [
    'adopted',
    {
      prepare: async (lab) => {
        await byHand(lab);
        outputsOf(await lab.run());
      },
      says: notOurs,
      why: /somebody created it in PingOne, or a run of this action created it and was stopped before/,
    },
  ],
  [
    'recorded by another repository',
    {
      prepare: (lab) => byHand(lab, record({ owner: foreignOwner })),
      says: /its record belongs to mona\/sync/,
      why: /another repository/,
    },
  ],
  ['unrecorded', { prepare: (lab) => byHand(lab), says: notOurs, why: /no record/ }],
  ['recorded by a later version', { prepare: (lab) => byHand(lab, record({ version: 2 })), says: notOurs, why: /./ }],
  [
    'created here, but the runner does not name the repository',
    {
      prepare: (lab) => lab.run(),
      options: { env: { GITHUB_REPOSITORY_ID: undefined } },
      says: /its record belongs to octo\/sync/,
      why: /./,
    },
  ],
];

describe('`state: absent` of a worker that is', () => {
  test.concurrent.each(obstacles)('%s is refused, and nothing is deleted', (_, { prepare, options, says, why }) =>
    inSandbox(async (lab) => {
      await prepare(lab);
      const before = await lab.state();
      const { what, cause, fix } = failureOf(await lab.run(absent, options));
      expect(what).toMatch(says);
      expect(cause).toMatch(why);
      expect(fix).toContain('`force-delete`');
      expect(await lab.state()).toEqual(before);
    }),
  );

  test.concurrent.each(obstacles)('%s is refused in a dry run as well', (_, { prepare, options, says }) =>
    inSandbox(async (lab) => {
      await prepare(lab);
      expect(failureOf(await lab.run({ ...absent, 'dry-run': 'true' }, options)).what).toMatch(says);
    }),
  );

  test.concurrent.each(obstacles)('%s is deleted with `force-delete`', (_, { prepare, options }) =>
    inSandbox(async (lab) => {
      await prepare(lab);
      const outputs = outputsOf(await lab.run({ ...absent, 'force-delete': 'true' }, options));
      expect(outputs).toMatchObject({ result: 'deleted' });
      expect(await lab.named(workerName)).toEqual([]);
    }),
  );
});

describe('`state: absent` in a PingOne environment of type PRODUCTION', () => {
  const production = { environment: 'Production' };

  test.concurrent.each([{}, { 'force-delete': 'true' }, { 'dry-run': 'true' }])('is refused (%j)', (inputs: Inputs) =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(production));
      const { what, cause, fix } = failureOf(await lab.run({ ...absent, ...production, ...inputs }));
      expect(what).toContain('belongs to a PingOne environment of type PRODUCTION');
      expect(cause).toContain('`environment` is the wrong environment');
      expect(fix).toContain('`allow-production-delete`');
      expect(await lab.named(workerName)).toHaveLength(1);
    }),
  );

  test.concurrent('is allowed with `allow-production-delete`', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(production));
      const inputs = { ...absent, ...production, 'allow-production-delete': 'true' };
      expect(outputsOf(await lab.run(inputs))).toMatchObject({ result: 'deleted' });
      expect(await lab.named(workerName)).toEqual([]);
    }),
  );

  test.concurrent('with `allow-production-delete` only, a worker of another owner is still refused', () =>
    inSandbox(async (lab) => {
      await lab.console({ create: { name: workerName, environment: lab.ready.environments[1]!.id } });
      const inputs = { ...absent, ...production, 'allow-production-delete': 'true' };
      expect(failureOf(await lab.run(inputs)).what).toMatch(notOurs);
    }),
  );
});

describe('`state: absent` is refused before anything is deleted', () => {
  test.concurrent('without a GitHub token, if the record lists secrets', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(lab.storing));
      const before = await lab.state();
      const { what, fix } = failureOf(await lab.run(absent));
      expect(what).toMatch(/^`github-token` is missing, .* in the repository octo\/sync/);
      expect(fix).toContain('Nothing was deleted.');
      expect(await lab.state()).toEqual(before);
    }),
  );

  test.concurrent('with a GitHub token without write permission', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(lab.storing));
      const before = await lab.state();
      const { what, fix } = failureOf(await lab.run({ ...absent, 'github-token': lab.ready.github.readOnlyToken }));
      expect(what).toContain('GitHub refused deleting secrets in the repository octo/sync');
      expect(fix).toContain('The application in PingOne is not deleted yet');
      expect(await lab.state()).toEqual(before);
    }),
  );

  test.concurrent('for the application of the admin credentials', () =>
    inSandbox(async (lab) => {
      const inputs = { environment: 'Production', name: 'Admin admin', 'force-delete': 'true' };
      const forced = { ...absent, ...inputs, 'allow-production-delete': 'true' };
      expect(failureOf(await lab.run(forced)).what).toContain('the admin application itself');
      expect(await lab.named('Admin admin')).toHaveLength(1);
    }),
  );

  test.concurrent('together with `rotate-secret`', () =>
    inSandbox(async (lab) => {
      const { what, fix } = failureOf(await lab.run({ ...absent, 'rotate-secret': 'true' }));
      expect(what).toContain('`rotate-secret` is `true`, but `state` is `absent`');
      expect(fix).toContain('remove `rotate-secret`');
      await expectNoRequest(lab);
    }),
  );
});

test.concurrent('if PingOne refuses to delete the worker, the message says what is already deleted', () =>
  inSandbox(async (lab) => {
    outputsOf(await lab.run(lab.storing));
    await lab.faults({
      match: { method: 'DELETE', path: 're:/applications/' },
      do: { status: 403, body: { code: 'X' } },
    });
    const { what, fix } = failureOf(await lab.run({ ...absent, 'github-token': lab.ready.github.token }));
    expect(what).toContain('PingOne refused deleting the application');
    expect(fix).toContain('Its secrets in GitHub are already deleted. Run the workflow again');
    expect(await storedIn(lab)).toEqual({});
    expect((await lab.theOnly(workerName)).metadata).toMatchObject({ [recordKey]: { stored: [inRepository] } });
  }),
);
