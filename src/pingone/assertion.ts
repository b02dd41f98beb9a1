import type { KeyObject } from 'node:crypto';

/** What a client signs in with instead of a secret: a key to sign assertions with, or one assertion (RFC 7523). */
export type AssertionSource = SigningKey | GivenAssertion;

/** An RSA private key and, if it has one, its ID in the JWK set (`kid`). */
export interface SigningKey {
  readonly kind: 'key';
  readonly key: KeyObject;
  readonly keyId: string | undefined;
}

/** A JWT that the caller provides, already signed. */
export interface GivenAssertion {
  readonly kind: 'given';
  readonly assertion: string;
  /** Seconds since the epoch, the claim `exp`. */
  readonly expires: number;
}

/** The client and the token endpoint that an assertion is for. */
export interface AssertionAddressee {
  readonly clientId: string;
  /** `<auth base>/<environment ID>/as/token` */
  readonly tokenEndpoint: string;
}

// Long enough for a slow request and clock skew, short enough to be useless if it leaks.
const lifetimeSeconds = 300;

/** The clock skew that is tolerated. */
export const toleranceSeconds = 60;

// Source: PingOne API docs, "Create a private key JWT".
const longestSeconds = 3600;

/** Why a text cannot be used as the private key. */
export type KeyDefect =
  | 'not-pem'
  | 'certificate'
  | 'public'
  | 'encrypted'
  | 'openssh'
  | 'jwk'
  | 'damaged'
  | 'too-short'
  | { readonly algorithm: string };

/**
 * Reads an RSA private key (PKCS#8 as PEM). Line breaks may be written as `\n`, as one-line stores do.
 *
 * @returns the key, or why the text cannot be used
 */
export function readPrivateKey(text: string): KeyObject | KeyDefect {
  const pem = withLineBreaks(text);
  const defect = labelDefect(pem);
  if (defect !== undefined) return defect;
  try {
    const key = crypto().createPrivateKey(pem);
    const { asymmetricKeyType: algorithm = 'unknown', asymmetricKeyDetails } = key;
    if (algorithm !== 'rsa') return { algorithm };
    // RFC 7518, 3.3.
    return (asymmetricKeyDetails?.modulusLength ?? 0) < 2048 ? 'too-short' : key;
  } catch {
    return 'damaged';
  }
}

/** A PEM with real line breaks. */
export function withLineBreaks(text: string): string {
  return text.includes('\n') ? text : text.replaceAll('\\r', '').replaceAll('\\n', '\n');
}

/** The defect that the first line of a PEM shows. */
function labelDefect(pem: string): KeyDefect | undefined {
  const label = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(pem)?.[1];
  if (label === undefined) return pem.startsWith('{') ? 'jwk' : 'not-pem';
  if (label.includes('CERTIFICATE')) return 'certificate';
  if (label.includes('PUBLIC')) return 'public';
  if (label.includes('ENCRYPTED') || pem.includes('Proc-Type: 4,ENCRYPTED')) return 'encrypted';
  return label.startsWith('OPENSSH') ? 'openssh' : undefined;
}

/**
 * Signs an assertion (RS256) with a unique ID, valid for five minutes.
 *
 * @param now milliseconds since the epoch
 */
export function signAssertion(
  { key, keyId }: SigningKey,
  { clientId, tokenEndpoint }: AssertionAddressee,
  now: number,
): string {
  const issued = Math.floor(now / 1000);
  const header = { alg: 'RS256', typ: 'JWT', ...(keyId === undefined ? {} : { kid: keyId }) };
  const claims = {
    iss: clientId,
    sub: clientId,
    aud: tokenEndpoint,
    iat: issued,
    exp: issued + lifetimeSeconds,
    jti: crypto().randomUUID(),
  };
  const input = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${input}.${crypto().sign('RSA-SHA256', Buffer.from(input), key).toString('base64url')}`;
}

/** Why an assertion cannot be used. */
export type AssertionDefect =
  | { readonly kind: 'not-jwt' | 'unsigned' | 'symmetric' | 'no-expiry' }
  | { readonly kind: 'expired' | 'too-long' | 'not-yet'; readonly at: number }
  | { readonly kind: 'audience' | 'client'; readonly found: readonly string[] };

/**
 * Checks the claims of an assertion. PingOne checks the signature.
 *
 * @param now milliseconds since the epoch
 * @returns the assertion, or why PingOne would refuse it
 */
export function readAssertion(
  assertion: string,
  addressee: AssertionAddressee,
  now: number,
): GivenAssertion | AssertionDefect {
  const [header, claims] = assertion.split('.').map(decodePart);
  if (!header || !claims || !/^([\w-]+\.){2}[\w-]*$/.test(assertion)) return { kind: 'not-jwt' };
  if (assertion.endsWith('.') || header['alg'] === 'none') return { kind: 'unsigned' };
  if (String(header['alg']).startsWith('HS')) return { kind: 'symmetric' };
  const { exp } = claims;
  if (typeof exp !== 'number') return { kind: 'no-expiry' };
  return (
    timeDefect(exp, claims['nbf'], now / 1000) ??
    partyDefect(claims, addressee) ?? { kind: 'given', assertion, expires: exp }
  );
}

/** Whether PingOne no longer accepts the assertion. */
export function isExpired(expires: number, now: number): boolean {
  return expires + toleranceSeconds <= now / 1000;
}

function timeDefect(exp: number, nbf: unknown, seconds: number): AssertionDefect | undefined {
  if (isExpired(exp, seconds * 1000)) return { kind: 'expired', at: exp };
  if (exp > seconds + longestSeconds + toleranceSeconds) return { kind: 'too-long', at: exp };
  if (typeof nbf === 'number' && nbf > seconds + toleranceSeconds) return { kind: 'not-yet', at: nbf };
  return undefined;
}

function partyDefect(
  { iss, sub, aud }: Readonly<Record<string, unknown>>,
  { clientId, tokenEndpoint }: AssertionAddressee,
): AssertionDefect | undefined {
  if (iss !== clientId || sub !== clientId) return { kind: 'client', found: [textOf(iss), textOf(sub)] };
  const audiences = (Array.isArray(aud) ? aud : [aud]).map(textOf);
  // PingOne accepts its issuer as well ("Create a private key JWT").
  const accepted = [tokenEndpoint, tokenEndpoint.replace(/\/token$/, '')];
  return accepted.some((url) => audiences.includes(url)) ? undefined : { kind: 'audience', found: audiences };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function decodePart(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Loaded on use: loading it takes a sixth of the time until the first request, and most runs sign nothing. */
function crypto(): typeof import('node:crypto') {
  return process.getBuiltinModule('node:crypto');
}
