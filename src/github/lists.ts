import { NetworkError } from '../http/message.ts';
import { gitHubCall } from './errors.ts';
import type { GitHub } from './octokit.ts';

const pageSize = 100;
// 100,000 items, more than any list here may have.
const mostPages = 1_000;

/** A whole list of GitHub's. */
export interface WholeList<T> {
  /** How many there are, by GitHub's count. */
  readonly total: number;
  readonly items: readonly T[];
}

/**
 * Reads a whole list, page by page. Octokit's own `paginate` follows a loop without end, and takes a 409 for an empty list.
 *
 * @param request what octokit's `endpoint` makes of the operation and its parameters
 * @param member the list's name in the body
 * @param toItem what to keep of an item; undefined drops it
 * @throws GitHubError; NetworkError if the pages are no list, or lead in a circle
 */
export async function readList<T extends object>(
  gitHub: GitHub,
  request: { readonly url: string },
  member: string,
  toItem: (item: Readonly<Record<string, unknown>>) => T | undefined,
): Promise<WholeList<T>> {
  const seen = new Set<string>();
  let kept: T[] = [];
  let total = 0;
  for (let url: string | undefined = sized(request.url); url !== undefined;) {
    seen.add(url);
    const { data, headers } = await getPage(gitHub, url);
    const page = data[member];
    if (!Array.isArray(page)) throw new NetworkError('garbled', `a list of ${member} without any`);
    total = Number(data['total_count']);
    kept = kept.concat((page as unknown[]).flatMap((item): T[] => toList(isRecord(item) ? toItem(item) : undefined)));
    const next: string | undefined = /<([^<>]+)>;\s*rel="next"/.exec(headers.link ?? '')?.[1];
    url = next === undefined ? undefined : resolveNext(next, url);
    // A link to another host is no circle: its request is refused, and that message says why.
    if (url === undefined || new URL(url).origin !== new URL(request.url).origin) continue;
    if (page.length === 0 || seen.has(url) || seen.size === mostPages) {
      throw new NetworkError('garbled', `a list of ${member} that leads in a circle`);
    }
  }
  return { total, items: kept };
}

function getPage(
  gitHub: GitHub,
  url: string,
): Promise<{ data: Readonly<Record<string, unknown>>; headers: { readonly link?: string } }> {
  return gitHubCall(() => gitHub.request({ method: 'GET', url }));
}

function sized(url: string): string {
  const first = new URL(url);
  first.searchParams.set('per_page', String(pageSize));
  return first.href;
}

function resolveNext(next: string, base: string): string {
  const url = URL.parse(next, base);
  if (!url) throw new NetworkError('garbled', 'an address of a next page that is none');
  return url.href;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function toList<T>(item: T | undefined): T[] {
  return item === undefined ? [] : [item];
}
