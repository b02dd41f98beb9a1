import type * as http from 'node:http';
import type { Duplex } from 'node:stream';

// A server may give up on a connection that brings no request for a while.
const freshMs = 10_000;

/** A connection, opened or being opened, that no request uses yet. */
interface EarlyConnection {
  readonly stream: Promise<Duplex>;
  readonly openedAt: number;
}

type OnConnected = (error: Error | null, stream?: Duplex) => void;

/** Opens a connection: `createConnection` of an agent, direct or through a proxy. */
type Open = (callback: OnConnected) => Duplex | null | undefined;

/**
 * Connections that an agent opens before it has requests for them. To an agent of Node each is a new connection, opened
 * by its `createConnection` as soon as a request needs one.
 */
export class EarlyConnections {
  #waiting: EarlyConnection[] = [];

  /** Makes the agent use these before it opens others. */
  attachTo(agent: http.Agent): void {
    const open = agent.createConnection.bind(agent);
    agent.createConnection = (options, given) => {
      const callback = given as OnConnected;
      const { stream, openedAt } = this.#waiting.shift() ?? {};
      const openAnother = (): Duplex | null | undefined => open(options, given);
      if (!stream || openedAt === undefined || performance.now() - openedAt > freshMs) return openAnother();
      void stream.then(
        (early) => callback(null, early),
        // Why it failed is for the request to find out.
        () => passOn(openAnother(), callback),
      );
      return undefined;
    };
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
      if (!connection) { reject(error ?? new Error('no connection')); return; }
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
