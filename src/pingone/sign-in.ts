import type { Explanation } from '../errors.ts';
import { ActionError } from '../errors.ts';
import { explainNetwork, NetworkError } from '../http/errors.ts';
import { grantAdminRoles, OAuthError } from './errors.ts';

type SignInAdvice = Omit<Explanation, 'what'>;

/** What a refusal means for one way to sign in. Cause and remedy name the inputs of that way. */
export interface SignInKind {
  /** The credentials, as a message calls them. */
  readonly name: string;
  /** The inputs that contain the addresses of PingOne. */
  readonly addresses: string;
  /** The application is configured with another authentication method. */
  readonly otherMethod: SignInAdvice;
  /** The application has no role. */
  readonly noRole: SignInAdvice;
  /** @param host of the token endpoint */
  readonly refused: (host: string) => SignInAdvice;
}

const adminRole: SignInAdvice = {
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
    cause: 'the admin application is configured with another token endpoint authentication method.',
    fix: 'remove `admin-auth-method`: the action detects the method. Or set it to the method on the Configuration tab.',
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
  const doing = `a token for ${kind.name}`;
  if (error instanceof NetworkError) {
    const service = { name: 'PingOne', addresses: kind.addresses };
    return new ActionError(explainNetwork(error, service, doing), { cause: error });
  }
  if (!(error instanceof OAuthError)) return error;
  const { host } = new URL(endpoint);
  const outcome = isAuthenticated(error) ? 'issued no token for' : 'refused';
  const what = `PingOne (${host}) ${outcome} ${kind.name} from ${source}: ${error.message}.`;
  return new ActionError({ what, ...adviceFor(error, kind, host) }, { cause: error });
}

/** Wrong credentials are `invalid_client`. */
function isAuthenticated(error: OAuthError): boolean {
  return error.error === 'access_denied';
}

function adviceFor(error: OAuthError, { otherMethod, noRole, refused }: SignInKind, host: string): SignInAdvice {
  if (error.isUnsupportedMethod) return otherMethod;
  if (isAuthenticated(error)) return noRole;
  if (error.status >= 500 || error.status === 429) {
    return { cause: 'PingOne is unavailable, or its rate limit is reached.', fix: 'run the workflow again later.' };
  }
  return refused(host);
}
