/** A request as the rest of the action words it. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute URL, https or loopback. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** True if it must not be lost: it is not sent on a connection that the server may be closing. */
  readonly isUnrepeatable?: boolean;
}

/** A whole answer. */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; repeated headers joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as UTF-8 text. */
  readonly body: string;
}

/**
 * Why no whole answer came.
 * - `unreachable`: the request was never sent (name not resolved, connection refused), so repeating it is harmless
 * - `untrusted`: the server's certificate was not accepted; repeating does not help
 * - `timeout`, `interrupted`: sent, but the answer did not come or broke off; what the server did is unknown
 * - `proxy-refused`: the proxy wants another password, or does not allow the host; repeating does not help
 * - `garbled`: an answer of success whose body is not what was asked for (a captive proxy's page, a cut document)
 * - `unexpected`: an answer of success, well-formed but with other content than it must have; repeating does not help
 * - `too-large`: the body exceeds the limit
 */
export type NetworkFailure =
  'unreachable' | 'untrusted' | 'proxy-refused' | 'timeout' | 'interrupted' | 'garbled' | 'unexpected' | 'too-large';

/** No whole answer came. `message` says what happened in a few words, without body or headers. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  readonly failure: NetworkFailure;

  constructor(failure: NetworkFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }
}
