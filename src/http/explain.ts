import type { Explanation } from '../errors.ts';
import type { NetworkError, NetworkFailure } from './message.ts';

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
type Advice = (service: Service) => readonly [string, string, string];

const notReached = 'could not be reached for';

const late: Advice = ({ name }) => [
  notReached,
  `the network is slow or broken, or ${name} is unavailable.`,
  'run again; raise `timeout` to wait longer.',
];

const advice: Readonly<Record<Exclude<NetworkFailure, 'untrusted'>, Advice>> = {
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
