import { checkBypass } from '@actions/http-client/lib/proxy';
import { NetworkError } from './message.ts';

/** The environment, which names the proxy and the hosts that need none. */
export type ProxyVariables = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for an HTTPS address by the rules of `@actions/http-client`, with two additions: a proxy without a scheme
 * is http, and `*.domain` in `no_proxy` means all hosts of the domain. Plain HTTP only goes to loopback, never through
 * a proxy.
 *
 * @throws NetworkError `proxy-refused` if the variable holds no address of a proxy
 */
export function proxyFor(url: URL, env: ProxyVariables): URL | undefined {
  const address = env['https_proxy'] || env['HTTPS_PROXY'];
  if (url.protocol !== 'https:' || !address || checkBypass(url) || isInWildcard(url, env)) return undefined;
  const proxy = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`);
  if (proxy?.hostname && ['http:', 'https:'].includes(proxy.protocol)) return proxy;
  throw new NetworkError('proxy-refused', '`https_proxy` is not the address of an HTTP proxy');
}

/** The value of `Proxy-Authorization`, if the address has a user. */
export function proxyAuthorization({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  return `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')}`;
}

function isInWildcard({ hostname, port }: URL, env: ProxyVariables): boolean {
  const noProxy = env['no_proxy'] || env['NO_PROXY'] || '';
  const hosts = [hostname, `${hostname}:${port || '443'}`];
  const domains = noProxy.split(',').flatMap((entry) => {
    const domain = entry.trim().toLowerCase();
    return domain.startsWith('*.') ? [domain.slice(1)] : [];
  });
  return domains.some((domain) => hosts.some((host) => host.endsWith(domain)));
}

/** A password with a lone percent sign is used as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
