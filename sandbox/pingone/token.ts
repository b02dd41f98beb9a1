/**
 * `POST /{environment}/as/token` with the client credentials grant.
 * Sources: PingOne API docs, Token (client_credentials); error descriptions as Ping's own CLI tests expect them.
 * Not documented, chosen here: 403 for `access_denied`, `unauthorized_client` for a grant that is not enabled,
 * `invalid_client` for a disabled application.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { assertionProblem } from './client-assertion.ts';
import type { ClientCredentials } from './client-authentication.ts';
import { clientCredentials } from './client-authentication.ts';
import { notFound } from './errors.ts';
import { pathParameter } from './request.ts';
import type { Application } from './state.ts';
import type { PingOneWorld } from './world.ts';

const LIFETIME_SECONDS = 3600;

export class TokenError extends Error {
  readonly status: 400 | 401 | 403;
  readonly error: string;
  readonly details: readonly object[] | undefined;

  constructor(status: 400 | 401 | 403, error: string, description: string, details?: readonly object[]) {
    super(description);
    this.status = status;
    this.error = error;
    this.details = details;
  }
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Looks like the real thing; its signature is noise, for clients must treat access tokens as opaque. */
function issueToken(c: Context, world: PingOneWorld, application: Application): string {
  const issuedAt = Math.floor(world.clock.now() / 1000);
  const claims = {
    client_id: application.fields['clientId'],
    iss: `${new URL(c.req.url).origin}/${application.environmentId}/as`,
    aud: [new URL(c.req.url).origin],
    env: application.environmentId,
    org: world.state.organizationId,
    iat: issuedAt,
    exp: issuedAt + LIFETIME_SECONDS,
    jti: randomUUID(),
  };
  const header = { alg: 'RS256', kid: 'sandbox', typ: 'at+jwt' };
  const token = `${encode(header)}.${encode(claims)}.${randomBytes(256).toString('base64url')}`;
  world.tokens.set(token, { applicationId: application.id, expiresAt: claims.exp * 1000 });
  return token;
}

/** The current secret, or the previous one in its overlap; using the latter leaves a trace. */
function acceptsSecret(world: PingOneWorld, application: Application, { secrets }: ClientCredentials): boolean {
  if (application.secret !== undefined && secrets.includes(application.secret)) return true;
  const { previous } = application;
  if (!previous || previous.expiresAt <= world.clock.now() || !secrets.includes(previous.secret)) return false;
  previous.lastUsed = world.clock.now();
  return true;
}

function checkProof(world: PingOneWorld, application: Application, credentials: ClientCredentials, url: string): void {
  const { assertion } = credentials;
  if (assertion === undefined) {
    if (acceptsSecret(world, application, credentials)) return;
    throw new TokenError(401, 'invalid_client', 'Invalid client credentials');
  }
  const { clientId } = credentials;
  const expected = { clientId, jwks: application.fields['jwks'], tokenEndpoint: url, now: world.clock.now() };
  const problem = assertionProblem(assertion, expected);
  if (problem !== undefined) throw new TokenError(401, 'invalid_client', problem);
}

/** @param url of the request */
function authenticateClient(
  world: PingOneWorld,
  environmentId: string,
  credentials: ClientCredentials,
  url: string,
): Application {
  const application = world.state.applications
    .all()
    .find(
      (candidate) => candidate.environmentId === environmentId && candidate.fields['clientId'] === credentials.clientId,
    );
  if (!application) throw new TokenError(401, 'invalid_client', 'Invalid client credentials');
  if (application.fields['tokenEndpointAuthMethod'] !== credentials.method) {
    throw new TokenError(401, 'invalid_client', 'Unsupported authentication method');
  }
  checkProof(world, application, credentials, url);
  if (application.fields['enabled'] !== true) {
    throw new TokenError(401, 'invalid_client', 'Application is disabled');
  }
  return application;
}

function requireGrant(application: Application, grantType: string | null): void {
  if (grantType === null) throw new TokenError(400, 'invalid_request', 'Missing parameter: grant_type');
  if (grantType !== 'client_credentials') {
    throw new TokenError(400, 'unsupported_grant_type', `Unsupported grant type: ${grantType}`);
  }
  const granted = application.fields['grantTypes'];
  if (!Array.isArray(granted) || !granted.includes('CLIENT_CREDENTIALS')) {
    throw new TokenError(400, 'unauthorized_client', 'Unsupported grant type: client_credentials');
  }
  if (application.roleAssignments.length === 0) {
    throw new TokenError(403, 'access_denied', 'Application does not have any role assignments', [
      { code: 'ACCESS_DENIED', message: 'Application does not have any role assignments' },
    ]);
  }
}

/** OAuth's error format (RFC 6749 section 5.2), not that of the management API. */
export function tokenErrorAnswer(c: Context, error: TokenError): Response {
  const description = `Request denied: ${error.message} (Correlation ID: ${c.res.headers.get('Correlation-Id')})`;
  return c.json(
    { error: error.error, error_description: description, ...(error.details ? { details: error.details } : {}) },
    error.status,
    error.status === 401 ? { 'WWW-Authenticate': 'Basic realm="PingOne"' } : {},
  );
}

export function tokenRoutes(world: PingOneWorld): Hono {
  const routes = new Hono();
  routes.post('/:environmentId/as/token', async (c) => {
    const environmentId = pathParameter(c, 'environmentId');
    if (!world.state.environments.get(environmentId)) throw notFound();
    if (!/^application\/x-www-form-urlencoded\b/i.test(c.req.header('Content-Type') ?? '')) {
      throw new TokenError(400, 'invalid_request', 'The content type must be application/x-www-form-urlencoded');
    }
    const form = new URLSearchParams(await c.req.text());
    const { origin, pathname } = new URL(c.req.url);
    const tokenEndpoint = `${origin}${pathname}`;
    const credentials = clientCredentials(c.req.header('Authorization'), form);
    const application = authenticateClient(world, environmentId, credentials, tokenEndpoint);
    requireGrant(application, form.get('grant_type'));
    const body = {
      access_token: issueToken(c, world, application),
      token_type: 'Bearer',
      expires_in: LIFETIME_SECONDS,
    };
    return c.json(body, 200, { 'Cache-Control': 'no-store', Pragma: 'no-cache' });
  });
  return routes;
}
