import { describe, expect, test } from '@jest/globals';
import { adminInputs } from '../bundle/control.ts';
import { workerName } from '../bundle/harness.ts';
import { failureOf, messages, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';

const granted = async (lab: Parameters<Parameters<typeof inSandbox>[0]>[0]) =>
  (await lab.theOnly(workerName)).roleAssignments.map(({ role, scope }) => `${role} @ ${scope.type}`);
const grantsIn = (outputs: Readonly<Record<string, string>>) =>
  JSON.parse(outputs['changes']!).flatMap(({ kind, to }: { kind: string; to: unknown }) =>
    kind === 'grant-role' ? [to] : [],
  );

describe('`roles`', () => {
  test.concurrent.each([
    ['not set', undefined, ['Identity Data Admin @ environment']],
    ['empty', ' \n', ['Identity Data Admin @ environment']],
    ['none', 'none', []],
    [
      'a list',
      'identity data read only\nEnvironment Admin @ organization\n\nClient Application Developer @ Environment',
      [
        'Identity Data Read Only @ environment',
        'Environment Admin @ organization',
        'Client Application Developer @ environment',
      ],
    ],
    ["the console's name", 'Identity Data Read-Only Admin', ['Identity Data Read Only @ environment']],
    ['a custom role', 'Directory Sync Operator', ['Directory Sync Operator @ environment']],
  ])('%s', (_, roles, expected) =>
    inSandbox(async (lab) => {
      const outputs = outputsOf(await lab.run({ roles }));
      expect(grantsIn(outputs)).toEqual(expected);
      expect(await granted(lab)).toEqual(
        expected.map((label) => label.replace(/[^@]+$/, (scope) => scope.toUpperCase())),
      );
    }),
  );

  test.concurrent('that the worker has are not granted again', () =>
    inSandbox(async (lab) => {
      const roles = 'Environment Admin @ organization\nIdentity Data Read-Only Admin\nDirectory Sync Operator';
      expect(grantsIn(outputsOf(await lab.run({ roles })))).toHaveLength(3);
      expect(outputsOf(await lab.run({ roles }))).toMatchObject({ result: 'unchanged', changes: '[]' });
    }),
  );

  test.concurrent('the default is granted to a worker without a role, whoever created it', () =>
    inSandbox(async (lab) => {
      await lab.console({ create: { name: workerName, enabled: true } });
      expect(grantsIn(outputsOf(await lab.run()))).toEqual(['Identity Data Admin @ environment']);
    }),
  );

  test.concurrent('that are set are granted to any worker, and its other roles are kept', () =>
    inSandbox(async (lab) => {
      const { id } = await lab.console({ create: { name: workerName, enabled: true } });
      await lab.console({ application: id, grant: { role: 'Help Desk Admin', scope: { type: 'ENVIRONMENT' } } });
      const result = await lab.run({ roles: 'Identity Data Read Only' });
      expect(grantsIn(outputsOf(result))).toEqual(['Identity Data Read Only @ environment']);
      expect(await granted(lab)).toEqual(['Help Desk Admin @ ENVIRONMENT', 'Identity Data Read Only @ ENVIRONMENT']);
      expect(result.summary.shown).toContain('Help Desk Admin');
    }),
  );

  test.concurrent('a role at a wider scope satisfies it, with a notice', () =>
    inSandbox(async (lab) => {
      const { id } = await lab.console({
        create: { name: workerName, enabled: true, tokenEndpointAuthMethod: 'CLIENT_SECRET_POST' },
      });
      await lab.console({ application: id, grant: { role: 'Environment Admin', scope: { type: 'ORGANIZATION' } } });
      const result = await lab.run({ roles: 'Environment Admin' });
      expect(outputsOf(result)).toMatchObject({ result: 'unchanged', changes: '[]' });
      expect(messages(result, 'notice')).toEqual([expect.stringContaining('holds the role at a broader scope')]);
    }),
  );

  test.concurrent('`none` on a new worker: PingOne issues no token, with a notice', () =>
    inSandbox(async (lab) => {
      const result = await lab.run({ roles: 'none' });
      expect(outputsOf(result)).toMatchObject({ result: 'created', 'client-secret': expect.any(String) });
      expect(messages(result, 'notice')).toEqual([expect.stringMatching(/holds no role.*not verified/)]);
    }),
  );
});

describe('a role that is refused before any write', () => {
  test.concurrent('is unknown: the message names only the similar one', () =>
    inSandbox(async (lab) => {
      const { what, cause, fix } = failureOf(await lab.run({ roles: 'Identity Data Amdin' }));
      expect(what).toBe('`roles` contains "Identity Data Amdin", which PingOne does not have.');
      expect(cause).toContain('typo');
      expect(fix).toBe('"Identity Data Amdin": did you mean "Identity Data Admin"?');
      expect(await lab.writes('pingone')).toEqual([]);
    }),
  );

  test.concurrent.each([
    [
      'Identity Data Amdin\nNothing alike\nEnviroment Admin',
      /"Identity Data Amdin", "Nothing alike" and "Enviroment Admin"/,
      /^"Identity Data Amdin": did you mean "Identity Data Admin"\? "Enviroment Admin": did you mean "Environment Admin"\?$/,
    ],
    ['Nothing alike', /"Nothing alike"/, /^use the exact name of a role\. PingOne shows the names on the Roles tab/],
    [
      'Identity Data Admin, Environment Admin',
      /"Identity Data Admin, Environment Admin"/,
      /^write one role per line, without commas\. /,
    ],
    ['Identity\u00a0Data Admin', /"Identity\\u\{a0\}Data Admin"/, /did you mean "Identity Data Admin"\?$/],
  ])('are all reported at once: %j', (roles, named, remedy) =>
    inSandbox(async (lab) => {
      const { what, fix } = failureOf(await lab.run({ roles }));
      expect(what).toMatch(named);
      expect(fix).toMatch(remedy);
      expect(fix).not.toContain('Directory Sync Operator');
    }),
  );

  test.concurrent('is not possible at that scope: the message names the possible scopes', () =>
    inSandbox(async (lab) => {
      const { what, fix } = failureOf(await lab.run({ roles: 'Identity Data Admin @ organization' }));
      expect(what).toContain('Identity Data Admin @ organization, but PingOne does not grant this role at this scope');
      expect(fix).toContain('`Identity Data Admin @ environment`');
      expect(await lab.writes('pingone')).toEqual([]);
    }),
  );
});

describe('a role that the admin application', () => {
  test.concurrent('cannot grant: the application is created, and the message says which role is needed where', () =>
    inSandbox(async (lab) => {
      const { what, cause, fix } = failureOf(await lab.run(adminInputs(lab.ready.admins.applicationsOnly)));
      expect(what).toContain('granting Identity Data Admin @ environment');
      expect(cause).toContain(
        'the admin application holds no role that can grant Identity Data Admin on this environment',
      );
      expect(fix).toMatch(/another role that can grant \*Identity Data Admin\*.*Done before: create the application/);
      expect(fix).toContain('Done before: create the application. Not done: grant Identity Data Admin @ environment.');
      expect(await granted(lab)).toEqual([]);

      const again = outputsOf(await lab.run());
      expect(again).toMatchObject({ result: 'updated', 'client-id': (await lab.theOnly(workerName)).id });
    }),
  );

  test.concurrent('does not have, but the worker has: a warning in the plan, then no secret', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run());
      const result = await lab.run(adminInputs(lab.ready.admins.applicationsOnly));
      const [warning] = messages(result, 'warning');
      expect(warning).toMatch(
        /^The worker holds Identity Data Admin @ environment, but the admin application does not/,
      );
      expect(warning).toContain('Grant that role to the admin application');
      const { what, cause, fix } = failureOf(result);
      expect(what).toContain("reading the worker's client secret");
      expect(cause).toContain('a role that the admin application does not hold');
      expect(fix).toContain('every role that the worker holds');
    }),
  );
});
