// Requests and responses, the ways in which an exchange fails, and what a message says about each.
import type { Explanation } from '../errors.ts';

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

/** What a schema library offers to check a value: zod's `safeParse`. */
export interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}

/**
 * The JSON body of an answer of success, checked.
 * The body itself is never part of the message.
 *
 * @param statuses those that mean success; others of 2xx do not say that it was done
 * @throws NetworkError `garbled` if the body is not JSON, by its media type or its text: a captive proxy's page, or a
 *   document cut short. `unexpected` if it is JSON of another shape: an API that has changed, or another API
 */
export function decodeJson<T>(response: HttpResponse, schema: Schema<T>, statuses: readonly number[] = [200, 201]): T {
  const { status } = response;
  if (status === 204) throw new NetworkError('unexpected', 'status 204, which has no content');
  const value = parseJson(response);
  if (!statuses.includes(status)) throw new NetworkError('unexpected', `status ${status} instead of ${statuses[0]}`);
  const result = schema.safeParse(value);
  if (!result.success) {
    throw new NetworkError('unexpected', `status ${status} with JSON that has another shape`);
  }
  return result.data;
}

const mediaType = /^application\/([\w.+-]+\+)?json\s*(;|$)/i;

function parseJson({ status, headers, body }: HttpResponse): unknown {
  if (!mediaType.test(headers['content-type'] ?? '')) {
    throw new NetworkError('garbled', `status ${status} with a body that is not declared as JSON`);
  }
  try {
    return JSON.parse(body);
  } catch {
    throw new NetworkError('garbled', `status ${status} with a body that is not JSON`);
  }
}

/** Who was to answer: a name for messages, and the settings that say where it is. */
export interface Service {
  readonly name: string;
  readonly addresses: string;
}

/**
 * Explains that no usable response came.
 *
 * @param doing what was tried, as a noun phrase
 */
export function explainNetwork(error: NetworkError, service: Service, doing: string): Explanation {
  const [verb, cause, fix] = error.failure === 'untrusted' ? untrusted(error.message) : advice[error.failure](service);
  return { what: `${service.name} ${verb} ${doing}: ${error.message}`, cause, fix };
}

/** What the service did, the likely cause, and what to do. */
type NetworkAdvice = (service: Service) => readonly [string, string, string];

const notReached = 'could not be reached for';

const late: NetworkAdvice = ({ name }) => [
  notReached,
  `the network is slow or broken, or ${name} is unavailable.`,
  'run again; raise `timeout` to wait longer.',
];

const advice: Readonly<Record<Exclude<NetworkFailure, 'untrusted'>, NetworkAdvice>> = {
  timeout: late,
  interrupted: late,
  unreachable: ({ addresses }) => [
    notReached,
    "the host's name is wrong, or the runner's network or proxy blocks the request.",
    `check ${addresses}, and the proxy variables of the runner (https_proxy, no_proxy).`,
  ],
  'proxy-refused': () => [
    notReached,
    "the proxy's address, user or password is wrong, or the proxy does not allow this host.",
    'check `https_proxy` on the runner (`http://user:password@host:port`, special characters percent-encoded), or add ' +
      'the host to `no_proxy`.',
  ],
  garbled: ({ addresses }) => [
    notReached,
    'something between the runner and the server answered instead (a proxy that asks for a login), or the address is ' +
      'wrong.',
    `check ${addresses}, and the proxy variables of the runner.`,
  ],
  unexpected: ({ name, addresses }) => [
    'gave an unexpected response to',
    `the address belongs to another API, or ${name}'s API has changed.`,
    `check ${addresses}; if they are right, use the latest version of this action, or report it as an issue.`,
  ],
  'too-large': ({ addresses }) => [
    'gave too long a response to',
    'something between the runner and the server answered instead, or the address is wrong.',
    `check ${addresses}, and the proxy variables of the runner.`,
  ],
};

/** By the code of OpenSSL that Node passes on. */
function untrusted(code: string): readonly [string, string, string] {
  if (/CERT_(HAS_EXPIRED|NOT_YET_VALID)/.test(code)) {
    return [
      notReached,
      'the clock of the runner is wrong, or the certificate of the server (or of a proxy) is not valid now.',
      'check the date and time of the runner, then the certificate.',
    ];
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return [
      notReached,
      'the certificate belongs to another host: the address is wrong, or a proxy answers in its place.',
      'check the address, and the proxy variables of the runner (https_proxy, no_proxy).',
    ];
  }
  return [
    notReached,
    'a proxy opens TLS connections and signs them with its own certificate authority.',
    'set NODE_EXTRA_CA_CERTS=/path/to/ca.pem on the runner, with the certificate of that authority.',
  ];
}
