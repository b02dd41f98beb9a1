import { ActionError } from '../errors.ts';
import type { Explanation } from '../errors.ts';
import { explainNetwork, NetworkError } from '../http/errors.ts';
import { PingOneError } from './errors.ts';

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
