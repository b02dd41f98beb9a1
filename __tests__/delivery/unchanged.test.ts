import { describe, expect, test } from '@jest/globals';
import { waitingOf } from '../../bench/round-trips.ts';
import type { Lab } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import { messages, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import type { Outputs } from '../lifecycle/scenes.ts';
import { environmentId, lineOf, requestsOf, storedIn, storedWorks, writeByHand } from '../lifecycle/scenes.ts';

const secretName = 'PINGONE_WORKER_CLIENT_SECRET';
const targets: readonly [string, Record<string, string>][] = [
  ['the repository', { 'store-in': 'repository' }],
  ['a GitHub environment', { 'store-in': 'github-environment:staging' }],
  ['an organization', { 'store-in': 'organization' }],
  ['the repository, with the IDs as variables', { 'store-in': 'repository', 'store-ids-as': 'variables' }],
  ['two targets', { 'store-in': 'repository\ngithub-environment:staging' }],
];

/** The output `stored`, as far as it says what was written. */
const writtenIn = (outputs: Outputs) =>
  (JSON.parse(outputs['stored']!) as { target: string; written: boolean }[]).map(({ written }) => written);

async function writesOf(lab: Lab, inputs: Record<string, string>): Promise<[string[], Outputs]> {
  let outputs: Outputs = {};
  const requests = await requestsOf(lab, async () => {
    outputs = outputsOf(await lab.run({ ...lab.storing, ...inputs }));
  });
  return [requests.filter(({ write }) => write).map(lineOf), outputs];
}

describe('a second run', () => {
  test.concurrent.each(targets)('writes nothing: %s', (_, inputs) =>
    inSandbox(async (lab) => {
      const [, first] = await writesOf(lab, inputs);
      expect(new Set(writtenIn(first))).toEqual(new Set([true]));
      const [writes, second] = await writesOf(lab, { ...inputs, environment: environmentId(lab) });
      expect(writes).toEqual([]);
      expect(new Set(writtenIn(second))).toEqual(new Set([false]));
      expect(second).toMatchObject({ result: 'unchanged', 'client-secret': first['client-secret'] });
    }),
  );

  test.concurrent('writes only a new target', () =>
    inSandbox(async (lab) => {
      await writesOf(lab, {});
      const [writes, outputs] = await writesOf(lab, { 'store-in': 'repository\ngithub-environment:staging' });
      expect(writtenIn(outputs)).toEqual([false, true]);
      expect(writes.filter((line) => line.startsWith('PUT PINGONE'))).toHaveLength(3);
    }),
  );
});

const another = { name: 'Another worker', 'overwrite-secrets': 'true' };
const changed = (names: string) =>
  new RegExp(
    `^\`store-in\`: ${names} in the repository octo/sync changed after this worker stored them, and are stored`,
  );

/** Between two runs something happens: the second writes, and the right values are there. */
const meanwhile: readonly [string, (lab: Lab) => Promise<unknown>, RegExp?][] = [
  ['somebody wrote a secret one second later', (lab) => writeByHand(lab, secretName), changed(secretName)],
  [
    'another worker overwrote them',
    async (lab) => {
      await lab.advance(1);
      outputsOf(await lab.run({ ...lab.storing, ...another }));
    },
    changed(`PINGONE_WORKER_CLIENT_ID, ${secretName} and PINGONE_WORKER_ENVIRONMENT_ID`),
  ],
  [
    'somebody deleted a secret',
    async (lab) => {
      const { apiUrl, token, repository } = lab.ready.github;
      const url = `${apiUrl}/repos/${repository}/actions/secrets/PINGONE_WORKER_CLIENT_ID`;
      await fetch(url, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } });
    },
  ],
  [
    'somebody rotated the secret in the console',
    async (lab) => lab.console({ application: (await lab.theOnly(workerName)).id, rotate: true }),
  ],
  [
    'the record lost the entry',
    async (lab) => {
      const { id, metadata } = await lab.theOnly(workerName);
      const record = metadata!['pingone-worker-app'] as { stored: { at?: object }[] };
      const stored = record.stored.map(({ at: _at, ...entry }) => entry);
      await lab.console({ application: id, set: { metadata: { 'pingone-worker-app': { ...record, stored } } } });
    },
  ],
];

describe('the next run corrects the stored values if', () => {
  test.concurrent.each(meanwhile)('%s', (_, happens, warning) =>
    inSandbox(async (lab) => {
      await writesOf(lab, {});
      await happens(lab);
      const result = await lab.run(lab.storing);
      expect(writtenIn(outputsOf(result))).toEqual([true]);
      // Only what another client wrote is worth a warning.
      expect(messages(result, 'warning')).toEqual(warning ? [expect.stringMatching(warning)] : []);
      expect((await storedIn(lab))[secretName]).toBe((await lab.theOnly(workerName)).secret);
      expect(await storedWorks(lab)).toBe(true);
      expect((await writesOf(lab, {}))[0]).toEqual([]);
    }),
  );

  test.concurrent('another worker overwrote a variable, with one warning although a rotation writes twice', () =>
    inSandbox(async (lab) => {
      const inputs = { ...lab.storing, 'store-ids-as': 'variables' };
      outputsOf(await lab.run(inputs));
      await lab.advance(1);
      outputsOf(await lab.run({ ...inputs, ...another }));
      const result = await lab.run({ ...inputs, 'rotate-secret': 'true' });
      expect(outputsOf(result)).toMatchObject({ 'secret-rotated': 'true' });
      expect(messages(result, 'warning').filter((text) => changed('.*').test(text))).toEqual([
        expect.stringMatching(changed(`${secretName}, PINGONE_WORKER_CLIENT_ID and PINGONE_WORKER_ENVIRONMENT_ID`)),
      ]);
    }),
  );

  test.concurrent('the first run could not note what it stored', () =>
    inSandbox(async (lab) => {
      // The second PUT of metadata is the note.
      await lab.faults({ match: { method: 'PUT', path: 're:/metadata$', n: 2 }, times: 99, do: { status: 500 } });
      const result = await lab.run({ ...lab.storing, timeout: '10' });
      outputsOf(result);
      expect(messages(result, 'warning')).toEqual([
        expect.stringContaining('so the next run stores the credentials again'),
      ]);
      await lab.faults();
      expect(writtenIn((await writesOf(lab, {}))[1])).toEqual([true]);
      expect(await storedWorks(lab)).toBe(true);
      expect((await writesOf(lab, {}))[0]).toEqual([]);
    }),
  );

  test.concurrent('somebody overwrote a secret between the store and the listing', () =>
    inSandbox(async (lab) => {
      await lab.faults({
        match: { server: 'github', method: 'GET', path: 're:/actions/secrets$', n: 2 },
        do: { delay: 1_500, when: 'before' },
      });
      const running = lab.run(lab.storing);
      const isStored = async () => Object.keys(await storedIn(lab)).length === 3;
      while (!(await isStored())) await new Promise((resolve) => setTimeout(resolve, 20));
      await writeByHand(lab, secretName);
      outputsOf(await running);
      expect(writtenIn((await writesOf(lab, {}))[1])).toEqual([true]);
      expect(await storedWorks(lab)).toBe(true);
    }),
  );
});

test('an unchanged run has at most four sequential round trips to PingOne, and contacts GitHub meanwhile', () =>
  inSandbox(
    async (lab) => {
      const inputs = { ...lab.storing, environment: environmentId(lab) };
      outputsOf(await lab.run(inputs));
      const requests = await requestsOf(lab, async () => {
        expect(outputsOf(await lab.run(inputs))['result']).toBe('unchanged');
      });
      expect(requests.filter(({ write }) => write)).toEqual([]);
      expect(waitingOf(requests.filter(({ server }) => server === 'pingone')).roundTrips).toBeLessThanOrEqual(4);
      expect(requests.some(({ server }) => server === 'github')).toBe(true);
      expect(waitingOf(requests).roundTrips).toBeLessThanOrEqual(4);
    },
    { latencyMs: 150, authPort: 0 },
  ));
