// GitHub's API: Octokit over `http/`, the check of each response, and paged lists.
import type { getOctokit } from '@actions/github';
import * as z from 'zod/mini';
import type { HttpRequest, HttpResponse, Schema } from '../http/errors.ts';
import { decodeJson, NetworkError } from '../http/errors.ts';
import { retryAfterMs } from '../http/retry.ts';
import type { Send } from '../http/send.ts';
import { gitHubCall, GitHubError, isLimitText } from './errors.ts';
import { prepareSealing } from './seal.ts';

// The wait that GitHub asks for if a secondary limit has no time.
const secondaryLimitMs = 60_000;
const shortestWaitMs = 250;

/**
 * How long GitHub asks to wait before a retry, in milliseconds; undefined if it does not ask.
 * Source: GitHub docs, "Rate limits for the REST API": `retry-after`, else `x-ratelimit-reset` if no request is left,
 * else one minute for a secondary limit. Any other 403 is a missing permission.
 *
 * @param now milliseconds since the epoch; used only if the response has no `Date`
 */
export function askedByGitHub(response: HttpResponse, now: number): number | undefined {
  const askedMs = askedFor(response, now);
  return askedMs === undefined ? undefined : Math.max(shortestWaitMs, askedMs);
}

function askedFor({ status, headers, body }: HttpResponse, now: number): number | undefined {
  if (status >= 500) return retryAfterMs(headers, now);
  if (status !== 403 && status !== 429) return undefined;
  const asked = retryAfterMs(headers, now);
  if (asked !== undefined) return asked;
  const resetMs = Number(headers['x-ratelimit-reset'] || NaN) * 1000;
  if (headers['x-ratelimit-remaining'] === '0' && Number.isFinite(resetMs)) {
    // The reset is a time of GitHub's clock, so it is compared with GitHub's `Date`.
    const from = Date.parse(headers['date'] ?? '');
    return Math.max(0, resetMs - (Number.isNaN(from) ? now : from)) + 1000;
  }
  return headers['x-ratelimit-remaining'] === '0' || isLimitText(body) ? secondaryLimitMs : undefined;
}

const repositoryPath = '/repos/[^/]+/[^/]+';
const targetPath = `(${repositoryPath}/(actions|environments/[^/]+)|/orgs/[^/]+/actions)`;

const keyBytes = 32;
const base64 = /^[A-Za-z0-9+/]+={0,2}$/;
const listSchema = z.object({ total_count: z.number() });
const repositoryOwnerSchema = z.object({ id: z.number(), login: z.string(), type: z.string() });
const namedSchema = z.object({ name: z.string() });

/** The shape of a response by the path of the request. Octokit accepts any body. */
const shapes: readonly (readonly [RegExp, Schema<unknown>])[] = [
  [
    new RegExp(`^${targetPath}/secrets/public-key$`),
    z.object({
      key_id: z.string(),
      key: z.string().check(z.refine((key) => base64.test(key) && Buffer.from(key, 'base64').length === keyBytes)),
    }),
  ],
  [new RegExp(`^${targetPath}/(secrets|variables)$`), listSchema],
  [new RegExp(`^${repositoryPath}/environments$`), listSchema],
  [new RegExp('^/orgs/[^/]+/actions/secrets/[^/]+/repositories$'), listSchema],
  [new RegExp('^/orgs/[^/]+/actions/secrets/[^/]+$'), z.object({ visibility: z.enum(['all', 'private', 'selected']) })],
  [new RegExp(`^${targetPath}/variables/[^/]+$`), z.object({ name: z.string(), value: z.string() })],
  [new RegExp(`^${repositoryPath}/environments/[^/]+$`), namedSchema],
  [
    new RegExp(`^(${repositoryPath}|/repositories/[0-9]+)$`),
    z.object({ id: z.number(), full_name: z.string().check(z.regex(/^[^/]+\/[^/]+$/)), owner: repositoryOwnerSchema }),
  ],
  [new RegExp('^/orgs/[^/]+$'), z.object({ id: z.number(), login: z.string() })],
];

/** The statuses of success by method. Source: GitHub REST API docs of each operation. */
function expectedStatuses(method: HttpRequest['method'], path: string): readonly number[] {
  switch (method) {
    case 'GET':
      return [200];
    case 'POST':
      return [201];
    case 'PUT':
      return new RegExp(`^${targetPath}/secrets/[^/]+$`).test(path) ? [201, 204] : [200];
    case 'PATCH':
    case 'DELETE':
      return [204];
  }
}

/**
 * Checks that a successful response is GitHub's: the status of the operation, and JSON if there is a body. Anything else
 * comes from a proxy and proves nothing.
 *
 * @param path of the request, relative to the API's base URL
 * @throws NetworkError `garbled`
 */
function checkSuccess(method: HttpRequest['method'], path: string, response: HttpResponse): void {
  const { status, headers, body } = response;
  if (status >= 300) return;
  if (!expectedStatuses(method, path).includes(status)) {
    throw new NetworkError('garbled', `status ${status}, which GitHub does not return here`);
  }
  // The body of a 201 is not used, so it may be empty.
  if (status === 204 || (status === 201 && body === '')) return;
  if (!/^application\/([\w.-]+\+)?json\b/i.test(headers['content-type'] ?? '')) {
    throw new NetworkError('garbled', `status ${status} with a body that is not JSON`);
  }
  if (status === 200) decodeJson(response, shapes.find(([pattern]) => pattern.test(path))?.[1] ?? z.looseObject({}));
}

/** The address of GitHub's API and the token for it. */
export interface GitHubSettings {
  /** Empty if none is given. */
  readonly token: string;
  /** GitHub's REST API, without a slash at the end. */
  readonly apiUrl: string;
}

/** GitHub's REST API, typed. */
export type GitHub = ReturnType<typeof getOctokit>;

/** The version of GitHub's REST API that all supported GitHub Enterprise Servers know. */
const apiVersion = '2022-11-28';

/**
 * Octokit for this token, which sends through `http/`: retries, deadlines and proxies are the same as for PingOne. It is
 * loaded only if something is stored in GitHub, together with the code that seals.
 */
export async function connectToGitHub({ token, apiUrl }: GitHubSettings, send: Send): Promise<GitHub> {
  const { getOctokit: create } = await import('@actions/github');
  prepareSealing();
  return create(token, {
    baseUrl: apiUrl,
    request: { fetch: fetchThrough(send, apiUrl) },
    // Octokit's own log is dropped: the errors contain everything.
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
}

function silent(): void {
  // Drops the line.
}

/** The part of a `fetch` response that octokit reads. */
interface FetchedResponse {
  readonly status: number;
  readonly url: string;
  readonly headers: Map<string, string>;
  text(): Promise<string>;
}

interface FetchInit {
  readonly method: HttpRequest['method'];
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** @param apiUrl the only origin that the token is sent to, whatever a next page's link says */
function fetchThrough(send: Send, apiUrl: string): (url: string, init: FetchInit) => Promise<FetchedResponse> {
  const base = new URL(apiUrl);
  return async (url, init) => {
    const { origin, pathname } = new URL(url);
    if (origin !== base.origin) {
      throw new NetworkError('garbled', "GitHub's API links to another host, and the action does not follow that");
    }
    const path = pathname.startsWith(base.pathname)
      ? `/${pathname.slice(base.pathname.length).replace(/^\//, '')}`
      : '';
    return send(
      {
        kind: init.method === 'GET' ? 'read' : 'write',
        method: init.method,
        url,
        headers: { ...init.headers, 'x-github-api-version': apiVersion },
        ...(init.body === undefined ? {} : { body: init.body }),
        askedMs: askedByGitHub,
      },
      (response) => {
        checkSuccess(init.method, path, response);
        return asFetched(url, pathname, response);
      },
    );
  };
}

/** Octokit would accept a redirect as a success. */
function asFetched(url: string, path: string, response: HttpResponse): FetchedResponse {
  if (response.status >= 300 && response.status < 400) {
    throw new GitHubError(response.status, 'a redirect, which the action does not follow', response.headers, { path });
  }
  return {
    status: response.status,
    url,
    headers: new Map(Object.entries(response.headers)),
    text: () => Promise.resolve(response.body),
  };
}

const pageSize = 100;
// 100,000 items, more than any list here may have.
const mostPages = 1_000;

/** A complete list. */
export interface WholeList<T> {
  /** The number of items by GitHub's count. */
  readonly total: number;
  readonly items: readonly T[];
}

/**
 * Reads a complete list, page by page. Octokit's `paginate` would follow an endless loop and accept a 409 as an empty list.
 *
 * @param request from octokit's `endpoint` of the operation
 * @param member the list's name in the body
 * @param toItem selects the fields of an item; undefined drops the item
 * @throws GitHubError; NetworkError if a page has no list, or the pages form a loop
 */
export async function readList<T extends object>(
  gitHub: GitHub,
  request: { readonly url: string },
  member: string,
  toItem: (item: Readonly<Record<string, unknown>>) => T | undefined,
): Promise<WholeList<T>> {
  const seen = new Set<string>();
  let kept: T[] = [];
  let total = 0;
  for (let url: string | undefined = sized(request.url); url !== undefined;) {
    seen.add(url);
    const { data, headers } = await getPage(gitHub, url);
    const page = data[member];
    if (!Array.isArray(page)) throw new NetworkError('garbled', `a page without a list of ${member}`);
    total = Number(data['total_count']);
    kept = kept.concat((page as unknown[]).flatMap((item): T[] => toList(isRecord(item) ? toItem(item) : undefined)));
    const next: string | undefined = /<([^<>]+)>;\s*rel="next"/.exec(headers.link ?? '')?.[1];
    url = next === undefined ? undefined : resolveNext(next, url);
    // A link to another host is not a loop: `fetchThrough` refuses it with its own message.
    if (url === undefined || new URL(url).origin !== new URL(request.url).origin) continue;
    if (page.length === 0 || seen.has(url) || seen.size === mostPages) {
      throw new NetworkError('garbled', `the pages of ${member} form a loop`);
    }
  }
  return { total, items: kept };
}

function getPage(
  gitHub: GitHub,
  url: string,
): Promise<{ data: Readonly<Record<string, unknown>>; headers: { readonly link?: string } }> {
  return gitHubCall(() => gitHub.request({ method: 'GET', url }));
}

function sized(url: string): string {
  const first = new URL(url);
  first.searchParams.set('per_page', String(pageSize));
  return first.href;
}

function resolveNext(next: string, base: string): string {
  const url = URL.parse(next, base);
  if (!url) throw new NetworkError('garbled', 'the link to the next page is not a URL');
  return url.href;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function toList<T>(item: T | undefined): T[] {
  return item === undefined ? [] : [item];
}
