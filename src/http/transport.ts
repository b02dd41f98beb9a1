import { HttpClient } from '@actions/http-client';
import * as http from 'node:http';
import * as https from 'node:https';
import { Readable } from 'node:stream';
import type { HttpRequest, HttpResponse } from './message.ts';
import { NetworkError } from './message.ts';

/** What one exchange may take. */
export interface ExchangeLimits {
  /** From the first byte out to the last byte in, in milliseconds. */
  readonly requestMs: number;
  /** The largest body, in bytes. */
  readonly bodyBytes: number;
}

/**
 * One request, one answer, whatever its status.
 *
 * @throws NetworkError where no whole answer came, also when `abandon` fires
 */
export type Transport = (request: HttpRequest, limits: ExchangeLimits, abandon?: AbortSignal) => Promise<HttpResponse>;

/**
 * Requests over `@actions/http-client`, for its support of proxies; one keep-alive client per origin, since the
 * library keeps a single agent per client, whatever the protocol or proxy.
 *
 * Its `requestRaw` is used, not its verbs: those follow redirects with the authorization header, repeat requests by
 * rules of their own, and read a body without any limit of time or size.
 *
 * @param userAgent the `User-Agent` of every request
 */
export function createTransport(userAgent: string): Transport {
  const clients = new Map<string, HttpClient>();

  const clientFor = (origin: string): HttpClient => {
    const known = clients.get(origin);
    if (known) return known;
    const client = new HttpClient(undefined, [], { keepAlive: true });
    clients.set(origin, client);
    return client;
  };

  return async (request, limits, abandon) => {
    const url = new URL(request.url);
    const deadline = AbortSignal.timeout(Math.ceil(limits.requestMs));
    const signal = abandon ? AbortSignal.any([deadline, abandon]) : deadline;
    try {
      const client = clientFor(url.origin);
      const { message } = await client.requestRaw(
        {
          parsedUrl: url,
          httpModule: url.protocol === 'https:' ? https : http,
          options: { ...requestOptions(request, url, userAgent), agent: client.getAgent(url.href), signal },
        },
        typeof request.body === 'object' ? Readable.from([request.body]) : (request.body ?? null),
      );
      const body = await readBody(message, limits.bodyBytes);
      return { status: message.statusCode ?? 0, headers: flatten(message.headers), body };
    } catch (error) {
      if (isUnsendable(error)) throw error;
      throw networkError(error, signal.aborted, limits.requestMs);
    }
  };
}

function requestOptions(request: HttpRequest, url: URL, userAgent: string): http.RequestOptions {
  const length = typeof request.body === 'object' ? { 'content-length': String(request.body.byteLength) } : {};
  return {
    // Node wants an IPv6 address without the brackets that a URL puts round it.
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port || (url.protocol === 'https:' ? 443 : 80),
    path: url.pathname + url.search,
    method: request.method,
    headers: { ...request.headers, ...length, 'user-agent': userAgent },
  };
}

async function readBody(message: http.IncomingMessage, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Iterating rejects when the connection is cut; listening to 'data' and 'end', as the library does, waits for ever.
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new NetworkError('too-large', `the answer is larger than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function flatten(headers: http.IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}

const unreachableCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const untrustedCode = /CERT|SELF_SIGNED|UNABLE_TO_|^ERR_TLS|^EPROTO$/;

const unsendableCodes = new Set(['ERR_INVALID_CHAR', 'ERR_INVALID_HTTP_TOKEN', 'ERR_UNESCAPED_CHARACTERS']);

/** Node refuses to put the request together: no fault of the network, and another try would be refused as well. */
function isUnsendable(error: unknown): error is Error {
  return Error.isError(error) && unsendableCodes.has(errorCode(error));
}

function networkError(error: unknown, aborted: boolean, requestMs: number): NetworkError {
  if (error instanceof NetworkError) return error;
  const cause = Error.isError(error) ? error : new Error(String(error));
  const code = errorCode(cause);
  if (aborted) return new NetworkError('timeout', `no whole answer within ${requestMs / 1000} s`, { cause });
  if (unreachableCodes.has(code)) return new NetworkError('unreachable', code, { cause });
  if (untrustedCode.test(code)) return new NetworkError('untrusted', code, { cause });
  // What the `tunnel` package says where a proxy refuses CONNECT: the request itself was not sent.
  if (cause.message.startsWith('tunneling socket')) return new NetworkError('unreachable', cause.message, { cause });
  return new NetworkError('interrupted', code || cause.message, { cause });
}

/** Node reports a refused connection to a name with several addresses as an AggregateError: the first one's code. */
function errorCode(error: Error): string {
  const inner: unknown = 'errors' in error && Array.isArray(error.errors) ? error.errors[0] : error;
  return (inner as NodeJS.ErrnoException | undefined)?.code ?? '';
}
