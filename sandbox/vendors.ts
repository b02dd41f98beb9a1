/** The two vendors as a server sees them: an API, its refusal of too many requests, and its lagging lists. */
import { randomUUID } from 'node:crypto';
import type { Answer } from './exchange.ts';
import { jsonAnswer } from './exchange.ts';
import { gitHubApi } from './github/api.ts';
import type { GitHubWorld } from './github/world.ts';
import { authApi, managementApi, pingOneApi } from './pingone/api.ts';
import { requestLimited } from './pingone/errors.ts';
import type { PingOneWorld } from './pingone/world.ts';
import type { RateLimit } from './rate-limit.ts';
import type { Vendor } from './server.ts';

/** The limits that the command line asks for. */
export interface Limits {
  /** `--rate`, counted for each vendor. */
  readonly pingone: RateLimit | undefined;
  readonly github: RateLimit | undefined;
  /** `--github-rate`: what creates content. */
  readonly githubContent: RateLimit | undefined;
}

function pingOneRefusal(world: PingOneWorld, seconds: number): Answer {
  const id = randomUUID();
  const retryAfter = new Date(world.clock.now() + seconds * 1000).toISOString();
  const headers = { 'retry-after': String(seconds), 'correlation-id': id };
  return jsonAnswer(429, requestLimited(retryAfter).toBody(id), headers);
}

/** PingOne as servers: one origin for everything, or one for the API and one for the sign-in. */
export function pingOneVendors(world: PingOneWorld, { pingone }: Limits, ownAuthOrigin: boolean): Vendor[] {
  const apis = ownAuthOrigin ? [managementApi(world), authApi(world)] : [pingOneApi(world)];
  return apis.map((api) => ({
    name: 'pingone',
    fetch: (request) => api.fetch(request),
    refuse: (address) => {
      const seconds = pingone?.refuse(address);
      return seconds === undefined ? undefined : pingOneRefusal(world, seconds);
    },
    hideWhile: (milliseconds, change) => world.state.applications.hideWhile(milliseconds, change),
  }));
}

/** Source of the refusal: GitHub REST API docs, Rate limits (secondary rate limits): 403 or 429. */
function gitHubRefusal(status: 403 | 429, seconds: number): Answer {
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  const body = { message, documentation_url: 'https://docs.github.com/rest' };
  return jsonAnswer(status, body, { 'retry-after': String(seconds) });
}

export function gitHubVendor(world: GitHubWorld, { github, githubContent }: Limits): Vendor {
  const api = gitHubApi(world);
  return {
    name: 'github',
    fetch: (request) => api.fetch(request),
    refuse: (address, { method }) => {
      const all = github?.refuse(address);
      if (all !== undefined) return gitHubRefusal(429, all);
      // What GitHub counts as creating content: requests that write, deletions apart.
      const content = ['POST', 'PUT', 'PATCH'].includes(method) ? githubContent?.refuse(address) : undefined;
      return content === undefined ? undefined : gitHubRefusal(403, content);
    },
    hideWhile: (milliseconds, change) => {
      const { secrets, variables, environments } = world.state;
      const hide = () => environments.hideWhile(milliseconds, change);
      return secrets.hideWhile(milliseconds, () => variables.hideWhile(milliseconds, hide));
    },
  };
}
