import { isUuid } from '../text.ts';

/**
 * Where PingOne's admin console shows an environment; undefined where the API is not at one of PingOne's own hosts, or
 * the id is none of PingOne's.
 * Source: PingOne docs, "Environment properties" (the console's address takes the environment as `env`).
 */
export function consoleUrl(apiUrl: string, environmentId: string): string | undefined {
  const domain = /^api\.(pingone\.[a-z.]+)$/.exec(new URL(apiUrl).host)?.[1];
  if (domain === undefined || !isUuid(environmentId)) return undefined;
  return `https://console.${domain}/?env=${environmentId}`;
}
