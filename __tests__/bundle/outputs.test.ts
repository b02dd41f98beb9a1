import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import { inSandbox, outputNames, workerName } from './harness.ts';
import { failureOf, outputsOf } from './outcome.ts';

const outputFile = (result: StepResult) => Buffer.concat(result.phases.map(({ files }) => files.output)).toString();

describe('the outputs', () => {
  test.concurrent('are exactly those of action.yml, with the expected values', () =>
    inSandbox(async (lab) => {
      const outputs = outputsOf(await lab.run(lab.storing));
      const worker = await lab.theOnly(workerName);
      const { id: environmentId } = lab.ready.environments.find(({ name }) => name === 'Sandbox')!;
      const { apiUrl, authUrl } = lab.ready.pingone;
      expect(Object.keys(outputs).sort()).toEqual([...outputNames].sort());
      expect(outputs).toMatchObject({
        'client-id': worker.id,
        'client-secret': worker.secret,
        'environment-id': environmentId,
        'application-id': worker.id,
        'credentials-version': createHash('sha256')
          .update(`${worker.id}\n${worker.secret!}`)
          .digest('hex')
          .slice(0, 12),
        'api-url': apiUrl,
        'auth-url': authUrl,
        'token-endpoint': `${authUrl}/${environmentId}/as/token`,
      });
      const names = ['CLIENT_ID', 'CLIENT_SECRET', 'ENVIRONMENT_ID'].map((name) => `PINGONE_WORKER_${name}`);
      expect(JSON.parse(outputs['stored']!)).toEqual([
        { target: 'repository', secrets: names, variables: [], written: true },
      ]);
    }),
  );

  test.concurrent('are written to the file byte for byte, each with its own delimiter, and nowhere else', () =>
    inSandbox(async (lab) => {
      const result = await lab.run({ description: 'Zürich, 東京, \u{1f511}' });
      const outputs = outputsOf(result);
      const delimiter = /<<(ghadelimiter_\S+)\n/.exec(outputFile(result))?.[1];
      const blocks = [...outputFile(result).matchAll(/^([\w-]+)<<(ghadelimiter_[\da-f-]{36})\n([^\n]*)\n\2\n/gm)];
      expect(blocks.map(([block]) => block).join('')).toBe(outputFile(result));
      expect(blocks.map(([, name, , value]) => [name, value])).toEqual(Object.entries(outputs));
      expect(delimiter).toBeDefined();
      expect(outputs['changes']).toContain('"to":"Zürich, 東京, \u{1f511}"');
      expect(result.stdout).not.toMatch(/set-output|save-state/);
    }),
  );
});

describe('`output-secret: false`', () => {
  test.concurrent('keeps the secret out of the outputs, and stores it', () =>
    inSandbox(async (lab) => {
      const result = await lab.run({ ...lab.storing, 'output-secret': 'false' });
      const outputs = outputsOf(result);
      const { secret } = await lab.theOnly(workerName);
      expect(Object.keys(outputs).sort()).toEqual(outputNames.filter((name) => name !== 'client-secret').sort());
      expect(outputFile(result)).not.toContain(secret);
      expect((await lab.state()).github.secrets.map(({ value }) => value)).toContain(secret);
      expect(result.summary.raw).toMatch(/^\| Outputs of this step \|(?!.*secret)/m);
    }),
  );

  test.concurrent('needs no file for outputs', () =>
    inSandbox(async (lab) => {
      const result = await lab.run({ ...lab.storing, 'output-secret': 'false' }, { env: { GITHUB_OUTPUT: undefined } });
      expect(result.conclusion).toBe('success');
    }),
  );
});

describe('without a file for outputs', () => {
  test.concurrent.each([undefined, ''])('(GITHUB_OUTPUT is %p) the step fails before any request', (file) =>
    inSandbox(async (lab) => {
      const { what } = failureOf(await lab.run(lab.storing, { env: { GITHUB_OUTPUT: file } }));
      expect(what).toMatch(/`output-secret` is `true`, but .*GITHUB_OUTPUT/);
      expect(await lab.requests()).toEqual([]);
    }),
  );
});

describe('`mask-ids`', () => {
  test.concurrent('masks the two IDs by default, so that they do not pass to other jobs', () =>
    inSandbox(async (lab) => {
      const result = await lab.run();
      const { 'client-id': clientId, 'environment-id': environmentId } = outputsOf(result);
      expect(result.masks).toEqual(expect.arrayContaining([clientId, environmentId]));
      expect(result.log).not.toContain(clientId);
      expect(result.log).not.toContain(environmentId);
      expect(result.summary.shown).not.toContain(clientId);
      expect([...result.jobOutputs.passed.keys()]).toEqual(
        expect.arrayContaining(['result', 'changed', 'changes', 'credentials-version', 'api-url', 'auth-url']),
      );
      expect(result.jobOutputs.skipped).toEqual(
        expect.arrayContaining(['client-id', 'client-secret', 'environment-id', 'application-id', 'token-endpoint']),
      );
    }),
  );
});
