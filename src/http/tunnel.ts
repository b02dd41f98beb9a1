import * as http from 'node:http';
import * as https from 'node:https';
import type { Duplex } from 'node:stream';
import { NetworkError } from './message.ts';
import { proxyAuthorization } from './proxy.ts';

/** Request options with what Node does not pass on to an agent: the signal that ends waiting for the proxy. */
export interface TunnelOptions extends https.RequestOptions {
  readonly connectSignal?: AbortSignal;
}

type OnConnected = (error: Error | null, stream?: Duplex) => void;

/**
 * An agent whose connections go through an HTTP proxy, and are kept alive like others. The agent of
 * `@actions/http-client` opens one for each request, and waits without end for a proxy that does not answer.
 */
export class TunnelAgent extends https.Agent {
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
        callback(refusal(proxy, response.statusCode ?? 0));
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
  return (proxy.protocol === 'https:' ? https : http).request({
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
    method: 'CONNECT',
    path: target,
    agent: false,
    headers: { host: target, ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }) },
    ...(connectSignal ? { signal: connectSignal } : {}),
  });
}

/** A proxy that is overloaded, or does not reach the server, may do better later. Any other refusal is final. */
function refusal({ host }: URL, status: number): NetworkError {
  const isPassing = status >= 500 || status === 408 || status === 429;
  return new NetworkError(isPassing ? 'unreachable' : 'proxy-refused', `the proxy ${host} answered ${status}`);
}
