import { regionCodes, regionSuffix, regionUrls, regionWords } from '../pingone/regions.ts';
import { nearest, notTaken } from './problems.ts';
import type { InputReader } from './reader.ts';

/** PingOne's addresses, from `region`, `api-url` and `auth-url`; without a slash at the end. */
export function readAddresses(reader: InputReader): { apiUrl: string; authUrl: string } {
  const given = reader.text('region');
  const region = given || reader.variable('PINGONE_REGION_CODE') || 'NA';
  const suffix = regionSuffix(region);
  if (suffix === undefined) {
    const name = given ? 'region' : 'PINGONE_REGION_CODE';
    const taken = `one of ${regionCodes.join(', ')}, or give \`api-url\` and \`auth-url\``;
    reader.problems.push(notTaken(name, region, taken, nearest(region, regionWords)));
  }
  const defaults = regionUrls(suffix ?? 'com');
  const apiUrl = reader.url('api-url') ?? defaults.apiUrl;
  if (!apiUrl.endsWith('/v1')) {
    reader.problems.push({
      what: `\`api-url\` does not end in /v1`,
      cause: 'the host alone was given; the path of the API belongs to it',
      fix: `set \`api-url\` to ${apiUrl}/v1`,
    });
  }
  return { apiUrl, authUrl: reader.url('auth-url') ?? defaults.authUrl };
}
