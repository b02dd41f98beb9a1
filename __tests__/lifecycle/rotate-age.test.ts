import { describe, expect, test } from '@jest/globals';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import type { Inputs, Lab } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import { failureOf, messages, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { byHand, changesOf, forbidden, getsToken, lineOf, recordOf, requestsOf, storedWorks } from './scenes.ts';

const day = 86_400;
const aged = { 'rotate-secret': '90d' };
const secretOf = async (lab: Lab) => (await lab.theOnly(workerName)).secret!;
const rotatedBy = async (lab: Lab, inputs: Inputs = aged) =>
  outputsOf(await lab.run({ ...lab.storing, ...inputs }))['secret-rotated'];
const linesOf = (result: StepResult): string[] =>
  result.events.flatMap((event) => (event.kind === 'line' ? [event.text] : []));
/** The summary with its character references resolved. */
const summaryOf = ({ summary }: StepResult): string =>
  summary.raw.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
const sinceOf = async (lab: Lab) => ((await recordOf(lab))!['secret'] as { since: string }).since;

describe('`rotate-secret` with an age', () => {
  test.concurrent("rotates only a secret that is older, by PingOne's clock, and then counts from zero", () =>
    inSandbox(async (lab) => {
      expect(await rotatedBy(lab)).toBe('false');
      const old = await secretOf(lab);
      await lab.advance(89 * day + 60);
      const young = await lab.run({ ...lab.storing, ...aged });
      expect(outputsOf(young)).toMatchObject({ 'secret-rotated': 'false', result: 'unchanged' });
      expect(linesOf(young)).toContainEqual(
        expect.stringMatching(/^The client secret is 89 days old, .* The first run after .* UTC rotates it\.$/),
      );
      await lab.advance(day);
      const outputs = outputsOf(await lab.run({ ...lab.storing, ...aged }));
      expect(outputs).toMatchObject({ 'secret-rotated': 'true', result: 'updated' });
      expect(changesOf(outputs)).toEqual([{ kind: 'rotate-secret' }]);
      const { id, secret } = await lab.theOnly(workerName);
      expect(secret).not.toBe(old);
      expect(await getsToken(lab, id, old)).toBe(true);
      expect(await storedWorks(lab)).toBe(true);
      await lab.advance(89 * day);
      expect(await rotatedBy(lab)).toBe('false');
    }),
  );

  test.concurrent('an age of one day with the default overlap rotates each day', () =>
    inSandbox(async (lab) => {
      await rotatedBy(lab);
      for (let days = 1; days <= 2; days += 1) {
        await lab.advance(day + 120);
        expect(await rotatedBy(lab, { 'rotate-secret': '1d' })).toBe('true');
      }
    }),
  );

  test.concurrent('with `secret-overlap: 0` rotates only an old secret, and revokes the old one immediately', () =>
    inSandbox(async (lab) => {
      const cut = { ...aged, 'secret-overlap': '0' };
      expect(await rotatedBy(lab, cut)).toBe('false');
      expect(await rotatedBy(lab, cut)).toBe('false');
      const old = await secretOf(lab);
      await lab.advance(91 * day);
      expect(await rotatedBy(lab, cut)).toBe('true');
      expect(await getsToken(lab, (await lab.theOnly(workerName)).id, old)).toBe(false);
    }),
  );

  test.concurrent('waits without a warning or a write while an earlier previous secret is valid', () =>
    inSandbox(async (lab) => {
      await rotatedBy(lab);
      const weekly = { 'rotate-secret': '1d', 'secret-overlap': '7d' };
      await lab.advance(2 * day);
      expect(await rotatedBy(lab, weekly)).toBe('true');
      await lab.advance(2 * day);
      let result: StepResult | undefined;
      const requests = await requestsOf(lab, async () => (result = await lab.run({ ...lab.storing, ...weekly })));
      expect(outputsOf(result!)).toMatchObject({ 'secret-rotated': 'false', result: 'unchanged', changed: 'false' });
      expect(requests.filter(({ write }) => write)).toEqual([]);
      const until =
        /a rotation is due\. It waits for the previous secret, which is valid until .* UTC: the first run after/;
      expect(linesOf(result!)).toContainEqual(expect.stringMatching(until));
      expect(summaryOf(result!)).toMatch(until);
      expect([messages(result!, 'warning'), messages(result!, 'notice')]).toEqual([[], []]);
      await lab.advance(6 * day);
      expect(await rotatedBy(lab, weekly)).toBe('true');
    }),
  );

  test.concurrent('counts from a rotation by hand', () =>
    inSandbox(async (lab) => {
      await rotatedBy(lab);
      await lab.advance(100 * day);
      await lab.console({ application: (await lab.theOnly(workerName)).id, rotate: true });
      const byHandSecret = await secretOf(lab);
      const before = await sinceOf(lab);
      expect(await rotatedBy(lab)).toBe('false');
      expect(await secretOf(lab)).toBe(byHandSecret);
      expect(Date.parse(await sinceOf(lab)) - Date.parse(before)).toBeGreaterThanOrEqual(99 * day * 1000);
      await lab.advance(91 * day);
      expect(await rotatedBy(lab)).toBe('true');
    }),
  );

  test.concurrent('counts from the first run that saw the secret of an adopted worker', () =>
    inSandbox(async (lab) => {
      await byHand(lab);
      await lab.advance(400 * day);
      const result = await lab.run({ ...lab.storing, ...aged });
      expect(outputsOf(result)['secret-rotated']).toBe('false');
      expect(linesOf(result)).toContainEqual(expect.stringContaining('the first to see the client secret'));
      await lab.advance(91 * day);
      expect(await rotatedBy(lab)).toBe('true');
    }),
  );
});

describe('a dry run', () => {
  test.concurrent('shows how old the secret is and when it will be rotated, in log and summary', () =>
    inSandbox(async (lab) => {
      await rotatedBy(lab);
      await lab.advance(45 * day + 60);
      const young = await lab.run({ ...aged, 'dry-run': 'true' });
      expect(outputsOf(young)).toMatchObject({ result: 'unchanged', changes: '[]' });
      const text = /The client secret is 45 days old, counted from .* The first run after/;
      expect(linesOf(young).join('\n')).toMatch(text);
      expect(summaryOf(young)).toMatch(text);
      await lab.advance(46 * day);
      const requests = await requestsOf(lab, async () => {
        const due = await lab.run({ ...aged, 'dry-run': 'true' });
        expect(changesOf(outputsOf(due))).toEqual([{ kind: 'rotate-secret' }]);
        expect(summaryOf(due)).toContain('91 days old');
      });
      expect(requests.filter(({ write }) => write)).toEqual([]);
      expect(requests.map(lineOf)).not.toContain('GET secret');
    }),
  );
});

describe('without a record', () => {
  test.concurrent.each([
    ['PingOne does not return the record', { match: { path: 're:/metadata$' }, times: 999, do: forbidden }],
    [
      'PingOne does not store the record',
      { match: { method: 'PUT', path: 're:/metadata$' }, times: 999, do: forbidden },
    ],
  ])('an age is refused before any change: %s', (_, fault) =>
    inSandbox(async (lab) => {
      await byHand(lab, { enabled: false });
      await lab.faults(fault);
      const requests = await requestsOf(lab, async () => {
        const { what, cause } = failureOf(await lab.run(aged));
        expect(what).toContain('`rotate-secret` is an age, but no record says how old the client secret is');
        expect(cause).toContain('PingOne does not store application metadata');
      });
      expect(requests.filter(({ write, status }) => write && status !== 403)).toEqual([]);
    }),
  );
});

describe('the last use of the previous secret', () => {
  test.concurrent('after the new secret was stored: a consumer still uses the previous one', () =>
    inSandbox(async (lab) => {
      await rotatedBy(lab);
      const { id, secret: old } = await lab.theOnly(workerName);
      const rotated = outputsOf(await lab.run({ ...lab.storing, 'rotate-secret': 'true' }));
      expect(rotated['previous-secret-last-used']).toBe('');
      await lab.advance(3600);
      expect(await getsToken(lab, id, old!)).toBe(true);
      const { lastUsed } = (await lab.theOnly(workerName)).previous as { lastUsed?: string };
      await lab.advance(2 * 3600 + 60);
      const result = await lab.run(lab.storing);
      const text = 'The previous secret was last used 2 h ago, after the new one was stored: a consumer still uses it.';
      expect(outputsOf(result)['previous-secret-last-used']).toBe(lastUsed);
      expect(linesOf(result)).toContain(text);
      expect(summaryOf(result)).toContain(text);
    }),
  );

  test.concurrent('before that', () =>
    inSandbox(async (lab) => {
      await rotatedBy(lab);
      const { id, secret: old } = await lab.theOnly(workerName);
      await lab.console({ application: id, rotate: true });
      const current = outputsOf(await lab.run(lab.storing))['client-secret']!;
      const lastUsed = '2026-01-02T03:04:05.000Z';
      const previous = { secret: old, expiresAt: '2030-01-01T00:00:00.000Z', lastUsed };
      const body = { secret: current, previous };
      await lab.faults({ match: { method: 'GET', path: 're:/secret$' }, times: 9, do: { status: 200, body } });
      const result = await lab.run(lab.storing, { answersAreLost: true });
      expect(outputsOf(result)['previous-secret-last-used']).toBe(lastUsed);
      expect(linesOf(result)).toContainEqual(expect.stringMatching(/ago, before the new one was stored\.$/));
    }),
  );

  test.concurrent('at a time that PingOne does not return in a known format', () =>
    inSandbox(async (lab) => {
      const outputs = outputsOf(await lab.run(lab.storing));
      const previous = { secret: 'made~up_previous', expiresAt: '2030-01-01T00:00:00.000Z', lastUsed: 12 };
      const body = { secret: outputs['client-secret'], previous };
      await lab.faults({ match: { method: 'GET', path: 're:/secret$' }, times: 9, do: { status: 200, body } });
      const result = await lab.run(lab.storing, { answersAreLost: true });
      expect(outputsOf(result)['previous-secret-last-used']).toBe('');
    }),
  );
});
