import { describe, expect, test } from '@jest/globals';
import { adminInputs, noAdminInputs } from '../bundle/control.ts';
import type { Inputs, Lab } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import { failureOf, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { inWorkspace, png } from './images.ts';
import { environmentId, expectNoRequest, forbidden } from './scenes.ts';

const unknownId = '00000000-0000-4000-8000-000000000000';
const notThere = { status: 404, body: { code: 'NOT_FOUND', message: 'The resource was not found.' } };
const invalidToken = {
  status: 401,
  body: { code: 'ACCESS_FAILED', message: 'No access.', details: [{ code: 'INVALID_TOKEN', message: 'Invalid.' }] },
};

describe('an environment that does not exist', () => {
  test.concurrent('and one that the admin credentials cannot see have different messages', () =>
    inSandbox(async (lab) => {
      const known = failureOf(await lab.run({ environment: unknownId, 'mask-ids': 'false' }));
      expect(known.what).toContain(`the admin application sees no environment with the ID ${unknownId}`);
      const limited = { ...adminInputs(lab.ready.admins.applicationsOnly), environment: unknownId };
      const hidden = failureOf(await lab.run({ ...limited, 'mask-ids': 'false' }));
      expect(hidden.what).toContain(`PingOne refused reading the environment with the ID ${unknownId}`);
      expect(hidden.what).toContain('403');
      expect(hidden.fix).toContain('the roles of the admin application');
      expect(await lab.writes('pingone')).toEqual([]);
    }),
  );

  test.concurrent.each(['id', 'name'] as const)(
    'or is being deleted (DELETE_PENDING, by %s) is refused, also in a dry run',
    (by) =>
      inSandbox(async (lab) => {
        const id = environmentId(lab);
        await lab.console({ environment: id, set: { status: 'DELETE_PENDING' } });
        const inputs = { environment: by === 'id' ? id : 'Sandbox', 'dry-run': 'true' };
        expect(failureOf(await lab.run(inputs)).what).toContain('is being deleted');
      }),
  );
});

const isYoung = (lab: Lab) =>
  lab.console({ environment: environmentId(lab), set: { createdAt: new Date().toISOString() } });

const settling: readonly [string, object, object][] = [
  ['403 on the applications', { method: 'GET', path: 're:/applications$' }, forbidden],
  ['404 on the applications', { method: 'GET', path: 're:/applications$' }, notThere],
  ['401 on the applications', { method: 'GET', path: 're:/applications$' }, invalidToken],
  ['403 on the creation', { method: 'POST', path: 're:/applications$' }, forbidden],
  ['404 on the images', { method: 'POST', path: 're:/images$' }, notThere],
  [
    'a grant that is not possible yet',
    { method: 'POST', path: 're:/roleAssignments$' },
    {
      status: 400,
      body: {
        code: 'INVALID_DATA',
        details: [{ code: 'INVALID_VALUE', message: 'Must have role at the same or broader scope' }],
      },
    },
  ],
];

describe('an environment that was created seconds ago', () => {
  test.concurrent.each(settling)('works: the step retries %s', (_, match, answer) =>
    inSandbox((lab) =>
      inWorkspace({ 'icon.png': png() }, async (workspace) => {
        await isYoung(lab);
        await lab.faults({ match, times: 3, do: answer });
        expect(outputsOf(await lab.run({ icon: 'icon.png' }, { workspace }))).toMatchObject({ result: 'created' });
        expect(await lab.theOnly(workerName)).toMatchObject({ enabled: true });
        expect(((await lab.state()) as unknown as { images: object[] }).images).toHaveLength(1);
      }),
    ),
  );

  test.concurrent('works by its ID, too', () =>
    inSandbox(async (lab) => {
      await isYoung(lab);
      await lab.faults({ match: { path: 're:/applications$' }, times: 3, do: forbidden });
      expect(outputsOf(await lab.run({ environment: environmentId(lab) }))).toMatchObject({ result: 'created' });
    }),
  );

  test.concurrent('that the list does not show yet is looked for again', () =>
    inSandbox(async (lab) => {
      await isYoung(lab);
      await lab.faults({
        match: { path: 're:/environments$' },
        times: 2,
        do: { body: { _embedded: { environments: [] } } },
      });
      expect(outputsOf(await lab.run())).toMatchObject({ result: 'created' });
    }),
  );

  test.concurrent('is retried for a limited time only', () =>
    inSandbox(async (lab) => {
      await isYoung(lab);
      await lab.faults({ match: { path: 're:/applications$' }, times: 999, do: forbidden });
      const { what } = failureOf(await lab.run({ timeout: '5' }));
      expect(what).toContain('reading the applications of the environment');
    }),
  );
});

test.concurrent('in an older environment the same response is final', () =>
  inSandbox(async (lab) => {
    const match = { path: 're:/applications$' };
    await lab.faults({ match, times: 3, do: forbidden });
    failureOf(await lab.run());
    expect((await lab.requests()).filter(({ path }) => path.endsWith('/applications'))).toHaveLength(1);
  }),
);

const all = ['admin-client-id', 'admin-client-secret', 'admin-environment-id'];

describe('the admin sign-in', () => {
  test.concurrent.each([
    ...all.map((name) => [[name], all.filter((other) => other !== name)]),
    ...all.map((name) => [all.filter((other) => other !== name), [name]]),
  ] as [string[], string[]][])('with an incomplete set (%j) names what is missing', (given, missing) =>
    inSandbox(async (lab) => {
      const taken: Inputs = Object.fromEntries(missing.map((name) => [name, undefined]));
      // Whatever is in the environment does not fill the gap.
      const env = { PINGONE_CLIENT_ID: 'a', PINGONE_CLIENT_SECRET: 'b~c', PINGONE_ENVIRONMENT_ID: environmentId(lab) };
      const { what, fix } = failureOf(await lab.run(taken, { env }));
      expect(what).toContain('The admin credentials are incomplete');
      for (const name of missing) expect(what).toContain(`\`${name}\``);
      for (const name of given) expect(what).not.toContain(`\`${name}\``);
      expect(fix).toContain(' as well. If they are secrets of a GitHub environment');
      await expectNoRequest(lab);
    }),
  );

  test.concurrent.each(['PINGONE_CLIENT_ID', 'PINGONE_CLIENT_SECRET'])(
    'with only %s in the environment names the others',
    (name) =>
      inSandbox(async (lab) => {
        const { what } = failureOf(await lab.run(noAdminInputs, { env: { [name]: 'only~this' } }));
        expect(what).toContain('The admin credentials are incomplete');
        expect(what).toContain('PINGONE_ENVIRONMENT_ID');
        await expectNoRequest(lab);
      }),
  );

  test.concurrent.each([all, ['admin-client-id'], ['admin-environment-id']])(
    'with `access-token` and %s %s %s names both',
    (...names) =>
      inSandbox(async (lab) => {
        const kept = Object.fromEntries(all.filter((name) => !names.includes(name)).map((name) => [name, undefined]));
        const { what, fix } = failureOf(await lab.run({ ...kept, 'access-token': 'a.b.c' }));
        expect(what).toContain('`access-token` cannot be combined with');
        for (const name of names) expect(what).toContain(`\`${name}\``);
        expect(fix).toContain('set either `access-token` or');
        await expectNoRequest(lab);
      }),
  );
});
