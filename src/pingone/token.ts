import * as z from 'zod/mini';
import { decodeJson } from '../http/json.ts';
import type { Send } from '../http/send.ts';
import { OAuthError } from './errors.ts';

/** The token endpoint authentication methods that send a client secret as it is, as PingDataSync and this action do. */
export const secretAuthMethods = ['CLIENT_SECRET_POST', 'CLIENT_SECRET_BASIC'] as const;

/** One of these methods. */
export type SecretAuthMethod = (typeof secretAuthMethods)[number];

/** Whether an application's `tokenEndpointAuthMethod` is one of them. */
export function isSecretAuthMethod(method: unknown): method is SecretAuthMethod {
  return secretAuthMethods.some((known) => known === method);
}

/** What a client authenticates with. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Where access tokens come from. */
export interface AccessTokens {
  current(): Promise<string>;
  /** A token other than the one that PingOne no longer takes; undefined where none can be had. */
  renew(): Promise<string | undefined>;
}

/** An access token that cannot be renewed. */
export function fixedToken(token: string): AccessTokens {
  return { current: () => Promise.resolve(token), renew: () => Promise.resolve(undefined) };
}

// A token is sent in a header, which takes no line break (RFC 6750, 2.1).
const tokenSchema = z.object({ access_token: z.string().check(z.regex(/^[\x21-\x7e]+$/)) });

/**
 * The token endpoint of an environment: `<auth base>/<environment id>/as/token`.
 * Source: PingOne API docs, "Token"; the environment is the one in which the client lives.
 */
export function tokenEndpoint(authUrl: string, environmentId: string): string {
  return `${authUrl}/${environmentId}/as/token`;
}

/**
 * Gets an access token by the grant client_credentials, authenticating with exactly this method: PingOne does not
 * accept another than the one that the application is configured with.
 *
 * @param options.trace headers that lead back to the workflow run (`traceHeaders`)
 * @param options.until when to give up, in milliseconds since the epoch; without it, at the end of the step's time
 * @returns the access token, not yet masked
 * @throws OAuthError where the token endpoint refuses, NetworkError where no answer came
 */
export async function requestToken(
  send: Send,
  endpoint: string,
  { clientId, clientSecret }: ClientCredentials,
  method: SecretAuthMethod,
  {
    trace = {},
    until,
  }: { readonly trace?: Readonly<Record<string, string>>; readonly until?: number | undefined } = {},
): Promise<string> {
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  const headers: Record<string, string> = {
    ...trace,
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
  };
  if (method === 'CLIENT_SECRET_BASIC') {
    headers['authorization'] = `Basic ${basicCredentials({ clientId, clientSecret })}`;
  } else {
    form.set('client_id', clientId);
    form.set('client_secret', clientSecret);
  }
  // A token request changes nothing, so it may be repeated like a read.
  return send({ kind: 'read', method: 'POST', url: endpoint, headers, body: form.toString(), until }, (response) => {
    if (response.status < 200 || response.status > 299) throw new OAuthError(response);
    return decodeJson(response, tokenSchema, [200]).access_token;
  });
}

/** `base64(id:secret)` with both form-encoded first (RFC 6749, 2.3.1). */
export function basicCredentials({ clientId, clientSecret }: ClientCredentials): string {
  return Buffer.from(`${formEncode(clientId)}:${formEncode(clientSecret)}`).toString('base64');
}

/**
 * Every form in which a client secret travels or may turn up in an error, all of them to be masked: the runner masks
 * base64 of the secret alone by itself, but not of `id:secret`, and not its form-encoded form.
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
