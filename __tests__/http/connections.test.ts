import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { HttpRequest } from '../../src/http/errors.ts';
import { createTransport } from '../../src/http/transport.ts';

const limits = { requestMs: 10_000, bodyBytes: 1_000 };
const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/** A server, the connections that it has got, and a client of its own for it. */
async function serve(listener: RequestListener) {
  const connections: number[] = [];
  const server: Server = createServer(listener).on('connection', (socket: Socket) =>
    connections.push(socket.remotePort!),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const transport = createTransport('test');
  const send = (request: Partial<HttpRequest> = {}, path = '') =>
    transport({ method: 'GET', url: url + path, headers: {}, ...request }, limits);
  return { connections, send };
}

const create = { method: 'POST', body: '{}', isUnrepeatable: true } as const;

describe('a connection', () => {
  test('is reused, by a request that cannot be repeated only after the server has shown that it keeps connections open', async () => {
    const { connections, send } = await serve((_, response) => void setTimeout(() => response.end(), 60));
    await send();
    await send(create);
    expect(connections).toHaveLength(2);
    await send();
    await send(create);
    await send();
    expect(connections).toHaveLength(2);
  });

  test('that a response frees at the same moment is reused', async () => {
    const waiting: (() => void)[] = [];
    const { connections, send } = await serve((request, response) => {
      if (request.url !== '/together') {
        response.end();
        return;
      }
      waiting.push(() => response.end());
      if (waiting.length === 2) for (const answer of waiting.splice(0)) answer();
    });
    const [first, second] = [send({}, 'together'), send({}, 'together')];
    await Promise.race([first, second]);
    await Promise.all([first, second, send(), send()]);
    expect(connections).toHaveLength(2);
  });

  test('that breaks on reuse is followed by new ones', async () => {
    const used = new WeakSet<object>();
    const { send } = await serve((request, response) => {
      if (used.has(request.socket)) request.socket.resetAndDestroy();
      else response.end();
      used.add(request.socket);
    });
    // Three at once, so that three connections are there to be used again.
    await Promise.all([send(), send(), send()]);
    await expect(send()).rejects.toMatchObject({ failure: 'interrupted' });
    expect(await send()).toMatchObject({ status: 200 });
  });
});

describe('a server that closes each connection after its response without saying so', () => {
  test('responds to every request that cannot be repeated', async () => {
    const { send } = await serve((request, response) => {
      response.on('finish', () => request.socket.end());
      response.end();
    });
    const statuses: number[] = [];
    for (let round = 0; round < 12; round += 1) {
      await Promise.allSettled([send(), send()]);
      statuses.push((await send(create)).status);
      statuses.push((await send(create)).status);
    }
    expect(statuses).toEqual(Array(24).fill(200));
  });
});

describe('a response that is not HTTP', () => {
  const raw = async (bytes: string): Promise<string> => {
    const server = createSocketServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.once('data', () => socket.write(bytes));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanups.push(() => server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  };

  test.each(['GET', 'POST'] as const)('101 to a %s fails immediately', async (method) => {
    const url = await raw('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n');
    const exchange = createTransport('test')({ method, url, headers: {} }, limits);
    await expect(exchange).rejects.toMatchObject({
      failure: 'garbled',
      message: expect.stringContaining('status 101'),
    });
  });

  test('another protocol fails immediately', async () => {
    const url = await raw('220 mail.example ESMTP\r\n');
    const exchange = createTransport('test')({ method: 'GET', url, headers: {} }, limits);
    await expect(exchange).rejects.toMatchObject({ failure: 'garbled', message: expect.stringContaining('HPE_') });
  });

  test('1xx without end fails at the deadline', async () => {
    const url = await raw('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(3));
    const exchange = createTransport('test')({ method: 'GET', url, headers: {} }, { ...limits, requestMs: 200 });
    await expect(exchange).rejects.toMatchObject({ failure: 'timeout' });
  });
});
