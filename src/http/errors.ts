// Requests and responses, the ways in which an exchange fails, and their causes and remedies.
import type { Explanation } from '../errors.ts';

/** A request of the action. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute URL, https or loopback. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** True if it cannot be repeated: it is not sent on a connection that the server may be closing. */
  readonly isUnrepeatable?: boolean;
}

/** A complete response. */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; repeated headers joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as UTF-8 text. */
  readonly body: string;
}

/**
 * Why there is no usable response.
 * - `unreachable`: the request was never sent (name not resolved, connection refused), so a retry is safe
 * - `untrusted`: the server's certificate was not accepted; a retry does not help
 * - `timeout`, `interrupted`: sent, but no complete response; what the server did is unknown
 * - `proxy-refused`: the proxy refuses the password or the host; a retry does not help
 * - `garbled`: a success status with another body (a proxy's login page, a truncated document)
 * - `unexpected`: a success status with well-formed JSON of another shape; a retry does not help
 * - `too-large`: the body exceeds the limit
 */
export type NetworkFailure =
  'unreachable' | 'untrusted' | 'proxy-refused' | 'timeout' | 'interrupted' | 'garbled' | 'unexpected' | 'too-large';

/** There is no usable response. `message` says why in a few words, without body or headers. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  readonly failure: NetworkFailure;

  constructor(failure: NetworkFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }
}

/** The check of a value: zod's `safeParse`. */
export interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}

/**
 * The checked JSON body of a successful response. Error messages never contain the body.
 *
 * @param statuses that mean success; another 2xx does not prove that the server did it
 * @throws NetworkError `garbled` if the body is not JSON by its media type or its text; `unexpected` if it is JSON of
 *   another shape
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

/** A service, for messages: its name and the inputs that contain its address. */
export interface Service {
  readonly name: string;
  readonly addresses: string;
}

/**
 * Explains why there is no usable response.
 *
 * @param doing the attempted action as a noun phrase
 */
export function explainNetwork(error: NetworkError, service: Service, doing: string): Explanation {
  const [verb, cause, fix] = error.failure === 'untrusted' ? untrusted(error.message) : advice[error.failure](service);
  return { what: `${service.name} ${verb} ${doing}: ${error.message}`, cause, fix };
}

/** A verb with the service as its subject, the likely cause, and what to do. */
type NetworkAdvice = (service: Service) => readonly [string, string, string];

const notReached = 'could not be reached for';

const late: NetworkAdvice = ({ name }) => [
  notReached,
  `the network is slow or broken, or ${name} is unavailable.`,
  'run the workflow again, or raise `timeout` to wait longer.',
];

const advice: Readonly<Record<Exclude<NetworkFailure, 'untrusted'>, NetworkAdvice>> = {
  timeout: late,
  interrupted: late,
  unreachable: ({ addresses }) => [
    notReached,
    "the address of the host is wrong, or the runner's network or proxy blocks the request.",
    `check ${addresses}, and the proxy variables of the runner (https_proxy, no_proxy).`,
  ],
  'proxy-refused': () => [
    notReached,
    'the address, user or password of the proxy is wrong, or the proxy does not allow this host.',
    'check `https_proxy` on the runner (`http://user:password@host:port`, special characters percent-encoded), or add ' +
      'the host to `no_proxy`.',
  ],
  garbled: ({ addresses }) => [
    notReached,
    'a proxy responded instead of the server, for example with a login page, or the address is wrong.',
    `check ${addresses}, and the proxy variables of the runner.`,
  ],
  unexpected: ({ name, addresses }) => [
    'sent an unexpected response for',
    `the address belongs to another API, or ${name}'s API has changed.`,
    `check ${addresses}. If they are right, use the latest version of this action, or report an issue.`,
  ],
  'too-large': ({ addresses }) => [
    'sent too large a response for',
    'a proxy responded instead of the server, or the address is wrong.',
    `check ${addresses}, and the proxy variables of the runner.`,
  ],
};

/** By the error code of OpenSSL. */
function untrusted(code: string): readonly [string, string, string] {
  if (/CERT_(HAS_EXPIRED|NOT_YET_VALID)/.test(code)) {
    return [
      notReached,
      'the clock of the runner is wrong, or the certificate of the server or of a proxy is expired or not valid yet.',
      'check the date and time of the runner, then the certificate.',
    ];
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return [
      notReached,
      'the certificate belongs to another host: the address is wrong, or a proxy responds instead of the server.',
      'check the address, and the proxy variables of the runner (https_proxy, no_proxy).',
    ];
  }
  return [
    notReached,
    'a proxy intercepts TLS connections and uses its own certificate authority.',
    'set NODE_EXTRA_CA_CERTS on the runner to the path of a PEM file with the certificate of that authority.',
  ];
}
