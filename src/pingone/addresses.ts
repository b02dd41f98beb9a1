// PingOne's addresses.
import { isUuid } from '../text.ts';
import { tokenEndpoint } from './token.ts';

/**
 * Where PingOne's admin console shows an environment; undefined if the API is not at one of PingOne's own hosts, or the
 * id is none of PingOne's.
 * Source: PingOne docs, "Environment properties" (the console's address takes the environment as `env`).
 */
export function consoleUrl(apiUrl: string, environmentId: string): string | undefined {
  const domain = /^api\.(pingone\.[a-z.]+)$/.exec(new URL(apiUrl).host)?.[1];
  if (domain === undefined || !isUuid(environmentId)) return undefined;
  return `https://console.${domain}/?env=${environmentId}`;
}

const labels: Readonly<Record<string, string>> = {
  name: 'Name',
  description: 'Description',
  enabled: 'Enabled',
  grantTypes: 'Grant type',
  responseTypes: 'Response type',
  redirectUris: 'Redirect URIs',
  tokenEndpointAuthMethod: 'Token endpoint authentication method',
};

/** How the console labels an attribute of an application; undefined for one that it does not show. */
export function consoleLabel(attribute: string): string | undefined {
  return labels[attribute];
}

/** How the console shows a value of this attribute: `Client Credentials`; undefined for none. */
export function consoleValue(attribute: string, value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) {
    return value.length === 0 ? undefined : value.map((item) => consoleValue(attribute, item)).join(', ');
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'string') return JSON.stringify(value);
  return ['grantTypes', 'responseTypes', 'tokenEndpointAuthMethod'].includes(attribute) ? titled(value) : value;
}

function titled(word: string): string {
  return word
    .split('_')
    .map((part) => part.charAt(0) + part.slice(1).toLowerCase())
    .join(' ');
}

/** Where whoever gets the credentials signs in. */
export interface DeliveredAddresses {
  readonly authUrl: string;
  readonly tokenEndpoint: string;
}

/**
 * The addresses to hand on. With a custom domain there is one environment behind the host, and its id is not part of
 * the path (PingOne API docs, "Custom domains"). The API has no custom domain.
 *
 * @param addresses the region's base of token endpoints, and the environment's own host where it has one
 */
export function deliveredAddresses(
  { authUrl, customDomain }: { readonly authUrl: string; readonly customDomain: string | undefined },
  environmentId: string,
): DeliveredAddresses {
  if (customDomain === undefined) return { authUrl, tokenEndpoint: tokenEndpoint(authUrl, environmentId) };
  return { authUrl: `https://${customDomain}`, tokenEndpoint: `https://${customDomain}/as/token` };
}
