import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Exchange } from '../../sandbox/sandbox.ts';
import { firstLine, openElsewhere } from '../faults/cases.ts';
import type { World } from '../faults/world.ts';
import { inputs, openWorld, startAction, storing } from '../faults/world.ts';

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

describe('a run connects', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sockets-'));
  const connections = join(folder, 'connections');
  const preload = join(folder, 'recorder.mjs');
  writeFileSync(preload, recorder);
  const exchanges: Exchange[] = [];
  let world: World;
  let elsewhere: Awaited<ReturnType<typeof openElsewhere>>;
  beforeAll(async () => {
    world = await openWorld({ onExchange: (exchange) => exchanges.push(exchange) });
    elsewhere = await openElsewhere();
  });
  beforeEach(async () => {
    await world.reset();
    exchanges.length = 0;
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

  test('only to PingOne and GitHub', async () => {
    expect((await run()).conclusion).toBe('success');
    expect(opened()).toEqual(hosts());
  });

  test('with each secret only to its own server, and sends it in one place only', async () => {
    await run();
    const { admin, github } = world.ready;
    const worker = (await world.state()).applications.find(({ name }) => name === 'Sockets')!;
    const form = (value: string): string => new URLSearchParams([['', value]]).toString().slice(1);
    const basic = Buffer.from(`${admin.clientId}:${form(admin.clientSecret)}`).toString('base64');
    const tokens = exchanges.flatMap(({ path, responseBody }) =>
      path.endsWith('/as/token')
        ? [(JSON.parse(responseBody.toString()) as { access_token: string }).access_token]
        : [],
    );
    expect(tokens.length).toBeGreaterThan(1);
    const places = (secret: string): Set<string> =>
      new Set(
        exchanges.flatMap(({ server, path, requestHeaders, requestBody }) => [
          ...Object.entries(requestHeaders).flatMap(([name, value]) =>
            String(value).includes(secret) ? [`${server} ${name} ${path.endsWith('/as/token') ? 'token' : 'api'}`] : [],
          ),
          ...(requestBody.includes(secret) ? [`${server} body ${path.endsWith('/as/token') ? 'token' : 'api'}`] : []),
          ...(path.includes(secret) ? [`${server} path`] : []),
        ]),
      );
    expect(places(basic)).toEqual(new Set(['pingone authorization token']));
    for (const clear of [admin.clientSecret, form(admin.clientSecret)]) expect(places(clear)).toEqual(new Set());
    expect(places(form(worker.secret!))).toEqual(new Set(['pingone body token']));
    for (const token of tokens) expect(places(token)).toEqual(new Set(['pingone authorization api']));
    expect(places(github.token)).toEqual(new Set(['github authorization api']));
  });

  test('not to the host of a next link from PingOne', async () => {
    const body = { _links: { next: { href: `${elsewhere.origin}/v1/stolen` } }, _embedded: { applications: [] } };
    await world.faults([{ match: { method: 'GET', path: 're:/applications$' }, do: { status: 200, body } }]);
    expect(firstLine(await run())).toBe(
      'A link in a PingOne response points to another host, so the action did not follow it.',
    );
    expect([elsewhere.hits(), opened()]).toEqual([0, hosts()]);
  });

  test('not to the host of a next link from GitHub', async () => {
    const headers = { link: `<${elsewhere.origin}/orgs/octo/actions/secrets?page=2>; rel="next"` };
    const match = { server: 'github', method: 'GET', path: 're:/orgs/octo/actions/secrets$' };
    await world.faults([{ match, do: { headers } }]);
    expect(firstLine(await run({ 'store-in': 'organization' }))).toMatch(
      /^GitHub could not be reached for .*another host/,
    );
    expect([elsewhere.hits(), opened()]).toEqual([0, hosts()]);
  });

  test.each([
    ['the token endpoint', { server: 'pingone', path: 're:/as/token$' }],
    ["PingOne's API", { server: 'pingone', path: '/v1/' }],
    ["GitHub's API", { server: 'github' }],
  ])('not to the target of a redirect of %s', async (_, match) => {
    const headers = { location: `${elsewhere.origin}/stolen` };
    await world.faults([{ match, times: 99, do: { status: 307, headers } }]);
    expect(firstLine(await run())).toMatch(/^(PingOne|GitHub) (refused|could not be reached) .* 307/);
    expect(elsewhere.hits()).toBe(0);
    expect(hosts()).toEqual(new Set([...hosts(), ...opened()]));
  });

  test.each(['auth-url', 'api-url'])('not to %s over plain http', async (input) => {
    const step = await run({ [input]: 'http://auth.pingone.test/v1' });
    expect(firstLine(step)).toMatch(new RegExp(`^\`${input}\` must be .*got \`http://auth\\.pingone\\.test`));
    expect(opened()).toEqual(new Set());
  });
});
