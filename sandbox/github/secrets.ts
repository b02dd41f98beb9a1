/**
 * Secrets of repositories, environments and organizations.
 * Source: GitHub REST API docs, GitHub Actions Secrets. That a value sealed with another target's key is accepted, and
 * the secret is then empty in workflows, is what users of such clients report (cli/cli issue 3831).
 */
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { JsonObject } from '../json.ts';
import { notFound, unprocessable } from './errors.ts';
import { checkRoom, presentEntry, requireEntry, sharing } from './entries.ts';
import { checkSize, jsonBody, page, pathParameter, storedName } from './request.ts';
import { openSealed, publicKey } from './sealed-box.ts';
import type { Target } from './state.ts';
import { entriesOf, entryKey } from './state.ts';
import type { TargetRoutes } from './targets.ts';
import { SECRET_TARGETS } from './targets.ts';
import type { GitHubWorld } from './world.ts';
import { timestamp } from './world.ts';

const LIMITS = { standard: 30, maximum: 100 };

/** Standard base64 with its padding: Node's decoder skips what does not belong, GitHub's does not. */
function sealedValue(body: JsonObject): Buffer {
  const encoded = body['encrypted_value'];
  if (typeof encoded !== 'string' || encoded === '') {
    throw unprocessable('Invalid request.\n\n"encrypted_value" wasn\'t supplied.');
  }
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.toString('base64') !== encoded) throw unprocessable('Invalid request.\n\n"encrypted_value" is not base64.');
  return bytes;
}

/** The key is checked by its ID only; whether the value opens is found out when it is used, and then it is too late. */
function opened(target: Target, body: JsonObject): string {
  const sealed = sealedValue(body);
  if (body['key_id'] !== publicKey(target).key_id) {
    throw unprocessable('Bad request - the key ID is not the one of the current public key.');
  }
  const value = openSealed(target, sealed) ?? '';
  checkSize(value);
  return value;
}

async function put(c: Context, world: GitHubWorld, target: Target): Promise<Response> {
  const name = storedName(pathParameter(c, 'name'));
  const body = await jsonBody(c);
  const value = opened(target, body);
  const now = timestamp(world.clock);
  const key = entryKey(target, name);
  const before = world.state.secrets.get(key);
  const shared = sharing(world.state, target, body);
  if (!before) checkRoom(world.state.secrets, 'secrets', target);
  world.state.secrets.set(key, { target, name, value, createdAt: before?.createdAt ?? now, updatedAt: now, ...shared });
  return before ? c.body(null, 204) : c.json({}, 201);
}

function addRoutes(routes: Hono, world: GitHubWorld, { path, target }: TargetRoutes): void {
  routes.get(path, (c) => {
    const rows = entriesOf(world.state.secrets, target(c, world, 'read'));
    return page(c, 'secrets', rows, LIMITS, (entry) => presentEntry(c, 'secrets', entry));
  });
  routes.get(`${path}/public-key`, (c) => c.json(publicKey(target(c, world, 'read'))));
  routes.get(`${path}/:name`, (c) => {
    const entry = requireEntry(c, world.state.secrets, target(c, world, 'read'));
    return c.json(presentEntry(c, 'secrets', entry));
  });
  routes.put(`${path}/:name`, (c) => put(c, world, target(c, world, 'write')));
  routes.delete(`${path}/:name`, (c) => {
    const key = entryKey(target(c, world, 'write'), pathParameter(c, 'name'));
    if (!world.state.secrets.delete(key)) throw notFound();
    return c.body(null, 204);
  });
}

export function secretRoutes(world: GitHubWorld): Hono {
  const routes = new Hono();
  for (const target of SECRET_TARGETS) addRoutes(routes, world, target);
  return routes;
}
