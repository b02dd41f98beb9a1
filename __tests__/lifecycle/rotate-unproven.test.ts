// A new secret is stored unless PingOne answers `invalid_client`: other responses say nothing about the secret.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { workerName } from '../bundle/harness.ts';
import { failureOf, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { startWithoutWaiting as startProcess } from '../in-process/start.ts';
import { inWorkspace } from './images.ts';
import { environmentId, storedIn } from './scenes.ts';

test.concurrent.each([
  ['always answers 503', { status: 503 }, /unavailable/],
  ['answers an HTML page of a proxy with 502', { status: 502, body: '<html>Bad gateway</html>' }, /unavailable/],
  ['always limits the rate', { status: 429 }, /rate limit/],
  [
    'answers access_denied',
    { status: 403, body: { error: 'access_denied', error_description: 'Request denied' } },
    /not propagated a change yet/,
  ],
])('rotated, and the token endpoint %s: stored, then failed', (_, fault, why) =>
  inSandbox(async (lab) => {
    outputsOf(await lab.run(lab.storing));
    await lab.faults({ match: { method: 'POST', path: `/${environmentId(lab)}/as/token` }, times: 999, do: fault });
    const { cause, fix } = failureOf(await lab.run({ ...lab.storing, 'rotate-secret': 'true' }, { startProcess }));
    expect(cause).toMatch(why);
    expect(fix).toMatch(/The secret was rotated, and the new one is stored\. The previous secret works until/);
    expect(fix).not.toContain('No credentials were delivered');
    expect((await storedIn(lab))['PINGONE_WORKER_CLIENT_SECRET']).toBe((await lab.theOnly(workerName)).secret);
  }),
);

test.concurrent('if storing fails after a rotation, the message does not say that PingOne is unchanged', () =>
  inSandbox(async (lab) => {
    outputsOf(await lab.run(lab.storing));
    const refused = { status: 403, body: { message: 'Resource not accessible by personal access token' } };
    await lab.faults({ match: { server: 'github', method: 'PUT', n: 5 }, times: 99, do: refused });
    const { fix } = failureOf(await lab.run({ ...lab.storing, 'rotate-secret': 'true' }));
    expect(fix).toContain('The secret was rotated');
    expect(fix).not.toContain('The credentials in PingOne are unchanged');
  }),
);

describe('after the new secret is stored', () => {
  test.concurrent.each([
    ['refused', { status: 403 }],
    ['a server error', { status: 500 }],
  ])('the last read of the secret is %s: the message says what is stored', (_, fault) =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(lab.storing));
      // Two reads come before the rotation, the third one after the last store.
      await lab.faults({ match: { method: 'GET', path: 're:/secret$', n: 4 }, times: 99, do: fault });
      const { fix } = failureOf(await lab.run({ ...lab.storing, 'rotate-secret': 'true' }, { startProcess }));
      expect(fix).toMatch(/The secret was rotated, and the new one is stored. The previous secret works until \d{4}-/);
      const { secret } = await lab.theOnly(workerName);
      expect((await storedIn(lab))['PINGONE_WORKER_CLIENT_SECRET']).toBe(secret);
    }),
  );
});

test.concurrent('files that cannot be written fail the step before the rotation', () =>
  inSandbox((lab) =>
    inWorkspace({}, async (workspace) => {
      mkdirSync(join(workspace, 'datasync', 'ping-one.env'), { recursive: true });
      outputsOf(await lab.run());
      const { secret } = await lab.theOnly(workerName);
      const inputs = { 'rotate-secret': 'true', 'datasync-dir': 'datasync' };
      expect(failureOf(await lab.run(inputs, { workspace })).what).toContain('could not be written');
      expect((await lab.theOnly(workerName)).secret).toBe(secret);
    }),
  ),
);
