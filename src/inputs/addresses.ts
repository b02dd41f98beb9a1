import { regionUrls } from '../pingone/regions.ts';
import { inline } from '../text.ts';
import { mustBe } from './problems.ts';
import type { InputReader } from './reader.ts';
import { readRegion } from './region.ts';

/** PingOne's addresses, from `region`, `api-url` and `auth-url`; without a slash at the end. */
export function readAddresses(reader: InputReader): { apiUrl: string; authUrl: string } {
  const given = { apiUrl: readApiUrl(reader), authUrl: readAuthUrl(reader) };
  const defaults = regionUrls(readRegion(reader, given));
  return { apiUrl: given.apiUrl ?? defaults.apiUrl, authUrl: given.authUrl ?? defaults.authUrl };
}

function readApiUrl(reader: InputReader): string | undefined {
  const url = reader.url('api-url');
  if (url !== undefined && !url.endsWith('/v1')) {
    const base = url.replace(/\/v1\/.*$/, '');
    reader.problems.push(
      mustBe('api-url', url, 'the address of the API with its path `/v1`', {
        meant: `${base}/v1`,
        cause: base === url ? 'only the host was given' : 'more than the base of the API was given',
      }),
    );
  }
  return url;
}

/** A base: what follows it is always `/<environment id>/as/token`. */
export function readAuthUrl(reader: InputReader): string | undefined {
  const url = reader.url('auth-url');
  const end = url === undefined ? -1 : url.search(/(\/[0-9a-f-]{36})?\/as(\/token)?$/i);
  if (url !== undefined && end >= 0) {
    reader.problems.push({
      what: '`auth-url` must be the base of the token endpoint only',
      cause: 'the whole endpoint was copied. The action adds the environment ID and `/as/token` itself',
      fix: `set \`auth-url\` to \`${inline(url.slice(0, end))}\``,
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
    reader.problems.push(mustBe('custom-domain', text, "the environment's own host name, e.g. `auth.example.com`"));
  }
  return host;
}
