/**
 * Where PingOne's admin console shows an environment; undefined where the API is not at one of PingOne's own hosts.
 * Source: PingOne docs, "Environment properties" (the console's address takes the environment as `env`).
 */
export function consoleUrl(apiUrl: string, environmentId: string): string | undefined {
  const domain = /^api\.(pingone\.[a-z.]+)$/.exec(new URL(apiUrl).host)?.[1];
  return domain === undefined ? undefined : `https://console.${domain}/?env=${encodeURIComponent(environmentId)}`;
}
