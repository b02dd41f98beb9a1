// Calls of PingOne's API with an access token, and paged lists.
import * as z from 'zod/mini';
import { ActionError } from '../errors.ts';
import type { HttpResponse, Schema } from '../http/errors.ts';
import { decodeJson } from '../http/errors.ts';
import type { RequestKind } from '../http/retry.ts';
import { sentAt } from '../http/retry.ts';
import type { Clock, Interruption, Send, SendRequest } from '../http/send.ts';
import { createBackoff, inSeconds } from '../http/send.ts';
import { isMissing, PingOneError } from './errors.ts';
import type { AccessTokens } from './token.ts';

/** One call of the PingOne API. */
export interface ApiRequest {
  readonly kind: RequestKind;
  readonly method: SendRequest['method'];
  /** Relative to the API's base, with a leading slash; or an absolute URL of the same origin, as links in responses. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent under this name instead of a JSON body. */
  readonly file?: { readonly bytes: Uint8Array; readonly contentType: string; readonly name: string };
  /** True if 404 is an expected response, e.g. for metadata that was never set. */
  readonly mayBeMissing?: boolean;
  /** True for an error that may only be propagation lag, e.g. 404 on the parts of a new application. */
  readonly isLag?: (error: PingOneError) => boolean;
  /** When to give up, in milliseconds since the epoch, if that is earlier than the end of the step's time. */
  readonly until?: number | undefined;
}

/** The PingOne API, authorized. Calls throw PingOneError for an error response, NetworkError if there is no response. */
export interface PingOne {
  /** PingOne's time by the `Date` of its responses, in milliseconds since the epoch. PingOne's expiries refer to it. */
  now(): number;
  /** A call whose response is JSON of this shape. */
  json<T>(request: ApiRequest, schema: Schema<T>): Promise<T>;
  /** A call whose response body is not used. */
  empty(request: ApiRequest): Promise<void>;
}

/** What `createPingOne` needs. */
export interface PingOneContext {
  /** The API's base, ending in `/v1`. */
  readonly apiUrl: string;
  readonly send: Send;
  readonly tokens: AccessTokens;
  /** Headers that link PingOne's audit trail to the workflow run (`traceHeaders`). */
  readonly traceHeaders: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly interruption: Interruption;
  /** How long errors that may only be lag are retried, in milliseconds. */
  readonly lagMs: number;
  /** True while PingOne may still be setting up the environment: then more errors may only be lag. */
  readonly isYoung: boolean;
  readonly onWait: (line: string) => void;
}

/** Creates the client of PingOne's API: bearer token, trace headers, one new token after INVALID_TOKEN, retries of lag. */
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
        // A response from something else, such as a proxy's login page, does not mean that the change was made.
        if (response.status !== 204) decodeJson(response, anything, successes[request.method]);
      }),
  };
}

/** The success statuses of each method. Source: PingOne API docs, the SDK's OpenAPI. */
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
  const until = Math.min(request.until ?? Infinity, clock.now() + context.lagMs);
  const backoff = createBackoff({ clock, interruption, firstMs: firstLagWaitMs, longestMs: longestLagWaitMs, until });
  const isLag = (error: PingOneError): boolean =>
    request.isLag?.(error) === true || (context.isYoung && isSetupLag(error, request));
  let token = await context.tokens.current();
  let renewed = false;
  for (;;) {
    try {
      return await callOnce(context, request, token, decode);
    } catch (error) {
      if (!(error instanceof PingOneError)) throw error;
      // In a young environment the token may have been issued before the permissions that it lacks.
      const mayRenew = !renewed && (error.isInvalidToken || (context.isYoung && isLag(error)));
      const fresh = mayRenew ? await context.tokens.renew() : undefined;
      if (fresh) {
        renewed = true;
        token = fresh;
        continue;
      }
      const announce = (leftMs: number): void =>
        context.onWait(`PingOne may not be ready yet. Retrying for up to ${inSeconds(leftMs)}: ${error.message}`);
      if (!isLag(error) || !(await backoff.pause(announce))) throw error;
    }
  }
}

/**
 * Whether PingOne returns this error about an environment that it is still setting up.
 * Source: PingOne API docs, "Retry best practices"; the SDK and the Terraform provider retry these as well.
 */
function isSetupLag(error: PingOneError, request: ApiRequest): boolean {
  if (error.status === 404) return request.mayBeMissing !== true;
  return error.isAccessDenied || error.isInvalidToken || error.says('Must have role at the same or broader scope');
}

async function callOnce<T>(
  { apiUrl, send, traceHeaders }: PingOneContext,
  request: ApiRequest,
  token: string,
  decode: (response: HttpResponse) => T,
): Promise<T> {
  const { kind, method, path, until } = request;
  const url = path.startsWith('/') ? apiUrl + path : path;
  // The bearer token is only sent to the API's origin, whatever a link in a response says.
  if (new URL(url).origin !== new URL(apiUrl).origin) {
    throw strayLink('points to another host');
  }
  const { headers, ...content } = contentOf(request);
  const common = { accept: 'application/json', authorization: `Bearer ${token}`, ...traceHeaders };
  return send({ kind, method, url, headers: { ...common, ...headers }, ...content, until }, (response) => {
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

/** DELETE of a resource. If it does not exist, it counts as deleted. */
export async function deleteIfThere(pingone: PingOne, path: string, until?: number): Promise<void> {
  try {
    await pingone.empty({ kind: 'write', method: 'DELETE', path, mayBeMissing: true, until });
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** A link in a response cannot be the next page. */
function strayLink(what: string): ActionError {
  return new ActionError({
    what: `A link in a PingOne response ${what}, so the action did not follow it.`,
    cause: '`api-url` is not the PingOne API, or a proxy rewrites responses.',
    fix: 'check `api-url` and the proxy of the runner.',
  });
}

/** A PingOne ID: only characters that a path can contain. */
export const idSchema = z.string().check(z.regex(/^[\x21-\x7e]+$/));

// PingOne allows 1,000 applications and 3,500 role assignments per environment, so more pages than this are a loop.
const longestList = 1_000;

const linkSchema = z.object({ href: z.string() });
const pageSchema = z.object({
  _links: z.optional(z.object({ next: z.optional(linkSchema) })),
  _embedded: z.optional(z.record(z.string(), z.unknown())),
  count: z.optional(z.number()),
});

/** The items of a collection and their schema. */
export interface Collection<T> {
  /** Its name in `_embedded`. */
  readonly member: string;
  readonly item: z.ZodMiniType<T>;
  /** True for an item that the caller looks for: if its shape is wrong, the page is refused. Other items are skipped. */
  readonly isWanted?: (item: unknown) => boolean;
}

/**
 * Reads a whole collection, page by page, by `_links.next.href`. The result contains each ID once: a list that changes
 * while it is read may show an item on two pages.
 * Source: PingOne API docs, "Paging, ordering, and filtering collections". `_embedded` may be missing when empty.
 *
 * @param path of the first page
 */
export async function readCollection<T extends { readonly id: string }>(
  pingone: PingOne,
  path: string,
  collection: Collection<T>,
): Promise<T[]> {
  const schema = pageOf(collection);
  const all = new Map<string, T>();
  const seen = new Set<string>();
  let next: string | undefined = path;
  while (next !== undefined) {
    if (seen.has(next) || seen.size >= longestList) {
      throw strayLink(`repeats a page of ${collection.member}`);
    }
    seen.add(next);
    const page: Page<T> = await pingone.json({ kind: 'read', method: 'GET', path: next }, schema);
    for (const item of page.items) all.set(item.id, item);
    next = page.next;
    if (next !== undefined && !URL.canParse(next)) throw strayLink(`to more ${collection.member} is not a URL`);
  }
  return [...all.values()];
}

interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

function pageOf<T>({ member, item, isWanted = () => false }: Collection<T>): Schema<Page<T>> {
  return {
    safeParse(value) {
      const page = pageSchema.safeParse(value);
      // An empty collection has at least links or a count. A body without them must not count as an empty list.
      const { _links: links, _embedded: embedded, count } = page.data ?? {};
      if (!links && !embedded && count === undefined) return { success: false };
      const listed: unknown = embedded?.[member] ?? [];
      if (!page.success || !Array.isArray(listed)) return { success: false };
      const items: T[] = [];
      for (const entry of listed) {
        const result = item.safeParse(entry);
        if (result.success) items.push(result.data);
        else if (isWanted(entry)) return { success: false };
      }
      return { success: true, data: { items, next: links?.next?.href } };
    },
  };
}
