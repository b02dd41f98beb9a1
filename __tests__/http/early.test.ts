import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, expect, jest, test } from '@jest/globals';
import { createTransport } from '../../src/http/transport.ts';

const limits = { requestMs: 10_000, bodyBytes: 1_000 };
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** A server that counts its connections, and answers when it is told to. */
async function listen(): Promise<{ url: string; server: Server; sockets: Socket[]; used: Set<Socket> }> {
  const sockets: Socket[] = [];
  const used = new Set<Socket>();
  const server = createServer((request, response) => {
    used.add(request.socket);
    setTimeout(() => response.end('ok'), 50);
  }).on('connection', (socket: Socket) => sockets.push(socket));
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server, sockets, used };
}

const until = async (isTrue: () => boolean): Promise<void> => {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
};
const get = (url: string) => ({ method: 'GET', url, headers: {} }) as const;

test('connections are opened while another request is in progress, and the next requests use them', async () => {
  const [first, second] = [await listen(), await listen()];
  const transport = createTransport('test');
  transport.connectAhead?.(second.url, 3, new AbortController().signal);
  expect(second.sockets).toEqual([]);
  await transport(get(first.url), limits);
  await until(() => second.sockets.length === 3);
  const early = new Set(second.sockets);
  await Promise.all([1, 2, 3].map(() => transport(get(second.url), limits)));
  expect(second.used).toEqual(early);
  expect(second.sockets).toHaveLength(3);
});

test('the signal closes unused connections, used ones stay open', async () => {
  const [first, second] = [await listen(), await listen()];
  const transport = createTransport('test');
  const ended = new AbortController();
  transport.connectAhead?.(second.url, 2, ended.signal);
  await transport(get(first.url), limits);
  await until(() => second.sockets.length === 2);
  await transport(get(second.url), limits);
  ended.abort();
  await until(() => second.sockets.some(({ destroyed }) => destroyed));
  await transport(get(second.url), limits);
  expect(second.sockets).toHaveLength(2);
});

test('a connection that the server closed before its use causes no failed request', async () => {
  const [first, second] = [await listen(), await listen()];
  const transport = createTransport('test');
  transport.connectAhead?.(second.url, 1, new AbortController().signal);
  await transport(get(first.url), limits);
  await until(() => second.sockets.length === 1);
  second.sockets[0]?.destroy();
  await until(() => second.sockets[0]?.destroyed === true);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await expect(transport(get(second.url), limits)).resolves.toMatchObject({ status: 200 });
  expect(second.used.size).toBe(1);
});

test('a connection that is too old when a request comes is closed, and not used', async () => {
  const [first, second] = [await listen(), await listen()];
  const transport = createTransport('test');
  transport.connectAhead?.(second.url, 1, new AbortController().signal);
  await transport(get(first.url), limits);
  await until(() => second.sockets.length === 1);
  const now = performance.now();
  const clock = jest.spyOn(performance, 'now').mockImplementation(() => now + 11_000);
  await transport(get(second.url), limits).finally(() => clock.mockRestore());
  expect(second.used.has(second.sockets[0] as Socket)).toBe(false);
  await until(() => second.sockets[0]?.destroyed === true);
});

test('a request that cannot be repeated uses one too: no response came on it, after which the server might close it', async () => {
  const [first, second] = [await listen(), await listen()];
  second.server.on('request', (request, response) => response.on('finish', () => request.socket.end()));
  const transport = createTransport('test');
  transport.connectAhead?.(second.url, 2, new AbortController().signal);
  await transport(get(first.url), limits);
  await until(() => second.sockets.length === 2);
  const create = { ...get(second.url), method: 'POST', isUnrepeatable: true } as const;
  await expect(transport(create, limits)).resolves.toMatchObject({ status: 200 });
  await expect(transport(create, limits)).resolves.toMatchObject({ status: 200 });
  expect(second.sockets).toHaveLength(2);
  await expect(transport(create, limits)).resolves.toMatchObject({ status: 200 });
  expect(second.sockets).toHaveLength(3);
});

test('if a connection cannot be opened ahead, only the request reports the error', async () => {
  const [first, second] = [await listen(), await listen()];
  second.server.close();
  const transport = createTransport('test');
  transport.connectAhead?.(second.url, 2, new AbortController().signal);
  await transport(get(first.url), limits);
  await expect(transport(get(second.url), limits)).rejects.toMatchObject({ failure: 'unreachable' });
});

test('if no request gets a connection, none is opened ahead', async () => {
  const second = await listen();
  const transport = createTransport('test', { https_proxy: 'ftp://no-proxy.test' });
  transport.connectAhead?.(second.url, 2, new AbortController().signal);
  await expect(transport(get('https://api.pingone.test/'), limits)).rejects.toMatchObject({ failure: 'proxy-refused' });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(second.sockets).toEqual([]);
});
