/**
 * Simulators of PingOne and GitHub on loopback, for trying the action without an account and for tests.
 *
 *     const sandbox = await startSandbox({ latencyMs: 40 });
 *     // … point the action to sandbox.ready.pingone.apiUrl …
 *     await sandbox.close();
 */
import type { Clock } from './clock.ts';
import { createClock } from './clock.ts';
import { controlApi } from './control.ts';
import type { Exchange } from './exchange.ts';
import { FaultList, faultsSchema } from './faults.ts';
import { sealedBoxReady } from './github/sealed-box.ts';
import { startState as startGitHub } from './github/state.ts';
import type { GitHubWorld } from './github/world.ts';
import { startState as startPingOne } from './pingone/start-state.ts';
import type { PingOneWorld } from './pingone/world.ts';
import { RateLimit } from './rate-limit.ts';
import type { Ready } from './ready.ts';
import { describeReady } from './ready.ts';
import { RequestLog } from './request-log.ts';
import type { Traffic } from './server.ts';
import { SandboxServer } from './server.ts';
import type { Limits } from './vendors.ts';
import { gitHubVendor, pingOneVendors } from './vendors.ts';

export type { Exchange } from './exchange.ts';
export type { Credentials, Ready } from './ready.ts';

export interface SandboxOptions {
  /** Ports; 0 and nothing mean a free one. */
  readonly port?: number;
  readonly githubPort?: number;
  /** Gives the sign-in a port, and so an origin, of its own. */
  readonly authPort?: number;
  /** More applications in the environment *Sandbox*. */
  readonly apps?: number;
  readonly latencyMs?: number;
  /** Requests a minute, address and server. */
  readonly ratePerMinute?: number;
  /** Requests that create content on GitHub, a minute and address. */
  readonly githubRatePerMinute?: number;
  /** In the format of `POST /__sandbox/faults`. */
  readonly faults?: unknown;
  /** Called with each request that reached an API, and the regular response to it. */
  readonly onExchange?: (exchange: Exchange) => void;
}

export interface Sandbox {
  readonly ready: Ready;
  /** Ends the servers immediately, even if connections are open. */
  close(): Promise<void>;
}

/** The state that a reset restores. */
interface Worlds {
  readonly clock: Clock;
  readonly log: RequestLog;
  readonly faults: FaultList;
  readonly limits: Limits;
  readonly pingone: PingOneWorld;
  readonly github: GitHubWorld;
}

function createWorlds({ apps = 0, ratePerMinute, githubRatePerMinute, faults }: SandboxOptions): Worlds {
  const clock = createClock();
  const limit = (perMinute?: number) => (perMinute === undefined ? undefined : new RateLimit(perMinute, clock));
  const list = new FaultList();
  list.replace(faultsSchema.parse(faults ?? []));
  return {
    clock,
    log: new RequestLog(),
    faults: list,
    limits: {
      pingone: limit(ratePerMinute),
      github: limit(ratePerMinute),
      githubContent: limit(githubRatePerMinute),
    },
    pingone: { clock, tokens: new Map(), state: startPingOne(apps), origin: '' },
    github: { clock, state: startGitHub() },
  };
}

function resetWorlds({ clock, log, faults, limits, pingone, github }: Worlds, apps: number): void {
  pingone.state = startPingOne(apps);
  github.state = startGitHub();
  clock.reset();
  log.clear();
  faults.replace([]);
  for (const limit of [limits.pingone, limits.github, limits.githubContent]) limit?.clear();
}

function createTraffic(worlds: Worlds, { apps = 0, latencyMs = 0, onExchange }: SandboxOptions): Traffic {
  const control = controlApi({ ...worlds, reset: () => resetWorlds(worlds, apps) });
  let connections = 0;
  return {
    clock: worlds.clock,
    log: worlds.log,
    faults: worlds.faults,
    latencyMs,
    control: (request) => control.fetch(request),
    nextConnection: () => (connections += 1),
    ...(onExchange ? { onExchange } : {}),
  };
}

/** The origins of the servers. */
async function listenAll(
  servers: readonly SandboxServer[],
  ports: readonly (number | undefined)[],
): Promise<readonly string[]> {
  const origins: string[] = [];
  for (const [index, server] of servers.entries()) {
    origins.push(`http://127.0.0.1:${await server.listen(ports[index] ?? 0)}`);
  }
  return origins;
}

/** Starts the servers; resolves when they answer. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  await sealedBoxReady;
  const worlds = createWorlds(options);
  const traffic = createTraffic(worlds, options);
  const { authPort, githubPort, port } = options;
  const vendors = [
    gitHubVendor(worlds.github, worlds.limits),
    ...pingOneVendors(worlds.pingone, worlds.limits, authPort !== undefined),
  ];
  const servers = vendors.map((vendor) => new SandboxServer(vendor, traffic));
  const [github = '', api = '', auth = api] = await listenAll(servers, [githubPort, port, authPort]);
  worlds.pingone.origin = api;
  return {
    ready: describeReady({ api, auth, github }),
    close: async () => {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}
