import { describe, expect, test } from '@jest/globals';
import { workerName } from '../bundle/harness.ts';
import { failureOf, messages, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { byHand, changesOf, expectNoRequest, lineOf, recordOf } from './scenes.ts';

const id = '22222222-2222-4222-8222-222222222222';
const byId = { name: undefined, 'application-id': id };

describe('`application-id`', () => {
  test.concurrent('uses that application, whatever its name is, and reads no list', () =>
    inSandbox(async (lab) => {
      await byHand(lab, { id, name: 'Somebody’s worker' });
      const outputs = outputsOf(await lab.run(byId));
      expect(outputs).toMatchObject({ result: 'updated', 'client-id': id, 'application-id': id });
      expect((await lab.requests()).filter((request) => lineOf(request) === 'GET applications')).toEqual([]);
      expect((await lab.theOnly('Somebody’s worker')).roleAssignments).toHaveLength(1);
      expect(await recordOf(lab, 'Somebody’s worker')).toMatchObject({ origin: 'adopted' });
      expect(outputsOf(await lab.run(byId))).toMatchObject({ result: 'unchanged' });
    }),
  );

  test.concurrent('can be in upper case, and the worker signs in with its own client ID', () =>
    inSandbox(async (lab) => {
      await byHand(lab, { id, clientId: 'imported-client-id' });
      const outputs = outputsOf(await lab.run({ ...byId, 'application-id': ` ${id.toUpperCase()} ` }));
      expect(outputs).toMatchObject({ 'client-id': 'imported-client-id', 'application-id': id });
    }),
  );

  test.concurrent('with another `name` renames the application once, and the plan shows it', () =>
    inSandbox(async (lab) => {
      await byHand(lab, { id, name: 'Old name', description: 'Stays' });
      const inputs = { ...byId, name: 'New name', roles: 'none' };
      const result = await lab.run(inputs);
      const warning = expect.stringContaining('this repository did not create the worker');
      const rename = { kind: 'rename-application', from: 'Old name', to: 'New name', warning };
      expect(changesOf(outputsOf(result))).toEqual([rename]);
      expect(messages(result, 'warning')).toEqual([expect.stringContaining('Rename application: ')]);
      expect(result.log).toContain('rename application: "Old name" -> "New name"');
      expect(await lab.theOnly('New name')).toMatchObject({ id, description: 'Stays' });
      expect(await lab.named('Old name')).toEqual([]);
      expect(outputsOf(await lab.run(inputs))).toMatchObject({ result: 'unchanged', changes: '[]' });
    }),
  );

  test.concurrent('with another `name` deletes nothing, because the two inputs name different workers', () =>
    inSandbox(async (lab) => {
      await byHand(lab, { id, name: 'Old name' });
      const inputs = { ...byId, state: 'absent', 'force-delete': 'true' };
      const { what } = failureOf(await lab.run({ ...inputs, name: 'New name' }));
      expect(what).toBe(
        `\`name\` is "New name", but the application in \`application-id\` (***) is named "Old name". It was not deleted.`,
      );
      expect(await lab.named('Old name')).toHaveLength(1);
      expect(outputsOf(await lab.run({ ...inputs, name: 'Old name' }))).toMatchObject({ result: 'deleted' });
    }),
  );

  test.concurrent('selects one of several workers of one name', () =>
    inSandbox(async (lab) => {
      await byHand(lab);
      await byHand(lab, { id });
      const outputs = outputsOf(await lab.run({ ...byId, name: workerName }));
      expect(outputs).toMatchObject({ 'client-id': id });
      expect(changesOf(outputs).map(({ kind }) => kind)).toEqual(['grant-role']);
    }),
  );

  test.concurrent('of another type is refused, and the application is not converted', () =>
    inSandbox(async (lab) => {
      const shop = await lab.theOnly('Web Shop');
      const before = await lab.state();
      const { what, fix } = failureOf(await lab.run({ ...byId, 'application-id': shop.id }));
      expect(what).toContain('`application-id` is an application of type WEB_APP');
      expect(fix).toContain('to a Worker application');
      expect(await lab.state()).toEqual(before);
    }),
  );

  test.concurrent.each([
    ['is unknown', {}],
    ['belongs to another environment', { environment: 'Production' }],
  ])('that %s is refused, and nothing is created', (_, inputs) =>
    inSandbox(async (lab) => {
      const { id: known } = await byHand(lab);
      const wanted = 'environment' in inputs ? known : id;
      const before = await lab.state();
      const result = await lab.run({ ...byId, name: workerName, 'application-id': wanted, ...inputs });
      const { what, cause, fix } = failureOf(result);
      expect(what).toMatch(/^`application-id`: the environment has no application with the ID .*\.$/);
      expect(cause).toContain('it belongs to another environment');
      expect(fix).toContain('check `environment`');
      expect(await lab.state()).toEqual(before);
    }),
  );

  test.concurrent('of the admin credentials themselves is refused', () =>
    inSandbox(async (lab) => {
      const inputs = { ...byId, environment: 'Production', 'application-id': lab.ready.admin.clientId };
      const { what } = failureOf(await lab.run(inputs));
      expect(what).toMatch(/^`application-id` "\*\*\*" is the admin application itself/);
      expect(await lab.writes('pingone')).toEqual([]);
    }),
  );

  test.concurrent.each(['PingDataSync', '22222222-2222-4222-8222', '../users'])('%s is not a valid ID', (wrong) =>
    inSandbox(async (lab) => {
      const { what, fix } = failureOf(await lab.run({ ...byId, 'application-id': wrong }));
      expect(what).toBe(`\`application-id\` must be a UUID, as PingOne shows it; got \`${wrong}\`.`);
      expect(fix).toContain('correct the value');
      await expectNoRequest(lab);
    }),
  );

  test.concurrent('or `name` is required', () =>
    inSandbox(async (lab) => {
      const { what } = failureOf(await lab.run({ name: undefined }));
      expect(what).toContain('`name` is missing');
      await expectNoRequest(lab);
    }),
  );

  test.concurrent('with the `name` of another worker is refused, and nothing is changed', () =>
    inSandbox(async (lab) => {
      const mine = await byHand(lab, { name: 'Mine' });
      await byHand(lab);
      const inputs = { 'application-id': mine.id, name: workerName };
      for (const dryRun of ['true', 'false']) {
        const { what, fix } = failureOf(await lab.run({ ...inputs, 'dry-run': dryRun }));
        expect(what).toMatch(
          /`name`: .*`application-id` cannot be renamed to "PingDataSync"\. Another worker has this name/,
        );
        expect(fix).toContain('choose another `name`');
      }
      expect(await lab.writes('pingone')).toEqual([]);
      outputsOf(await lab.run({ ...inputs, name: 'Free' }));
      expect(await lab.theOnly('Free')).toMatchObject({ id: mine.id });
    }),
  );
});
