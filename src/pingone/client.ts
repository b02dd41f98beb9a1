import { ActionError } from '../errors.ts';
import { createBackoff, inSeconds } from '../http/backoff.ts';
import type { Clock, Interruption, Send, SendRequest } from '../http/send.ts';
import type { HttpResponse } from '../http/message.ts';
import type { RequestKind } from '../http/retry.ts';
import { sentAt } from '../http/retry.ts';
import type { Schema } from '../http/json.ts';
import { decodeJson } from '../http/json.ts';
import { isMissing, PingOneError } from './errors.ts';
import type { AccessTokens } from './token.ts';

/** One call of the PingOne API. */
export interface ApiRequest {
  readonly kind: RequestKind;
  readonly method: SendRequest['method'];
  /** Below the API's base, beginning with a slash; or an absolute URL of the same origin, as links in answers are. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, under this name, instead of a JSON body. */
  readonly file?: { readonly bytes: Uint8Array; readonly contentType: string; readonly name: string };
  /** True where 404 is an answer like any other, e.g. for metadata that was never set. */
  readonly mayBeMissing?: boolean;
  /** True for an answer that may only be PingOne being late, e.g. 404 on the parts of a new application. */
  readonly isLag?: (error: PingOneError) => boolean;
}

/** The PingOne API, authorized. Calls throw PingOneError for an error answer and NetworkError where none came. */
export interface PingOne {
  /** PingOne's own time, in milliseconds since the epoch, as far as its answers' `Date` tells: expiries are by it. */
  now(): number;
  /** A call that answers with JSON of this shape. */
  json<T>(request: ApiRequest, schema: Schema<T>): Promise<T>;
  /** A call whose answer has no body, or none of interest. */
  empty(request: ApiRequest): Promise<void>;
}

/** What `createPingOne` needs. */
export interface PingOneContext {
  /** The API's base, ending in `/v1`. */
  readonly apiUrl: string;
  readonly send: Send;
  readonly tokens: AccessTokens;
  /** `X-Ping-External-Transaction-ID` and its kin: PingOne's audit trail leads back to the workflow run by them. */
  readonly traceHeaders: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly interruption: Interruption;
  /** How long answers that may only be lag are waited out, in milliseconds. */
  readonly lagMs: number;
  /** True while PingOne may still be setting the environment up: then many a refusal is only lag. */
  readonly isYoung: boolean;
  readonly onWait: (line: string) => void;
}

/** Builds the one way to PingOne's API: bearer, tracing, one new token after INVALID_TOKEN, patience with lag. */
export function createPingOne(context: PingOneContext): PingOne {
  let aheadMs = 0;
  const noteDate = ({ headers }: HttpResponse): void => {
    const date = sentAt(headers);
    if (date !== undefined) aheadMs = date - context.clock.now();
  };
  return {
    now: () => context.clock.now() + aheadMs,
    json: (request, schema) =>
      call(context, request, (response) => {
        noteDate(response);
        return decodeJson(response, schema, successes[request.method]);
      }),
    empty: (request) =>
      call(context, request, (response) => {
        noteDate(response);
        // Whoever answers for PingOne, such as a proxy that asks for a login, has not made the change.
        if (response.status !== 204) decodeJson(response, anything, successes[request.method]);
      }),
  };
}

/** What PingOne answers to each method when it has done what was asked. Source: PingOne API docs, the SDK's OpenAPI. */
const successes: Readonly<Record<ApiRequest['method'], readonly number[]>> = {
  GET: [200],
  POST: [201, 200],
  PUT: [200, 201],
  PATCH: [200],
  DELETE: [204],
};

const firstLagWaitMs = 100;
const longestLagWaitMs = 4_000;

const anything: Schema<unknown> = { safeParse: (data) => ({ success: true, data }) };

async function call<T>(
  context: PingOneContext,
  request: ApiRequest,
  decode: (response: HttpResponse) => T,
): Promise<T> {
  const { clock, interruption } = context;
  const until = clock.now() + context.lagMs;
  const backoff = createBackoff({ clock, interruption, firstMs: firstLagWaitMs, longestMs: longestLagWaitMs, until });
  const isLag = (error: PingOneError): boolean =>
    request.isLag?.(error) === true || (context.isYoung && isSettling(error, request));
  let token = await context.tokens.current();
  let renewed = false;
  for (;;) {
    try {
      return await callOnce(context, request, token, decode);
    } catch (error) {
      if (!(error instanceof PingOneError)) throw error;
      // In a young environment the token may be older than the rights that it lacks.
      const mayRenew = !renewed && (error.isInvalidToken || (context.isYoung && isLag(error)));
      const fresh = mayRenew ? await context.tokens.renew() : undefined;
      if (fresh) {
        renewed = true;
        token = fresh;
        continue;
      }
      const announce = (leftMs: number): void =>
        context.onWait(`PingOne may not be ready yet; retrying for up to ${inSeconds(leftMs)}: ${error.message}`);
      if (!isLag(error) || !(await backoff.pause(announce))) throw error;
    }
  }
}

/**
 * What PingOne answers about the parts of an environment that it is still setting up.
 * Source: PingOne API docs, "Retry best practices"; the SDK and the Terraform provider wait these out as well.
 */
function isSettling(error: PingOneError, request: ApiRequest): boolean {
  if (error.status === 404) return request.mayBeMissing !== true;
  return error.isAccessDenied || error.isInvalidToken || error.says('Must have role at the same or broader scope');
}

async function callOnce<T>(
  { apiUrl, send, traceHeaders }: PingOneContext,
  request: ApiRequest,
  token: string,
  decode: (response: HttpResponse) => T,
): Promise<T> {
  const { kind, method, path } = request;
  const url = path.startsWith('/') ? apiUrl + path : path;
  // A bearer token goes to the API's origin and nowhere else, whatever a link in an answer says.
  if (new URL(url).origin !== new URL(apiUrl).origin) {
    throw strayLink('leads to another host');
  }
  const { headers, ...content } = contentOf(request);
  const common = { accept: 'application/json', authorization: `Bearer ${token}`, ...traceHeaders };
  return send({ kind, method, url, headers: { ...common, ...headers }, ...content }, (response) => {
    if (response.status < 200 || response.status > 299) {
      throw new PingOneError(response, `${method} ${new URL(url).pathname}`);
    }
    return decode(response);
  });
}

function contentOf({ body, file }: ApiRequest): Pick<SendRequest, 'headers' | 'body'> {
  if (file) {
    const disposition = `attachment; filename=${file.name}`;
    return { headers: { 'content-type': file.contentType, 'content-disposition': disposition }, body: file.bytes };
  }
  if (body === undefined) return { headers: {} };
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** DELETE of what is below this path; what is gone already counts as deleted. */
export async function deleteIfThere(pingone: PingOne, path: string): Promise<void> {
  try {
    await pingone.empty({ kind: 'write', method: 'DELETE', path, mayBeMissing: true });
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** An answer of the API links to where its next page cannot be. */
export function strayLink(what: string): ActionError {
  return new ActionError({
    what: `A link in an answer of PingOne ${what}; it was not followed.`,
    cause: 'something between the runner and PingOne rewrites answers, or `api-url` is not the PingOne API.',
    fix: 'check `api-url` and the proxy of the runner.',
  });
}
