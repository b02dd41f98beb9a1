// A run that is cancelled at any of its requests leaves nothing that the next run would have to wait for.
import { expect, test } from '@jest/globals';
import type { Exchange } from '../../sandbox/sandbox.ts';
import { createInterruption } from '../../src/http/send.ts';
import type { Transport } from '../../src/http/transport.ts';
import { createTransport } from '../../src/http/transport.ts';
import type { Inputs } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import type { Said, StepLab } from '../in-process/step-lab.ts';
import { inProcess } from '../in-process/step-lab.ts';
import { recordKey, storedWorks } from './scenes.ts';

/** Runs the step, and asks it to stop once its nth exchange is over. */
async function cancelledAfter(lab: StepLab, n: number, inputs: Inputs): Promise<{ said: Said; seen: Exchange[] }> {
  const [stop, abandon] = [new AbortController(), new AbortController()];
  const seen: Exchange[] = [];
  lab.hooks.exchanged = (exchange) => {
    if (seen.push(exchange) === n) stop.abort();
  };
  const said = await lab.run(inputs, { interruption: createInterruption(stop.signal, abandon.signal) });
  lab.hooks.exchanged = () => undefined;
  return { said, seen };
}

const intentsIn = async (lab: StepLab): Promise<unknown[]> =>
  (await lab.named(workerName)).map(({ metadata }) => metadata?.[recordKey]?.['intent']);

test.each([
  ['teardown', { state: 'absent' }],
  ['rotation', { 'rotate-secret': 'true' }],
  ['rotation that cuts the old secret off', { 'rotate-secret': 'true', 'secret-overlap': '0' }],
])(
  'a %s that is cancelled after any request leaves no intent, and the next run works at once',
  (_, inputs) =>
    inProcess(async (lab) => {
      for (let n = 1; ; n += 1) {
        await lab.call('reset', {});
        await lab.run(lab.storing);
        const { said, seen } = await cancelledAfter(lab, n, { ...lab.storing, ...inputs });
        if (said.of('setFailed').length === 0) {
          // Asked to stop so late that nothing was left to do.
          expect(seen.length).toBeLessThanOrEqual(n + 2);
          expect(n).toBeGreaterThan(10);
          break;
        }
        expect([n, await intentsIn(lab)]).toEqual([n, [undefined]]);
        expect([n, (await lab.run(lab.storing)).of('setFailed')]).toEqual([n, []]);
        expect([n, await storedWorks(lab)]).toEqual([n, true]);
      }
    }),
  180_000,
);

test('a refusal that arrives after the cancellation says that the step was cancelled', () =>
  inProcess(async (lab) => {
    await lab.faults({ match: { method: 'PUT', path: 're:/secrets/' }, do: { status: 403 } });
    const [stop, abandon] = [new AbortController(), new AbortController()];
    const send = createTransport('pingone-worker-app/test');
    const transport: Transport = (request, ...more) => {
      if (request.method === 'PUT' && request.url.includes('/secrets/')) stop.abort();
      return send(request, ...more);
    };
    const interruption = createInterruption(stop.signal, abandon.signal);
    const said = await lab.run(lab.storing, { transport, interruption });
    expect(said.of('setFailed')).toEqual([
      expect.stringMatching(/^GitHub refused writing .*\n.*\n.* The step was also cancelled\. Done before: /),
    ]);
  }));
