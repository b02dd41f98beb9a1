import { ActionError } from '../errors.ts';
import { OAuthError } from '../pingone/errors.ts';
import { explainSignIn } from '../pingone/explain.ts';
import type { AccessTokens, SecretAuthMethod } from '../pingone/token.ts';
import { fixedToken, requestToken, tokenEndpoint } from '../pingone/token.ts';
import type { AdminCredentials } from '../settings.ts';
import type { Session } from './session.ts';

/** Signed in with the admin credentials. */
export interface Connection {
  readonly tokens: AccessTokens;
  /** The client id of the admin credentials, as far as it is known: that application is never touched. */
  readonly adminClientId: string | undefined;
}

/**
 * Signs in with the admin credentials, or takes the access token that was given.
 *
 * @throws ActionError where PingOne refuses them
 */
export async function connect(session: Session): Promise<Connection> {
  const { admin } = session.settings;
  session.runner.info(`Signing in with ${admin.source}`);
  if (admin.kind === 'token') {
    return { tokens: fixedToken(admin.accessToken), adminClientId: clientIdInToken(admin.accessToken) };
  }
  const signIn = await firstSignIn(session, admin);
  let token = signIn.token;
  return {
    adminClientId: admin.clientId,
    tokens: {
      current: () => Promise.resolve(token),
      renew: async () => {
        session.runner.info('Signing in once more, for a new access token');
        token = await explainedToken(session, admin, signIn.method);
        return token;
      },
    },
  };
}

type AdminClient = Extract<AdminCredentials, { kind: 'client' }>;

/** Tries Basic, PingOne's default for workers, then Post, unless the method is given. */
async function firstSignIn(session: Session, admin: AdminClient): Promise<{ token: string; method: SecretAuthMethod }> {
  const method = admin.method ?? 'CLIENT_SECRET_BASIC';
  try {
    return { token: await explainedToken(session, admin, method), method };
  } catch (error) {
    const refused = error instanceof ActionError ? error.cause : undefined;
    const tryOther = admin.method === undefined && refused instanceof OAuthError && refused.isUnsupportedMethod;
    if (!tryOther) throw error;
  }
  return { token: await explainedToken(session, admin, 'CLIENT_SECRET_POST'), method: 'CLIENT_SECRET_POST' };
}

async function explainedToken(session: Session, admin: AdminClient, method: SecretAuthMethod): Promise<string> {
  try {
    return await tokenBy(session, admin, method);
  } catch (error) {
    throw explainSignIn(error, admin.source, tokenEndpoint(session.settings.authUrl, admin.environmentId));
  }
}

async function tokenBy(session: Session, admin: AdminClient, method: SecretAuthMethod): Promise<string> {
  const endpoint = tokenEndpoint(session.settings.authUrl, admin.environmentId);
  const token = await requestToken(session.send, endpoint, admin, method, session);
  session.runner.mask(token);
  return token;
}

/** The claim `client_id` of an access token, where it is a JWT that has one. It is only compared, never trusted. */
function clientIdInToken(accessToken: string): string | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const clientId = (claims as Record<string, unknown> | null)?.['client_id'];
    return typeof clientId === 'string' ? clientId : undefined;
  } catch {
    return undefined;
  }
}
