import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { HttpRequest } from '../../src/http/errors.ts';
import { createTransport } from '../../src/http/transport.ts';

/** What `@actions/http-client` does by default, each of which the transport has to do otherwise; on real sockets. */
describe('one request over a real socket', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  const serve = async (listener: RequestListener): Promise<{ url: string; seen: string[] }> => {
    const seen: string[] = [];
    const server = createServer((incoming, outgoing) => {
      seen.push(`${incoming.method} ${incoming.headers.authorization ?? ''}`);
      listener(incoming, outgoing);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, seen };
  };
  const limits = { requestMs: 400, bodyBytes: 1000 };
  const send = (url: string, more: Partial<HttpRequest> = {}) =>
    createTransport('test')({ method: 'GET', url, headers: { authorization: 'Bearer t' }, ...more }, limits);

  test('a body that stalls after the headers ends at the deadline', async () => {
    const { url } = await serve((_, outgoing) => {
      outgoing.writeHead(200, { 'content-length': '10' }).write('half');
    });
    await expect(send(url)).rejects.toMatchObject({ failure: 'timeout', message: 'no complete response within 0.4 s' });
  });

  test('headers that never arrive end at the deadline', async () => {
    const { url } = await serve(() => undefined);
    await expect(send(url)).rejects.toMatchObject({ failure: 'timeout' });
  });

  test('a truncated body is an error', async () => {
    const { url } = await serve((_, outgoing) => {
      outgoing.writeHead(200, { 'content-length': '10' }).write('half', () => outgoing.destroy());
    });
    await expect(send(url)).rejects.toMatchObject({ failure: 'interrupted' });
  });

  test('a body without end stops at the size limit', async () => {
    const { url } = await serve((_, outgoing) => {
      outgoing.writeHead(200).end('x'.repeat(5000));
    });
    await expect(send(url)).rejects.toMatchObject({ failure: 'too-large' });
  });

  test.each([404, 400, 500])('the body and the headers of a %i are returned', async (status) => {
    const { url } = await serve((_, outgoing) => {
      outgoing.writeHead(status, { 'retry-after': '7', 'correlation-id': 'c' }).end('{"code":"X"}');
    });
    const answer = await send(url);
    expect(answer).toMatchObject({
      status,
      body: '{"code":"X"}',
      headers: { 'retry-after': '7', 'correlation-id': 'c' },
    });
  });

  test.each(['GET', 'POST'] as const)('%s is not repeated by the transport, on 503 or 429', async (method) => {
    for (const status of [503, 429]) {
      const { url, seen } = await serve((_, outgoing) => void outgoing.writeHead(status).end());
      expect((await send(url, { method })).status).toBe(status);
      expect(seen).toHaveLength(1);
    }
  });

  test.each(['absolute', 'relative'])(
    'a redirect (%s) is returned as a response, and no other host gets the token',
    async (kind) => {
      const other = await serve((_, outgoing) => void outgoing.writeHead(200).end('{}'));
      const { url, seen } = await serve((_, outgoing) => {
        outgoing.writeHead(307, { location: kind === 'absolute' ? other.url : '/elsewhere' }).end();
      });
      expect((await send(url, { method: 'POST', body: '{}' })).status).toBe(307);
      expect(seen).toHaveLength(1);
      expect(other.seen).toEqual([]);
    },
  );
});
