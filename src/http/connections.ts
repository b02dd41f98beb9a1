// Chooses the connection of a request, direct or through a proxy.
import { checkBypass } from '@actions/http-client/lib/proxy';
import * as http from 'node:http';
import * as https from 'node:https';
import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import type { HttpRequest } from './errors.ts';
import { NetworkError } from './errors.ts';

/** Environment variables with the proxy (`https_proxy`) and the hosts without it (`no_proxy`). */
export type ProxyVariables = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for an HTTPS address by the rules of `@actions/http-client`, with two additions: a proxy without a scheme
 * is http, and `*.domain` in `no_proxy` means all hosts of the domain. Plain HTTP only goes to loopback, never through
 * a proxy.
 *
 * @throws NetworkError `proxy-refused` if the variable is not the address of a proxy
 */
function proxyFor(url: URL, env: ProxyVariables): URL | undefined {
  const address = env['https_proxy'] || env['HTTPS_PROXY'];
  if (url.protocol !== 'https:' || !address || checkBypass(url) || isInWildcard(url, env)) return undefined;
  const proxy = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`);
  if (proxy?.hostname && ['http:', 'https:'].includes(proxy.protocol)) return proxy;
  throw new NetworkError('proxy-refused', '`https_proxy` is not the address of an HTTP proxy');
}

/** The value of `Proxy-Authorization`, if the address has a user. */
function proxyAuthorization({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  return `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')}`;
}

function isInWildcard({ hostname, port }: URL, env: ProxyVariables): boolean {
  const noProxy = env['no_proxy'] || env['NO_PROXY'] || '';
  const hosts = [hostname, `${hostname}:${port || '443'}`];
  const domains = noProxy.split(',').flatMap((entry) => {
    const domain = entry.trim().toLowerCase();
    return domain.startsWith('*.') ? [domain.slice(1)] : [];
  });
  return domains.some((domain) => hosts.some((host) => host.endsWith(domain)));
}

/** A password with a single percent sign is used unchanged. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Request options that Node's types lack, and a signal that ends waiting for the proxy. */
export interface TunnelOptions extends https.RequestOptions {
  readonly noDelay?: boolean;
  readonly connectSignal?: AbortSignal;
}

type OnConnected = (error: Error | null, stream?: Duplex) => void;

/**
 * An agent whose connections go through an HTTP proxy, and are kept alive like others. The agent of
 * `@actions/http-client` opens one for each request, and waits endlessly for a proxy that does not respond.
 */
class TunnelAgent extends https.Agent {
  readonly #proxy: URL;

  constructor(proxy: URL, options: https.AgentOptions) {
    super(options);
    this.#proxy = proxy;
  }

  override createConnection(options: TunnelOptions, callback: OnConnected): undefined {
    const proxy = this.#proxy;
    const request = connectRequest(proxy, options);
    request.once('connect', (response, socket, head: Buffer) => {
      if (response.statusCode !== 200) {
        socket.destroy();
        callback(proxyRefusal(proxy, response.statusCode ?? 0));
        return;
      }
      if (head.length > 0) socket.unshift(head);
      callback(null, super.createConnection({ ...options, socket } as TunnelOptions) ?? undefined);
    });
    request.once('error', (error: NodeJS.ErrnoException) => {
      callback(new NetworkError('unreachable', `the proxy ${proxy.host}: ${error.code ?? error.message}`));
    });
    request.end();
  }
}

function connectRequest(proxy: URL, { host, port, connectSignal }: TunnelOptions): http.ClientRequest {
  const name = host?.includes(':') ? `[${host}]` : host;
  const target = `${name}:${port}`;
  const authorization = proxyAuthorization(proxy);
  const options = { ...addressOf(proxy), protocol: proxy.protocol, method: 'CONNECT', path: target, agent: false };
  return requestWith(connectSignal ? { ...options, signal: connectSignal } : options, {
    host: target,
    ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }),
  });
}

/**
 * Starts a request. Its headers are not options: Node passes those to the connection, and NODE_DEBUG=net prints them.
 *
 * @throws TypeError if a header has a character that cannot be sent
 */
export function requestWith(options: TunnelOptions, headers: HttpRequest['headers']): http.ClientRequest {
  for (const [name, value] of Object.entries(headers)) http.validateHeaderValue(name, value);
  const request = (options.protocol === 'https:' ? https : http).request(options);
  return request.setHeaders(new Map(Object.entries(headers)));
}

/** An overloaded proxy, or one that does not reach the server, may work later. Any other refusal is final. */
function proxyRefusal({ host }: URL, status: number): NetworkError {
  const isTemporary = status >= 500 || status === 408 || status === 429;
  return new NetworkError(isTemporary ? 'unreachable' : 'proxy-refused', `the proxy ${host} returned ${status}`);
}

// A server that closes an idle connection sooner than this does not keep connections alive.
const shortestIdleMs = 1_000;

// A connection that works for so long after its first response is not one that is closed right after it.
const provenMs = 50;

/**
 * The connections to one origin. A server may close a connection right after its response without saying so: the next
 * request on it is lost, and nobody knows whether it took effect. So a request that cannot be repeated gets a connection
 * that brought no response yet, until others have shown that the server keeps them.
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
    this.#early.attachTo(this.#single);
    this.#kept = this.#createKept();
  }

  /** Whether the next request needs another connection only because all existing ones wait for a response. */
  get areBusy(): boolean {
    return isEmpty(this.#kept.freeSockets) && !isEmpty(this.#kept.sockets);
  }

  /**
   * Opens connections for requests that will follow.
   *
   * @param signal closes those that no request has used by then
   */
  openEarly(count: number, signal: AbortSignal): void {
    const agent = this.#createAgent(true);
    const { host, port } = addressOf(this.#url);
    // As Node has it if a request opens the connection. Servers of several hosts go by `servername`.
    const servername = isIP(host) ? '' : host;
    const options: TunnelOptions = { host, port, servername, noDelay: true, connectSignal: signal };
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
export function addressOf({ hostname, port, protocol }: URL): Record<'host' | 'port', string> {
  // Node wants an IPv6 address without the brackets that a URL puts round it.
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port || (protocol === 'https:' ? '443' : '80') };
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

// A server may give up on a connection that brings no request for a while.
const freshMs = 10_000;

/** A connection, opened or being opened, that no request uses yet. */
interface EarlyConnection {
  readonly stream: Promise<Duplex>;
  readonly openedAt: number;
}

/** Opens a connection: `createConnection` of an agent, direct or through a proxy. */
type Open = (callback: OnConnected) => Duplex | null | undefined;

/**
 * Connections that an agent opens before it has requests for them. To an agent of Node each is a new connection, opened
 * by its `createConnection` as soon as a request needs one.
 */
class EarlyConnections {
  #waiting: EarlyConnection[] = [];

  /** Makes the agent use these before it opens others. */
  attachTo(agent: http.Agent): void {
    const open = agent.createConnection.bind(agent);
    agent.createConnection = (options, given) => {
      const callback = given as OnConnected;
      const stream = this.#takeFresh();
      if (!stream) return open(options, given);
      void stream.then(
        (early) => callback(null, early),
        // Why it failed is for the request to find out.
        () => passOn(open(options, given), callback),
      );
      return undefined;
    };
  }

  /** The next one that is not too old. The others are closed: open, they would keep the process alive. */
  #takeFresh(): EarlyConnection['stream'] | undefined {
    const { stream, openedAt = 0 } = this.#waiting.shift() ?? {};
    if (!stream || performance.now() - openedAt <= freshMs) return stream;
    stream.then((early) => early.destroy()).catch(() => undefined);
    return this.#takeFresh();
  }

  /** @param signal closes the connection if nothing uses it by then */
  add(open: Open, signal: AbortSignal): void {
    const { promise: stream, resolve, reject } = Promise.withResolvers<Duplex>();
    const entry = { stream, openedAt: performance.now() };
    const forget = (): void => {
      this.#waiting = this.#waiting.filter((other) => other !== entry);
    };
    stream.catch(forget);
    this.#waiting.push(entry);
    const onConnected: OnConnected = (error, connection) => {
      if (!connection) {
        reject(error ?? new Error('no connection'));
        return;
      }
      connection.once('error', forget).once('close', forget);
      signal.addEventListener('abort', () => {
        if (this.#waiting.includes(entry)) connection.destroy();
      });
      resolve(connection);
    };
    passOn(open(onConnected), onConnected);
  }
}

/** `createConnection` returns what it opened, or passes it to the callback. */
function passOn(connection: Duplex | null | undefined, callback: OnConnected): void {
  if (connection) callback(null, connection);
}
