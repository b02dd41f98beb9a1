import { describe, expect, test } from '@jest/globals';
import type { Lab } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import { failureOf, messages, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { forbidden, expectNoRequest, getsToken, lineOf, storedWorks } from './scenes.ts';

const minute = 60_000;
const day = 86_400_000;
const rotate = (overlap: string) => ({ 'rotate-secret': 'true', 'secret-overlap': overlap });
const worker = (lab: Lab) => lab.theOnly(workerName);
/** How far ahead by the sandbox's clock, which the tests turn forward, an output lies, in milliseconds. */
const ahead = (expiresAt: string | undefined, turnedMs: number): number =>
  Date.parse(expiresAt!) - (Date.now() + turnedMs);

describe('`secret-overlap`', () => {
  test.concurrent.each([
    ['2m', 2 * minute],
    ['90m', 90 * minute],
    ['7d', 7 * day],
    ['30d', 30 * day - 5 * minute],
  ])("%s counts by PingOne's clock, within PingOne's limits", (overlap, ms) =>
    inSandbox(async (lab) => {
      await lab.advance((3 * day) / 1000);
      outputsOf(await lab.run());
      const outputs = outputsOf(await lab.run(rotate(overlap)));
      expect(outputs).toMatchObject({ 'secret-rotated': 'true' });
      // The header `Date` knows whole seconds, and the step took a while.
      const difference = ahead(outputs['previous-secret-expires-at'], 3 * day) - ms;
      expect(difference).toBeLessThanOrEqual(0);
      expect(difference).toBeGreaterThan(-30_000);
      expect((await worker(lab)).previous).toBeDefined();
    }),
  );

  test.concurrent.each(['1m', '31d', '24', '1h30m', '-1h', '0h', 'never', '99999d'])('%s is refused', (overlap) =>
    inSandbox(async (lab) => {
      const { what } = failureOf(await lab.run(rotate(overlap)));
      expect(what).toContain('`secret-overlap` must be `0`, or a number with a unit from `2m` to `30d`');
      expect(what).toContain(`got \`${overlap}\``);
      await expectNoRequest(lab);
    }),
  );
});

describe('`secret-overlap: 0`', () => {
  test.concurrent('revokes the old secret immediately', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(lab.storing));
      const { id, secret: old } = await worker(lab);
      const outputs = outputsOf(await lab.run({ ...lab.storing, ...rotate('0') }));
      expect(outputs).toMatchObject({ 'secret-rotated': 'true', 'previous-secret-expires-at': '' });
      expect((await worker(lab)).previous).toBeUndefined();
      expect(await getsToken(lab, id, old!)).toBe(false);
      expect(await getsToken(lab, id, outputs['client-secret']!)).toBe(true);
      expect(await storedWorks(lab)).toBe(true);
    }),
  );

  test.concurrent('revokes both older secrets while a rotation is not finished', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run());
      const { id, secret: first } = await worker(lab);
      const second = outputsOf(await lab.run(rotate('24h')))['client-secret']!;
      const result = await lab.run(rotate('0'));
      expect(outputsOf(result)).toMatchObject({ 'secret-rotated': 'true', 'previous-secret-expires-at': '' });
      expect(messages(result, 'warning')).toEqual([]);
      expect((await worker(lab)).previous).toBeUndefined();
      for (const secret of [first!, second]) expect(await getsToken(lab, id, secret)).toBe(false);
    }),
  );

  test.concurrent('deletes a previous secret that PingOne still lists, and masks it', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run());
      const { secret } = await worker(lab);
      const previous = { secret: 'still~listed_0123456789', expiresAt: '2030-01-01T00:00:00.000Z' };
      await lab.faults({
        match: { method: 'POST', path: 're:/secret$' },
        do: { status: 200, body: { secret, previous } },
      });
      const before = (await lab.requests()).length;
      const result = await lab.run(rotate('0'));
      expect(outputsOf(result)).toMatchObject({ 'previous-secret-expires-at': '' });
      expect((await lab.requests()).slice(before).map(lineOf)).toContain('DELETE secret');
      expect(result.masks).toContain(previous.secret);
    }),
  );

  test.concurrent.each([
    ['is refused', forbidden],
    ['gets no response', { stall: 'headers' }],
  ])('deletes the previous secret after the new one is stored; if that %s, the step says that it works', (_, fault) =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(lab.storing));
      const { secret } = await worker(lab);
      const previous = { secret: 'still~listed_0123456789', expiresAt: '2030-01-01T00:00:00.000Z' };
      await lab.faults(
        { match: { method: 'POST', path: 're:/secret$' }, do: { status: 200, body: { secret, previous } } },
        { match: { method: 'DELETE', path: 're:/secret$' }, times: 9, do: fault },
      );
      const before = (await lab.requests()).length;
      const { what, fix } = failureOf(await lab.run({ ...lab.storing, ...rotate('0'), timeout: '30' }));
      expect(what).toMatch(/^PingOne .* deleting the previous secret: /);
      expect(fix).toContain(
        `The secret was rotated, and the new one is stored. The previous secret still works until ${previous.expiresAt}. ` +
          'To revoke it, run the workflow again with `rotate-secret: true` and `secret-overlap: 0`',
      );
      expect(fix).not.toContain('no longer works');
      const lines = (await lab.requests()).slice(before).map(lineOf);
      expect(lines.lastIndexOf('PUT PINGONE_WORKER_CLIENT_SECRET')).toBeLessThan(lines.indexOf('DELETE secret'));
    }),
  );

  test.concurrent('names all failures if neither storing nor deleting the previous secret succeeds', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(lab.storing));
      const { secret } = await worker(lab);
      const previous = { secret: 'still~listed_0123456789' };
      await lab.faults(
        { match: { method: 'POST', path: 're:/secret$' }, do: { status: 200, body: { secret, previous } } },
        { match: { method: 'DELETE', path: 're:/secret$' }, times: 9, do: forbidden },
        { match: { server: 'github', method: 'PUT', n: 4 }, times: 9, do: { status: 403, body: { message: 'No' } } },
      );
      const { what, fix } = failureOf(await lab.run({ ...lab.storing, ...rotate('0') }));
      expect(what).toContain('GitHub refused writing PINGONE_WORKER_CLIENT_ID');
      expect(fix).toContain('Also failed: PingOne refused deleting the previous secret: ');
      expect(fix).toContain('The secret was rotated. The previous secret still works. To revoke it, run');
    }),
  );
});
