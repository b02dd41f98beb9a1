import type { Explanation } from '../errors.ts';
import { ActionError } from '../errors.ts';
import { explainNetwork, NetworkError } from '../http/errors.ts';
import { OAuthError } from './errors.ts';

type SignInAdvice = Omit<Explanation, 'what'>;

/** What a refusal means for one way to sign in. `cause` and `fix` name the inputs of that way. */
export interface SignInKind {
  /** The credentials, as a message calls them. */
  readonly name: string;
  /** The inputs that say where PingOne is. */
  readonly addresses: string;
  /** The application authenticates by another method than the one that was used. */
  readonly otherMethod: SignInAdvice;
  /** The application has no role. */
  readonly noRole: SignInAdvice;
  /** @param host of the token endpoint */
  readonly refused: (host: string) => SignInAdvice;
}

const adminRole: SignInAdvice = {
  cause: 'the application of the admin credentials holds no role at all.',
  fix: 'in PingOne, give it *Environment Admin* on the target environment (Applications > its Roles tab).',
};

/** Admin credentials with a client secret. */
export const adminSecret: SignInKind = {
  name: 'the admin credentials',
  addresses: '`region`, `api-url` and `auth-url`',
  otherMethod: {
    cause: 'the application of the admin credentials uses another token endpoint authentication method.',
    fix: 'set `admin-auth-method` to the method that its Configuration tab shows, or leave it out: it is found out.',
  },
  noRole: adminRole,
  refused: (host) => ({
    cause:
      `the client secret is wrong or was rotated, the application is disabled or lacks the grant Client Credentials, ` +
      `\`admin-environment-id\` is not the environment that it lives in, or ${host} is another region's host.`,
    fix:
      'check `region` first; then copy client id, client secret and environment id again from the application of the ' +
      'admin credentials in PingOne.',
  }),
};

/** Admin credentials with an assertion. */
export const adminAssertion: SignInKind = {
  name: 'the admin credentials',
  addresses: '`region`, `api-url` and `auth-url`',
  otherMethod: {
    cause: 'the application of the admin credentials does not use the method Private Key JWT.',
    fix:
      'in PingOne, set its token endpoint authentication method to Private Key JWT, and register the public key there ' +
      '(`jwks` or `jwksUrl`).',
  },
  noRole: adminRole,
  refused: (host) => ({
    cause:
      "the public key of the signing key is not in the application's `jwks`, or has another `kid`; the application is " +
      'disabled or lacks the grant Client Credentials; `admin-environment-id` is not the environment that it belongs ' +
      `to; or ${host} is another region's host.`,
    fix:
      'check `region` first; then compare the public key and its `kid` with the `jwks` of the application of the admin ' +
      'credentials in PingOne.',
  }),
};

/** The credentials of a worker, at the inputs of the action `token`. */
export const storedCredentials: SignInKind = {
  name: 'the credentials',
  addresses: '`region`, `auth-url` and `token-endpoint`',
  otherMethod: {
    cause: 'the application uses another token endpoint authentication method.',
    fix: 'set `token-endpoint-auth-method` to the method on the Configuration tab of the application in PingOne.',
  },
  noRole: {
    cause: 'the application has no role, and PingOne issues no token to such a worker.',
    fix: 'in PingOne, give the application a role (Applications > its Roles tab), or set `roles` where it is created.',
  },
  refused: (host) => ({
    cause:
      `\`client-secret\` is wrong or was rotated, the application is disabled or does not exist, it lacks the grant ` +
      `Client Credentials, \`environment-id\` is not its environment, or ${host} is another region's host.`,
    fix:
      'check `region` first; then check in PingOne that the application is enabled, and store its current credentials ' +
      'again.',
  }),
};

/**
 * Explains why there is no token; anything but a failure of PingOne's is passed on as it is.
 *
 * @param source where the credentials were found
 * @param endpoint the token endpoint that was asked
 */
export function explainSignIn(error: unknown, kind: SignInKind, source: string, endpoint: string): unknown {
  const doing = `a token for ${kind.name}`;
  if (error instanceof NetworkError) {
    const service = { name: 'PingOne', addresses: kind.addresses };
    return new ActionError(explainNetwork(error, service, doing), { cause: error });
  }
  if (!(error instanceof OAuthError)) return error;
  const { host } = new URL(endpoint);
  const what = `PingOne (${host}) refused ${kind.name} from ${source}: ${error.message}.`;
  return new ActionError({ what, ...adviceFor(error, kind, host) }, { cause: error });
}

function adviceFor(error: OAuthError, { otherMethod, noRole, refused }: SignInKind, host: string): SignInAdvice {
  if (error.isUnsupportedMethod) return otherMethod;
  if (error.error === 'access_denied') return noRole;
  if (error.status >= 500 || error.status === 429) {
    return { cause: 'PingOne has a disturbance, or limits the rate.', fix: 'run again later.' };
  }
  return refused(host);
}
