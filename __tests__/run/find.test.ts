import { describe, expect, test } from '@jest/globals';
import { noAdminInputs } from '../bundle/control.ts';
import { workerName } from '../bundle/harness.ts';
import { failureOf, messages, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';

/** A worker that a run of this repository created, as its record says; created long enough ago to be no race. */
const createdHere = (createdAt: string, id: string) => ({
  name: workerName,
  id,
  createdAt,
  enabled: true,
  tokenEndpointAuthMethod: 'CLIENT_SECRET_POST',
  metadata: { 'pingone-worker-app': recordOf('1001') },
});

const recordOf = (repositoryId: string) => ({
  version: 1,
  owner: { server: 'https://github.com', repositoryId, repository: 'octo/sync' },
  origin: 'created',
  stored: [],
});

describe('a worker is found by its exact name', () => {
  test.concurrent('on the last of several pages', () =>
    inSandbox(
      async (lab) => {
        const worker = await lab.theOnly('app-00250');
        const outputs = outputsOf(await lab.run({ name: 'app-00250' }));
        expect(outputs).toMatchObject({ result: 'updated', 'client-id': worker.id });
        const pages = (await lab.requests()).filter(
          ({ method, path }) => method === 'GET' && /\/applications(\?|$)/.test(path),
        );
        expect(pages.map(({ path }) => path.includes('cursor='))).toEqual([false, true, true]);
        expect(await lab.named('app-00250')).toHaveLength(1);
      },
      { apps: 250 },
    ),
  );

  test.concurrent(
    'and created, with a warning, if only case, blanks, Unicode form or invisible characters differ',
    () =>
      inSandbox(async (lab) => {
        await lab.console({ create: { name: workerName.toLowerCase() } });
        await lab.console({ create: { name: ` ${workerName} ` } });
        await lab.console({ create: { name: `Ping\u200bDataSync` } });
        const result = await lab.run();
        expect(outputsOf(result)).toMatchObject({ result: 'created' });
        const [warning, ...others] = messages(result, 'warning');
        expect(others).toEqual([]);
        expect(warning).toContain(
          `No worker is named "${workerName}", but there is "pingdatasync", " ${workerName} " and "Ping\\u{200b}DataSync".\n`,
        );
        expect(warning).toMatch(/\nLikely cause: .*Unicode form or invisible.*\nWhat to do: .*`application-id`\.$/);
      }),
  );

  test.concurrent('in another Unicode form it is another worker, and the warning shows the difference', () =>
    inSandbox(async (lab) => {
      await lab.console({ create: { name: 'Zu\u0308rich' } });
      const result = await lab.run({ name: 'Z\u00fcrich' });
      expect(outputsOf(result)).toMatchObject({ result: 'created' });
      const [warning] = messages(result, 'warning');
      expect(warning).toContain('No worker is named "Z\\u{fc}rich", but there is "Zu\\u{308}rich".');
      expect(await lab.named('Z\u00fcrich')).toHaveLength(1);
    }),
  );
});

describe('several workers of one name', () => {
  const [young, middle, old] = [
    '30000000-0000-4000-8000-000000000000',
    '10000000-0000-4000-8000-000000000000',
    '20000000-0000-4000-8000-000000000000',
  ];

  test.concurrent('that this repository created: the oldest is used, with a warning that names the others', () =>
    inSandbox(async (lab) => {
      await lab.console({ create: createdHere('2025-05-02T00:00:00.000Z', young) });
      await lab.console({ create: createdHere('2025-05-01T00:00:00.000Z', old) });
      await lab.console({ create: createdHere('2025-05-01T00:00:00.000Z', middle) });
      const result = await lab.run();
      // Of two that are equally old, the one of the lowest id.
      expect(outputsOf(result)).toMatchObject({ result: 'updated', 'client-id': middle });
      const [warning, ...others] = messages(result, 'warning');
      expect(warning).toContain(`Delete ${old} and ${young}`);
      expect(others).toEqual([]);
      expect(await lab.named(workerName)).toHaveLength(3);
    }),
  );

  test.concurrent.each([
    ['no record', undefined],
    ["another repository's record", { 'pingone-worker-app': recordOf('2002') }],
  ])('one of them with %s: refused, with all IDs and without a write', (_, metadata) =>
    inSandbox(async (lab) => {
      await lab.console({ create: createdHere('2025-05-02T00:00:00.000Z', young) });
      await lab.console({ create: { ...createdHere('2025-05-01T00:00:00.000Z', old), metadata: metadata ?? null } });
      const { what, cause, fix } = failureOf(await lab.run());
      expect(what).toBe(`\`name\`: 2 workers are named "${workerName}": ${old} and ${young}.`);
      expect(cause).toContain('names are not unique');
      expect(fix).toContain('set `application-id`');
      expect(await lab.writes('pingone')).toEqual([]);
    }),
  );
});

describe('refused before any write, with the ID', () => {
  test.concurrent('an application of that name and another type', () =>
    inSandbox(async (lab) => {
      const { id } = await lab.theOnly('Web Shop');
      const { what, fix } = failureOf(await lab.run({ name: 'Web Shop' }));
      expect(what).toBe(`\`name\` "Web Shop" is an application of type WEB_APP (${id}), not a worker.`);
      expect(fix).toContain('to a Worker application');
      expect(await lab.writes('pingone')).toEqual([]);
    }),
  );

  test.concurrent("the admin credentials' own application", () =>
    inSandbox(async (lab) => {
      const { clientId } = lab.ready.admin;
      const { what, cause } = failureOf(await lab.run({ name: 'Admin admin', environment: 'Production' }));
      expect(what).toContain(`is the admin application itself (${clientId})`);
      expect(cause).toContain('mixed up');
      expect(await lab.writes('pingone')).toEqual([]);
    }),
  );

  test.concurrent('the application that an access token belongs to', () =>
    inSandbox(async (lab) => {
      const token = await lab.token(lab.ready.admin);
      const inputs = { name: 'Admin admin', environment: 'Production', ...noAdminInputs, 'access-token': token };
      const result = await lab.run(inputs);
      expect(failureOf(result).what).toContain('is the admin application itself');
      expect(await lab.writes('pingone')).toEqual([]);
    }),
  );

  test.concurrent("but not another worker that has administrators' roles", () =>
    inSandbox(async (lab) => {
      const inputs = { name: 'Admin noRoles', environment: 'Production', roles: 'none' };
      expect(outputsOf(await lab.run(inputs))).toMatchObject({ result: 'updated' });
    }),
  );
});

test.concurrent('a worker is used even if an application of another type has the same name', () =>
  inSandbox(async (lab) => {
    const { id } = await lab.console({ create: { name: 'Web Shop', enabled: true } });
    expect(outputsOf(await lab.run({ name: 'Web Shop' }))).toMatchObject({ result: 'updated', 'client-id': id });
  }),
);
