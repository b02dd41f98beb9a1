import { describe, expect, test } from '@jest/globals';
import * as z from 'zod/mini';
import { Cancelled } from '../../src/errors.ts';
import { decodeJson, NetworkError } from '../../src/http/errors.ts';
import type { HttpResponse } from '../../src/http/errors.ts';
import type { SendRequest } from '../../src/http/send.ts';
import { fakeWorld, json } from './fakes.ts';

const url = 'https://api.pingone.eu/v1/things?secret-cursor=1';
const read: SendRequest = { kind: 'read', method: 'GET', url, headers: { a: 'b' } };
const write: SendRequest = { ...read, kind: 'write', method: 'PUT', body: '{}' };
const create: SendRequest = { ...read, kind: 'create', method: 'POST', body: '{}' };
const status = (response: HttpResponse): number => response.status;
const refused = new NetworkError('unreachable', 'ECONNREFUSED');
const cut = new NetworkError('interrupted', 'ECONNRESET');

describe('a request', () => {
  test('with a response is sent once, with its limits', async () => {
    const { send, sent, lines } = fakeWorld({ status: 204 });
    expect(await send(read, status)).toBe(204);
    expect(sent).toMatchObject([{ request: { ...read }, limits: { requestMs: 15_000, bodyBytes: 1_000 } }]);
    expect(lines).toEqual([]);
  });

  test.each([400, 401, 403, 404, 409, 422])('that is refused with %i is returned to the caller', async (code) => {
    const { send, sent } = fakeWorld({ status: code });
    expect(await send(read, status)).toBe(code);
    expect(sent).toHaveLength(1);
  });

  test('that fails is repeated, and the log shows the first wait and its end, without the query', async () => {
    const { send, sent, lines, clock } = fakeWorld({ status: 503 }, cut, refused, {});
    expect(await send(read, status)).toBe(200);
    expect(sent).toHaveLength(4);
    expect(clock.slept).toEqual([250, 500, 1_000]);
    expect(lines).toEqual([
      'GET api.pingone.eu/v1/things: status 503; retrying in 0.3 s',
      'GET api.pingone.eu/v1/things: succeeded after 3 retries in 1.8 s',
    ]);
  });

  test('waits as the server asks', async () => {
    const { send, clock } = fakeWorld({ status: 429, headers: { 'retry-after': '7' } }, {});
    await send(write, status);
    expect(clock.slept).toEqual([7_250]);
  });

  test("waits until the time that the server asks for, by the server's clock", async () => {
    const headers = { date: 'Mon, 23 Nov 2026 09:00:00 GMT', 'retry-after': 'Mon, 23 Nov 2026 09:00:07 GMT' };
    const { send, clock } = fakeWorld({ status: 503, headers }, {});
    await send(read, status);
    expect(clock.slept).toEqual([7_250]);
    const read2: number[] = [];
    const other = fakeWorld({ status: 429, headers: { date: headers.date } });
    await other.send({ ...read, askedMs: (_, now) => void read2.push(now) }, status).catch(() => undefined);
    expect(read2[0]).toBe(Date.parse('2026-11-23T09:00:00Z'));
  });

  test('tells the transport whether it can be sent again', async () => {
    const { send, sent } = fakeWorld({});
    for (const request of [read, write, create]) await send(request, status);
    expect(sent.map(({ request }) => request.isUnrepeatable)).toEqual([false, false, true]);
  });

  test("waits as the caller's check of the response asks, even if the status is a success", async () => {
    const { send, clock } = fakeWorld({ status: 403 }, {});
    const askedMs = ({ status: code }: HttpResponse) => (code === 403 ? 3_000 : undefined);
    expect(await send({ ...read, askedMs }, status)).toBe(200);
    expect(clock.slept).toEqual([3_250]);
  });

  test('that may have created something is not repeated', async () => {
    const { send, sent } = fakeWorld(cut);
    await expect(send(create, status)).rejects.toMatchObject({ failure: 'interrupted' });
    expect(sent).toHaveLength(1);
  });

  test('that cannot have created something is repeated', async () => {
    const { send, sent } = fakeWorld(refused, { status: 429 }, { status: 201 });
    expect(await send(create, status)).toBe(201);
    expect(sent).toHaveLength(3);
  });
});

describe('the deadline of the step', () => {
  test('limits the waits: the last failure is thrown, with its reason', async () => {
    const { send, clock } = fakeWorld(new NetworkError('timeout', 'no complete response within 15 s'));
    const start = clock.now();
    await expect(send(read, status)).rejects.toThrow(
      'GET api.pingone.eu/v1/things: no complete response within 15 s (timeout, and no time is left)',
    );
    expect(clock.now() - start).toBeLessThan(300_000);
    expect(clock.slept.length).toBeGreaterThan(20);
  });

  test('limits the waits: the last response is decoded if there is one', async () => {
    const { send } = fakeWorld({ status: 500 });
    expect(await send(read, status)).toBe(500);
  });

  test('limits each request', async () => {
    const { send, sent, clock } = fakeWorld({});
    clock.time += 299_000;
    await send(read, status);
    clock.time += 5_000;
    await send(read, status);
    expect(sent.map(({ limits }) => limits.requestMs)).toEqual([1_000, 1]);
  });
});

describe('a response that cannot be decoded', () => {
  const schema = z.object({ id: z.string() });
  const decode = (response: HttpResponse) => decodeJson(response, schema);
  const page = { status: 200, body: '<html>Log in</html>' };

  test.each([
    ['is a page', page],
    ['is incomplete', { ...json({}), body: '{ "id": "a' }],
  ])('(it %s) is requested again', async (_, garbled) => {
    const { send, lines } = fakeWorld(garbled, json({ id: 'a' }));
    expect(await send(read, decode)).toEqual({ id: 'a' });
    expect(lines).toEqual([expect.stringContaining('garbled')]);
  });

  test('is not requested again if the request may have created something', async () => {
    const { send, sent } = fakeWorld(page, json({ id: 'a' }));
    await expect(send(create, decode)).rejects.toMatchObject({ failure: 'garbled' });
    expect(sent).toHaveLength(1);
  });

  test.each([
    ['JSON of another shape', json({ id: 1 })],
    ['without content', { status: 204 }],
    ['accepted, but not done', json({ id: 'a' }, 202)],
  ])('(it is %s) is complete, and so not requested again', async (_, answer) => {
    const { send, sent } = fakeWorld(answer, json({ id: 'a' }));
    await expect(send(read, decode)).rejects.toMatchObject({ failure: 'unexpected' });
    expect(sent).toHaveLength(1);
  });

  test('(it is JSON only by its text) is requested again', async () => {
    const { send } = fakeWorld({ status: 200, body: '{"id":"b"}' }, json({ id: 'a' }));
    expect(await send(read, decode)).toEqual({ id: 'a' });
  });

  test('is not quoted in the message', async () => {
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const { send } = fakeWorld({ status: 200, headers, body: 'the body' });
    const error: unknown = await send(create, decode).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('status 200 with a body that is not JSON');
    expect(String(error)).not.toContain('the body');
  });

  test('for another reason is an ordinary error', async () => {
    const { send, sent } = fakeWorld({});
    await expect(
      send(read, () => {
        throw new RangeError('mine');
      }),
    ).rejects.toThrow(RangeError);
    expect(sent).toHaveLength(1);
  });
});

describe('a cancelled step', () => {
  test('sends no request', async () => {
    const { send, sent, cancel } = fakeWorld({});
    cancel();
    await expect(send(read, status)).rejects.toThrow(new Cancelled('before GET api.pingone.eu/v1/things'));
    expect(sent).toEqual([]);
  });

  test('does not repeat a request that it waits for', async () => {
    const { send, sent, cancel, clock } = fakeWorld({ status: 503 }, {});
    clock.onSleep = cancel;
    await expect(send(read, status)).rejects.toThrow(Cancelled);
    expect(sent).toHaveLength(1);
  });

  test.each([
    ['a read is aborted immediately', read, true],
    ['a write continues', write, false],
    ['a creation continues', create, false],
  ])('%s', async (_, request, givenUp) => {
    const { send, sent, cancel } = fakeWorld({});
    await send(request, status);
    cancel();
    expect(sent[0]!.signal?.aborted).toBe(givenUp);
  });

  test.each([write, create])('a $kind is aborted later', async (request) => {
    const { send, sent, abandon } = fakeWorld({});
    await send(request, status);
    abandon();
    expect(sent[0]!.signal?.aborted).toBe(true);
  });

  test('reports a request that was aborted, and returns the response to one that was not', async () => {
    const world = fakeWorld(() => {
      world.cancel();
      return cut;
    });
    await expect(world.send(read, status)).rejects.toMatchObject({
      name: 'Cancelled',
      message: 'during GET api.pingone.eu/v1/things',
    });
    const other = fakeWorld(() => {
      other.cancel();
      return { status: 200 };
    });
    expect(await other.send(write, status)).toBe(200);
  });
});

describe('the end of the process', () => {
  test.each([
    [read, true],
    [write, false],
    [create, false],
  ])('after a failure: while a request is under way (%j), it is due: %s', async (request, isDue) => {
    const { promise, resolve } = Promise.withResolvers<object>();
    const { send, interruption, cancel } = fakeWorld(() => promise);
    const sending = send(request, status);
    cancel();
    const events: string[] = [];
    const settled = interruption.settled().then(() => events.push('settled'));
    await new Promise(setImmediate);
    expect(events).toEqual(isDue ? ['settled'] : []);
    resolve({});
    await Promise.all([sending, settled]);
  });

  test('waits for work that must not stop halfway, also between its requests', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const { interruption } = fakeWorld();
    const events: string[] = [];
    const section = interruption.critical(() => promise.then(() => events.push('done')));
    const settled = interruption.settled().then(() => events.push('settled'));
    await new Promise(setImmediate);
    resolve(undefined);
    await Promise.all([section, settled]);
    expect(events).toEqual(['done', 'settled']);
  });
});
