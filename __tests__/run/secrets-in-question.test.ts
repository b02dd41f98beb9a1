// PingOne and GitHub are read at different moments: what another run did in between is no reason to refuse.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import type { Transport } from '../../src/http/transport.ts';
import { createTransport } from '../../src/http/transport.ts';
import type { Inputs, Lab } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import { failureOf, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { startBy } from '../in-process/start.ts';
import { byHand, lineOf, storedIn, storedWorks } from '../lifecycle/scenes.ts';

/**
 * Runs the step; its first request to this path is not sent before it has sent these others, and `meanwhile` is over.
 */
async function heldUp(lab: Lab, inputs: Inputs, path: RegExp, others: string, meanwhile: () => Promise<unknown>) {
  const since = (await lab.requests()).length;
  const send = createTransport('pingone-worker-app/test');
  let isHeld = true;
  const transport: Transport = async (request, ...rest) => {
    if (isHeld && request.method === 'GET' && path.test(request.url)) {
      isHeld = false;
      const isSeen = async () =>
        (await lab.requests()).slice(since).some((seen) => lineOf(seen) === others && seen.status !== null);
      while (!(await isSeen())) await sleep(20);
      await meanwhile();
    }
    return send(request, ...rest);
  };
  return lab.run(inputs, { startProcess: (options) => startBy(options, { transport }) });
}

test('secrets that another run stored after this one had read the record', () =>
  inSandbox(async (lab) => {
    const { id } = await byHand(lab);
    const other = () => lab.run(lab.storing).then(outputsOf);
    const result = await heldUp(lab, lab.storing, /actions\/secrets\?/, 'GET metadata', other);
    expect(outputsOf(result)).toMatchObject({ 'client-id': id });
    expect(await storedWorks(lab)).toBe(true);
  }));

test('secrets of a worker that another run created after this one had read the list of applications', () =>
  inSandbox(async (lab) => {
    const other = () => lab.run(lab.storing).then(outputsOf);
    const result = await heldUp(lab, lab.storing, /actions\/secrets\?/, 'GET applications', other);
    expect(outputsOf(result)).toMatchObject({ result: 'unchanged' });
    expect(await lab.named(workerName)).toHaveLength(1);
  }));

test('secrets of a worker that another run tore down after this one had read them', () =>
  inSandbox(async (lab) => {
    outputsOf(await lab.run(lab.storing));
    const other = () => lab.run({ ...lab.storing, state: 'absent' }).then(outputsOf);
    const result = await heldUp(lab, lab.storing, /\/applications(\?|$)/, 'GET secrets', other);
    expect(outputsOf(result)).toMatchObject({ result: 'created' });
    expect(await storedWorks(lab)).toBe(true);
  }));

test('secrets of somebody else are refused, in a dry run as well, and stay', () =>
  inSandbox(async (lab) => {
    outputsOf(await lab.run({ ...lab.storing, name: 'Another' }));
    const theirs = await storedIn(lab);
    for (const dryRun of ['true', 'false']) {
      const { what } = failureOf(await lab.run({ ...lab.storing, 'dry-run': dryRun }));
      expect(what).toMatch(/^`store-in`: the repository octo\/sync already has .*, and this worker's record/);
    }
    expect(await storedIn(lab)).toEqual(theirs);
    expect(await lab.named(workerName)).toEqual([]);
  }));
