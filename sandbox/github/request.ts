/** Reading a request to GitHub: which resources its path names, which page it wants, what its body says. */
import type { Context } from 'hono';
import type { JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import { GitHubError, notFound, unprocessable } from './errors.ts';
import type { Environment, Owner, Repository } from './state.ts';
import { environmentKey, fullNameOf } from './state.ts';
import type { GitHubWorld } from './world.ts';

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** A part of the path, with its percent-encoding undone exactly once. */
export const pathParameter = (c: Context, name: string): string => c.req.param(name) ?? '';

export function requireRepository(c: Context, { state }: GitHubWorld): Repository {
  const asked = `${pathParameter(c, 'owner')}/${pathParameter(c, 'repo')}`;
  const found = state.repositories.find((candidate) => same(fullNameOf(candidate), asked));
  if (found) return found;
  const moved = state.repositories.find(({ formerNames }) => formerNames.some((former) => same(former, asked)));
  throw moved ? movedTo(c, moved) : notFound();
}

/**
 * A repository that was renamed is found by its ID from then on, with the rest of the path.
 * Source: GitHub REST API docs, "Best practices", redirects; the address as GitHub's responses show it.
 */
function movedTo(c: Context, { id }: Repository): GitHubError {
  const { origin, pathname, search } = new URL(c.req.url);
  const rest = pathname
    .split('/')
    .slice(4)
    .map((part) => `/${part}`)
    .join('');
  const location = `${origin}/repositories/${id}${rest}${search}`;
  return c.req.method === 'GET'
    ? new GitHubError(301, 'Moved Permanently', { Location: location })
    : new GitHubError(307, 'Temporary Redirect', { Location: location });
}

export function requireOrganization(c: Context, { state }: GitHubWorld): Owner {
  const login = pathParameter(c, 'org');
  const found = state.owners.find((owner) => owner.type === 'Organization' && same(owner.login, login));
  if (!found) throw notFound();
  return found;
}

export function requireEnvironment(c: Context, world: GitHubWorld): Environment {
  const repository = requireRepository(c, world);
  const found = world.state.environments.get(environmentKey(repository, pathParameter(c, 'environment')));
  if (!found) throw notFound();
  return found;
}

/** The body as a JSON object; none counts as an empty one. */
export async function jsonBody(c: Context): Promise<JsonObject> {
  const text = await c.req.text();
  let body: unknown;
  try {
    body = text === '' ? {} : JSON.parse(text);
  } catch {
    throw new GitHubError(400, 'Problems parsing JSON');
  }
  if (body === null) return {};
  if (!isObject(body)) throw unprocessable('Invalid request.\n\nThe body must be an object.');
  return body;
}

const MAXIMUM_BYTES = 48 * 1024;

export function checkSize(value: string): void {
  if (Buffer.byteLength(value) > MAXIMUM_BYTES) throw unprocessable('The value is larger than 48 KB.');
}

/** Letters, digits and underscores, not a digit first, not GitHub's own prefix; stored in upper case. */
export function storedName(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || /^GITHUB_/i.test(name)) {
    throw unprocessable(
      'Names can only contain alphanumeric characters ([a-z], [A-Z], [0-9]) or underscores (_). Spaces are not allowed. ' +
        'They must start with a letter ([a-z], [A-Z]) or underscores (_) and must not start with GITHUB_.',
    );
  }
  return name.toUpperCase();
}

interface PageLimits {
  readonly standard: number;
  readonly maximum: number;
}

function positive(text: string | undefined, fallback: number): number {
  const value = Number(text ?? fallback);
  return Number.isInteger(value) && value > 0 ? value : fallback;
}

/** One page of a list, `{ total_count, [name]: rows }`, and the `Link` header to the next and the last one. */
export function page<Row>(
  c: Context,
  name: string,
  rows: readonly Row[],
  limits: PageLimits,
  present: (row: Row) => object,
): Response {
  const size = Math.min(positive(c.req.query('per_page'), limits.standard), limits.maximum);
  const number = positive(c.req.query('page'), 1);
  const last = Math.max(1, Math.ceil(rows.length / size));
  const to = (target: number, rel: string) => {
    const url = new URL(c.req.url);
    url.searchParams.set('page', String(target));
    return `<${url.href}>; rel="${rel}"`;
  };
  const links = number < last ? [to(number + 1, 'next'), to(last, 'last')] : [];
  const shown = rows.slice((number - 1) * size, number * size);
  return c.json(
    { total_count: rows.length, [name]: shown.map(present) },
    200,
    links.length > 0 ? { Link: links.join(', ') } : {},
  );
}
