/**
 * Deployment environments. A PUT replaces: what it leaves out of an existing environment's protection is gone.
 * Source: GitHub REST API docs, Deployment environments; the replacing as go-github's comments describe it.
 */
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import { unprocessable } from './errors.ts';
import { presentEnvironment } from './present.ts';
import { jsonBody, page, pathParameter, requireEnvironment, requireRepository } from './request.ts';
import type { Environment } from './state.ts';
import { entriesOf, entryKey, environmentKey } from './state.ts';
import { authorize } from './tokens.ts';
import type { GitHubWorld } from './world.ts';
import { timestamp } from './world.ts';

const LIST = '/repos/:owner/:repo/environments';
const ONE = `${LIST}/:environment`;
const LIMITS = { standard: 30, maximum: 100 };
const LONGEST_NAME = 255;

function branchPolicy(body: JsonObject): JsonObject | null {
  const policy = body['deployment_branch_policy'] ?? null;
  if (policy === null) return null;
  if (!isObject(policy) || policy['protected_branches'] === policy['custom_branch_policies']) {
    throw unprocessable('protected_branches and custom_branch_policies cannot have the same value.');
  }
  return policy;
}

/** The rules that the body asks for; their IDs are numbered, as nothing refers to them. */
function protectionRules(body: JsonObject): object[] {
  const { wait_timer: waitTimer, reviewers } = body;
  const rules = [
    ...(Number(waitTimer) > 0 ? [{ type: 'wait_timer', wait_timer: waitTimer }] : []),
    ...(Array.isArray(reviewers) && reviewers.length > 0
      ? [{ type: 'required_reviewers', prevent_self_review: body['prevent_self_review'] === true, reviewers: [] }]
      : []),
    ...(branchPolicy(body) === null ? [] : [{ type: 'branch_policy' }]),
  ];
  return rules.map((rule, index) => ({ id: index + 1, node_id: `GA_sandbox_${index + 1}`, ...rule }));
}

async function put(c: Context, world: GitHubWorld): Promise<Response> {
  const repository = requireRepository(c, world);
  authorize(c, 'administration', 'write');
  const name = pathParameter(c, 'environment');
  if (name.length > LONGEST_NAME) throw unprocessable('The name is too long.');
  const body = await jsonBody(c);
  const now = timestamp(world.clock);
  const key = environmentKey(repository, name);
  const before = world.state.environments.get(key);
  const environment: Environment = {
    repository,
    name: before?.name ?? name,
    protectionRules: protectionRules(body),
    branchPolicy: branchPolicy(body),
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  };
  world.state.environments.set(key, environment);
  return c.json(presentEnvironment(c, environment));
}

/** Deleting an environment deletes its secrets and variables. */
function remove(c: Context, world: GitHubWorld): Response {
  requireRepository(c, world);
  authorize(c, 'administration', 'write');
  const { repository, name } = requireEnvironment(c, world);
  world.state.environments.delete(environmentKey(repository, name));
  for (const table of [world.state.secrets, world.state.variables]) {
    const entries = entriesOf(table, { kind: 'environment', repository, environment: name });
    for (const entry of entries) table.delete(entryKey(entry.target, entry.name));
  }
  return c.body(null, 204);
}

export function environmentRoutes(world: GitHubWorld): Hono {
  const routes = new Hono();
  routes.get(LIST, (c) => {
    const repository = requireRepository(c, world);
    authorize(c, 'actions', 'read');
    const rows = world.state.environments.listed().filter((environment) => environment.repository.id === repository.id);
    return page(c, 'environments', rows, LIMITS, (environment) => presentEnvironment(c, environment));
  });
  routes.get(ONE, (c) => {
    requireRepository(c, world);
    authorize(c, 'actions', 'read');
    return c.json(presentEnvironment(c, requireEnvironment(c, world)));
  });
  routes.put(ONE, (c) => put(c, world));
  routes.delete(ONE, (c) => remove(c, world));
  return routes;
}
