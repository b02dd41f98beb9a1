/** One of the two servers: everything between the socket and an API that is a function from Request to Response. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock } from './clock.ts';
import type { Answer, Exchange } from './exchange.ts';
import { readBody, toAnswer, toRequest } from './exchange.ts';
import { faultyAnswer, wait } from './fault-effect.ts';
import type { FaultList } from './faults.ts';
import { latencyOf } from './latency.ts';
import type { LoggedRequest, RequestLog, ServerName } from './request-log.ts';
import { send } from './send.ts';

/** A vendor: its API, and the functions that the transport needs. */
export interface Vendor {
  readonly name: ServerName;
  fetch(request: Request): Promise<Response> | Response;
  /** The response to a request that is one too many; it is not counted then. */
  refuse(address: string, request: LoggedRequest): Answer | undefined;
  /** Hides the effects of `change` from lists. */
  hideWhile<Result>(milliseconds: number, change: () => Promise<Result>): Promise<Result>;
}

/** What both servers share. */
export interface Traffic {
  readonly clock: Clock;
  readonly log: RequestLog;
  readonly faults: FaultList;
  readonly latencyMs: number;
  control(request: Request): Promise<Response> | Response;
  onExchange?(exchange: Exchange): void;
  /** The number of a new connection, over both servers. */
  nextConnection(): number;
}

interface Connection {
  readonly number: number;
  readonly openedAt: number;
  used: boolean;
}

const CONTROL = '/__sandbox/';

/** Longer than any client pauses, so that no idle connection is closed under a request. */
const KEEP_ALIVE_MS = 120_000;

export class SandboxServer {
  readonly #vendor: Vendor;
  readonly #traffic: Traffic;
  readonly #server: Server;
  readonly #connections = new WeakMap<Socket, Connection>();

  constructor(vendor: Vendor, traffic: Traffic) {
    this.#vendor = vendor;
    this.#traffic = traffic;
    this.#server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (incoming, outgoing) => {
      this.#serve(incoming, outgoing).catch((error: unknown) => {
        // A client may disconnect. Any other error is a defect of the sandbox.
        if (incoming.complete) process.stderr.write(`sandbox: ${String(Error.isError(error) ? error.stack : error)}\n`);
        outgoing.destroy();
      });
    });
    this.#server.on('connection', (socket) => {
      this.#connections.set(socket, {
        number: traffic.nextConnection(),
        openedAt: performance.now(),
        used: false,
      });
    });
  }

  /** Listens on loopback; the port that it got. */
  async listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', resolve);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  /** Ends immediately, even if connections are open. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    if (incoming.url?.startsWith(CONTROL)) return this.#serveControl(incoming, outgoing);
    const connection = this.#connections.get(incoming.socket);
    const age = connection && !connection.used ? performance.now() - connection.openedAt : undefined;
    const latency = latencyOf(this.#traffic.latencyMs, age);
    if (connection) connection.used = true;
    const logged = this.#traffic.log.begin(this.#vendor.name, incoming, connection?.number ?? 0);
    outgoing.on('close', () => this.#traffic.log.finish(logged));
    await this.#answer(incoming, outgoing, logged, latency);
  }

  async #serveControl(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = toRequest(incoming, await readBody(incoming));
    send(outgoing, await toAnswer(await this.#traffic.control(request)), {}, this.#date());
  }

  async #answer(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    logged: LoggedRequest,
    latency: number,
  ): Promise<void> {
    const body = await readBody(incoming);
    const refusal = this.#vendor.refuse(incoming.socket.remoteAddress ?? '', logged);
    if (refusal) {
      await wait(latency);
      this.#send(outgoing, logged, refusal, {});
      return;
    }
    const effect = this.#traffic.faults.take(logged);
    const handle = () => this.#handle(incoming, body);
    const { hideFor } = effect ?? {};
    const honest = hideFor === undefined ? handle : () => this.#vendor.hideWhile(hideFor, handle);
    const answer = await (effect ? faultyAnswer(effect, honest) : honest());
    await wait(latency);
    this.#send(outgoing, logged, answer, effect ?? {});
  }

  #send(outgoing: ServerResponse, logged: LoggedRequest, answer: Answer, spoiling: Parameters<typeof send>[2]): void {
    if (send(outgoing, answer, spoiling, this.#date())) logged.status = answer.status;
    if (spoiling.stall === undefined) this.#traffic.log.finish(logged);
  }

  async #handle(incoming: IncomingMessage, requestBody: Buffer): Promise<Answer> {
    const answer = await toAnswer(await this.#vendor.fetch(toRequest(incoming, requestBody)));
    this.#traffic.onExchange?.({
      server: this.#vendor.name,
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      requestHeaders: incoming.headers,
      requestBody,
      status: answer.status,
      responseHeaders: answer.headers,
      responseBody: answer.body,
    });
    return answer;
  }

  #date(): string {
    return new Date(this.#traffic.clock.now()).toUTCString();
  }
}
