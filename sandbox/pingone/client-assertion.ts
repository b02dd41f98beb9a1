/**
 * The JWT by which a client proves that it has the private key of its `jwks` (`private_key_jwt`).
 * Sources: RFC 7523 sections 2.2 and 3; PingOne docs, "Create a private key JWT": `iss` and `sub` are the client ID, `aud`
 * the token endpoint or the issuer, `exp` at most an hour ahead; `iat` and `jti` are not looked at.
 */
import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';

export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const LONGEST_SECONDS = 3600;
/** A client's clock may be a little ahead. */
const TOLERANCE_SECONDS = 60;

const HASHES = { RS256: 'RSA-SHA256', RS384: 'RSA-SHA384', RS512: 'RSA-SHA512' } as const;

const headerSchema = z.object({ alg: z.enum(['RS256', 'RS384', 'RS512']), kid: z.string().optional() });
const claimsSchema = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  exp: z.number(),
});
const keySchema = z.looseObject({ kty: z.literal('RSA'), n: z.string(), e: z.string(), kid: z.string().optional() });
const jwksSchema = z.object({ keys: z.array(z.looseObject({})) });

function parsePart<Schema extends z.ZodType>(part: string | undefined, schema: Schema): z.output<Schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(Buffer.from(part ?? '', 'base64url').toString())).data;
  } catch {
    return undefined;
  }
}

/** The client that the assertion says it comes from; nothing is verified yet. */
export const subjectOf = (assertion: string): string =>
  parsePart(assertion.split('.')[1], z.object({ sub: z.string() }))?.sub ?? '';

function keysOf(jwks: unknown): z.output<typeof keySchema>[] {
  const set = parsePart(Buffer.from(typeof jwks === 'string' ? jwks : '').toString('base64url'), jwksSchema);
  return (set?.keys ?? []).flatMap((key) => keySchema.safeParse(key).data ?? []);
}

function isSigned(assertion: string, jwks: unknown): boolean {
  const [head, body, signature, ...more] = assertion.split('.');
  const header = parsePart(head, headerSchema);
  if (!header || signature === undefined || more.length > 0) return false;
  const { alg, kid } = header;
  const candidates = keysOf(jwks).filter((key) => kid === undefined || key.kid === undefined || key.kid === kid);
  const signed = Buffer.from(`${head}.${body}`);
  const bytes = Buffer.from(signature, 'base64url');
  return candidates.some((key) => verify(HASHES[alg], signed, createPublicKey({ key, format: 'jwk' }), bytes));
}

const withoutScheme = (url: string): string => url.replace(/^https?:/, '');

/** What the assertion is held against. */
export interface Expected {
  readonly clientId: string;
  /** The application's own attribute. */
  readonly jwks: unknown;
  /** As the client addressed it. */
  readonly tokenEndpoint: string;
  /** In milliseconds. */
  readonly now: number;
}

/** Why the assertion is not accepted; undefined if it is. */
export function assertionProblem(assertion: string, expected: Expected): string | undefined {
  const claims = parsePart(assertion.split('.')[1], claimsSchema);
  if (!claims) return 'The client assertion is not a JWT with the claims iss, sub, aud and exp';
  const { iss, sub, aud, exp } = claims;
  if (iss !== expected.clientId || sub !== expected.clientId) return 'The claims iss and sub must be the client ID';
  // A proxy that ends TLS stands before the sandbox where hosts are made up: the scheme says nothing.
  const endpoint = withoutScheme(expected.tokenEndpoint);
  const isMeant = [aud]
    .flat()
    .some((name) => [endpoint, endpoint.replace(/\/token$/, '')].includes(withoutScheme(name)));
  if (!isMeant) return 'The claim aud must be the token endpoint or the issuer';
  const seconds = exp - expected.now / 1000;
  if (seconds <= -TOLERANCE_SECONDS) return 'The client assertion has expired';
  if (seconds > LONGEST_SECONDS + TOLERANCE_SECONDS) return 'The claim exp is more than an hour ahead';
  return isSigned(assertion, expected.jwks) ? undefined : 'The signature of the client assertion is not valid';
}
