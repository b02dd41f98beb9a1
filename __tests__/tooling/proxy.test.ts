// Runs the built action behind a proxy. If a proxy variable is set, @actions/github creates a ProxyAgent of undici on import.
// dist/ contains an empty module instead of undici, and an error there would show in no other test.
import { describe, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import type { World } from '../faults/world.ts';
import { inputs, openWorld, startAction, storing } from '../faults/world.ts';

/** A proxy that lets nobody through, and the places that it was asked for. */
async function refusingProxy(): Promise<{ url: string; asked: string[]; close: () => void }> {
  const asked: string[] = [];
  const server = createServer().on('connect', ({ url = '' }, socket) => {
    asked.push(url);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked, close: () => server.close() };
}

/** Stores into GitHub; `env` says where that is. */
function storingRun(world: World, env: Record<string, string>): Promise<StepResult> {
  return startAction(world, inputs(world, { name: 'Proxied', ...storing(world), timeout: '10' }), { env }).result;
}

describe('behind a proxy', () => {
  test.each(['https_proxy', 'HTTPS_PROXY'])('%s is used for GitHub, and octokit loads', async (variable) => {
    const world = await openWorld();
    const proxy = await refusingProxy();
    try {
      const env = { GITHUB_API_URL: 'https://api.github.test', [variable]: proxy.url };
      const { conclusion, log, stderr } = await storingRun(world, env);
      expect({ conclusion, stderr }).toEqual({ conclusion: 'failure', stderr: '' });
      expect(log).toContain('GitHub could not be reached');
      expect(new Set(proxy.asked)).toEqual(new Set(['api.github.test:443']));
    } finally {
      proxy.close();
      await world.close();
    }
  });

  test('loopback is contacted directly, and the run succeeds', async () => {
    const world = await openWorld();
    const proxy = await refusingProxy();
    try {
      const env = { http_proxy: proxy.url, https_proxy: proxy.url };
      const { conclusion, outputs } = await storingRun(world, env);
      expect({ conclusion, result: outputs.get('result') }).toEqual({ conclusion: 'success', result: 'created' });
      expect(proxy.asked).toEqual([]);
    } finally {
      proxy.close();
      await world.close();
    }
  });
});
