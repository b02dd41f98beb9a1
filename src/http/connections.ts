import * as http from 'node:http';
import * as https from 'node:https';
import type { Socket } from 'node:net';
import { EarlyConnections } from './early.ts';
import type { ProxyVariables } from './proxy.ts';
import { proxyFor } from './proxy.ts';
import type { TunnelOptions } from './tunnel.ts';
import { TunnelAgent } from './tunnel.ts';

// A server that closes an idle connection sooner than this does not keep connections alive.
const shortestIdleMs = 1_000;

// A connection that works for so long after its first response is not one that is closed right after it.
const provenMs = 50;

/**
 * The connections to one origin. A server may close a connection right after its response without saying so: the next
 * request on it is lost, and nobody knows whether it took effect. So a request that cannot be repeated reuses a
 * connection only after others have shown that the server keeps them.
 */
export class Connections {
  readonly #url: URL;
  readonly #createAgent: (keepAlive: boolean) => http.Agent;
  readonly #early = new EarlyConnections();
  readonly #single: http.Agent;
  #kept: http.Agent;
  #keepsAlive: 'unknown' | 'yes' | 'no' = 'unknown';
  readonly #idleSince = new Map<Socket, number>();
  readonly #firstIdleSince = new WeakMap<Socket, number>();

  /** @throws NetworkError if the proxy variables cannot be used */
  constructor(url: URL, env: ProxyVariables) {
    this.#url = url;
    this.#createAgent = agentsFor(url, env);
    this.#single = this.#createAgent(false);
    this.#kept = this.#createKept();
  }

  /** Whether the next request needs another connection only because those that there are wait for a response. */
  get areBusy(): boolean {
    return isEmpty(this.#kept.freeSockets) && !isEmpty(this.#kept.sockets);
  }

  /**
   * Opens connections for requests that will follow.
   *
   * @param signal closes those that no request has used by then
   */
  openEarly(count: number, signal: AbortSignal): void {
    const options: TunnelOptions = { ...addressOf(this.#url), connectSignal: signal };
    const agent = this.#createAgent(true);
    for (let opened = 0; opened < count; opened += 1) {
      this.#early.add((callback) => agent.createConnection(options, callback), signal);
    }
  }

  /** The agent for the next request, which is to be sent at once. */
  agent(isRepeatable: boolean): http.Agent {
    if (this.#keepsAlive === 'no') return this.#single;
    return isRepeatable || this.#keepsAlive === 'yes' ? this.#kept : this.#single;
  }

  /** To be told which connection a request uses. */
  used(socket: Socket): void {
    this.#idleSince.delete(socket);
  }

  /** To be told that a reused connection has brought a response. */
  worked(socket: Socket): void {
    const since = this.#firstIdleSince.get(socket);
    const isProven = since !== undefined && performance.now() - since >= provenMs;
    if (isProven && this.#keepsAlive === 'unknown') this.#keepsAlive = 'yes';
  }

  /** To be told that a reused connection broke: the others may be as old, so none of them is used again. */
  broke(): void {
    this.#kept = this.#createKept();
    if (this.#keepsAlive === 'yes') this.#keepsAlive = 'unknown';
  }

  #createKept(): http.Agent {
    const agent = this.#createAgent(true);
    this.#early.attachTo(agent);
    agent.on('free', (socket: Socket) => {
      this.#idleSince.set(socket, performance.now());
      if (this.#firstIdleSince.has(socket)) return;
      this.#firstIdleSince.set(socket, performance.now());
      socket.once('close', () => {
        const since = this.#idleSince.get(socket);
        this.#idleSince.delete(socket);
        if (since !== undefined && performance.now() - since < shortestIdleMs) this.#keepsAlive = 'no';
      });
    });
    return agent;
  }
}

/** Where a URL leads to, as Node's clients take it. */
export function addressOf({ hostname, port, protocol }: URL): {
  readonly host: string;
  readonly port: string | number;
} {
  // Node wants an IPv6 address without the brackets that a URL puts round it.
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port || (protocol === 'https:' ? 443 : 80) };
}

function isEmpty(sockets: object): boolean {
  return Object.keys(sockets).length === 0;
}

function agentsFor(url: URL, env: ProxyVariables): (keepAlive: boolean) => http.Agent {
  const proxy = proxyFor(url, env);
  if (proxy) return (keepAlive) => new TunnelAgent(proxy, { keepAlive });
  const { Agent } = url.protocol === 'https:' ? https : http;
  return (keepAlive) => new Agent({ keepAlive });
}
