import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { HttpRequest } from '../../src/http/errors.ts';
import { createTransport } from '../../src/http/transport.ts';
import { closedOrigin } from '../network/closed-origin.ts';

const limits = { requestMs: 5_000, bodyBytes: 1_000 };
const transport = createTransport('test/1');
const seen: { method: string; url: string; headers: Record<string, unknown>; body: string }[] = [];

const routes: Record<string, RequestListener> = {
  '/ok': (_, response) => {
    response.setHeader('Set-Cookie', ['a=1', 'b=2']);
    response.setHeader('X-Mixed', 'Case');
    response.end('zürich');
  },
  '/none': (_, response) => response.writeHead(204).end(),
  '/refused': (_, response) => response.writeHead(500).end('broken'),
  '/redirect': (_, response) => response.writeHead(302, { location: '/ok' }).end('elsewhere'),
  '/no-headers': () => undefined,
  '/no-end': (_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('beginning');
  },
  '/trickle': (_, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(timer));
  },
  '/cut': (_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('beginning', () => response.destroy());
  },
  '/cut-chunked': (_, response) => response.write('beginning', () => response.destroy()),
  '/large': (_, response) => response.end('x'.repeat(1_001)),
  '/exact': (_, response) => response.end('x'.repeat(1_000)),
  '/reset': (request) => request.socket.resetAndDestroy(),
};

let server: Server;
let origin: string;
const get = (path: string): HttpRequest => ({
  method: 'GET',
  url: origin + path,
  headers: { authorization: 'Bearer t' },
});

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      routes[url.split('?')[0]!]?.(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('an exchange', () => {
  test('returns the status, the headers in lower case, and the body as UTF-8', async () => {
    const answer = await transport(get('/ok'), limits);
    expect(answer).toMatchObject({ status: 200, body: 'zürich' });
    expect(answer.headers).toMatchObject({ 'set-cookie': 'a=1, b=2', 'x-mixed': 'Case' });
  });

  test('sends method, path with query, headers and body unchanged, and a user agent', async () => {
    seen.length = 0;
    const headers = { 'content-type': 'application/json', 'x-a': 'b' };
    await transport({ method: 'PUT', url: `${origin}/none?a=b%20c`, headers, body: '{"ü":1}' }, limits);
    await transport({ method: 'POST', url: `${origin}/none`, headers: {}, body: new Uint8Array([65, 66]) }, limits);
    expect(seen).toMatchObject([
      { method: 'PUT', url: '/none?a=b%20c', headers: { ...headers, 'user-agent': 'test/1' }, body: '{"ü":1}' },
      { method: 'POST', headers: { 'content-length': '2' }, body: 'AB' },
    ]);
  });

  test.each([
    ['/none', 204, ''],
    ['/refused', 500, 'broken'],
    ['/exact', 200, 'x'.repeat(1_000)],
  ])('with status %s returns a response', async (path, status, body) => {
    expect(await transport(get(path), limits)).toMatchObject({ status, body });
  });

  test('does not follow a redirect, so the token stays with its host', async () => {
    seen.length = 0;
    expect(await transport(get('/redirect'), limits)).toMatchObject({ status: 302, body: 'elsewhere' });
    expect(seen.map(({ url }) => url)).toEqual(['/redirect']);
  });
});

test('a header that cannot be sent is not a network error, so it is not retried', async () => {
  const request = { ...get('/ok'), headers: { authorization: 'Bearer eyJhbGciOi…' } };
  await expect(transport(request, limits)).rejects.toMatchObject({ code: 'ERR_INVALID_CHAR' });
});

describe('no complete response', () => {
  test.each([
    ['/no-headers', 'timeout', /no complete response within 0\.1 s/],
    ['/no-end', 'timeout', /no complete response within 0\.1 s/],
    ['/trickle', 'timeout', /no complete response within 0\.1 s/],
  ])('in time from %s', async (path, failure, message) => {
    const exchange = transport(get(path), { ...limits, requestMs: 100 });
    await expect(exchange).rejects.toMatchObject({ failure, message: expect.stringMatching(message) });
  });

  test.each([
    ['/cut', 'interrupted', /./],
    ['/cut-chunked', 'interrupted', /./],
    ['/reset', 'interrupted', /ECONNRESET/],
    ['/large', 'too-large', /larger than 1000 bytes/],
  ])('from %s', async (path, failure, message) => {
    await expect(transport(get(path), limits)).rejects.toMatchObject({
      name: 'NetworkError',
      failure,
      message: expect.stringMatching(message),
    });
  });

  test('if no server listens', async () => {
    const refused = transport({ method: 'GET', url: `${closedOrigin}/`, headers: {} }, limits);
    await expect(refused).rejects.toMatchObject({ failure: 'unreachable', message: 'ECONNREFUSED' });
  });

  test('if the server does not use TLS', async () => {
    const plain = createSocketServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const url = `https://127.0.0.1:${(plain.address() as AddressInfo).port}/`;
    const failure = 'untrusted';
    await expect(transport({ method: 'GET', url, headers: {} }, limits)).rejects.toMatchObject({ failure });
    plain.close();
  });

  test('is not reported if the response came while the process was busy', async () => {
    await transport(get('/ok'), limits);
    const exchange = transport(get('/ok'), { ...limits, requestMs: 300 });
    const until = performance.now() + 600;
    // The server is in this process: it answers between the two busy times.
    setImmediate(() => setImmediate(() => setImmediate(() => busyUntil(until))));
    expect(await exchange).toMatchObject({ status: 200 });
  });

  test('if the request is aborted before or while it is sent', async () => {
    const [before, during] = [new AbortController(), new AbortController()];
    before.abort();
    await expect(transport(get('/ok'), limits, before.signal)).rejects.toMatchObject({ name: 'NetworkError' });
    const exchange = transport(get('/no-end'), limits, during.signal);
    during.abort();
    await expect(exchange).rejects.toMatchObject({ name: 'NetworkError' });
  });
});

function busyUntil(time: number): void {
  while (performance.now() < time);
}
