/** The two vendors as a server sees them: an API, its refusal of too many requests, and its lagging lists. */
import { randomUUID } from 'node:crypto';
import { jsonAnswer } from './exchange.ts';
import { gitHubApi } from './github/api.ts';
import type { GitHubWorld } from './github/world.ts';
import { pingOneApi } from './pingone/api.ts';
import { requestLimited } from './pingone/errors.ts';
import type { PingOneWorld } from './pingone/world.ts';
import type { Vendor } from './server.ts';

export function pingOneVendor(world: PingOneWorld): Vendor {
  const api = pingOneApi(world);
  return {
    name: 'pingone',
    fetch: (request) => api.fetch(request),
    rateLimited: (seconds) => {
      const id = randomUUID();
      const retryAfter = new Date(world.clock.now() + seconds * 1000).toISOString();
      const headers = { 'retry-after': String(seconds), 'correlation-id': id };
      return jsonAnswer(429, requestLimited(retryAfter).toBody(id), headers);
    },
    hideWhile: (milliseconds, change) => world.state.applications.hideWhile(milliseconds, change),
  };
}

/** Source of the refusal: GitHub REST API docs, Rate limits (secondary rate limits). */
export function gitHubVendor(world: GitHubWorld): Vendor {
  const api = gitHubApi(world);
  return {
    name: 'github',
    fetch: (request) => api.fetch(request),
    rateLimited: (seconds) => {
      const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
      return jsonAnswer(
        429,
        { message, documentation_url: 'https://docs.github.com/rest' },
        { 'retry-after': String(seconds) },
      );
    },
    hideWhile: (milliseconds, change) => {
      const { secrets, variables, environments } = world.state;
      const hide = () => environments.hideWhile(milliseconds, change);
      return secrets.hideWhile(milliseconds, () => variables.hideWhile(milliseconds, hide));
    },
  };
}
