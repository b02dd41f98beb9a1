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
  return { apiUrl, authUrl: readAuthUrl(reader) ?? defaults.authUrl };
}

/** A base: what follows it is always `/<environment id>/as/token`. */
function readAuthUrl(reader: InputReader): string | undefined {
  const url = reader.url('auth-url');
  const end = url === undefined ? -1 : url.search(/(\/[0-9a-f-]{36})?\/as(\/token)?$/i);
  if (url !== undefined && end >= 0) {
    reader.problems.push({
      what: '`auth-url` is more than the base of the token endpoint',
      cause: 'the whole endpoint was copied; the environment id and /as/token are put after the base',
      fix: `set \`auth-url\` to ${url.slice(0, end)}`,
    });
  }
  return url;
}

/**
 * The input `custom-domain` as a host name; undefined where it is not given. An address is taken as well, as people
 * copy it from the browser.
 */
export function readCustomDomain(reader: InputReader): string | undefined {
  const text = reader.text('custom-domain');
  if (text === '') return undefined;
  const host = text
    .replace(/^https:\/\//i, '')
    .replace(/\/+$/, '')
    .toLowerCase();
  const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
  if (host.length > 253 || !new RegExp(`^${label}(?:\\.${label})+$`).test(host)) {
    reader.problems.push(notTaken('custom-domain', text, "the environment's own host, e.g. `auth.example.com`"));
  }
  return host;
}
