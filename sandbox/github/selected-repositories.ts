/**
 * The repositories that see an organization's secret or variable of visibility `selected`.
 * Source: GitHub REST API docs, "selected repositories" of organization secrets and variables (409 otherwise).
 */
import type { Context } from 'hono';
import { Hono } from 'hono';
import { conflict, notFound } from './errors.ts';
import type { EntryKind } from './entries.ts';
import { repositoryIds, requireEntry } from './entries.ts';
import { presentRepository } from './present.ts';
import { jsonBody, page, pathParameter } from './request.ts';
import type { Entry } from './state.ts';
import { entryKey } from './state.ts';
import type { TargetRoutes } from './targets.ts';
import { SECRET_TARGETS, VARIABLE_TARGETS } from './targets.ts';
import type { GitHubWorld } from './world.ts';
import { timestamp } from './world.ts';

const LIMITS = { standard: 30, maximum: 100 };

type Change = (selected: readonly number[], id: number) => readonly number[];

function requireSelected(
  c: Context,
  world: GitHubWorld,
  kind: EntryKind,
  routes: TargetRoutes,
  access: 'read' | 'write',
): Entry {
  const entry = requireEntry(c, world.state[kind], routes.target(c, world, access));
  if (entry.visibility !== 'selected') throw conflict('Visibility is not set to selected');
  return entry;
}

function store(world: GitHubWorld, kind: EntryKind, entry: Entry, selectedRepositoryIds: readonly number[]): void {
  const key = entryKey(entry.target, entry.name);
  world.state[kind].set(key, { ...entry, selectedRepositoryIds, updatedAt: timestamp(world.clock) });
}

function changeOne(c: Context, world: GitHubWorld, kind: EntryKind, routes: TargetRoutes, change: Change): Response {
  const entry = requireSelected(c, world, kind, routes, 'write');
  const id = Number(pathParameter(c, 'id'));
  if (!world.state.repositories.some((repository) => repository.id === id)) throw notFound();
  store(world, kind, entry, change(entry.selectedRepositoryIds ?? [], id));
  return c.body(null, 204);
}

function addRoutes(app: Hono, world: GitHubWorld, kind: EntryKind, routes: TargetRoutes): void {
  const list = `${routes.path}/:name/repositories`;
  app.get(list, (c) => {
    const { selectedRepositoryIds = [] } = requireSelected(c, world, kind, routes, 'read');
    const rows = world.state.repositories.filter(({ id }) => selectedRepositoryIds.includes(id));
    return page(c, 'repositories', rows, LIMITS, (repository) => presentRepository(c, repository));
  });
  app.put(list, async (c) => {
    const entry = requireSelected(c, world, kind, routes, 'write');
    const { selected_repository_ids: ids } = await jsonBody(c);
    store(world, kind, entry, repositoryIds(world.state, entry.target, ids));
    return c.body(null, 204);
  });
  app.put(`${list}/:id`, (c) => changeOne(c, world, kind, routes, (selected, id) => [...new Set([...selected, id])]));
  app.delete(`${list}/:id`, (c) =>
    changeOne(c, world, kind, routes, (selected, id) => selected.filter((other) => other !== id)),
  );
}

const ofOrganizations = ({ path }: TargetRoutes): boolean => path.startsWith('/orgs/');

export function selectedRepositoryRoutes(world: GitHubWorld): Hono {
  const app = new Hono();
  for (const routes of SECRET_TARGETS.filter(ofOrganizations)) addRoutes(app, world, 'secrets', routes);
  for (const routes of VARIABLE_TARGETS.filter(ofOrganizations)) addRoutes(app, world, 'variables', routes);
  return app;
}
