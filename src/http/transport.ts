import type * as http from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ProxyVariables, TunnelOptions } from './connections.ts';
import { addressOf, Connections, requestWith } from './connections.ts';
import type { HttpRequest, HttpResponse } from './errors.ts';
import { NetworkError } from './errors.ts';

/** The limits of one exchange. */
export interface ExchangeLimits {
  /** From opening the connection to the last byte of the response, in milliseconds. */
  readonly requestMs: number;
  /** The largest body, in bytes. */
  readonly bodyBytes: number;
}

/**
 * Sends one request and returns the response, whatever its status.
 *
 * @throws NetworkError if there is no complete response, also when `abandon` aborts
 */
export interface Transport {
  (request: HttpRequest, limits: ExchangeLimits, abandon?: AbortSignal): Promise<HttpResponse>;
  /**
   * Opens connections to the origin of this URL after the first request has a connection. Later requests use them, or
   * open their own if one failed.
   *
   * @param signal closes the unused connections
   */
  readonly connectAhead?: (url: string, count: number, signal: AbortSignal) => void;
}

/**
 * Sends requests with Node's client. One deadline covers the proxy's CONNECT up to the last byte of the body. Redirects
 * are not followed, and nothing is retried. `@actions/http-client` is only used for proxy rules: its requests follow
 * redirects with the authorization header and cannot be cancelled while they wait for a proxy.
 *
 * @param userAgent the `User-Agent` of every request
 * @param env contains the proxy variables
 */
export function createTransport(userAgent: string, env: ProxyVariables = {}): Transport {
  const origins = new Map<string, Connections>();
  const reached = Promise.withResolvers<undefined>();

  const connectionsTo = (url: URL): Connections => {
    const known = origins.get(url.origin);
    if (known) return known;
    const connections = new Connections(url, env);
    origins.set(url.origin, connections);
    return connections;
  };

  const send: Transport = async (request, limits, abandon) => {
    const url = new URL(request.url);
    const deadline = startDeadline(limits.requestMs);
    const signal = abandon ? AbortSignal.any([deadline.signal, abandon]) : deadline.signal;
    const named = { ...request, headers: { ...request.headers, 'user-agent': userAgent } };
    return sendOnce(connectionsTo(url), named, { ...limits, signal }, () => reached.resolve(undefined)).finally(
      deadline.clear,
    );
  };
  const connectAhead: Transport['connectAhead'] = (url, count, signal) => {
    // Only one request may fail on a wrong proxy password: the proxy may lock the user.
    void reached.promise.then(() => {
      if (!signal.aborted) connectionsTo(new URL(url)).openEarly(count, signal);
    });
  };
  return Object.assign(send, { connectAhead });
}

/** A signal after this time in milliseconds. Data that arrived while the process was busy is read before it aborts. */
function startDeadline(ms: number): { readonly signal: AbortSignal; readonly clear: () => void } {
  const controller = new AbortController();
  const timer = setTimeout(() => setImmediate(() => controller.abort()), ms).unref();
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}

async function sendOnce(
  connections: Connections,
  request: HttpRequest,
  { requestMs, bodyBytes, signal }: ExchangeLimits & { readonly signal: AbortSignal },
  onConnection: () => void,
): Promise<HttpResponse> {
  // A response that has just arrived may free a connection: it is read before another connection is opened.
  if (connections.areBusy) await nextTurn();
  const agent = connections.agent(request.isUnrepeatable !== true);
  const options: TunnelOptions = { ...requestOptions(request), agent, signal, connectSignal: signal };
  // A request that cannot be sent at all throws here. This is not a network error, so it is not retried.
  const outgoing = requestWith(options, request.headers);
  let connection: Socket | undefined;
  outgoing.once('socket', (socket) => {
    connection = socket;
    connections.used(socket);
    onConnection();
  });
  try {
    const message = await responseTo(outgoing, request.body, signal);
    const body = await readBody(message, bodyBytes);
    if (connection && outgoing.reusedSocket) connections.worked(connection);
    return { status: message.statusCode ?? 0, headers: flatten(message.headers), body };
  } catch (error) {
    if (signal.aborted) throw outOfTime(error, requestMs, connection !== undefined);
    if (outgoing.reusedSocket) connections.broke();
    throw networkError(error);
  }
}

function responseTo(
  outgoing: http.ClientRequest,
  body: HttpRequest['body'],
  signal: AbortSignal,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    outgoing.once('response', resolve);
    outgoing.once('upgrade', (message, socket) => {
      socket.destroy();
      reject(new NetworkError('garbled', `status ${message.statusCode}, a protocol that was not asked for`));
    });
    outgoing.on('error', reject);
    // In some cases Node ends a request without an error event.
    outgoing.once('close', () => reject(new Error('the connection was closed')));
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
    if (signal.aborted) reject(new Error('aborted'));
    outgoing.end(body);
  });
}

function requestOptions({ url, method }: HttpRequest): http.RequestOptions {
  const parsed = new URL(url);
  return { protocol: parsed.protocol, ...addressOf(parsed), path: parsed.pathname + parsed.search, method };
}

async function readBody(message: http.IncomingMessage, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Iterating rejects when the connection is cut.
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new NetworkError('too-large', `the response is larger than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function flatten(headers: http.IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}

/** Without a connection (only a proxy delays it so long) nothing was sent. */
function outOfTime(cause: unknown, requestMs: number, isConnected: boolean): NetworkError {
  const within = `within ${requestMs / 1000} s`;
  return isConnected
    ? new NetworkError('timeout', `no complete response ${within}`, { cause })
    : new NetworkError('unreachable', `no connection through the proxy ${within}`, { cause });
}

const unreachableCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const untrustedCode = /CERT|SELF_SIGNED|UNABLE_TO_|^ERR_TLS|^EPROTO$/;

function networkError(error: unknown): NetworkError {
  if (error instanceof NetworkError) return error;
  const cause = error as NodeJS.ErrnoException;
  const code = errorCode(cause);
  if (unreachableCodes.has(code)) return new NetworkError('unreachable', code, { cause });
  if (untrustedCode.test(code)) return new NetworkError('untrusted', code, { cause });
  // Node's HTTP parser: the response is not HTTP.
  if (code.startsWith('HPE_')) return new NetworkError('garbled', code, { cause });
  return new NetworkError('interrupted', code || cause.message, { cause });
}

/** If a host has several addresses, Node throws an AggregateError: the first error's code counts. */
function errorCode(error: NodeJS.ErrnoException): string {
  const [first] = 'errors' in error ? (error.errors as readonly NodeJS.ErrnoException[]) : [error];
  return first?.code ?? '';
}
