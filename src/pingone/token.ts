import * as z from 'zod/mini';
import type { HttpResponse } from '../http/errors.ts';
import { decodeJson } from '../http/errors.ts';
import type { Send } from '../http/send.ts';
import { OAuthError } from './errors.ts';

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

/** The token endpoint authentication methods that send the client secret, as PingDataSync and this action do. */
export const secretAuthMethods = ['CLIENT_SECRET_POST', 'CLIENT_SECRET_BASIC'] as const;

/** One of these methods. */
export type SecretAuthMethod = (typeof secretAuthMethods)[number];

/** Whether an application's `tokenEndpointAuthMethod` is one of them. */
export function isSecretAuthMethod(method: unknown): method is SecretAuthMethod {
  return secretAuthMethods.some((known) => known === method);
}

/** A client ID and its secret. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A source of access tokens. */
export interface AccessTokens {
  current(): Promise<string>;
  /** A new token, after PingOne refused the current one; undefined if there is no way to get one. */
  renew(): Promise<string | undefined>;
}

/** An access token that cannot be renewed. */
export function fixedToken(token: string): AccessTokens {
  return { current: () => Promise.resolve(token), renew: () => Promise.resolve(undefined) };
}

// A token is sent in a header, which cannot contain line breaks (RFC 6750, 2.1).
const tokenSchema = z.object({
  access_token: z.string().check(z.regex(/^[\x21-\x7e]+$/)),
  token_type: z.optional(z.string()),
  expires_in: z.optional(z.number()),
});

/** What the token endpoint grants. */
export interface TokenGrant {
  /** Not yet masked. */
  readonly accessToken: string;
  readonly tokenType: string;
  /** Milliseconds since the epoch, by PingOne's clock; undefined if the response has no lifetime. */
  readonly expiresAt: number | undefined;
}

/** How a client authenticates: with its secret, or with an assertion, one for each attempt. */
export type ClientAuthentication =
  (ClientCredentials & { readonly method: SecretAuthMethod }) | { readonly assertion: () => string };

/** The options of a token request. */
export interface TokenRequestOptions {
  /** Headers that link PingOne's audit trail to the workflow run (`traceHeaders`). */
  readonly trace?: Readonly<Record<string, string>>;
  /** When to give up, in milliseconds since the epoch. Default: the end of the step's time. */
  readonly until?: number | undefined;
}

/**
 * The token endpoint of the client's environment: `<auth base>/<environment ID>/as/token`.
 * Source: PingOne API docs, "Token".
 */
export function tokenEndpoint(authUrl: string, environmentId: string): string {
  return `${authUrl}/${environmentId}/as/token`;
}

/**
 * Gets an access token by the grant client_credentials and exactly this authentication method: PingOne accepts only the
 * method that the application is configured with.
 *
 * @returns the access token, not yet masked
 * @throws OAuthError if the token endpoint refuses, NetworkError if there is no response
 */
export async function requestToken(
  send: Send,
  endpoint: string,
  { clientId, clientSecret }: ClientCredentials,
  method: SecretAuthMethod,
  options: TokenRequestOptions = {},
): Promise<string> {
  return (await requestGrant(send, endpoint, { clientId, clientSecret, method }, options)).accessToken;
}

/** The same with any kind of authentication; returns the lifetime and the type of the token, too. */
export async function requestGrant(
  send: Send,
  endpoint: string,
  authentication: ClientAuthentication,
  { trace = {}, until }: TokenRequestOptions = {},
): Promise<TokenGrant> {
  const headers = {
    ...trace,
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
    ...authorization(authentication),
  };
  const makeBody = (): string => tokenForm(authentication).toString();
  // A token request changes nothing, so it is retried like a read.
  return send({ kind: 'read', method: 'POST', url: endpoint, headers, makeBody, until }, (response) => {
    if (response.status < 200 || response.status > 299) throw new OAuthError(response);
    const { access_token, token_type, expires_in } = decodeJson(response, tokenSchema, [200]);
    const expiresAt = expires_in === undefined ? undefined : now(response) + expires_in * 1000;
    return { accessToken: access_token, tokenType: token_type ?? 'Bearer', expiresAt };
  });
}

/** Milliseconds since the epoch, by the server's clock. */
function now({ headers }: HttpResponse): number {
  const date = Date.parse(headers['date'] ?? '');
  return Number.isNaN(date) ? Date.now() : date;
}

function authorization(authentication: ClientAuthentication): Record<string, string> {
  if (!('method' in authentication) || authentication.method !== 'CLIENT_SECRET_BASIC') return {};
  return { authorization: `Basic ${basicCredentials(authentication)}` };
}

function tokenForm(authentication: ClientAuthentication): URLSearchParams {
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  if (!('method' in authentication)) {
    form.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    form.set('client_assertion', authentication.assertion());
  } else if (authentication.method === 'CLIENT_SECRET_POST') {
    form.set('client_id', authentication.clientId);
    form.set('client_secret', authentication.clientSecret);
  }
  return form;
}

/** `base64(id:secret)`, both form-encoded first (RFC 6749, 2.3.1). */
export function basicCredentials({ clientId, clientSecret }: ClientCredentials): string {
  return Buffer.from(`${formEncode(clientId)}:${formEncode(clientSecret)}`).toString('base64');
}

/**
 * Every form in which a client secret is sent or may appear in an error, to be masked. The runner itself masks base64 of
 * the secret, but not of `id:secret`, and not the form-encoded secret.
 */
export function secretForms(credentials: ClientCredentials): readonly string[] {
  const { clientId, clientSecret } = credentials;
  return [
    clientSecret,
    formEncode(clientSecret),
    basicCredentials(credentials),
    Buffer.from(`${clientId}:${clientSecret}`).toString('base64'),
  ];
}

/** One value as `application/x-www-form-urlencoded` writes it. */
export function formEncode(value: string): string {
  return new URLSearchParams([['', value]]).toString().slice(1);
}
