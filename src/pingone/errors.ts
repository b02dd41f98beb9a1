// PingOne's refusals: how they are recognized, and what a message says about each.
import * as z from 'zod/mini';
import type { Explanation } from '../errors.ts';
import { ActionError } from '../errors.ts';
import type { HttpResponse } from '../http/errors.ts';
import { explainNetwork, NetworkError } from '../http/errors.ts';
import { inline } from '../text.ts';

// One odd member takes nothing from what the others say.
const textSchema = z.catch(z.optional(z.string()), undefined);
const detailSchema = z.object({ code: textSchema, target: textSchema, message: textSchema });
const bodySchema = z.object({
  id: textSchema,
  code: textSchema,
  message: textSchema,
  details: z.catch(z.optional(z.array(z.catch(detailSchema, {}))), undefined),
});

/** One entry of `details` in an error body of PingOne. */
export type ErrorDetail = z.infer<typeof detailSchema>;

/**
 * An answer of the PingOne API that is not a success.
 * Source: PingOne API docs, "Error codes". Every member of the body is optional, and 4xx statuses may change: the
 * codes are looked at before the status.
 */
export class PingOneError extends Error {
  override readonly name = 'PingOneError';
  readonly status: number;
  readonly code: string;
  readonly details: readonly ErrorDetail[];

  constructor(response: HttpResponse, request: string) {
    const body = parseBody(response.body);
    const codes = [body.code, ...(body.details ?? []).map((detail) => detail.code)].filter(Boolean).join('/');
    const texts = [...(body.details ?? []).map((detail) => detail.message), body.message].filter(Boolean);
    const correlationId = response.headers['correlation-id'] ?? body.id ?? '';
    const parts = [`${request}: ${response.status}`, codes, texts[0] ? `"${texts[0]}"` : '', reference(correlationId)];
    super(inline(parts.filter(Boolean).join(' '), 500));
    this.status = response.status;
    this.code = body.code ?? '';
    this.details = body.details ?? [];
  }

  /** True where one of `details` has this code. */
  hasDetail(code: string): boolean {
    return this.details.some((detail) => detail.code === code);
  }

  /** True where a detail or the message itself says this. Texts are no contract: only to be used where no code is. */
  says(text: string): boolean {
    return this.message.toLowerCase().includes(text.toLowerCase());
  }

  get isInvalidToken(): boolean {
    return this.status === 401 && (this.hasDetail('INVALID_TOKEN') || this.details.length === 0);
  }

  /** 401 or 403 for want of a right, as opposed to a token that is no longer valid or a licence that is used up. */
  get isAccessDenied(): boolean {
    return (this.status === 401 || this.status === 403) && !this.isInvalidToken && !this.hasDetail('LICENSE_EXCEEDED');
  }

  /**
   * A body without `code` and `id` is not PingOne's: its gateway answers so where the URL or the method is unknown.
   * Source: seen by users of the API; a 403 whose message speaks of a key=value pair in the Authorization header.
   */
  get isFromGateway(): boolean {
    return this.status === 403 && this.code === '' && this.says('key=value pair');
  }
}

/** PingOne has no such thing, or does not let the caller know of it. */
export function isMissing(error: unknown): error is PingOneError {
  return error instanceof PingOneError && error.status === 404;
}

/** A request was sent, but its answer is lost, or says nothing about whether the request took effect. */
export function isOutcomeUnknown(error: unknown): boolean {
  if (error instanceof NetworkError) {
    return ['timeout', 'interrupted', 'garbled', 'unexpected', 'too-large'].includes(error.failure);
  }
  return error instanceof PingOneError && (error.status >= 500 || error.status === 408);
}

/** An answer of the token endpoint that is not a success (RFC 6749, 5.2). */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly status: number;
  readonly error: string;
  readonly description: string;

  constructor(response: HttpResponse) {
    const body = oauthBody(response.body);
    super(inline([`${response.status}`, body.error, body.error_description].filter(Boolean).join(' '), 500));
    this.status = response.status;
    this.error = body.error ?? '';
    this.description = body.error_description ?? '';
  }

  /**
   * The client is known but authenticates in another way than it is configured to.
   * Source: the description that PingOne's token endpoint gives; SDK and Ping CLI tests rely on the same words.
   */
  get isUnsupportedMethod(): boolean {
    return this.description.toLowerCase().includes('unsupported authentication method');
  }
}

function reference(correlationId: string): string {
  return correlationId ? `(correlation id ${correlationId})` : '';
}

function parseBody(text: string): z.infer<typeof bodySchema> {
  return bodySchema.safeParse(jsonOrNothing(text)).data ?? {};
}

const oauthSchema = z.object({ error: textSchema, error_description: textSchema });

function oauthBody(text: string): z.infer<typeof oauthSchema> {
  return oauthSchema.safeParse(jsonOrNothing(text)).data ?? {};
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

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
