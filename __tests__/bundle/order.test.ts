import { describe, expect, test } from '@jest/globals';
import type { StepEvent } from '../../sandbox/runner/events.ts';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import { inSandbox, outputNames } from './harness.ts';
import { outputsOf } from './outcome.ts';

const isMaskLine = (event: StepEvent): boolean => event.kind === 'line' && event.text.startsWith('::add-mask::');

/** What an event shows to whoever reads the log or the outputs. */
function shown(event: StepEvent): string | undefined {
  if (event.kind === 'output') return event.value;
  return event.kind === 'line' && !isMaskLine(event) ? event.text : undefined;
}

/** The masked values that some text held before they were masked. */
function maskedTooLate({ events, masks }: StepResult): string[] {
  return masks.filter((value) => {
    const masked = events.findIndex((event) => event.kind === 'mask' && event.value === value);
    return events.slice(0, masked).some((event) => shown(event)?.includes(value));
  });
}

/** The values that were masked before the step said anything at all. */
function maskedFirst({ events }: StepResult): string[] {
  const first = events.findIndex((event) => shown(event) !== undefined);
  return events.slice(0, first).flatMap((event) => (event.kind === 'mask' ? [event.value] : []));
}

describe.each([
  ['without debug logging', {}],
  ['with debug logging', { RUNNER_DEBUG: '1' }],
])('log and outputs in one stream, %s', (_, env) => {
  test.concurrent('masks are set before the values that they hide, and outputs after everything else', () =>
    inSandbox(async (lab) => {
      const result = await lab.run(lab.storing, { oneStream: true, env });
      const outputs = outputsOf(result);
      const kinds = result.events.map(({ kind }) => kind);
      expect(Object.keys(outputs).sort()).toEqual([...outputNames].sort());
      expect(result.masks).toEqual(expect.arrayContaining([outputs['client-secret'], outputs['client-id']]));
      expect(maskedTooLate(result)).toEqual([]);
      expect(kinds.lastIndexOf('mask')).toBeLessThan(kinds.indexOf('output'));
      expect(kinds.lastIndexOf('line')).toBeLessThan(kinds.indexOf('output'));
      expect(maskedFirst(result)).toEqual(
        expect.arrayContaining([lab.ready.admin.clientSecret, lab.ready.github.token]),
      );
    }),
  );

  test.concurrent('the credentials are masked before the message about wrong inputs', () =>
    inSandbox(async (lab) => {
      const result = await lab.run({ ...lab.storing, name: '', timeout: 'soon' }, { oneStream: true, env });
      expect(result.conclusion).toBe('failure');
      expect(maskedFirst(result)).toEqual(
        expect.arrayContaining([lab.ready.admin.clientSecret, lab.ready.github.token]),
      );
    }),
  );
});

test.concurrent('debug logging adds details of an error', () =>
  inSandbox(async (lab) => {
    await lab.faults({ match: { path: '/v1/roles' }, do: { status: 403, body: { code: 'ACCESS_FAILED', id: 'abc' } } });
    const result = await lab.run({}, { env: { RUNNER_DEBUG: '1' } });
    expect(result.conclusion).toBe('failure');
    expect(result.stdout).toMatch(/^::debug::PingOneError: GET \/v1\/roles: 403/m);
  }),
);
