// PingOne's regions and addresses, and how the admin console labels an application's attributes.
import { isUuid } from '../text.ts';
import { tokenEndpoint } from './token.ts';

// Source: PingOne API docs, "PingOne API domains". Older tools and SDKs use the longer names.
const regions: readonly { code: string; suffix: string; names: readonly string[] }[] = [
  { code: 'NA', suffix: 'com', names: ['NorthAmerica'] },
  { code: 'CA', suffix: 'ca', names: ['Canada'] },
  { code: 'EU', suffix: 'eu', names: ['Europe'] },
  { code: 'AU', suffix: 'com.au', names: ['Australia', 'Australia-AsiaPacific'] },
  { code: 'SG', suffix: 'sg', names: ['Singapore'] },
  { code: 'AP', suffix: 'asia', names: ['AsiaPacific'] },
];

/** The codes of all regions, for messages. */
export const regionCodes: readonly string[] = regions.map(({ code }) => code);

/** Every accepted name of a region. */
export const regionWords: readonly string[] = regions.flatMap(({ code, suffix, names }) => [code, suffix, ...names]);

/**
 * The domain suffix of a region, e.g. `eu` for `EU`, `eu` or `Europe`, in any case; undefined for an unknown region.
 */
export function regionSuffix(region: string): string | undefined {
  const wanted = region.toLowerCase();
  return regions.find(({ code, suffix, names }) =>
    [code, suffix, ...names].some((name) => name.toLowerCase() === wanted),
  )?.suffix;
}

/** The base URLs of the API and of token endpoints in a region. */
export function regionUrls(suffix: string): { apiUrl: string; authUrl: string } {
  return { apiUrl: `https://api.pingone.${suffix}/v1`, authUrl: `https://auth.pingone.${suffix}` };
}

/**
 * The address of an environment in PingOne's admin console. Undefined if the API is not on a PingOne host, or the ID is
 * not a UUID.
 * Source: PingOne docs, "Environment properties" (the query parameter `env` is the environment ID).
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

/** The console's label for an attribute of an application; undefined if the console does not show it. */
export function consoleLabel(attribute: string): string | undefined {
  return labels[attribute];
}

/** An attribute's value as the console shows it, e.g. `Client Credentials`; undefined if there is none. */
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

/** Where the worker signs in. */
export interface DeliveredAddresses {
  readonly authUrl: string;
  readonly tokenEndpoint: string;
}

/**
 * The addresses to expose with the credentials. A custom domain serves one environment, so its paths do not contain the
 * environment ID (PingOne API docs, "Custom domains"). The API has no custom domain.
 *
 * @param addresses the region's base URL of token endpoints, and the environment's custom domain if it has one
 */
export function deliveredAddresses(
  { authUrl, customDomain }: { readonly authUrl: string; readonly customDomain: string | undefined },
  environmentId: string,
): DeliveredAddresses {
  if (customDomain === undefined) return { authUrl, tokenEndpoint: tokenEndpoint(authUrl, environmentId) };
  return { authUrl: `https://${customDomain}`, tokenEndpoint: `https://${customDomain}/as/token` };
}
