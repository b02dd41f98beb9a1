import type { Clock, Interruption, Send, SendRequest } from '../http/send.ts';
import type { HttpResponse } from '../http/message.ts';
import type { RequestKind } from '../http/retry.ts';
import type { Schema } from '../http/json.ts';
import { decodeJson } from '../http/json.ts';
import { PingOneError } from './errors.ts';

/** Where access tokens come from. */
export interface AccessTokens {
  current(): Promise<string>;
  /** A token other than the one that PingOne no longer takes; undefined where none can be had. */
  renew(): Promise<string | undefined>;
}

/** One call of the PingOne API. */
export interface ApiRequest {
  readonly kind: RequestKind;
  readonly method: SendRequest['method'];
  /** Below the API's base, beginning with a slash; or an absolute URL of the same origin, as links in answers are. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** True for an answer that may only be PingOne being late, e.g. 404 on the parts of a new application. */
  readonly isLag?: (error: PingOneError) => boolean;
}

/** The PingOne API, authorized. Calls throw PingOneError for an error answer and NetworkError where none came. */
export interface PingOne {
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
  /** How long answers that `isLag` names are waited out, in milliseconds. */
  readonly lagMs: number;
  readonly onWait: (line: string) => void;
}

/** Builds the one way to PingOne's API: bearer, tracing, one new token after INVALID_TOKEN, patience with lag. */
export function createPingOne(context: PingOneContext): PingOne {
  return {
    json: (request, schema) => call(context, request, (response) => decodeJson(response, schema)),
    empty: (request) => call(context, request, () => undefined),
  };
}

async function call<T>(
  context: PingOneContext,
  request: ApiRequest,
  decode: (response: HttpResponse) => T,
): Promise<T> {
  const { clock, interruption } = context;
  const patientUntil = clock.now() + context.lagMs;
  let token = await context.tokens.current();
  let renewed = false;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await callOnce(context, request, token, decode);
    } catch (error) {
      if (!(error instanceof PingOneError)) throw error;
      const fresh = error.isInvalidToken && !renewed ? await context.tokens.renew() : undefined;
      if (fresh) {
        renewed = true;
        token = fresh;
        continue;
      }
      const waitMs = Math.min(250 * 2 ** attempt, 4_000);
      if (!request.isLag?.(error) || clock.now() + waitMs > patientUntil) throw error;
      context.onWait(`${error.message}: PingOne may not be ready yet, trying again in ${waitMs / 1000} s`);
      await clock.sleep(waitMs, interruption.stop);
    }
  }
}

async function callOnce<T>(
  { apiUrl, send, traceHeaders }: PingOneContext,
  { kind, method, path, body }: ApiRequest,
  token: string,
  decode: (response: HttpResponse) => T,
): Promise<T> {
  const url = path.startsWith('/') ? apiUrl + path : path;
  // A bearer token goes to the API's origin and nowhere else, whatever a link in an answer says.
  if (new URL(url).origin !== new URL(apiUrl).origin) {
    throw new Error('a link in an answer of PingOne leads to another host');
  }
  const headers: Record<string, string> = {
    accept: 'application/json',
    authorization: `Bearer ${token}`,
    ...traceHeaders,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  return send({ kind, method, url, headers, ...content }, (response) => {
    if (response.status < 200 || response.status > 299) {
      throw new PingOneError(response, `${method} ${new URL(url).pathname}`);
    }
    return decode(response);
  });
}
