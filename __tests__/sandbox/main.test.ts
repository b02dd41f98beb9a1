import { afterEach, describe, expect, test } from '@jest/globals';
import type { ChildProcess, ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { Json } from './client.ts';
import { root } from '../../scripts/child.mjs';

const MAIN = join(root, 'sandbox', 'main.ts');
const folders: string[] = [];
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function file(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  folders.push(folder);
  writeFileSync(join(folder, 'faults.json'), content);
  return join(folder, 'faults.json');
}

function start(...flags: string[]) {
  return watch(spawn(process.execPath, [MAIN, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] }));
}

function watch(child: ChildProcessByStdio<null, Readable, Readable>) {
  children.push(child);
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, out, err }));
  const early = ended.then(({ code }) => Promise.reject(new Error(`It ended with ${code}: ${err}`)));
  early.catch(() => undefined);
  return {
    child,
    ended,
    ready: async (): Promise<Json> => {
      while (!out.includes('\n')) await Promise.race([once(child.stdout, 'data'), early]);
      return JSON.parse(out);
    },
  };
}

/**
 * A port that is free, and stays so: not one of those that the system gives to whoever asks for any, as all the other
 * sandboxes do.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}

describe('the start line', () => {
  test('is one line of JSON with everything that a client needs', async () => {
    const [port, authPort, githubPort] = [await freePort(), await freePort(), await freePort()];
    const faults = file('[{"match":{"path":"/v1/roles"},"do":{"status":503}}]');
    const flags = [
      '--port',
      `${port}`,
      '--auth-port',
      `${authPort}`,
      '--github-port',
      `${githubPort}`,
      '--github-rate',
      '80',
      '--apps',
      '12',
      '--rate',
      '500',
      '--faults',
      faults,
    ];
    const { child, ready, ended } = start(...flags, '--latency', '1');
    const line = await ready();
    const credentials = {
      clientId: expect.stringMatching(/^[\da-f-]{36}$/),
      clientSecret: expect.stringMatching(/^[A-Za-z0-9\-._~]{64,}$/),
      environmentId: line.environments[1].id,
    };
    expect(line).toEqual({
      pid: child.pid,
      pingone: { apiUrl: `http://127.0.0.1:${port}/v1`, authUrl: `http://127.0.0.1:${authPort}` },
      admin: credentials,
      admins: {
        applicationsOnly: credentials,
        readOnly: credentials,
        noRoles: credentials,
        keyPair: {
          clientId: credentials.clientId,
          environmentId: credentials.environmentId,
          privateKey: expect.stringMatching(/^-----BEGIN PRIVATE KEY-----\n/),
          keyId: expect.any(String),
        },
      },
      environments: [
        { id: expect.any(String), name: 'Sandbox', type: 'SANDBOX' },
        { id: expect.any(String), name: 'Production', type: 'PRODUCTION' },
      ],
      github: {
        apiUrl: `http://127.0.0.1:${githubPort}`,
        token: expect.any(String),
        readOnlyToken: expect.any(String),
        jobToken: expect.any(String),
        repository: 'octo/sync',
        repositoryId: '1001',
        organization: 'octo',
        userRepository: 'mona/sync',
        environments: ['staging'],
      },
    });
    expect((await fetch(`${line.pingone.apiUrl}/roles`)).status).toBe(503);
    const { applications } = (await (await fetch(`${line.github.apiUrl}/__sandbox/state`)).json()) as Json;
    expect(applications.filter(({ name }: Json) => /^app-/.test(name))).toHaveLength(12);
    child.kill('SIGTERM');
    const { out, err } = await ended;
    expect([out.trim().split('\n').length, err]).toEqual([1, '']);
  });
});

describe('the process', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('ends with code 0 on %s, with open connections, too', async (signal) => {
    const { child, ready, ended } = start();
    const line = await ready();
    const agent = new Agent({ keepAlive: true });
    await new Promise((resolve) => {
      request(`${line.pingone.apiUrl}/roles`, { agent }, (answer) => answer.resume().on('end', resolve)).end();
    });
    child.kill(signal);
    const { code } = await ended;
    agent.destroy();
    expect(code).toBe(0);
  });

  test('ends with its parent, because npm and its shell pass no signal on', async () => {
    const launcher = join(root, 'scripts', 'node24.mjs');
    const script = `'${process.execPath}' '${launcher}' sandbox/main.ts; true`;
    const { child, ready, ended } = watch(spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'pipe'] }));
    const { pingone } = await ready();
    child.kill('SIGTERM');
    // Whoever keeps the stream open would keep a caller waiting.
    await ended;
    await expect(fetch(pingone.apiUrl)).rejects.toThrow('fetch failed');
  });
});

const keepers = process.platform === 'linux' ? ['setsid', 'nohup'] : ['nohup'];

test.each(keepers)('%s npm run keeps it running after its shell, and `pid` stops it', async (command) => {
  const out = file('');
  const script = `${command} npm run --silent sandbox > '${out}' 2> '${out}.log' < /dev/null &`;
  await once(spawn('sh', ['-c', script], { cwd: root, stdio: 'ignore' }), 'close');
  while (!readFileSync(out, 'utf8').includes('\n')) await setTimeout(100);
  const { pid, pingone }: Json = JSON.parse(readFileSync(out, 'utf8'));
  // scripts/node24.mjs checks every 250 ms whether its parent is gone.
  await setTimeout(1000);
  await fetch(pingone.apiUrl);
  process.kill(pid);
  while (await fetch(pingone.apiUrl).catch(() => undefined)) await setTimeout(100);
  await expect(fetch(pingone.apiUrl)).rejects.toThrow('fetch failed');
});

test('--help prints the usage on stdout and starts nothing', async () => {
  const { code, out, err } = await start('--help').ended;
  expect([code, err]).toEqual([0, '']);
  const flags = [
    '--port',
    '--auth-port',
    '--github-port',
    '--apps',
    '--latency',
    '--rate',
    '--github-rate',
    '--faults',
  ];
  for (const flag of flags) expect(out).toContain(`  ${flag} `);
});

describe('wrong options', () => {
  test('are reported on stderr with the usage, and the exit code is 2', async () => {
    const { code, out, err } = await start('--port', 'x').ended;
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('--port must be a whole number from 0 to 65535; got "x"');
    expect(err).toContain('usage: ');
    expect(err).not.toContain('    at ');
  });
});

test('a port in use gives a message and the exit code 1', async () => {
  const first = start();
  const { port } = new URL((await first.ready()).pingone.apiUrl);
  const { code, out, err } = await start('--port', port).ended;
  expect([code, out]).toEqual([1, '']);
  expect(err).toContain('EADDRINUSE');
});
