import { tokenEndpoint } from './token.ts';

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
