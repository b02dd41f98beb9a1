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
      return {
        what,
        cause: 'a proxy opens TLS connections and signs them with its own certificate authority.',
        fix: 'give its certificate to Node on the runner: NODE_EXTRA_CA_CERTS=/path/to/ca.pem.',
      };
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
