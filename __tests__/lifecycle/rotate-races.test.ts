import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { Lab } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import { failureOf, messages, outputsOf } from '../bundle/outcome.ts';
import type { StartProcess } from '../../sandbox/runner/process.ts';
import type { Transport } from '../../src/http/transport.ts';
import { createTransport } from '../../src/http/transport.ts';
import { inSandbox } from '../in-process/lab.ts';
import { startBy, startWithoutWaiting } from '../in-process/start.ts';
import { getsToken, lineOf, recordKey, recordOf, storedIn, storedWorks } from './scenes.ts';

const rotate = { 'rotate-secret': 'true' };
const storedSecret = async (lab: Lab) => (await storedIn(lab))['PINGONE_WORKER_CLIENT_SECRET'];
const secretOf = async (lab: Lab) => (await lab.theOnly(workerName)).secret!;

async function untilSeen(lab: Lab, line: string, since: number): Promise<void> {
  const giveUpAt = Date.now() + 20_000;
  const isSeen = async () => (await lab.requests()).slice(since).some((request) => lineOf(request) === line);
  while (!(await isSeen()) && Date.now() < giveUpAt) await sleep(20);
}

/**
 * Starts a run whose first request of this method and path waits until it is let go, before it is sent.
 *
 * @param after only requests after the first one of this path
 */
function heldAt(method: string, path: RegExp, after = /^/) {
  const [reached, released] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  const send = createTransport('pingone-worker-app/test');
  let isDue = false;
  const transport: Transport = async (request, ...rest) => {
    isDue ||= after.test(request.url);
    if (isDue && request.method === method && path.test(request.url)) {
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

describe('a run stores in another target while a rotation runs:', () => {
  const elsewhere = (lab: Lab) => ({ ...lab.storing, 'secret-prefix': 'OTHER_' });
  const otherSecret = async (lab: Lab) => (await storedIn(lab))['OTHER_CLIENT_SECRET'];
  const otherEntry = async (lab: Lab) => {
    const entries = (await recordOf(lab))?.['stored'] as readonly { prefix: string; version?: string }[];
    return entries.find(({ prefix }) => prefix === 'OTHER_');
  };
  const warned = [
    expect.stringMatching(/^This run does not store the new secret in OTHER_CLIENT_ID, .* stop working /),
  ];
  const rotates = (lab: Lab, overlap: string) => ({ ...lab.storing, ...rotate, 'secret-overlap': overlap });

  test.concurrent('it sees the announcement, waits and stores the new secret', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(lab.storing));
      const { startProcess, reached, letGo } = heldAt('POST', /\/secret$/);
      const rotating = lab.run(rotates(lab, '24h'), { startProcess });
      await Promise.race([reached, rotating]);
      const storing = lab.run(elsewhere(lab));
      // The run has read and stored the old secret, and has noted that in the record.
      while ((await otherEntry(lab))?.version === undefined) await sleep(20);
      letGo();
      expect(outputsOf(await rotating)).toMatchObject({ 'secret-rotated': 'true' });
      const stored = outputsOf(await storing);
      const secret = await secretOf(lab);
      expect(stored).toMatchObject({ 'secret-rotated': 'false', 'client-secret': secret });
      expect([await otherSecret(lab), await storedSecret(lab)]).toEqual([secret, secret]);
      const version = stored['credentials-version'];
      expect([await otherEntry(lab), await recordOf(lab)]).toMatchObject([{ version }, { secret: { version } }]);
    }),
  );

  test.concurrent('it sees the version that a rotation without an announcement noted, and stores the new secret', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(lab.storing));
      // The run has read the secret for the last time, and has not noted yet what it stored.
      const { startProcess, reached, letGo } = heldAt('GET', /\/metadata$/, /OTHER_ENVIRONMENT_ID$/);
      const storing = lab.run(elsewhere(lab), { startProcess });
      await Promise.race([reached, storing]);
      const rotated = await lab.run(rotates(lab, '0'));
      letGo();
      expect(outputsOf(await storing)).toMatchObject({ 'client-secret': await secretOf(lab) });
      expect([await otherSecret(lab), await storedSecret(lab)]).toEqual([await secretOf(lab), await secretOf(lab)]);
      expect([outputsOf(rotated)['secret-rotated'], messages(rotated, 'warning')]).toEqual(['true', warned]);
    }),
  );

  test.concurrent.each(['24h', '0'])('it ends before the rotation, which warns (overlap %s)', (overlap) =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(lab.storing));
      // The run that rotates has read the record long before.
      const { startProcess, reached, letGo } = heldAt('PUT', /PINGONE_WORKER_CLIENT_ID$/);
      const rotating = lab.run(rotates(lab, overlap), { startProcess });
      await Promise.race([reached, rotating]);
      outputsOf(await lab.run(elsewhere(lab)));
      letGo();
      const result = await rotating;
      expect([outputsOf(result)['secret-rotated'], messages(result, 'warning')]).toEqual(['true', warned]);
    }),
  );

  test.concurrent('a rotation that cannot be stored warns too', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(lab.storing));
      outputsOf(await lab.run(elsewhere(lab)));
      await lab.faults({ match: { method: 'PUT', path: 're:_CLIENT_ID$', n: 2 }, times: 99, do: { status: 422 } });
      const result = await lab.run(rotates(lab, '24h'));
      expect(failureOf(result).fix).toContain('The previous secret works until ');
      expect(messages(result, 'warning')).toEqual(warned);
      // The secret that nobody stored is in the record nevertheless, so that the runs beside this one read it again.
      const { secret } = (await recordOf(lab))! as { secret: { version: string } };
      await lab.faults();
      expect(outputsOf(await lab.run(lab.storing))['credentials-version']).toBe(secret.version);
    }),
  );

  test.concurrent('a rotation that does not happen does not warn', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(rotate));
      outputsOf(await lab.run(elsewhere(lab)));
      outputsOf(await lab.run(rotates(lab, '24h')));
      const result = await lab.run(rotates(lab, '24h'));
      expect(messages(result, 'warning')).toEqual([expect.stringContaining('The secret was not rotated')]);
    }),
  );

  test.concurrent('a run that rotates and was stopped is awaited for a bounded time', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(lab.storing));
      const { id, metadata = {} } = await lab.theOnly(workerName);
      const intent = { id: 'stopped', kind: 'rotate', until: new Date(Date.now() + 3_600_000).toISOString() };
      const record = { ...metadata[recordKey], intent };
      await lab.console({ application: id, set: { metadata: { ...metadata, [recordKey]: record } } });
      const result = await lab.run(elsewhere(lab), { startProcess: startWithoutWaiting });
      expect(outputsOf(result)).toMatchObject({ 'client-secret': await secretOf(lab) });
      expect(messages(result, 'warning')).toEqual([
        expect.stringMatching(
          /^Another run is rotating the secret, so OTHER_.* may not have the new one\.\nLikely cause: .*\nWhat to do: run this workflow again /,
        ),
      ]);
      expect(await otherSecret(lab)).toBe(await secretOf(lab));
    }),
  );
});
