import { describe, expect, test } from '@jest/globals';
import { adminInputs } from '../bundle/control.ts';
import type { Lab } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import { failureOf, messages, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { byHand, changesOf, environmentId, grantByHand, lineOf } from './scenes.ts';

const heldBy = async (lab: Lab) =>
  (await lab.theOnly(workerName)).roleAssignments.map(({ role, scope }) => ({ role, ...scope }));

/** Populations as the API lists them. */
async function populationId(lab: Lab, name: string): Promise<string> {
  const authorization = `Bearer ${await lab.token(lab.ready.admin)}`;
  const url = `${lab.ready.pingone.apiUrl}/environments/${environmentId(lab)}/populations`;
  const { _embedded } = (await (await fetch(url, { headers: { authorization } })).json()) as {
    _embedded: { populations: { id: string; name: string }[] };
  };
  return _embedded.populations.find((population) => population.name === name)!.id;
}

describe('a role on a population', () => {
  test.concurrent.each(['name', 'id'] as const)('by its %s is granted once, and shown with its name', (by) =>
    inSandbox(async (lab) => {
      const id = await populationId(lab, 'Employees');
      const roles = `Identity Data Admin @ population:${by === 'id' ? id.toUpperCase() : ' Employees'}`;
      const outputs = outputsOf(await lab.run({ roles }));
      expect(changesOf(outputs).at(-1)).toEqual({
        kind: 'grant-role',
        to: 'Identity Data Admin @ population:Employees',
      });
      expect(await heldBy(lab)).toEqual([{ role: 'Identity Data Admin', type: 'POPULATION', id }]);
      expect(outputsOf(await lab.run({ roles }))).toMatchObject({ result: 'unchanged', changes: '[]' });
    }),
  );

  test.concurrent.each(['Nobody', 'employees', '00000000-0000-4000-8000-000000000000'])(
    'that does not exist (%s) is refused before any write, and the message lists the existing ones',
    (name) =>
      inSandbox(async (lab) => {
        const { what, cause, fix } = failureOf(await lab.run({ roles: `Help Desk Admin @ population:${name}` }));
        expect(what).toBe(`\`roles\`: the environment has no population "${name}".`);
        expect(cause).toContain('including case');
        expect(fix).toContain('"Default" and "Employees"');
        expect(await lab.writes('pingone')).toEqual([]);
      }),
  );
});

describe('a role on an application', () => {
  test.concurrent.each(['name', 'id'] as const)('by its %s', (by) =>
    inSandbox(async (lab) => {
      const { id } = await lab.theOnly('Web Shop');
      const roles = `Application Owner @ Application:${by === 'id' ? id : 'Web Shop'}`;
      const outputs = outputsOf(await lab.run({ roles, verify: 'false' }));
      expect(changesOf(outputs).at(-1)).toEqual({ kind: 'grant-role', to: 'Application Owner @ application:Web Shop' });
      expect(await heldBy(lab)).toEqual([{ role: 'Application Owner', type: 'APPLICATION', id }]);
      expect(outputsOf(await lab.run({ roles, verify: 'false' }))).toMatchObject({ result: 'unchanged' });
    }),
  );

  test.concurrent('by a name that two of them have is refused, and the message lists their IDs', () =>
    inSandbox(async (lab) => {
      const [first, second] = [await byHand(lab, { name: 'Twin' }), await byHand(lab, { name: 'Twin' })];
      const { what, fix } = failureOf(await lab.run({ roles: 'Application Owner @ application:Twin' }));
      expect(what).toBe('`roles`: 2 applications are named "Twin".');
      for (const { id } of [first, second]) expect(fix).toContain(id);
      expect(await lab.writes('pingone')).toEqual([]);
    }),
  );
});

describe('a role is found', () => {
  test.concurrent.each([
    ['as the API writes it, in any case', 'identity data READ ONLY', 'Identity Data Read Only'],
    ['as the console writes it', 'Identity Data Read-Only Admin', 'Identity Data Read Only'],
    ['as the console writes it', 'configuration read-only admin', 'Configuration Read Only'],
    ['as the console writes it', 'Custom Role Admin', 'Custom Roles Admin'],
    ['as the name of a custom role of the environment', 'directory sync operator', 'Directory Sync Operator'],
  ])('%s: %s', (_, roles, name) =>
    inSandbox(async (lab) => {
      expect(changesOf(outputsOf(await lab.run({ roles, verify: 'false' }))).at(-1)).toEqual({
        kind: 'grant-role',
        to: `${name} @ environment`,
      });
      expect(await heldBy(lab)).toEqual([{ role: name, type: 'ENVIRONMENT', id: environmentId(lab) }]);
    }),
  );

  test.concurrent.each([
    ['listed twice', 'Help Desk Admin\nhelp desk admin @ environment'],
    ['listed on the environment and on a population', 'Help Desk Admin\nHelp Desk Admin @ population:Default'],
  ])('once if it is %s', (_, roles) =>
    inSandbox(async (lab) => {
      const changes = changesOf(outputsOf(await lab.run({ roles })));
      expect(changes.filter(({ kind }) => kind === 'grant-role')).toEqual([
        { kind: 'grant-role', to: 'Help Desk Admin @ environment' },
      ]);
      expect(await heldBy(lab)).toHaveLength(1);
    }),
  );

  test.concurrent('on a population, too, if it is a custom role', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run({ roles: 'Directory Sync Operator @ population:Default' }));
      expect(await heldBy(lab)).toMatchObject([{ role: 'Directory Sync Operator', type: 'POPULATION' }]);
    }),
  );

  test.concurrent.each([
    ['Identity Data Admin @ tenant', /`roles` must be `Role name`, .*; got `Identity Data Admin @ tenant`/],
    ['Identity Data Admin @ population:', /`roles` must be `Role name`, .*; got `Identity Data Admin @ population:`/],
    ['none\nHelp Desk Admin', /`roles` must be role names, .*or only `none` or `keep`; got `none`/],
    ['Help Desk Admin\nkeep', /`roles` must be role names, .*or only `none` or `keep`; got `keep`/],
  ])('not by %j, which is refused before any request', (roles, says) =>
    inSandbox(async (lab) => {
      expect(failureOf(await lab.run({ roles })).what).toMatch(says);
      expect(await lab.requests()).toEqual([]);
    }),
  );
});

describe('a role that the worker has', () => {
  test.concurrent.each([
    ['Identity Data Admin', 'ENVIRONMENT', 'Identity Data Admin @ population:Default'],
    ['Environment Admin', 'ORGANIZATION', 'Environment Admin'],
    ['Configuration Read Only', 'ORGANIZATION', 'configuration read-only admin @ environment'],
  ])('(%s) at a wider scope (%s) satisfies %s, with a notice, and is not granted again', (role, type, roles) =>
    inSandbox(async (lab) => {
      const { id } = await byHand(lab);
      await grantByHand(lab, id, role, type);
      const result = await lab.run({ roles });
      expect(outputsOf(result)).toMatchObject({ result: 'unchanged', changes: '[]' });
      expect(messages(result, 'notice')).toEqual([
        expect.stringMatching(/is not granted: the worker holds the role at a broader/),
      ]);
      expect((await lab.requests()).map(lineOf)).not.toContain('POST roleAssignments');
    }),
  );

  test.concurrent('on a population does not satisfy the environment', () =>
    inSandbox(async (lab) => {
      const { id } = await byHand(lab);
      await grantByHand(lab, id, 'Help Desk Admin', 'POPULATION', await populationId(lab, 'Default'));
      const changes = changesOf(outputsOf(await lab.run({ roles: 'Help Desk Admin' })));
      expect(changes).toEqual([{ kind: 'grant-role', to: 'Help Desk Admin @ environment' }]);
    }),
  );

  test.concurrent('that `roles` does not name is listed and kept', () =>
    inSandbox(async (lab) => {
      const { id } = await byHand(lab);
      await grantByHand(lab, id, 'Environment Admin', 'ORGANIZATION');
      const result = await lab.run({ roles: 'Help Desk Admin' });
      expect(changesOf(outputsOf(result))).toEqual([{ kind: 'grant-role', to: 'Help Desk Admin @ environment' }]);
      expect(result.log).toContain('Roles that `roles` does not list (not changed): Environment Admin @ organization');
      // The summary is Markdown, where an `@` would call somebody.
      expect(result.summary.shown).toContain('Environment Admin &#64; organization');
      expect((await heldBy(lab)).map(({ role }) => role)).toEqual(['Environment Admin', 'Help Desk Admin']);
    }),
  );

  test.concurrent('but the admin application does not have gives a warning before any change', () =>
    inSandbox(async (lab) => {
      const { id } = await byHand(lab, { description: 'Old' });
      await grantByHand(lab, id, 'Help Desk Admin');
      const inputs = { ...adminInputs(lab.ready.admins.applicationsOnly), description: 'New', roles: 'keep' };
      const result = await lab.run(inputs);
      const [warning] = messages(result, 'warning');
      expect(warning).toMatch(/^The worker holds Help Desk Admin @ environment, but the admin application does not/);
      expect(warning).toContain('Grant that role to the admin application.');
      expect(result.stdout.indexOf('::warning::The worker holds')).toBeLessThan(result.stdout.indexOf('Done: update'));
      expect((await lab.theOnly(workerName))['description']).toBe('New');
    }),
  );
});
