import type { Explanation } from '../errors.ts';
import { ActionError } from '../errors.ts';
import { explainNetwork } from '../http/explain.ts';
import { NetworkError } from '../http/message.ts';
import { OAuthError, PingOneError } from './errors.ts';

/** For messages about PingOne not being reached. */
const pingOneService = { name: 'PingOne', addresses: '`region`, `api-url` and `auth-url`' } as const;

/** What a caller knows better than the general explanation: a case and its cause and remedy. */
export type SpecialCase = (error: PingOneError) => Partial<Explanation> | undefined;

/**
 * Turns a failure of PingOne's API into a message; anything else is passed on as it is.
 *
 * @param doing what was tried, as a noun phrase: `reading the applications`
 * @param special cases that the caller can explain better
 */
export function explainPingOne(error: unknown, doing: string, special: SpecialCase = () => undefined): unknown {
  if (error instanceof NetworkError)
    return new ActionError(explainNetwork(error, pingOneService, doing), { cause: error });
  if (!(error instanceof PingOneError)) return error;
  const what = `PingOne refused ${doing}: ${error.message}`;
  return new ActionError({ what, ...explainAnswer(error), ...special(error) }, { cause: error });
}

type Advice = Omit<Explanation, 'what'>;

/** The first that applies explains the answer. */
const explanations: readonly (readonly [(error: PingOneError) => boolean, Advice])[] = [
  [
    (error) => error.isFromGateway || (error.status >= 300 && error.status < 400),
    {
      cause: 'the address is not that of the PingOne API: its gateway answers so to a path that it does not know.',
      fix: 'check `api-url` (it ends in /v1) and `region`.',
    },
  ],
  [
    (error) => error.isInvalidToken,
    {
      cause: 'the access token has expired, or belongs to another region.',
      fix: 'check `region`; with `access-token`, get a new one right before this step: it is valid for one hour.',
    },
  ],
  [
    (error) => error.hasDetail('LICENSE_EXCEEDED'),
    {
      cause: 'the PingOne licence allows no more of these (an environment holds at most 1,000 applications).',
      fix: 'delete applications that are no longer used, or ask Ping Identity for a larger licence.',
    },
  ],
  [
    (error) => error.isAccessDenied,
    {
      cause: 'the admin credentials lack a role on this environment, or the environment does not exist.',
      fix:
        'in PingOne, give the application of the admin credentials the roles *Client Application Developer* and every ' +
        'role that the worker is to hold, or *Environment Admin* alone, on the target environment.',
    },
  ],
  [
    (error) => error.status === 429,
    {
      cause: "the licence's rate limit is used up; all environments of a licence share it.",
      fix: 'run again later, or with fewer jobs at a time.',
    },
  ],
  [
    (error) => error.status >= 500,
    { cause: 'PingOne has a disturbance.', fix: 'run again later; raise `timeout` to wait longer.' },
  ],
];

const unknownAnswer: Advice = {
  cause: 'PingOne does not accept what was sent, or what it is about is gone.',
  fix: "see the text above; the correlation id finds the request in PingOne's audit log and with its support.",
};

function explainAnswer(error: PingOneError): Advice {
  return explanations.find(([applies]) => applies(error))?.[1] ?? unknownAnswer;
}

/**
 * Explains why the admin credentials got no token; anything but a failure of PingOne's is passed on as it is.
 *
 * @param source where the admin credentials were found
 * @param endpoint the token endpoint that was asked
 */
export function explainSignIn(error: unknown, source: string, endpoint: string): unknown {
  if (!(error instanceof OAuthError)) return explainPingOne(error, 'a token for the admin credentials');
  const { host } = new URL(endpoint);
  const what = `PingOne (${host}) refused the admin credentials from ${source}: ${error.message}`;
  return new ActionError({ what, ...explainOAuth(error, host) }, { cause: error });
}

function explainOAuth(error: OAuthError, host: string): Advice {
  if (error.isUnsupportedMethod) {
    return {
      cause: 'the application of the admin credentials uses another token endpoint authentication method.',
      fix: 'set `admin-auth-method` to the method that its Configuration tab shows, or leave it out: it is found out.',
    };
  }
  if (error.error === 'access_denied') {
    return {
      cause: 'the application of the admin credentials holds no role at all.',
      fix: 'in PingOne, give it *Environment Admin* on the target environment (Applications > its Roles tab).',
    };
  }
  if (error.status >= 500 || error.status === 429) {
    return { cause: 'PingOne has a disturbance, or limits the rate.', fix: 'run again later.' };
  }
  return {
    cause:
      `the client secret is wrong or was rotated, the application is disabled or lacks the grant Client Credentials, ` +
      `\`admin-environment-id\` is not the environment that it lives in, or ${host} is another region's host.`,
    fix:
      'check `region` first; then copy client id, client secret and environment id again from the application of the ' +
      'admin credentials in PingOne.',
  };
}
