// The inputs about PingOne's addresses: region, API, sign-in, custom domain.
import { regionCodes, regionSuffix, regionUrls, regionWords } from '../pingone/addresses.ts';
import { inline, nearest, sentenceList } from '../text.ts';
import type { InputReader, Problem } from './reader.ts';
import { mustBe } from './reader.ts';

/** Variables that name the region for PingOne's SDKs, the Terraform provider and the Ping CLI. */
const regionVariables = [
  'PINGONE_REGION_CODE',
  'PINGONE_TOP_LEVEL_DOMAIN',
  'PINGONE_ROOT_DOMAIN',
  'PINGCLI_PINGONE_ROOT_DOMAIN',
  'PINGCLI_PINGONE_REGION_CODE',
] as const;

/** A setting that determines the region; `suffix` is undefined if the region is unknown. */
interface RegionSetting {
  readonly name: string;
  readonly value: string;
  readonly suffix: string | undefined;
}

/**
 * The domain suffix of the region, from the inputs, else from the environment variables, else `com` (NA). An unknown
 * region or a conflict is a problem: credentials must not be sent to another region.
 */
export function readRegion(
  reader: InputReader,
  { apiUrl, authUrl }: { readonly apiUrl: string | undefined; readonly authUrl: string | undefined },
): string {
  const region = regionSetting('region', reader.text('region'));
  const hosts = [hostSetting('api-url', 'api', apiUrl), hostSetting('auth-url', 'auth', authUrl)].filter(isKnown);
  const inputs = [...(region.value === '' ? [] : [region]), ...hosts];
  // If both addresses are set, the variables are not used.
  const isDecided = inputs.length > 0 || (apiUrl !== undefined && authUrl !== undefined);
  const variables = regionVariables
    .map((name) => regionSetting(name, reader.variable(name)))
    .filter(({ value }) => value !== '');
  return agreed(reader, isDecided ? inputs : variables);
}

function agreed(reader: InputReader, given: readonly RegionSetting[]): string {
  for (const { name, value } of given.filter((each) => !isKnown(each))) {
    const form = `one of ${regionCodes.join(', ')}, or a domain such as \`eu\` (or set \`auth-url\`, and \`api-url\` if the action has it)`;
    reader.problems.push(mustBe(name, value, form, { meant: nearest(value, regionWords) }));
  }
  const known = given.filter(isKnown);
  const suffixes = new Set(known.map(({ suffix }) => suffix));
  if (suffixes.size > 1) {
    reader.problems.push({
      what: `the PingOne region is ambiguous: ${sentenceList(known.map(({ name, value }) => `\`${name}\` is \`${inline(value, 60)}\``))}`,
      cause: 'one of the values remained from another environment',
      fix: 'set `region` to the region of the PingOne environment, and remove or correct the others',
    });
  }
  return known[0]?.suffix ?? 'com';
}

const isKnown = ({ suffix }: RegionSetting): boolean => suffix !== undefined;

/** A code, a name, a top-level domain (`eu`), or a root domain (`pingone.eu`). */
function regionSetting(name: string, value: string): RegionSetting {
  return { name, value, suffix: regionSuffix(value.replace(/^\.|^(?:\.?pingone\.)/i, '')) };
}

/** The region of a PingOne host; undefined for other hosts, such as the sandbox. */
function hostSetting(name: string, service: 'api' | 'auth', url: string | undefined): RegionSetting {
  const { host } = new URL(url ?? 'https://none.invalid');
  const suffix = regionCodes
    .map((code) => regionSuffix(code) ?? '')
    .find((candidate) => new URL(regionUrls(candidate)[`${service}Url`]).host === host);
  return { name, value: host, suffix };
}

/** PingOne's addresses from `region`, `api-url` and `auth-url`, without a trailing slash. */
export function readAddresses(reader: InputReader): { apiUrl: string; authUrl: string } {
  const given = { apiUrl: readPingOneApiUrl(reader), authUrl: readAuthUrl(reader) };
  const defaults = regionUrls(readRegion(reader, given));
  const { apiUrl, authUrl } = given;
  const inputs = ['region', 'api-url', 'auth-url'].filter((name) => reader.text(name) !== '');
  const isKnownHost =
    isKnown(hostSetting('api-url', 'api', apiUrl)) || isKnown(hostSetting('auth-url', 'auth', authUrl));
  const alone = inputs.length === 1 && !isKnownHost ? (apiUrl ?? authUrl) : undefined;
  if (alone !== undefined) reader.problems.push(otherMissing(inputs[0] ?? '', alone));
  return { apiUrl: apiUrl ?? defaults.apiUrl, authUrl: authUrl ?? defaults.authUrl };
}

/** The default of the other address belongs to a region that nobody named, and would get the credentials. */
function otherMissing(set: string, url: string): Problem {
  const missing = set === 'api-url' ? 'auth-url' : 'api-url';
  return {
    what: `\`${set}\` is \`${inline(url, 60)}\`, which belongs to no known region, but \`${missing}\` is empty`,
    cause: 'only one of the two addresses was set, or it has a typo',
    fix: `set \`${missing}\` as well, or \`region\` if the other address is that of a known region`,
  };
}

function readPingOneApiUrl(reader: InputReader): string | undefined {
  const url = reader.url('api-url');
  if (url !== undefined && !url.endsWith('/v1')) {
    const base = url.replace(/\/v1\/.*$/, '');
    reader.problems.push(
      mustBe('api-url', url, 'the address of the API with its path `/v1`', {
        meant: `${base}/v1`,
        cause: base === url ? 'the value has only the host' : 'the value has more than the base of the API',
      }),
    );
  }
  return url;
}

/** The base URL before `/<environment ID>/as/token`. */
export function readAuthUrl(reader: InputReader): string | undefined {
  const url = reader.url('auth-url');
  const end = url === undefined ? -1 : url.search(/(\/[0-9a-f-]{36})?\/as(\/token)?$/i);
  if (url !== undefined && end >= 0) {
    reader.problems.push({
      what: '`auth-url` must be the base of the token endpoint only',
      cause: 'the complete token endpoint was copied. The action adds the environment ID and `/as/token`',
      fix: `set \`auth-url\` to \`${inline(url.slice(0, end))}\``,
    });
  }
  return url;
}

/**
 * The input `custom-domain` as a host name; undefined if it is empty. An address from a browser is accepted, too.
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
    reader.problems.push(mustBe('custom-domain', text, 'the host name of the custom domain, e.g. `auth.example.com`'));
  }
  return host;
}
