import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { startProcess } from '../../sandbox/runner/process.ts';
import type { RunningStep } from '../../sandbox/runner/step.ts';
import type { Lab } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import { messages, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { inWorkspace, png } from './images.ts';
import { changesOf, environmentId, forbidden, lineOf, recordKey, requestsOf, storedIn, writeByHand } from './scenes.ts';

const absent = { state: 'absent' };
const imagesIn = async (lab: Lab) => ((await lab.state()) as unknown as { images: object[] }).images;
const gitHubToken = (lab: Lab) => ({ 'github-token': lab.ready.github.token });

/** A worker that this repository created, with an icon and stored secrets, beside somebody else's secret. */
function withWorker(body: (lab: Lab, id: string) => Promise<void>) {
  return inSandbox((lab) =>
    inWorkspace({ 'icon.png': png() }, async (workspace) => {
      const outputs = outputsOf(await lab.run({ ...lab.storing, icon: 'icon.png' }, { workspace }));
      await body(lab, outputs['client-id']!);
    }),
  );
}

async function expectGone(lab: Lab): Promise<void> {
  expect(await lab.named(workerName)).toEqual([]);
  expect([await imagesIn(lab), await storedIn(lab)]).toEqual([[], {}]);
}

const secrets = ['CLIENT_ID', 'CLIENT_SECRET', 'ENVIRONMENT_ID'].map((name) => `DELETE PINGONE_WORKER_${name}`);

describe('`state: absent`', () => {
  test.concurrent('deletes the secrets, then the icon, then the worker, and does not read the client secret', () =>
    withWorker(async (lab, id) => {
      const { icon } = await lab.theOnly(workerName);
      let outputs: Readonly<Record<string, string>> = {};
      const requests = await requestsOf(lab, async () => {
        outputs = outputsOf(await lab.run({ ...absent, ...gitHubToken(lab) }));
      });
      const writes = requests.filter(({ write }) => write).map(lineOf);
      expect(writes[0]).toBe('PUT metadata');
      expect(writes.slice(1, 4).sort()).toEqual(secrets);
      // The image before the worker: what names it is the worker's record.
      expect(writes.slice(4)).toEqual([`DELETE ${(icon as { id: string }).id}`, `DELETE ${id}`]);
      expect(requests.map(lineOf)).not.toContain('GET secret');
      await expectGone(lab);
      expect(outputs).toMatchObject({
        result: 'deleted',
        changed: 'true',
        'environment-id': environmentId(lab),
        'secret-rotated': 'false',
        'credentials-version': '',
        stored: '[]',
      });
      expect(changesOf(outputs)).toEqual([{ kind: 'delete-application' }]);
      expect(Object.keys(outputs).filter((name) => name.startsWith('client-'))).toEqual([]);
    }),
  );

  test.concurrent('deletes the secrets in each target of the record, and no others', () =>
    withWorker(async (lab) => {
      outputsOf(await lab.run({ ...lab.storing, 'secret-prefix': 'OTHER_' }));
      const other = { ...lab.storing, 'secret-prefix': 'THIRD_', name: 'Another worker' };
      outputsOf(await lab.run(other));
      outputsOf(await lab.run({ ...absent, ...gitHubToken(lab) }));
      expect(Object.keys(await storedIn(lab)).sort()).toEqual([
        'THIRD_CLIENT_ID',
        'THIRD_CLIENT_SECRET',
        'THIRD_ENVIRONMENT_ID',
      ]);
      expect(await lab.named('Another worker')).toHaveLength(1);
    }),
  );

  test.concurrent('needs no GitHub token if the record lists no secret', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run());
      expect(outputsOf(await lab.run(absent))).toMatchObject({ result: 'deleted' });
      await expectGone(lab);
    }),
  );

  test.concurrent('finds the worker by `application-id`, whatever its name is', () =>
    inSandbox(async (lab) => {
      const { 'client-id': id } = outputsOf(await lab.run());
      await lab.console({ application: id!, set: { name: 'Renamed' } });
      const inputs = { ...absent, name: undefined, 'application-id': id! };
      expect(outputsOf(await lab.run(inputs))).toMatchObject({ result: 'deleted' });
      expect(await lab.named('Renamed')).toEqual([]);
    }),
  );

  test.concurrent('gives `absent` the second time', () =>
    withWorker(async (lab) => {
      outputsOf(await lab.run({ ...absent, ...gitHubToken(lab) }));
      const writes = (await lab.requests()).filter(({ write }) => write).length;
      expect(outputsOf(await lab.run(absent))).toMatchObject({ result: 'absent', changed: 'false', changes: '[]' });
      expect((await lab.requests()).filter(({ write }) => write)).toHaveLength(writes);
    }),
  );

  test.concurrent('in a dry run lists what it would delete, without a token, and deletes nothing', () =>
    withWorker(async (lab, id) => {
      const before = await lab.state();
      const result = await lab.run({ ...absent, 'dry-run': 'true' });
      const outputs = outputsOf(result);
      expect(outputs).toMatchObject({ result: 'deleted', changed: 'true', 'client-id': id, 'application-id': id });
      expect(changesOf(outputs)).toEqual([{ kind: 'delete-application' }]);
      expect(result.log).toMatch(/delete .*PINGONE_WORKER_.* in the repository octo\/sync/);
      expect(result.log).toMatch(/would be deleted/);
      expect(await lab.state()).toEqual(before);
      const requests = await lab.requests();
      expect(requests.filter(({ path }) => path.endsWith('/secret')).map(lineOf)).not.toContain('DELETE secret');
    }),
  );
});

test.concurrent("the organization's secrets are kept, and a notice says how to delete them", () =>
  inSandbox(async (lab) => {
    const inputs = { ...lab.storing, 'store-in': 'organization' };
    const { 'application-id': id = '' } = outputsOf(await lab.run(inputs));
    const stored = (await lab.state()).github.secrets;
    const result = await lab.run({ ...inputs, ...absent });
    expect(messages(result, 'notice')).toEqual([
      expect.stringMatching(/ in the organization octo are not deleted, .* `store-in`, and `application-id`/),
    ]);
    expect((await lab.state()).github.secrets).toEqual(stored);

    outputsOf(await lab.run({ ...inputs, ...absent, 'application-id': id, 'force-delete': 'true' }));
    expect((await lab.state()).github.secrets).toEqual([]);
  }),
);

describe('`state: absent` of a worker whose secrets another client wrote since', () => {
  const names = ['CLIENT_ID', 'CLIENT_SECRET', 'ENVIRONMENT_ID'].map((name) => `PINGONE_WORKER_${name}`);
  const keeps = (kept: string) =>
    expect.stringMatching(
      `^Not deleted, because another client, .*: ${kept} in the repository octo/sync\\. \`force-del`,
    );

  /** Another worker took over the names. */
  const takenOver = (body: (lab: Lab, inputs: Record<string, string>) => Promise<void>, more = {}) =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run({ ...lab.storing, ...more }));
      await lab.advance(1);
      const takeOver = { name: 'Another worker', 'overwrite-secrets': 'true' };
      outputsOf(await lab.run({ ...lab.storing, ...more, ...takeOver }));
      await body(lab, { ...absent, ...gitHubToken(lab) });
    });

  test.concurrent('keeps them, and says so, as the dry run does', () =>
    takenOver(async (lab, inputs) => {
      const before = (await lab.state()).github;
      for (const dryRun of ['true', 'false']) {
        const result = await lab.run({ ...inputs, 'dry-run': dryRun });
        expect(outputsOf(result)).toMatchObject({ result: 'deleted' });
        expect(messages(result, 'notice')).toEqual([keeps(`${names[0]}, ${names[1]} and ${names[2]}`)]);
        expect(result.log).not.toContain('delete PINGONE_WORKER_');
        expect(result.summary.raw).not.toContain('CLIENT_SECRET');
      }
      expect(await lab.named(workerName)).toEqual([]);
      expect((await lab.state()).github).toEqual(before);
    }),
  );

  test.concurrent('keeps variables by their value', () =>
    takenOver(
      async (lab, inputs) => {
        const result = await lab.run(inputs);
        // Both workers have the same environment ID, and it is the other one's as well.
        expect(messages(result, 'notice')).toEqual([keeps(`${names[1]}, ${names[0]} and ${names[2]}`)]);
        const { secrets: left, variables } = (await lab.state()).github;
        expect([...left, ...variables].map(({ name }) => name).sort()).toEqual(names);
      },
      { 'store-ids-as': 'variables' },
    ),
  );

  test.concurrent('deletes them with `force-delete`', () =>
    takenOver(async (lab, inputs) => {
      const result = await lab.run({ ...inputs, 'force-delete': 'true' });
      expect([messages(result, 'notice'), await storedIn(lab)]).toEqual([[], {}]);
    }),
  );

  test.concurrent('deletes the others', () =>
    withWorker(async (lab) => {
      await writeByHand(lab, names[1]!);
      const result = await lab.run({ ...absent, ...gitHubToken(lab) });
      expect(messages(result, 'notice')).toEqual([keeps(names[1]!)]);
      expect(result.log).toMatch(`delete ${names[0]} and ${names[2]} in the repository octo/sync`);
      expect(Object.keys(await storedIn(lab))).toEqual([names[1]]);
    }),
  );

  test.concurrent('deletes all of them if the record does not say when they were stored', () =>
    withWorker(async (lab) => {
      await writeByHand(lab, names[1]!);
      const { id, metadata } = await lab.theOnly(workerName);
      const record = metadata![recordKey] as { stored: { at?: object }[] };
      const stored = record.stored.map(({ at: _at, ...entry }) => ({ ...entry, writing: 'a killed run' }));
      await lab.console({ application: id, set: { metadata: { [recordKey]: { ...record, stored } } } });
      outputsOf(await lab.run({ ...absent, ...gitHubToken(lab) }));
      await expectGone(lab);
    }),
  );
});

test.concurrent('an image that PingOne keeps while the worker uses it is deleted after the worker', () =>
  withWorker(async (lab) => {
    const inUse = { status: 400, body: { code: 'REQUEST_FAILED', message: 'The image is in use.' } };
    await lab.faults({ match: { method: 'DELETE', path: 're:/images/' }, do: inUse });
    const result = await lab.run({ ...absent, ...gitHubToken(lab) });
    expect(outputsOf(result)).toMatchObject({ result: 'deleted' });
    expect(messages(result, 'notice')).toEqual([]);
    await expectGone(lab);
  }),
);

test.concurrent('an image that cannot be deleted gives a notice', () =>
  withWorker(async (lab) => {
    await lab.faults({ match: { method: 'DELETE', path: 're:/images/' }, times: 9, do: forbidden });
    const result = await lab.run({ ...absent, ...gitHubToken(lab) });
    expect(outputsOf(result)).toMatchObject({ result: 'deleted' });
    expect(messages(result, 'notice')).toEqual([expect.stringContaining('An unused icon image could not be deleted')]);
  }),
);

describe('if a run is killed, the next run completes the teardown:', () => {
  test.concurrent.each([
    ['between two secrets', 'DELETE PINGONE_WORKER_CLIENT_ID', { server: 'github', path: 're:_CLIENT_ID$' }],
    ['before the icon', 'DELETE image', { server: 'pingone', path: 're:/images/' }],
    ['before the worker', 'DELETE app', { server: 'pingone', path: 're:/applications/[^/]+$' }],
  ])('%s', (_, request, match) =>
    withWorker(async (lab, id) => {
      await lab.faults({ match: { ...match, method: 'DELETE' }, do: { stall: 'headers' } });
      const before = (await lab.requests()).length;
      const { icon } = await lab.theOnly(workerName);
      const wanted = request.replace('app', id).replace('image', (icon as { id: string }).id);
      const lines = async () => (await lab.requests()).slice(before).map(lineOf);
      let step: RunningStep | undefined;
      const running = lab.run({ ...absent, ...gitHubToken(lab) }, { startProcess, onStart: (it) => (step = it) });
      const giveUpAt = Date.now() + 20_000;
      while (!(await lines()).includes(wanted) && Date.now() < giveUpAt) await sleep(20);
      step!.send('SIGKILL');
      expect(await running).toMatchObject({ signal: 'SIGKILL' });
      expect(await lab.named(workerName)).toHaveLength(1);

      expect(outputsOf(await lab.run({ ...absent, ...gitHubToken(lab) }))).toMatchObject({ result: 'deleted' });
      await expectGone(lab);
    }),
  );
});
