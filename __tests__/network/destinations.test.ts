import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { firstLine, openElsewhere } from '../faults/cases.ts';
import { inputs, openWorld, startAction, storing, type World } from '../faults/world.ts';

/** Notes every connection that the process opens, and every name that it looks up. */
const recorder = `
import net from 'node:net';
import { appendFileSync } from 'node:fs';
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const [first] = Array.isArray(args[0]) ? args[0] : args;
  const { host, port, path } = typeof first === 'object' ? first : { host: args[1], port: first };
  appendFileSync(process.env.CONNECTIONS, (path ?? host + ':' + port) + '\\n');
  return connect.apply(this, args);
};
`;

describe('where a run connects to', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sockets-'));
  const connections = join(folder, 'connections');
  const preload = join(folder, 'recorder.mjs');
  writeFileSync(preload, recorder);
  let world: World;
  let elsewhere: Awaited<ReturnType<typeof openElsewhere>>;
  beforeAll(async () => {
    world = await openWorld();
    elsewhere = await openElsewhere();
  });
  beforeEach(async () => {
    await world.reset();
    writeFileSync(connections, '');
  });
  afterAll(async () => {
    await world.close();
    elsewhere.close();
    rmSync(folder, { recursive: true });
  });

  const run = (more: Readonly<Record<string, string>> = {}) => {
    const env = { NODE_OPTIONS: `--import=${pathToFileURL(preload).href}`, CONNECTIONS: connections };
    return startAction(world, inputs(world, { name: 'Sockets', ...storing(world), ...more }), { env }).result;
  };
  const opened = (): Set<string> => new Set(readFileSync(connections, 'utf8').split('\n').filter(Boolean));
  const hosts = (): Set<string> =>
    new Set([world.ready.pingone.apiUrl, world.ready.github.apiUrl].map((url) => new URL(url).host));

  test('PingOne and GitHub, and nobody else', async () => {
    expect((await run()).conclusion).toBe('success');
    expect(opened()).toEqual(hosts());
  });

  test('each secret goes to the server that it is for', async () => {
    await run();
    const { admin, github } = world.ready;
    const log = await world.requests();
    const formEncoded = new URLSearchParams([['', admin.clientSecret]]).toString().slice(1);
    const basic = `Basic ${Buffer.from(`${admin.clientId}:${formEncoded}`).toString('base64')}`;
    const sentTo = (value: string): Set<string> =>
      new Set(
        log
          .filter(({ headers }) => JSON.stringify(headers).includes(value))
          .map(({ server, path }) => `${server} ${path.split('/').slice(-2).join('/')}`),
      );
    expect(sentTo(basic)).toEqual(new Set(['pingone as/token']));
    expect(
      log.filter(({ headers }) => JSON.stringify(headers).includes(github.token)).map(({ server }) => server),
    ).toEqual(log.filter(({ server }) => server === 'github').map(() => 'github'));
  });

  test('a hostile next link is refused, and hears nothing', async () => {
    const body = { _links: { next: { href: `${elsewhere.origin}/v1/stolen` } }, _embedded: { applications: [] } };
    await world.faults([{ match: { method: 'GET', path: 're:/applications$' }, do: { status: 200, body } }]);
    const step = await run();
    expect(firstLine(step)).toBe('A link in an answer of PingOne leads to another host; it was not followed.');
    expect(elsewhere.hits()).toBe(0);
  });

  test.each(['auth-url', 'api-url'])('%s over plain http is refused before anything is sent', async (input) => {
    const step = await run({ [input]: 'http://auth.pingone.test/v1' });
    expect(firstLine(step)).toMatch(new RegExp(`^Inputs refused: \`${input}\` is "http://auth\\.pingone\\.test`));
    expect(opened()).toEqual(new Set());
  });
});
