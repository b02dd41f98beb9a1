// PingOne's error responses: how to recognize them, and their cause and remedy.
import * as z from 'zod/mini';
import type { Advice, Explanation } from '../errors.ts';
import { ActionError } from '../errors.ts';
import type { HttpResponse } from '../http/errors.ts';
import { explainNetwork, NetworkError } from '../http/errors.ts';
import { inline } from '../text.ts';

// An unexpected member must not hide the others.
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
 * A response of the PingOne API that is not a success.
 * Source: PingOne API docs, "Error codes". Every member of the body is optional, and 4xx statuses may change, so the
 * codes are checked before the status.
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

  /** True if one of `details` has this code. */
  hasDetail(code: string): boolean {
    return this.details.some((detail) => detail.code === code);
  }

  /** True if the message or a detail contains this text. Texts may change, so use this only if there is no code. */
  says(text: string): boolean {
    return this.message.toLowerCase().includes(text.toLowerCase());
  }

  get isInvalidToken(): boolean {
    return this.status === 401 && (this.hasDetail('INVALID_TOKEN') || this.details.length === 0);
  }

  /** A 401 or 403 because a permission is missing; not because of an invalid token or an exhausted license. */
  get isAccessDenied(): boolean {
    return (this.status === 401 || this.status === 403) && !this.isInvalidToken && !this.hasDetail('LICENSE_EXCEEDED');
  }

  /**
   * The response of PingOne's gateway to an unknown URL or method: a 403 without `code`, about a key=value pair in the
   * Authorization header. Source: reported by users of the API.
   */
  get isFromGateway(): boolean {
    return this.status === 403 && this.code === '' && this.says('key=value pair');
  }
}

/** PingOne has no such resource, or hides it from the caller. */
export function isMissing(error: unknown): error is PingOneError {
  return error instanceof PingOneError && error.status === 404;
}

/** Whether the request may have taken effect: its response was lost, or does not say. */
export function isOutcomeUnknown(error: unknown): boolean {
  if (error instanceof NetworkError) {
    return ['timeout', 'interrupted', 'garbled', 'unexpected', 'too-large'].includes(error.failure);
  }
  return error instanceof PingOneError && (error.status >= 500 || error.status === 408);
}

/** A response to a token request that is not a success (RFC 6749, 5.2). */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly status: number;
  readonly error: string;
  readonly description: string;
  /** False for a redirect, and for a body that has neither the format of OAuth nor that of PingOne. */
  readonly isFromTokenEndpoint: boolean;

  constructor(response: HttpResponse) {
    const body = oauthBody(response.body);
    super(inline([`${response.status}`, body.error, body.error_description].filter(Boolean).join(' '), 500));
    this.status = response.status;
    this.error = body.error ?? '';
    this.description = body.error_description ?? '';
    this.isFromTokenEndpoint = response.status >= 400 && Boolean(body.error ?? body.code);
  }

  /**
   * The client authenticated by another method than the one that it is configured with.
   * Source: the description that PingOne's token endpoint returns; tests of the SDK and the Ping CLI rely on it too.
   */
  get isUnsupportedMethod(): boolean {
    return this.description.toLowerCase().includes('unsupported authentication method');
  }
}

function reference(correlationId: string): string {
  return correlationId ? `(correlation ID ${correlationId})` : '';
}

function parseBody(text: string): z.infer<typeof bodySchema> {
  return bodySchema.safeParse(jsonOrNothing(text)).data ?? {};
}

const oauthSchema = z.object({ error: textSchema, error_description: textSchema, code: textSchema });

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

/**
 * The roles that the admin application needs, as a remedy. A role can be granted only by a role that can assign it
 * (PingOne API docs, "Built-in Admin Roles"), and Client Application Developer can assign none.
 */
export const grantAdminRoles =
  'in PingOne, grant the admin application *Environment Admin* on the environment in `environment`, or *Client ' +
  'Application Developer* and a role that can grant the roles in `roles` (for the default: *Identity Data Admin*).';

/** PingOne, for messages about failed connections. */
const pingOneService = { name: 'PingOne', addresses: '`region`, `api-url` and `auth-url`' } as const;

/** The cause and remedy of a case that the caller can explain better; undefined for other cases. */
export type SpecialCase = (error: PingOneError) => Partial<Explanation> | undefined;

/**
 * Explains an error of PingOne's API. Any other error is returned unchanged.
 *
 * @param doing the attempted action as a noun phrase: `reading the applications`
 */
export function explainPingOne(error: unknown, doing: string, special: SpecialCase = () => undefined): unknown {
  if (error instanceof NetworkError)
    return new ActionError(explainNetwork(error, pingOneService, doing), { cause: error });
  if (!(error instanceof PingOneError)) return error;
  const what = `PingOne refused ${doing}: ${error.message}`;
  return new ActionError({ what, ...explainResponse(error), ...special(error) }, { cause: error });
}

/** The first entry that applies explains the response. */
const explanations: readonly (readonly [(error: PingOneError) => boolean, Advice])[] = [
  [
    (error) => error.isFromGateway || (error.status >= 300 && error.status < 400),
    {
      cause: '`api-url` is not the address of the PingOne API.',
      fix: 'check `api-url` (it ends in `/v1`) and `region`.',
    },
  ],
  [
    (error) => error.isInvalidToken,
    {
      cause: 'the access token has expired, or belongs to another region.',
      fix: 'check `region`. If you use `access-token`, get a new token right before this step: it is valid for one hour.',
    },
  ],
  [
    (error) => error.hasDetail('LICENSE_EXCEEDED'),
    {
      cause: 'the PingOne license allows no more of these (an environment holds at most 1,000 applications).',
      fix: 'delete applications that are no longer used, or ask Ping Identity for a larger license.',
    },
  ],
  [
    (error) => error.isAccessDenied,
    {
      cause: 'the admin credentials lack a role on this environment, or the environment does not exist.',
      fix: grantAdminRoles,
    },
  ],
  [
    (error) => error.status === 429,
    {
      cause: 'the rate limit of the PingOne license is reached. All environments of a license share it.',
      fix: 'run the workflow again later, or with fewer jobs at a time.',
    },
  ],
  [
    (error) => error.status >= 500,
    { cause: 'PingOne is unavailable.', fix: 'run the workflow again later, or raise `timeout` to retry for longer.' },
  ],
];

const unknownResponse: Advice = {
  cause: 'PingOne does not accept a value in the request, or the resource was deleted.',
  fix: "see PingOne's text above. PingOne's support can find the request by the correlation ID.",
};

function explainResponse(error: PingOneError): Advice {
  return explanations.find(([applies]) => applies(error))?.[1] ?? unknownResponse;
}
