import type { getOctokit } from '@actions/github';
import type { HttpRequest, HttpResponse } from '../http/message.ts';
import { NetworkError } from '../http/message.ts';
import type { Send } from '../http/send.ts';
import { askedByGitHub } from './rateLimit.ts';
import { prepareSealing } from './seal.ts';

/** GitHub's REST API, typed. */
export type GitHub = ReturnType<typeof getOctokit>;

/** The version of GitHub's REST API that all supported GitHub Enterprise Servers know. */
const apiVersion = '2022-11-28';

/**
 * Octokit for this token, sending through our own `http/`: retries, deadlines, proxies, and no other way out of the
 * bundle. Loaded only where something is stored in GitHub, and with it what seals.
 */
export async function connectToGitHub(token: string, apiUrl: string, send: Send): Promise<GitHub> {
  const { getOctokit: create } = await import('@actions/github');
  prepareSealing();
  return create(token, {
    baseUrl: apiUrl,
    request: { fetch: fetchThrough(send) },
    // What octokit itself would say goes nowhere: all that matters is in the errors.
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
}

function silent(): void {
  // Nothing to say.
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

function fetchThrough(send: Send): (url: string, init: FetchInit) => Promise<FetchedResponse> {
  return (url, init) =>
    send(
      {
        kind: init.method === 'GET' ? 'read' : 'write',
        method: init.method,
        url,
        headers: { ...init.headers, 'x-github-api-version': apiVersion },
        ...(init.body === undefined ? {} : { body: init.body }),
        askedMs: askedByGitHub,
      },
      (response) => asFetched(url, response),
    );
}

/** An answer of success that is not JSON comes from something between us and GitHub, and counts as a failed attempt. */
function asFetched(url: string, response: HttpResponse): FetchedResponse {
  const isJson = (response.headers['content-type'] ?? '').includes('json');
  if (response.status >= 300 && response.status < 400) {
    throw new NetworkError('garbled', `GitHub's API answers ${response.status}, a redirect, which is not followed`);
  }
  if (response.status === 200 && !isJson) throw new NetworkError('garbled', 'status 200 with a body that is not JSON');
  return {
    status: response.status,
    url,
    headers: new Map(Object.entries(response.headers)),
    text: () => Promise.resolve(response.body),
  };
}
