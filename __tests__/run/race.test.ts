import { describe, expect, test } from '@jest/globals';
import { inProcess } from '../in-process/step-lab.ts';
import type { StepLab } from '../in-process/step-lab.ts';

const name = 'PingDataSync';
const early = '2020-01-01T00:00:00.000Z';
const [ours, theirs] = ['10000000-0000-4000-8000-000000000000', '20000000-0000-4000-8000-000000000000'];
const createdHere = {
  'pingone-worker-app': {
    version: 1,
    owner: { server: 'https://github.com', repositoryId: '1001', repository: 'octo/sync' },
    origin: 'created',
    stored: [],
  },
};

/** Lets the first list after a creation lag, and somebody else act before the next one. */
async function duringLag(lab: StepLab, act: () => Promise<unknown>): Promise<void> {
  const body = { count: 0, _embedded: { applications: [] } };
  await lab.faults({ match: { method: 'GET', path: 're:/applications$', n: 2 }, do: { status: 200, body } });
  lab.hooks.asleep = async () => {
    lab.hooks.asleep = () => undefined;
    await act();
  };
}

describe('another run creates a worker of the same name simultaneously', () => {
  const older = { id: theirs, name, createdAt: early, enabled: true, metadata: createdHere };

  test('and is first: this run removes its own and uses the other', () =>
    inProcess(async (lab) => {
      await duringLag(lab, () => lab.console({ create: older }));
      const { outputs, of } = await lab.run();
      expect(of('setFailed')).toEqual([]);
      expect((await lab.theOnly(name)).id).toBe(theirs);
      expect(outputs).toMatchObject({ 'client-id': theirs, result: 'updated' });
      expect(of('info').join('\n')).toContain('Another run created *** with the same name first');
      const writes = (await lab.writes('pingone')).map(({ method, path }) => `${method} ${path.split('/').at(-1)!}`);
      expect(writes.slice(0, 2)).toEqual(['POST applications', expect.stringMatching(/^DELETE /)]);
      expect(writes.filter((write) => write === 'POST applications')).toHaveLength(1);
    }));

  test('and is second: this run keeps its own and does not touch the other', () =>
    inProcess(async (lab) => {
      await duringLag(lab, () => lab.console({ create: { ...older, createdAt: '2099-01-01T00:00:00.000Z' } }));
      const { outputs } = await lab.run();
      expect(outputs).toMatchObject({ result: 'created' });
      const left = await lab.named(name);
      expect(left.map(({ id }) => id).sort()).toEqual([theirs, outputs['client-id']].sort());
      expect((await lab.writes('pingone')).map(({ path }) => path).join()).not.toContain(theirs);
    }));

  test.each([
    ['changed', { set: { description: 'mine now' } }],
    ['given a role', { grant: { role: 'Help Desk Admin', scope: { type: 'ENVIRONMENT' } } }],
  ])('and is first, but somebody has %s the own one: it stays, with a warning', (_, act) =>
    inProcess(async (lab) => {
      await duringLag(lab, async () => {
        const { id } = await lab.theOnly(name);
        await lab.console({ create: older });
        await lab.console({ application: id, ...act });
      });
      const { of } = await lab.run();
      expect(await lab.named(name)).toHaveLength(2);
      expect(of('warning').join('\n')).toMatch(/was changed since this run created it, so it is not deleted/);
    }),
  );
});

describe('two workers of the name, one of them very new and without a record', () => {
  const withOther = (lab: StepLab) =>
    Promise.all([
      lab.console({ create: { id: ours, name, createdAt: early, enabled: true, metadata: createdHere } }),
      lab.console({ create: { id: theirs, name, enabled: true } }),
    ]);

  test('the step waits until the other run removes one', () =>
    inProcess(async (lab) => {
      await withOther(lab);
      lab.hooks.asleep = () =>
        lab.slept.length === 3 ? lab.console({ application: theirs, delete: true }) : undefined;
      const { outputs, of } = await lab.run();
      expect(outputs).toMatchObject({ 'client-id': ours });
      expect(lab.slept.slice(0, 3)).toEqual([500, 500, 500]);
      expect(of('info').join('\n')).toContain('for its run to remove it');
    }));

  test('the step refuses them after the waiting time', () =>
    inProcess(async (lab) => {
      await withOther(lab);
      const { of, outputs } = await lab.run();
      expect(of('setFailed')[0]).toContain(`\`name\`: 2 workers are named "PingDataSync": ${ours} and ${theirs}.`);
      // The look after a creation takes min(15 s, T/10).
      expect(lab.slept.reduce((sum, ms) => sum + ms, 0)).toBe(15_000);
      expect(outputs).toEqual({});
      expect(await lab.writes('pingone')).toEqual([]);
    }));

  test('a cancelled step does not touch them', () =>
    inProcess(async (lab) => {
      await withOther(lab);
      lab.hooks.asleep = () => {
        lab.cancel();
        return undefined;
      };
      const { of } = await lab.run();
      expect(of('setFailed')[0]).toMatch(/^The step was cancelled: before GET /);
      expect(of('setFailed')[0]).toContain('What to do: run the workflow again.');
      expect(lab.slept).toHaveLength(1);
    }));
});

test('if a list never shows the new worker, the step continues after the waiting time', () =>
  inProcess(async (lab) => {
    await lab.faults({ match: { method: 'POST', path: 're:/applications$' }, do: { hideFor: 60_000 } });
    const { outputs, of } = await lab.run();
    expect(of('setFailed')).toEqual([]);
    expect(outputs).toMatchObject({ result: 'created' });
    expect(await lab.named(name)).toHaveLength(1);
    expect(lab.slept.slice(0, 4)).toEqual([250, 500, 1_000, 2_000]);
  }));
