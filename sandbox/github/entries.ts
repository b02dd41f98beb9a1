/** What secrets and variables have in common: how they are shown, read, deleted, and to whom an organization shows them. */
import type { Context } from 'hono';
import type { JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import type { Table } from '../table.ts';
import { notFound, unprocessable } from './errors.ts';
import { pathParameter } from './request.ts';
import type { Entry, GitHubState, Target, Visibility } from './state.ts';
import { entryKey, targetKey } from './state.ts';

export type EntryKind = 'secrets' | 'variables';

/** Source: GitHub docs, "Secrets reference" and "Variables reference", limits. */
const LIMITS: Readonly<Record<EntryKind, Readonly<Record<Target['kind'], number>>>> = {
  secrets: { repository: 100, environment: 100, organization: 1000 },
  variables: { repository: 500, environment: 100, organization: 1000 },
};

/** Refuses a new entry if there is no room for it. The words are ours: GitHub's documentation has none. */
export function checkRoom(table: Table<Entry>, kind: EntryKind, target: Target): void {
  const limit = LIMITS[kind][target.kind];
  const held = table.all().filter((entry) => targetKey(entry.target) === targetKey(target)).length;
  if (held >= limit) throw unprocessable(`The limit of ${limit} ${kind} has been reached.`);
}

export function requireEntry(c: Context, table: Table<Entry>, target: Target): Entry {
  const entry = table.get(entryKey(target, pathParameter(c, 'name')));
  if (!entry) throw notFound();
  return entry;
}

/** Without its value, which only variables show. */
export function presentEntry(c: Context, kind: EntryKind, entry: Entry): JsonObject {
  const origin = new URL(c.req.url).origin;
  const { target, visibility } = entry;
  const repositories =
    target.kind === 'organization' && visibility === 'selected'
      ? `${origin}/orgs/${target.organization.login}/actions/${kind}/${entry.name}/repositories`
      : undefined;
  return {
    name: entry.name,
    ...(kind === 'variables' ? { value: entry.value } : {}),
    created_at: entry.createdAt,
    updated_at: entry.updatedAt,
    ...(visibility === undefined ? {} : { visibility }),
    ...(repositories === undefined ? {} : { selected_repositories_url: repositories }),
  };
}

const VISIBILITIES: readonly string[] = ['all', 'private', 'selected'] satisfies Visibility[];

/** IDs of repositories of the organization. Strings are refused: the API accepts integers only. */
export function repositoryIds(state: GitHubState, target: Target, value: unknown): number[] {
  if (!Array.isArray(value) || !value.every((id) => Number.isInteger(id))) {
    throw unprocessable('Invalid request.\n\nselected_repository_ids must be an array of integers.');
  }
  const own = state.repositories.filter(({ owner }) => target.kind === 'organization' && owner === target.organization);
  const ids = value as number[];
  const unknown = ids.find((id) => !own.some((repository) => repository.id === id));
  if (unknown !== undefined) throw unprocessable(`Repository ${unknown} is not one of the organization's.`);
  return ids;
}

type Sharing = Pick<Entry, 'visibility' | 'selectedRepositoryIds'>;

/** Who sees an organization's entry. It is replaced by each write of a secret, along with the value. */
export function sharing(state: GitHubState, target: Target, body: JsonObject): Sharing {
  if (target.kind !== 'organization') return {};
  const visibility = String(body['visibility']);
  if (!VISIBILITIES.includes(visibility))
    throw unprocessable('Invalid request.\n\nvisibility must be all, private or selected.');
  const ids = body['selected_repository_ids'];
  if (visibility !== 'selected') {
    if (ids !== undefined) throw unprocessable('selected_repository_ids needs the visibility selected.');
    return { visibility: visibility as Visibility };
  }
  return { visibility: 'selected', selectedRepositoryIds: ids === undefined ? [] : repositoryIds(state, target, ids) };
}

export const isString = (body: unknown, key: string): boolean => isObject(body) && typeof body[key] === 'string';
