import { describe, expect, test } from '@jest/globals';
import { fetchToken, findStoredCredentials } from '../../sandbox/demo/stored-credentials.ts';
import type { Lab } from './harness.ts';
import { inSandbox, workerName } from './harness.ts';
import { outputsOf } from './outcome.ts';

const names = ['PINGONE_WORKER_CLIENT_ID', 'PINGONE_WORKER_CLIENT_SECRET', 'PINGONE_WORKER_ENVIRONMENT_ID'];
const stored = async (lab: Lab) => (await lab.state()).github.secrets;

describe('what is stored in the repository', () => {
  test.concurrent('equals what PingOne has, byte for byte, and gets a token through a client that is not ours', () =>
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

  test.concurrent('goes to another repository and under another prefix where the inputs say so', () =>
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

  test.concurrent('is written again by each run, one at a time, after the key and before the outputs', () =>
    inSandbox(async (lab) => {
      await lab.run(lab.storing);
      const before = (await lab.requests()).length;
      expect(outputsOf(await lab.run(lab.storing))).toMatchObject({ result: 'unchanged' });
      const calls = (await lab.requests()).slice(before).filter(({ server }) => server === 'github');
      expect(calls.filter(({ write }) => write).map(({ path }) => path.split('/').at(-1))).toEqual(names);
      expect(calls.filter(({ write }) => !write)).toHaveLength(3);
    }),
  );

  test.concurrent('is nothing while `store-in` is not given: GitHub is not asked anything', () =>
    inSandbox(async (lab) => {
      const outputs = outputsOf(await lab.run({ 'github-token': lab.ready.github.token }));
      expect(outputs['stored']).toBe('[]');
      expect((await lab.requests()).filter(({ server }) => server === 'github')).toEqual([]);
    }),
  );
});
