import type { getOctokit } from '@actions/github';
import type { HttpRequest, HttpResponse } from '../http/message.ts';
import { NetworkError } from '../http/message.ts';
import type { Send } from '../http/send.ts';
import { GitHubError } from './errors.ts';
import { askedByGitHub } from './rate-limit.ts';
import { prepareSealing } from './seal.ts';
import { checkSuccess } from './success.ts';

/** How GitHub is reached. */
export interface GitHubSettings {
  /** Empty where none is given. */
  readonly token: string;
  /** GitHub's REST API, without a slash at the end. */
  readonly apiUrl: string;
}

/** GitHub's REST API, typed. */
export type GitHub = ReturnType<typeof getOctokit>;

/** The version of GitHub's REST API that all supported GitHub Enterprise Servers know. */
const apiVersion = '2022-11-28';

/**
 * Octokit for this token, sending through our own `http/`: retries, deadlines, proxies, and no other way out of the
 * bundle. Loaded only where something is stored in GitHub, and with it what seals.
 */
export async function connectToGitHub({ token, apiUrl }: GitHubSettings, send: Send): Promise<GitHub> {
  const { getOctokit: create } = await import('@actions/github');
  prepareSealing();
  return create(token, {
    baseUrl: apiUrl,
    request: { fetch: fetchThrough(send, apiUrl) },
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

/** @param apiUrl where the token may go: the address of a next page is GitHub's word, and it is held to this. */
function fetchThrough(send: Send, apiUrl: string): (url: string, init: FetchInit) => Promise<FetchedResponse> {
  const base = new URL(apiUrl);
  return async (url, init) => {
    const { origin, pathname } = new URL(url);
    if (origin !== base.origin) {
      throw new NetworkError('garbled', "GitHub's API names an address on another host, which is not followed");
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

/** A redirect is a response, which octokit would take for a success. */
function asFetched(url: string, path: string, response: HttpResponse): FetchedResponse {
  if (response.status >= 300 && response.status < 400) {
    throw new GitHubError(response.status, 'a redirect, which is not followed', response.headers, { path });
  }
  return {
    status: response.status,
    url,
    headers: new Map(Object.entries(response.headers)),
    text: () => Promise.resolve(response.body),
  };
}
