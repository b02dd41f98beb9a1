// The values of the outputs. __tests__/bundle/outputs.test.ts tests how they are written.
import { describe, expect, test } from '@jest/globals';
import { workerName } from '../bundle/harness.ts';
import { messages, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';

describe('the outputs', () => {
  test.concurrent('contain no ID in `changes`, which can pass to other jobs', () =>
    inSandbox(async (lab) => {
      const { id } = lab.ready.environments[0]!;
      const inText = `https://a.example.com/${id.toUpperCase()}`;
      const result = await lab.run({ description: `Of ${id}`, 'redirect-uris': inText });
      const outputs = outputsOf(result);
      expect(outputs['changes']).toContain('"to":"Of ***"');
      expect(outputs['changes']!.toLowerCase()).not.toContain(id);
      expect(outputs['changes']).toContain('https://a.example.com/***');
      expect(result.jobOutputs.passed.get('changes')).toBe(outputs['changes']);
      expect(await lab.theOnly(workerName)).toMatchObject({ description: `Of ${id}` });
    }),
  );

  test.concurrent('contain no credential in `changes`, also not in a dry run', () =>
    inSandbox(async (lab) => {
      const description = `By ${lab.ready.admin.clientSecret}`;
      const { jobOutputs, outputs } = await lab.run({ description, 'dry-run': 'true' });
      expect(outputs.get('changes')).toContain('"to":"By ***"');
      expect(jobOutputs.passed.get('changes')).toBe(outputs.get('changes'));
    }),
  );

  test.concurrent('contain different application and client IDs if another client ID was imported', () =>
    inSandbox(async (lab) => {
      const { id } = await lab.console({ create: { name: workerName, clientId: 'imported-id', enabled: true } });
      const result = await lab.run({ ...lab.storing, roles: 'Identity Data Admin', description: `Of ${id}` });
      const outputs = outputsOf(result);
      expect(outputs).toMatchObject({ 'client-id': 'imported-id', 'application-id': id });
      expect((await lab.state()).github.secrets).toContainEqual(
        expect.objectContaining({ name: 'PINGONE_WORKER_CLIENT_ID', value: 'imported-id' }),
      );
      expect(outputs['changes']).toContain('"to":"Of ***"');
      expect(result.masks).toContain('imported-id');
    }),
  );

  test.concurrent('can be read by other jobs with `mask-ids: false`, except the secret', () =>
    inSandbox(async (lab) => {
      const { jobOutputs, masks } = await lab.run({ 'mask-ids': 'false' });
      expect(jobOutputs.skipped).toEqual(['client-secret']);
      expect(masks).not.toContain(jobOutputs.passed.get('client-id'));
    }),
  );
});

describe('`verify: false`', () => {
  test.concurrent('requests no token with the credentials, and says so', () =>
    inSandbox(async (lab) => {
      const result = await lab.run({ verify: 'false' });
      expect(outputsOf(result)).toMatchObject({ result: 'created' });
      expect(messages(result, 'notice')).toEqual(['The credentials are not verified: `verify` is `false`.']);
      const signIns = (await lab.requests()).filter(({ path }) => path.endsWith('/as/token'));
      expect(signIns).toHaveLength(1);
    }),
  );
});

test.concurrent('no change contains an ID, nor do the summary and the log', () =>
  inSandbox(async (lab) => {
    const result = await lab.run({ 'mask-ids': 'false', description: 'x' });
    const { changes, 'client-id': clientId, 'environment-id': environmentId } = outputsOf(result);
    for (const id of [clientId!, environmentId!]) expect(changes! + result.summary.raw).not.toContain(id);
  }),
);
