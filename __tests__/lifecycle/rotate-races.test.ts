import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { Lab } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import { messages, outputsOf } from '../bundle/outcome.ts';
import type { StartProcess } from '../../sandbox/runner/process.ts';
import type { Transport } from '../../src/http/transport.ts';
import { createTransport } from '../../src/http/transport.ts';
import { inSandbox } from '../in-process/lab.ts';
import { startBy } from '../in-process/start.ts';
import { getsToken, lineOf, storedIn, storedWorks } from './scenes.ts';

const rotate = { 'rotate-secret': 'true' };
const storedSecret = async (lab: Lab) => (await storedIn(lab))['PINGONE_WORKER_CLIENT_SECRET'];
const secretOf = async (lab: Lab) => (await lab.theOnly(workerName)).secret!;

async function untilSeen(lab: Lab, line: string, since: number): Promise<void> {
  const giveUpAt = Date.now() + 20_000;
  const isSeen = async () => (await lab.requests()).slice(since).some((request) => lineOf(request) === line);
  while (!(await isSeen()) && Date.now() < giveUpAt) await sleep(20);
}

/** Starts a run whose first request of this method and path waits until it is let go, before it is sent. */
function heldAt(method: string, path: RegExp) {
  const [reached, released] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  const send = createTransport('pingone-worker-app/test');
  const transport: Transport = async (request, ...rest) => {
    if (request.method === method && path.test(request.url)) {
      reached.resolve(undefined);
      await released.promise;
    }
    return send(request, ...rest);
  };
  const startProcess: StartProcess = (options) => startBy(options, { transport });
  return { startProcess, reached: reached.promise, letGo: () => released.resolve(undefined) };
}

describe('the secret that is stored last works:', () => {
  test.concurrent('three rotating runs at once: one rotates, and no valid secret is revoked', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(lab.storing));
      const old = await storedSecret(lab);
      const since = (await lab.requests()).length;
      const outputs = (await Promise.all([1, 2, 3].map(() => lab.run({ ...lab.storing, ...rotate })))).map(outputsOf);
      expect(outputs.map((output) => output['secret-rotated']).sort()).toEqual(['false', 'false', 'true']);
      const rotations = (await lab.requests()).slice(since).filter((request) => lineOf(request) === 'POST secret');
      expect(rotations).toHaveLength(1);
      const { previous, id } = await lab.theOnly(workerName);
      expect(previous?.secret).toBe(old);
      expect(await getsToken(lab, id, old!)).toBe(true);
      expect(await storedWorks(lab)).toBe(true);
      await lab.run(lab.storing);
      expect(await storedSecret(lab)).toBe(await secretOf(lab));
    }),
  );

  test.concurrent('two runs with `secret-overlap: 0`', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(lab.storing));
      const cutting = { ...lab.storing, ...rotate, 'secret-overlap': '0', timeout: '20' };
      const results = await Promise.all([1, 2].map(() => lab.run(cutting)));
      expect(results.map(({ conclusion }) => conclusion)).toContain('success');
      expect([await storedSecret(lab), await storedWorks(lab)]).toEqual([await secretOf(lab), true]);
    }),
  );

  test.concurrent.each(['24h', '0'])('an ordinary run while another run rotates (overlap %s)', (overlap) =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run());
      // The ordinary run has read the old secret, and writes it only after the other one has rotated and stored.
      const { startProcess, reached, letGo } = heldAt('PUT', /CLIENT_ID$/);
      const ordinary = lab.run({ ...lab.storing, timeout: '300' }, { startProcess });
      await Promise.race([reached, ordinary]);
      const rotated = outputsOf(await lab.run({ ...lab.storing, ...rotate, 'secret-overlap': overlap }));
      letGo();
      const result = await ordinary;
      const outputs = outputsOf(result);
      expect(rotated).toMatchObject({ 'secret-rotated': 'true' });
      expect(messages(result, 'notice')).toEqual([
        expect.stringContaining('Another run rotated the secret in the meantime'),
      ]);
      expect(outputs).toMatchObject({ result: 'unchanged', 'client-secret': await secretOf(lab) });
      expect(outputs['credentials-version']).toBe(rotated['credentials-version']);
      expect([await storedSecret(lab), await storedWorks(lab)]).toEqual([await secretOf(lab), true]);
    }),
  );

  test.concurrent('an ordinary run that starts during a rotation', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(lab.storing));
      const since = (await lab.requests()).length;
      await lab.faults({ match: { method: 'POST', path: 're:/secret$' }, do: { delay: 1_500 } });
      const rotating = lab.run({ ...lab.storing, ...rotate });
      await untilSeen(lab, 'POST secret', since);
      outputsOf(await lab.run(lab.storing));
      outputsOf(await rotating);
      expect([await storedSecret(lab), await storedWorks(lab)]).toEqual([await secretOf(lab), true]);
    }),
  );
});
