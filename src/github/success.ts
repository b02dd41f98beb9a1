import * as z from 'zod/mini';
import type { Schema } from '../http/json.ts';
import { decodeJson } from '../http/json.ts';
import type { HttpRequest, HttpResponse } from '../http/message.ts';
import { NetworkError } from '../http/message.ts';

const repository = '/repos/[^/]+/[^/]+';
const target = `(${repository}/(actions|environments/[^/]+)|/orgs/[^/]+/actions)`;

const keyBytes = 32;
const base64 = /^[A-Za-z0-9+/]+={0,2}$/;
const listSchema = z.object({ total_count: z.number() });
const ownerSchema = z.object({ id: z.number(), login: z.string(), type: z.string() });
const named = z.object({ name: z.string() });

/** What a response with a body holds, by the path of the request. Octokit accepts anything, and would fail far from here. */
const shapes: readonly (readonly [RegExp, Schema<unknown>])[] = [
  [
    new RegExp(`^${target}/secrets/public-key$`),
    z.object({
      key_id: z.string(),
      key: z.string().check(z.refine((key) => base64.test(key) && Buffer.from(key, 'base64').length === keyBytes)),
    }),
  ],
  [new RegExp(`^${target}/(secrets|variables)$`), listSchema],
  [new RegExp(`^${repository}/environments$`), listSchema],
  [new RegExp('^/orgs/[^/]+/actions/secrets/[^/]+/repositories$'), listSchema],
  [new RegExp('^/orgs/[^/]+/actions/secrets/[^/]+$'), z.object({ visibility: z.enum(['all', 'private', 'selected']) })],
  [new RegExp(`^${target}/variables/[^/]+$`), z.object({ name: z.string(), value: z.string() })],
  [new RegExp(`^${repository}/environments/[^/]+$`), named],
  [
    new RegExp(`^(${repository}|/repositories/[0-9]+)$`),
    z.object({ id: z.number(), full_name: z.string().check(z.regex(/^[^/]+\/[^/]+$/)), owner: ownerSchema }),
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
      return new RegExp(`^${target}/secrets/[^/]+$`).test(path) ? [201, 204] : [200];
    case 'PATCH':
    case 'DELETE':
      return [204];
  }
}

/**
 * Checks that a response of success is GitHub's: the status that the operation answers, and JSON wherever there is a
 * body. Anything else comes from something between us and GitHub, and proves nothing.
 *
 * @param path of the request, without what the API's address begins with
 * @throws NetworkError `garbled`
 */
export function checkSuccess(method: HttpRequest['method'], path: string, response: HttpResponse): void {
  const { status, headers, body } = response;
  if (status >= 300) return;
  if (!expectedStatuses(method, path).includes(status)) {
    throw new NetworkError('garbled', `status ${status}, which GitHub does not answer here`);
  }
  // Nothing in the body of a 201 is used, so an empty one will do.
  if (status === 204 || (status === 201 && body === '')) return;
  if (!/^application\/([\w.-]+\+)?json\b/i.test(headers['content-type'] ?? '')) {
    throw new NetworkError('garbled', `status ${status} with a body that is not JSON`);
  }
  if (status === 200) decodeJson(response, shapes.find(([pattern]) => pattern.test(path))?.[1] ?? z.looseObject({}));
}
