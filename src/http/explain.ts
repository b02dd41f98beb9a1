import type { Explanation } from '../errors.ts';
import type { NetworkError } from './message.ts';

/** Who was to answer: a name for messages, and the settings that say where it is. */
export interface Service {
  readonly name: string;
  readonly addresses: string;
}

/**
 * Explains that no whole answer came.
 *
 * @param doing what was tried, as a noun phrase
 */
export function explainNetwork(error: NetworkError, { name, addresses }: Service, doing: string): Explanation {
  const what = `${name} could not be reached for ${doing}: ${error.message}`;
  switch (error.failure) {
    case 'unreachable':
      return {
        what,
        cause: "the host's name is wrong, or the runner's network or proxy does not let the step through.",
        fix: `check ${addresses}, and the proxy variables of the runner (https_proxy, no_proxy).`,
      };
    case 'untrusted':
      return { what, ...untrusted(error.message) };
    case 'garbled':
      return {
        what,
        cause: 'something on the way answered instead (a proxy that asks for a login), or the address is wrong.',
        fix: `check ${addresses}, and the proxy variables of the runner.`,
      };
    case 'too-large':
      return {
        what: `${name} gave too long an answer for ${doing}: ${error.message}`,
        cause: 'something on the way answered instead, or the address is wrong.',
        fix: `check ${addresses}, and the proxy variables of the runner.`,
      };
    case 'timeout':
    case 'interrupted':
      return {
        what,
        cause: `the network is slow or broken, or ${name} has a disturbance.`,
        fix: 'run again; raise `timeout` to wait longer.',
      };
  }
}

/** By the code of OpenSSL that Node passes on. */
function untrusted(code: string): Omit<Explanation, 'what'> {
  if (/CERT_(HAS_EXPIRED|NOT_YET_VALID)/.test(code)) {
    return {
      cause: 'the clock of the runner is wrong, or the certificate of the server (or of a proxy) is really not valid now.',
      fix: 'check the date and time of the runner, then the certificate.',
    };
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return {
      cause: 'the certificate belongs to another host: the address is wrong, or a proxy answers in its place.',
      fix: 'check the address, and the proxy variables of the runner (https_proxy, no_proxy).',
    };
  }
  return {
    cause: 'a proxy opens TLS connections and signs them with its own certificate authority.',
    fix: 'give its certificate to Node on the runner: NODE_EXTRA_CA_CERTS=/path/to/ca.pem.',
  };
}
