/** Variables of repositories, environments and organizations. Source: GitHub REST API docs, GitHub Actions Variables. */
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { JsonObject } from '../json.ts';
import { conflict, notFound, unprocessable } from './errors.ts';
import { checkRoom, isString, presentEntry, requireEntry, sharing } from './entries.ts';
import { checkSize, jsonBody, page, pathParameter, storedName } from './request.ts';
import type { Target } from './state.ts';
import { entriesOf, entryKey } from './state.ts';
import type { TargetRoutes } from './targets.ts';
import { VARIABLE_TARGETS } from './targets.ts';
import type { GitHubWorld } from './world.ts';
import { timestamp } from './world.ts';

const LIMITS = { standard: 10, maximum: 30 };

function requireText(body: JsonObject, key: 'name' | 'value'): string {
  if (!isString(body, key)) throw unprocessable(`Invalid request.\n\n"${key}" wasn't supplied.`);
  const text = String(body[key]);
  checkSize(text);
  return text;
}

async function create(c: Context, world: GitHubWorld, target: Target): Promise<Response> {
  const body = await jsonBody(c);
  const name = storedName(requireText(body, 'name'));
  const value = requireText(body, 'value');
  const shared = sharing(world.state, target, body);
  const key = entryKey(target, name);
  if (world.state.variables.get(key)) throw conflict('Already exists - Variable already exists');
  checkRoom(world.state.variables, 'variables', target);
  const now = timestamp(world.clock);
  world.state.variables.set(key, { target, name, value, createdAt: now, updatedAt: now, ...shared });
  return c.json({}, 201);
}

/** Changes what the body names, the name included; the rest stays. */
async function update(c: Context, world: GitHubWorld, target: Target): Promise<Response> {
  const before = requireEntry(c, world.state.variables, target);
  const body = await jsonBody(c);
  const name = 'name' in body ? storedName(requireText(body, 'name')) : before.name;
  const value = 'value' in body ? requireText(body, 'value') : before.value;
  const shared = 'visibility' in body ? sharing(world.state, target, body) : {};
  const key = entryKey(target, name);
  if (name !== before.name && world.state.variables.get(key))
    throw conflict('Already exists - Variable already exists');
  world.state.variables.delete(entryKey(target, before.name));
  world.state.variables.set(key, { ...before, name, value, updatedAt: timestamp(world.clock), ...shared });
  return c.body(null, 204);
}

function addRoutes(routes: Hono, world: GitHubWorld, { path, target }: TargetRoutes): void {
  routes.get(path, (c) => {
    const rows = entriesOf(world.state.variables, target(c, world, 'read'));
    return page(c, 'variables', rows, LIMITS, (entry) => presentEntry(c, 'variables', entry));
  });
  routes.post(path, (c) => create(c, world, target(c, world, 'write')));
  routes.get(`${path}/:name`, (c) => {
    const entry = requireEntry(c, world.state.variables, target(c, world, 'read'));
    return c.json(presentEntry(c, 'variables', entry));
  });
  routes.patch(`${path}/:name`, (c) => update(c, world, target(c, world, 'write')));
  routes.delete(`${path}/:name`, (c) => {
    const key = entryKey(target(c, world, 'write'), pathParameter(c, 'name'));
    if (!world.state.variables.delete(key)) throw notFound();
    return c.body(null, 204);
  });
}

export function variableRoutes(world: GitHubWorld): Hono {
  const routes = new Hono();
  for (const target of VARIABLE_TARGETS) addRoutes(routes, world, target);
  return routes;
}
