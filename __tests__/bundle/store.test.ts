import { describe, expect, test } from '@jest/globals';
import { fetchToken, findStoredCredentials } from '../../sandbox/demo/stored-credentials.ts';
import type { Lab } from './harness.ts';
import { inSandbox, workerName } from './harness.ts';
import { outputsOf } from './outcome.ts';

const names = ['PINGONE_WORKER_CLIENT_ID', 'PINGONE_WORKER_CLIENT_SECRET', 'PINGONE_WORKER_ENVIRONMENT_ID'];
const stored = async (lab: Lab) => (await lab.state()).github.secrets;

describe('secrets stored in the repository', () => {
  test.concurrent('are equal to the values in PingOne, and another client gets a token with them', () =>
    inSandbox(async (lab) => {
      const outputs = outputsOf(await lab.run(lab.storing));
      const worker = await lab.theOnly(workerName);
      const values = [worker.id, worker.secret!, worker.environment.id];
      expect(await stored(lab)).toEqual(
        names.map((name, index) => ({ target: 'repository', repository: 'octo/sync', name, value: values[index] })),
      );
      const credentials = findStoredCredentials(await stored(lab), 'octo/sync');
      const { authUrl } = lab.ready.pingone;
      await fetchToken(authUrl, credentials);
      const wrong = { ...credentials, clientSecret: `${credentials.clientSecret}x` };
      await expect(fetchToken(authUrl, wrong)).rejects.toThrow();
      expect(outputs['client-secret']).toBe(credentials.clientSecret);
    }),
  );

  test.concurrent('are stored in another repository and with another prefix if the inputs say so', () =>
    inSandbox(async (lab) => {
      const inputs = { ...lab.storing, repository: 'octo/website', 'secret-prefix': 'sync_dev_' };
      const outputs = outputsOf(await lab.run(inputs));
      const secrets = await stored(lab);
      expect(secrets.map(({ repository, name }) => `${repository!} ${name}`)).toEqual([
        'octo/website SYNC_DEV_CLIENT_ID',
        'octo/website SYNC_DEV_CLIENT_SECRET',
        'octo/website SYNC_DEV_ENVIRONMENT_ID',
      ]);
      expect(JSON.parse(outputs['stored']!)[0].secrets).toEqual(secrets.map(({ name }) => name));
    }),
  );

  test.concurrent('are written one at a time after the key is read, and not again by an unchanged run', () =>
    inSandbox(async (lab) => {
      const calls = async () => (await lab.requests()).filter(({ server }) => server === 'github');
      const writtenIn = (outputs: Readonly<Record<string, string>>): unknown =>
        (JSON.parse(outputs['stored']!) as { written: boolean }[]).map(({ written }) => written);
      expect(writtenIn(outputsOf(await lab.run(lab.storing)))).toEqual([true]);
      const first = await calls();
      const writes = first.filter(({ write }) => write);
      expect(writes.map(({ path }) => path.split('/').at(-1))).toEqual(names);
      const key = first.find(({ path }) => path.endsWith('/public-key'))!;
      const ends = [key, ...writes].map(({ end }) => end);
      expect(writes.filter(({ start }, index) => start < ends[index]!)).toEqual([]);

      const second = outputsOf(await lab.run(lab.storing));
      expect(second).toMatchObject({ result: 'unchanged' });
      expect(writtenIn(second)).toEqual([false]);
      expect((await calls()).filter(({ write }) => write)).toEqual(writes);
    }),
  );

  test.concurrent('are not written without `store-in`, and GitHub gets no request', () =>
    inSandbox(async (lab) => {
      const outputs = outputsOf(await lab.run({ 'github-token': lab.ready.github.token }));
      expect(outputs['stored']).toBe('[]');
      expect((await lab.requests()).filter(({ server }) => server === 'github')).toEqual([]);
    }),
  );
});
