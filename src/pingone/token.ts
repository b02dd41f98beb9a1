// Requests to the token endpoint, and what its refusals mean.
import * as z from 'zod/mini';
import type { Advice } from '../errors.ts';
import { ActionError } from '../errors.ts';
import type { HttpResponse } from '../http/errors.ts';
import { decodeJson, explainNetwork, NetworkError } from '../http/errors.ts';
import type { Send } from '../http/send.ts';
import { inline } from '../text.ts';
import { grantAdminRoles, OAuthError } from './errors.ts';

// Source: PingOne API docs, "PingOne API domains". Older tools and SDKs use the longer names.
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
  /** Milliseconds since the epoch, by PingOne's clock; undefined if the response has no lifetime above 0. */
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
 * @throws OAuthError if the token endpoint refuses, NetworkError if there is no response or no bearer token
 */
export async function requestToken(
  send: Send,
  endpoint: string,
  { clientId, clientSecret }: ClientCredentials,
  method: SecretAuthMethod,
  options: TokenRequestOptions = {},
): Promise<string> {
  return bearerToken(await requestGrant(send, endpoint, { clientId, clientSecret, method }, options));
}

/**
 * The access token, to be sent as a bearer token.
 *
 * @throws NetworkError if it has another type, which the action cannot use (RFC 6749, 7.1)
 */
export function bearerToken({ accessToken, tokenType }: TokenGrant): string {
  if (tokenType.toLowerCase() === 'bearer') return accessToken;
  throw new NetworkError('unexpected', `a token of the type "${inline(tokenType, 60)}" instead of "Bearer"`);
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
    const { access_token, token_type, expires_in = 0 } = decodeJson(response, tokenSchema, [200]);
    const expiresAt = expires_in > 0 ? now(response) + expires_in * 1000 : undefined;
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

/** What a refusal means for one way to sign in. Cause and remedy name the inputs of that way. */
export interface SignInKind {
  /** The credentials, as a message calls them. */
  readonly name: string;
  /** The inputs that contain the addresses of PingOne. */
  readonly addresses: string;
  /** The application is configured with another authentication method. */
  readonly otherMethod: Advice;
  /** The application has no role. */
  readonly noRole: Advice;
  /** @param host of the token endpoint */
  readonly refused: (host: string) => Advice;
}

const adminRole: Advice = {
  cause:
    'the credentials are correct, but the admin application holds no role. PingOne does not issue a token to a worker ' +
    'without roles.',
  fix: `${grantAdminRoles} See Applications > Applications > the admin application > Roles.`,
};

/** Admin credentials with a client secret. */
export const adminSecret: SignInKind = {
  name: 'the admin credentials',
  addresses: '`region`, `api-url` and `auth-url`',
  otherMethod: {
    cause: '`admin-auth-method` is wrong, or the admin application uses another method, such as Private Key JWT.',
    fix:
      'remove `admin-auth-method` if it is set: the action then detects the method. For Private Key JWT, set ' +
      '`admin-private-key` or `admin-client-assertion` instead of `admin-client-secret`, or select Client Secret Basic on ' +
      'the Configuration tab of the application.',
  },
  noRole: adminRole,
  refused: (host) => ({
    cause:
      `the client secret is wrong or was rotated, or ${host} belongs to another region. Other causes: ` +
      '`admin-environment-id` is not the environment of the admin application, or the application is disabled.',
    fix:
      'check `region` first. Then copy the client ID, the client secret and the environment ID of the admin application ' +
      'from PingOne again, and check that it is enabled and has the grant type Client Credentials.',
  }),
};

/** Admin credentials with an assertion. */
export const adminAssertion: SignInKind = {
  name: 'the admin credentials',
  addresses: '`region`, `api-url` and `auth-url`',
  otherMethod: {
    cause: 'the admin application is not configured with the method Private Key JWT.',
    fix:
      'in PingOne, set its token endpoint authentication method to Private Key JWT, and register the public key (`jwks` ' +
      'or `jwksUrl`).',
  },
  noRole: adminRole,
  refused: (host) => ({
    cause:
      "the public key of the signing key is not in the admin application's `jwks`, or has another `kid`, or " +
      `${host} belongs to another region. Other causes: \`admin-environment-id\` is not the environment of the admin ` +
      'application, or the application is disabled.',
    fix:
      'check `region` first. Then compare the public key and its `kid` with the `jwks` of the admin application in ' +
      'PingOne, and check that it is enabled and has the grant type Client Credentials.',
  }),
};

/** The credentials of a worker, from the inputs of the action `token`. */
export const storedCredentials: SignInKind = {
  name: 'the credentials',
  addresses: '`region`, `auth-url` and `token-endpoint`',
  otherMethod: {
    cause: 'the application is configured with another token endpoint authentication method.',
    fix: 'set `token-endpoint-auth-method` to the method on the Configuration tab of the application in PingOne.',
  },
  noRole: {
    cause:
      'the credentials are correct, but the application holds no role. PingOne does not issue a token to a worker ' +
      'without roles.',
    fix: 'in PingOne, grant the application a role (Roles tab), or set `roles` in the step that creates it.',
  },
  refused: (host) => ({
    cause:
      `\`client-secret\` is wrong or was rotated, or ${host} belongs to another region. Other causes: \`environment-id\` ` +
      'is not the environment of the application, or the application is disabled or deleted.',
    fix:
      'check `region` first. Then check in PingOne that the application is enabled and has the grant type Client ' +
      'Credentials, and store its current credentials again.',
  }),
};

/**
 * Explains a failed token request. Any other error is returned unchanged.
 *
 * @param source where the credentials come from
 */
export function explainSignIn(error: unknown, kind: SignInKind, source: string, endpoint: string): unknown {
  const { host } = new URL(endpoint);
  const failure = isFromElsewhere(error) ? new NetworkError('garbled', `${host} returned ${error.message}`) : error;
  if (failure instanceof NetworkError) {
    const service = { name: 'PingOne', addresses: kind.addresses };
    return new ActionError(explainNetwork(failure, service, `a token for ${kind.name}`), { cause: error });
  }
  if (!(error instanceof OAuthError)) return error;
  const outcome = isAuthenticated(error) ? 'issued no token for' : 'refused';
  const what = `PingOne (${host}) ${outcome} ${kind.name} from ${source}: ${error.message}.`;
  return new ActionError({ what, ...adviceFor(error, kind, host) }, { cause: error });
}

/** A redirect, or the page of a proxy or of another server. An unavailable PingOne may send any body. */
function isFromElsewhere(error: unknown): error is OAuthError {
  return error instanceof OAuthError && !error.isFromTokenEndpoint && error.status < 500 && error.status !== 429;
}

/** Wrong credentials are `invalid_client`. */
function isAuthenticated(error: OAuthError): boolean {
  return error.error === 'access_denied';
}

function adviceFor(error: OAuthError, { otherMethod, noRole, refused }: SignInKind, host: string): Advice {
  if (error.isUnsupportedMethod) return otherMethod;
  if (isAuthenticated(error)) return noRole;
  if (error.status >= 500 || error.status === 429) {
    return { cause: 'PingOne is unavailable, or its rate limit is reached.', fix: 'run the workflow again later.' };
  }
  return refused(host);
}
