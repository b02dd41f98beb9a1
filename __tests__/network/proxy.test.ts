import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { firstLine } from '../faults/cases.ts';
import type { World } from '../faults/world.ts';
import { inputs, openWorld, startAction } from '../faults/world.ts';
import type { Tunnel } from '../../sandbox/tunnel.ts';
import { openTunnel } from '../../sandbox/tunnel.ts';
import { openFront } from './front.ts';

const hosts = ['api.pingone.test', 'auth.pingone.test'] as const;

describe('behind a proxy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'proxy-'));
  let world: World;
  let tunnel: Tunnel;
  beforeAll(async () => {
    world = await openWorld();
    tunnel = await openTunnel(folder, hosts, new URL(world.ready.pingone.apiUrl).origin);
  });
  beforeEach(() => {
    tunnel.asked.length = 0;
  });
  afterAll(async () => {
    tunnel.close();
    await world.close();
    rmSync(folder, { recursive: true });
  });

  const run = (env: Readonly<Record<string, string>>, timeout = '15') => {
    const urls = { 'api-url': `https://${hosts[0]}/v1`, 'auth-url': `https://${hosts[1]}` };
    return startAction(world, inputs(world, { name: 'Proxied', ...urls, timeout }), { env }).result;
  };

  test.each(['https_proxy', 'HTTPS_PROXY'])(
    '%s is used for every request, and a private certificate authority, too',
    async (name) => {
      const step = await run({ [name]: tunnel.url, NODE_EXTRA_CA_CERTS: tunnel.ca });
      expect(firstLine(step)).toBe('');
      expect(step.conclusion).toBe('success');
      expect(new Set(tunnel.asked.map(({ target }) => target))).toEqual(new Set(hosts.map((host) => `${host}:443`)));
    },
  );

  test('the password is sent and never shown', async () => {
    const url = tunnel.url.replace('//', '//me:pa%2Fss-w0rd@');
    const step = await run({ https_proxy: url, NODE_EXTRA_CA_CERTS: tunnel.ca, NODE_DEBUG: '*' });
    expect(step.conclusion).toBe('success');
    const authorization = `Basic ${Buffer.from('me:pa/ss-w0rd').toString('base64')}`;
    expect(new Set(tunnel.asked.map((asked) => asked.authorization))).toEqual(new Set([authorization]));
    expect(step.stderr).toContain('CONNECT');
    expect(step.stdout + step.stderr + step.summary.raw).not.toMatch(/pa(%2F|\/)ss-w0rd|authorization['"]?: /i);
    expect(step.stderr).not.toContain(authorization);
  });

  test('a certificate of an unknown authority is refused immediately', async () => {
    const step = await run({ https_proxy: tunnel.url });
    expect(step.annotations.at(-1)?.message).toMatch(
      /^PingOne could not be reached for a token .*DEPTH_ZERO_SELF_SIGNED_CERT.*\n.*\n.*NODE_EXTRA_CA_CERTS/,
    );
    expect(tunnel.asked.filter(({ target }) => target.startsWith('auth.'))).toHaveLength(1);
  });

  test.each(['.pingone.test', '*.pingone.test', 'a.test, *.PINGONE.test:443'])(
    'a host in no_proxy (%s) is contacted directly',
    async (no_proxy) => {
      const step = await run({ https_proxy: tunnel.url, NODE_EXTRA_CA_CERTS: tunnel.ca, no_proxy }, '3');
      expect(firstLine(step)).toMatch(/^PingOne could not be reached for a token for the admin credentials: /);
      expect(tunnel.asked).toEqual([]);
    },
  );

  test('a proxy that does not exist gives a network error that names the variables', async () => {
    const step = await run({ https_proxy: 'http://127.0.0.1:1' }, '3');
    expect(step.annotations.at(-1)?.message).toMatch(
      /^PingOne could not be reached for a token .*ECONNREFUSED.*\n.*proxy.*\nWhat to do: .*https_proxy, no_proxy/,
    );
    expect(step.exitCode).toBe(1);
  });

  test('connections through it are kept alive', async () => {
    const before = (await world.requests()).length;
    expect((await run({ https_proxy: tunnel.url, NODE_EXTRA_CA_CERTS: tunnel.ca })).conclusion).toBe('success');
    const requests = (await world.requests()).length - before;
    expect(requests).toBeGreaterThan(6);
    expect(tunnel.asked.length).toBeLessThan(requests);
  });

  test('connections are opened through it while the sign-in is answered, and then used', async () => {
    const toApi = (): number => aside.asked.filter(({ target }) => target === `${hosts[0]}:443`).length;
    let early: number | undefined;
    const front = await openFront(new URL(world.ready.pingone.apiUrl).origin, async ({ url = '' }) => {
      for (let waits = 0; early === undefined && url.endsWith('/as/token') && toApi() < 5 && waits < 500; waits += 1) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      early ??= toApi();
      return false;
    });
    const aside = await openTunnel(mkdtempSync(join(folder, 'aside-')), hosts, front.origin);
    try {
      const env = { https_proxy: aside.url, NODE_EXTRA_CA_CERTS: aside.ca };
      const urls = { 'api-url': `https://${hosts[0]}/v1`, 'auth-url': `https://${hosts[1]}` };
      const given = inputs(world, { name: 'Early', roles: 'none', ...urls, timeout: '300' });
      const step = await startAction(world, given, { env }).result;
      expect(firstLine(step)).toBe('');
      expect(early).toBe(5);
      // Those, the one of the sign-in, and no other.
      expect(aside.asked).toHaveLength(6);
    } finally {
      aside.close();
      front.close();
    }
  });

  test('an address without a scheme is http, with and without a user', async () => {
    const { host } = new URL(tunnel.url);
    for (const [user, authorization] of [['', undefined] as const, ['me:pw@', `Basic ${btoa('me:pw')}`] as const]) {
      tunnel.asked.length = 0;
      const step = await run({ https_proxy: user + host, NODE_EXTRA_CA_CERTS: tunnel.ca });
      expect(step.conclusion).toBe('success');
      expect(new Set(tunnel.asked.map((asked) => asked.authorization))).toEqual(new Set([authorization]));
    }
  });

  test.each(['socks5://127.0.0.1:1080', 'http://', '://'])('an invalid address (%s) is explained', async (url) => {
    const step = await run({ https_proxy: url });
    expect(step.annotations.at(-1)?.message).toMatch(
      /^PingOne could not be reached .*`https_proxy` is not the address of an HTTP proxy.*\n.*\nWhat to do: check `https_proxy`/,
    );
  });

  test('loopback needs no proxy', async () => {
    const env = { https_proxy: 'http://127.0.0.1:1', http_proxy: 'http://127.0.0.1:1' };
    const step = await startAction(world, inputs(world, { name: 'Direct' }), { env }).result;
    expect(step.conclusion).toBe('success');
  });
});

describe('a proxy that opens no tunnel', () => {
  let world: World;
  const proxies: Server[] = [];
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(async () => {
    for (const proxy of proxies) proxy.close();
    await world.close();
  });

  /** A proxy that does this with each connection once it was asked for something; counts what it was asked. */
  const openProxy = async (answer: (socket: Socket) => void) => {
    const asked: string[] = [];
    const proxy = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.once('data', (bytes) => {
        asked.push(bytes.toString());
        answer(socket);
      });
    });
    proxies.push(proxy);
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    return { asked, url: `http://me:pa55-word@127.0.0.1:${(proxy.address() as AddressInfo).port}` };
  };
  const start = (url: string, timeout: string) => {
    const urls = { 'api-url': `https://${hosts[0]}/v1`, 'auth-url': `https://${hosts[1]}` };
    return startAction(world, inputs(world, { name: 'Proxied', ...urls, timeout }), { env: { https_proxy: url } });
  };
  const drip = (socket: Socket): void => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const timer = setInterval(() => socket.write('X: y\r\n'), 50);
    socket.on('close', () => clearInterval(timer));
  };
  const silences: [string, (socket: Socket) => void][] = [
    ['never answers', () => undefined],
    ['sends a response without end', drip],
    ['opens the tunnel to a server that does not respond', (socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n')],
  ];

  test.each(silences)('(it %s) does not delay the step beyond `timeout`', async (_, answer) => {
    const { asked, url } = await openProxy(answer);
    const step = await start(url, '5').result;
    expect(firstLine(step)).toMatch(/^PingOne could not be reached for a token .* within 0\.\d+ s/);
    expect(step.durationMs).toBeLessThan(12_000);
    expect(asked.length).toBeGreaterThan(1);
  });

  test.each(silences)('(it %s) does not delay the end of a cancelled step', async (_, answer) => {
    const { promise: reached, resolve: reach } = Promise.withResolvers<undefined>();
    const { url } = await openProxy((socket) => {
      answer(socket);
      reach(undefined);
    });
    const running = start(url, '300');
    await reached;
    const signalled = performance.now();
    running.send('SIGINT');
    const step = await running.result;
    expect(performance.now() - signalled).toBeLessThan(7_000);
    expect(firstLine(step)).toMatch(/^The step was cancelled: /);
  });

  test.each([407, 403])('and answers %i gets one request', async (status) => {
    const { asked, url } = await openProxy((socket) =>
      socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`),
    );
    const step = await start(url, '20').result;
    expect(step.annotations.at(-1)?.message).toMatch(
      new RegExp(
        `^PingOne could not be reached .* returned ${status}.*\\n.*user or password of the proxy is wrong.*\\n.*https_proxy`,
      ),
    );
    expect(asked).toEqual([expect.stringMatching(/^CONNECT auth\.pingone\.test:443 HTTP\/1\.1\r\n/)]);
    expect(step.stdout).not.toContain('pa55-word');
  });

  test('and answers 503 gets another request', async () => {
    const { asked, url } = await openProxy((socket) => socket.end('HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n'));
    expect(firstLine(await start(url, '5').result)).toMatch(/ the proxy 127\.0\.0\.1:\d+ returned 503 /);
    expect(asked.length).toBeGreaterThan(1);
  });
});
