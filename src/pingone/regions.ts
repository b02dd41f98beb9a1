// Source: PingOne API docs, "PingOne API domains". The longer names are those of older tools and SDKs.
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

/** Every word for a region that is taken. */
export const regionWords: readonly string[] = regions.flatMap(({ code, suffix, names }) => [code, suffix, ...names]);

/**
 * The domain suffix of a region, e.g. `eu` for `EU`, `eu` or `Europe`, in any case; undefined for an unknown one.
 */
export function regionSuffix(region: string): string | undefined {
  const wanted = region.toLowerCase();
  return regions.find(({ code, suffix, names }) =>
    [code, suffix, ...names].some((name) => name.toLowerCase() === wanted),
  )?.suffix;
}

/** The API's and the token endpoint's base in a region. */
export function regionUrls(suffix: string): { apiUrl: string; authUrl: string } {
  return { apiUrl: `https://api.pingone.${suffix}/v1`, authUrl: `https://auth.pingone.${suffix}` };
}
