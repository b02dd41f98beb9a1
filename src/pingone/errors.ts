import * as z from 'zod/mini';
import { NetworkError } from '../http/errors.ts';
import type { HttpResponse } from '../http/errors.ts';
import { inline } from '../text.ts';

// One odd member takes nothing from what the others say.
const text = z.catch(z.optional(z.string()), undefined);
const detailSchema = z.object({ code: text, target: text, message: text });
const bodySchema = z.object({
  id: text,
  code: text,
  message: text,
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
  return bodySchema.safeParse(parseJson(text)).data ?? {};
}

const oauthSchema = z.object({ error: text, error_description: text });

function oauthBody(text: string): z.infer<typeof oauthSchema> {
  return oauthSchema.safeParse(parseJson(text)).data ?? {};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
