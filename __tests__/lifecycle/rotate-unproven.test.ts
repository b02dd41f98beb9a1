// Only a definite `invalid_client` keeps a new secret from being stored: any other answer says nothing about it.
import { expect, test } from '@jest/globals';
import { workerName } from '../bundle/harness.ts';
import { failureOf, outputsOf } from '../bundle/outcome.ts';
import { startWithoutWaiting as startProcess } from '../in-process/start.ts';
import { inSandbox } from '../in-process/lab.ts';
import { environmentId, storedIn } from './scenes.ts';

test.each([
  ['answers 503 for good', { status: 503 }],
  ['answers a page of a proxy with 502', { status: 502, body: '<html>Bad gateway</html>' }],
  ['limits the rate for good', { status: 429 }],
  ['answers access_denied', { status: 403, body: { error: 'access_denied', error_description: 'Request denied' } }],
])('rotated, and the token endpoint %s: stored, then failed', (_, fault) =>
  inSandbox(async (lab) => {
    outputsOf(await lab.run(lab.storing));
    await lab.faults({ match: { method: 'POST', path: `/${environmentId(lab)}/as/token` }, times: 999, do: fault });
    const { fix } = failureOf(await lab.run({ ...lab.storing, 'rotate-secret': 'true' }, { startProcess }));
    expect(fix).toContain('works until');
    expect((await storedIn(lab))['PINGONE_WORKER_CLIENT_SECRET']).toBe((await lab.theOnly(workerName)).secret);
  }),
);

test('a store that fails after a rotation does not say that PingOne is unchanged', () =>
  inSandbox(async (lab) => {
    outputsOf(await lab.run(lab.storing));
    const refused = { status: 403, body: { message: 'Resource not accessible by personal access token' } };
    await lab.faults({ match: { server: 'github', method: 'PUT', n: 5 }, times: 99, do: refused });
    const { fix } = failureOf(await lab.run({ ...lab.storing, 'rotate-secret': 'true' }));
    expect(fix).toContain('The secret was rotated');
    expect(fix).not.toContain('The credentials in PingOne are unchanged');
  }));
