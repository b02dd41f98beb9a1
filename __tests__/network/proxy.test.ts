import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { firstLine } from '../faults/cases.ts';
import type { World } from '../faults/world.ts';
import { inputs, openWorld, startAction } from '../faults/world.ts';
import type { Tunnel } from '../../sandbox/tunnel.ts';
import { openTunnel } from '../../sandbox/tunnel.ts';

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

  test.each(['https_proxy', 'HTTPS_PROXY'])('%s is used, for every request, and so is a private CA', async (name) => {
    const step = await run({ [name]: tunnel.url, NODE_EXTRA_CA_CERTS: tunnel.ca });
    expect(firstLine(step)).toBe('');
    expect(step.conclusion).toBe('success');
    expect(new Set(tunnel.asked.map(({ target }) => target))).toEqual(new Set(hosts.map((host) => `${host}:443`)));
  });

  test('its password is used, and shown nowhere', async () => {
    const url = tunnel.url.replace('//', '//me:pa%2Fss-w0rd@');
    const step = await run({ https_proxy: url, NODE_EXTRA_CA_CERTS: tunnel.ca, RUNNER_DEBUG: '1' });
    expect(step.conclusion).toBe('success');
    const authorization = `Basic ${Buffer.from('me:pa/ss-w0rd').toString('base64')}`;
    expect(new Set(tunnel.asked.map((asked) => asked.authorization))).toEqual(new Set([authorization]));
    expect(step.stdout + step.stderr + step.summary.raw).not.toMatch(/pa(%2F|\/)ss-w0rd/);
  });

  test('a certificate of an authority that Node does not know is refused at once', async () => {
    const step = await run({ https_proxy: tunnel.url });
    expect(step.annotations.at(-1)?.message).toMatch(
      /^PingOne could not be reached for a token .*DEPTH_ZERO_SELF_SIGNED_CERT.*\n.*\n.*NODE_EXTRA_CA_CERTS/,
    );
    expect(tunnel.asked).toHaveLength(1);
  });

  test('a host in no_proxy is not asked of the proxy', async () => {
    const step = await run({ https_proxy: tunnel.url, NODE_EXTRA_CA_CERTS: tunnel.ca, no_proxy: '.pingone.test' }, '3');
    expect(firstLine(step)).toMatch(/^PingOne could not be reached for a token for the admin credentials: /);
    expect(tunnel.asked).toEqual([]);
  });

  test('a proxy that is not there is a network error that names the variables', async () => {
    const step = await run({ https_proxy: 'http://127.0.0.1:1' }, '3');
    expect(step.annotations.at(-1)?.message).toMatch(
      /^PingOne could not be reached for a token .*ECONNREFUSED.*\n.*proxy.*\nWhat to do: .*https_proxy, no_proxy/,
    );
    expect(step.exitCode).toBe(1);
  });

  test('loopback needs no proxy', async () => {
    const env = { https_proxy: 'http://127.0.0.1:1', http_proxy: 'http://127.0.0.1:1' };
    const step = await startAction(world, inputs(world, { name: 'Direct' }), { env }).result;
    expect(step.conclusion).toBe('success');
  });
});
