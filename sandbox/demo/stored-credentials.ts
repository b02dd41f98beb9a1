import * as oauth from 'oauth4webapi';
import type { StoredSecret } from './control.ts';

/** The credentials that a later job reads from the repository's secrets. */
export interface StoredCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly environmentId: string;
}

/** Picks the worker's credentials from a repository's secrets, by the names that the action gives them. */
export function findStoredCredentials(secrets: readonly StoredSecret[], repository: string): StoredCredentials {
  const own = secrets.filter(
    (secret) => secret.target === 'repository' && (secret.repository ?? repository) === repository,
  );
  const valueOf = (name: string): string => {
    const secret = own.find((candidate) => candidate.name === name);
    if (!secret) throw new Error(`The repository ${repository} has no secret ${name}.`);
    return secret.value;
  };
  return {
    clientId: valueOf('PINGONE_WORKER_CLIENT_ID'),
    clientSecret: valueOf('PINGONE_WORKER_CLIENT_SECRET'),
    environmentId: valueOf('PINGONE_WORKER_ENVIRONMENT_ID'),
  };
}

/**
 * Signs in with Client Secret Post, with another OAuth client than the action's.
 *
 * @throws the error response of the token endpoint
 */
export async function fetchToken(authUrl: string, credentials: StoredCredentials): Promise<void> {
  const issuer = `${authUrl}/${credentials.environmentId}/as`;
  const server: oauth.AuthorizationServer = { issuer, token_endpoint: `${issuer}/token` };
  const client: oauth.Client = { client_id: credentials.clientId };
  const response = await oauth.clientCredentialsGrantRequest(
    server,
    client,
    oauth.ClientSecretPost(credentials.clientSecret),
    {},
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; loopback has no TLS
    { [oauth.allowInsecureRequests]: true },
  );
  await oauth.processClientCredentialsResponse(server, client, response);
}
