import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { request } from 'node:http';
import type { Call, Harness, Json } from './client.ts';
import { harness, WORKER } from './client.ts';

let at: Harness;
let admin: Call;

beforeAll(async () => {
  at = await harness();
  admin = await at.as(at.ready.admin);
});
afterAll(() => at.sandbox.close());
beforeEach(() => at.control('POST /reset'));

const faults = (...list: Json[]) => at.control('POST /faults', list);
const create = (name = 'worker') => admin(`POST ${at.applications}`, { ...WORKER, name });
const exists = async (name = 'worker') =>
  (await at.control('GET /state')).body.applications.some((application: Json) => application.name === name);

interface RawAnswer {
  readonly status: number | undefined;
  readonly length: string | undefined;
  readonly received: number;
  readonly error: string | undefined;
}

/** What arrives of an answer, byte by byte; hangs up once `enough` bytes are there. */
function raw(path: string, enough = Infinity): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const sent = request(`${at.ready.pingone.apiUrl}${path}`, (answer) => {
      let received = 0;
      const done = (error?: string) => {
        sent.destroy();
        resolve({ status: answer.statusCode, length: answer.headers['content-length'], received, error });
      };
      answer.on('data', (chunk: Buffer) => {
        received += chunk.length;
        if (received >= enough) done();
      });
      answer.on('end', () => done());
      answer.on('error', (error: NodeJS.ErrnoException) => done(error.code));
    });
    sent.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ status: undefined, length: undefined, received: 0, error: error.code }),
    );
    sent.end();
  });
}

describe('on the wire', () => {
  test('a reset: nothing arrives, and no status is logged', async () => {
    await faults({ do: { reset: true } });
    expect(await raw('/roles')).toMatchObject({ status: undefined, error: 'ECONNRESET' });
    const [logged] = await at.requests();
    expect([logged.status, logged.end >= logged.start]).toEqual([null, true]);
  });

  test.each([0, 1, 100])('cut after %d bytes of the body', async (bytes) => {
    await faults({ do: { cut: bytes } });
    const { status, length, received, error } = await raw('/roles');
    expect([status, received, error]).toEqual([401, bytes, 'ECONNRESET']);
    expect(Number(length)).toBeGreaterThan(100);
  });

  test('cut beyond the end cuts nothing', async () => {
    await faults({ do: { cut: 100_000 } });
    expect(await raw('/roles')).toMatchObject({ status: 401, error: undefined });
  });

  test('a stall before the headers: the client waits for ever', async () => {
    await faults({ do: { stall: 'headers' } });
    await expect(fetch(`${at.ready.pingone.apiUrl}/roles`, { signal: AbortSignal.timeout(50) })).rejects.toThrow();
    const [logged] = await at.requests();
    expect(logged.status).toBeNull();
  });

  test('a stall in the body: half of it comes', async () => {
    await faults({ do: { stall: 'body', body: 'x'.repeat(100), status: 200 } });
    expect(await raw('/roles', 50)).toMatchObject({ status: 200, length: '100', received: 50 });
  });
});

describe('lists that lag', () => {
  const listed = async () =>
    (await admin(`GET ${at.applications}`)).body._embedded.applications.map(({ name }: Json) => name);
  const LONG = 60_000;

  test('a creation shows when read by id, not in the list', async () => {
    await faults({ match: { method: 'POST' }, do: { hideFor: LONG } });
    const { id } = (await create('hidden')).body;
    await create('shown');
    expect((await admin(`GET ${at.applications}/${id}`)).status).toBe(200);
    expect(await listed()).toContain('shown');
    expect(await listed()).not.toContain('hidden');
    expect(await exists('hidden')).toBe(true);
  });

  test('a change and a deletion show the old list', async () => {
    const { id } = (await create('before')).body;
    const gone = (await create('gone')).body.id;
    await faults({ times: 2, do: { hideFor: LONG } });
    await admin(`PUT ${at.applications}/${id}`, { ...WORKER, name: 'after' });
    await admin(`DELETE ${at.applications}/${gone}`);
    expect((await admin(`GET ${at.applications}/${id}`)).body.name).toBe('after');
    expect(await listed()).toEqual(expect.arrayContaining(['before', 'gone']));
  });

  test("so do the role assignments, and GitHub's lists", async () => {
    const { id } = (await create()).body;
    const role = (await admin('GET /roles')).body._embedded.roles.find(
      ({ name }: Json) => name === 'Identity Data Admin',
    );
    await faults({ match: { method: 'POST' }, times: 2, do: { hideFor: LONG } });
    const sent = { role: { id: role.id }, scope: { type: 'ENVIRONMENT', id: at.environment } };
    const assignment = (await admin(`POST ${at.applications}/${id}/roleAssignments`, sent)).body;
    expect((await admin(`GET ${at.applications}/${id}/roleAssignments`)).body.count).toBe(0);
    expect((await admin(`GET ${at.applications}/${id}/roleAssignments/${assignment.id}`)).status).toBe(200);
    const variables = '/repos/octo/sync/actions/variables';
    await at.github()(`POST ${variables}`, { name: 'A', value: '1' });
    expect((await at.github()(`GET ${variables}`)).body.total_count).toBe(0);
    expect((await at.github()(`GET ${variables}/A`)).status).toBe(200);
  });

  test('what is changed after a hidden creation stays hidden', async () => {
    await faults({ times: 2, do: { hideFor: LONG } });
    const { id } = (await create('first name')).body;
    await admin(`PUT ${at.applications}/${id}`, { ...WORKER, name: 'second name' });
    expect(await listed()).toHaveLength(7);
  });

  test('until the time is over', async () => {
    await faults({ do: { hideFor: 0 } });
    await create('soon');
    expect(await listed()).toContain('soon');
  });
});
