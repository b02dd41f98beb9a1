/** The requests that came in since the last reset, for `GET /__sandbox/requests`. */
import type { IncomingMessage } from 'node:http';

export type ServerName = 'pingone' | 'github';

export interface LoggedRequest {
  readonly n: number;
  readonly server: ServerName;
  readonly method: string;
  readonly path: string;
  /** null when no response was sent, and as long as none was sent. */
  status: number | null;
  readonly start: number;
  /** null while the exchange goes on. */
  end: number | null;
  readonly connection: number;
  readonly write: boolean;
  readonly headers: IncomingMessage['headers'];
}

const startedAt = performance.now();

/** Milliseconds since the sandbox's process started, to the microsecond. */
const sinceStart = (): number => Math.round((performance.now() - startedAt) * 1000) / 1000;

/** Whether the request changes something. A token request does not. */
const isWrite = (method: string, path: string): boolean =>
  ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method) && !/^\/[^/]+\/as\/token(\?|$)/.test(path);

export class RequestLog {
  #requests: LoggedRequest[] = [];

  begin(server: ServerName, incoming: IncomingMessage, connection: number): LoggedRequest {
    const [method, path] = [incoming.method ?? '', incoming.url ?? ''];
    const request = {
      n: this.#requests.length + 1,
      server,
      method,
      path,
      status: null,
      start: sinceStart(),
      end: null,
      connection,
      write: isWrite(method, path),
      headers: incoming.headers,
    };
    this.#requests.push(request);
    return request;
  }

  finish(request: LoggedRequest): void {
    request.end ??= sinceStart();
  }

  all(): readonly LoggedRequest[] {
    return this.#requests;
  }

  clear(): void {
    this.#requests = [];
  }
}
