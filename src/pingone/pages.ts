import * as z from 'zod/mini';
import type { Schema } from '../http/json.ts';
import type { PingOne } from './client.ts';
import { strayLink } from './client.ts';

/** An id of PingOne. What cannot be part of a path is none. */
export const idSchema = z.string().check(z.regex(/^[\x21-\x7e]+$/));

// PingOne allows 1,000 applications and 3,500 role assignments in a place; more pages than this is a loop.
const mostPages = 1_000;

const linkSchema = z.object({ href: z.string() });
const pageSchema = z.object({
  _links: z.optional(z.object({ next: z.optional(linkSchema) })),
  _embedded: z.optional(z.record(z.string(), z.unknown())),
  count: z.optional(z.number()),
});

/** Which items a collection has, and what they must look like. */
export interface Collection<T> {
  /** Its name in `_embedded`. */
  readonly member: string;
  readonly item: z.ZodMiniType<T>;
  /** True for an item that the caller looks for: if that has another shape, the page is refused. Others are skipped. */
  readonly isWanted?: (item: unknown) => boolean;
}

/**
 * Reads a whole collection, page by page: `_links.next.href` is followed verbatim until there is none. Each id is
 * there once, since a list that changes while it is read may show an item on two pages.
 * Source: PingOne API docs, "Paging, ordering, and filtering collections". `_embedded` may be missing when empty.
 *
 * @param path of the first page
 */
export async function readCollection<T extends { readonly id: string }>(
  pingone: PingOne,
  path: string,
  collection: Collection<T>,
): Promise<T[]> {
  const schema = pageOf(collection);
  const all = new Map<string, T>();
  const seen = new Set<string>();
  let next: string | undefined = path;
  while (next !== undefined) {
    if (seen.has(next) || seen.size >= mostPages) {
      throw strayLink(`leads in a circle through the pages of ${collection.member}`);
    }
    seen.add(next);
    const page: Page<T> = await pingone.json({ kind: 'read', method: 'GET', path: next }, schema);
    for (const item of page.items) all.set(item.id, item);
    next = page.next;
    if (next !== undefined && !URL.canParse(next)) throw strayLink(`to more ${collection.member} is not a URL`);
  }
  return [...all.values()];
}

interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

function pageOf<T>({ member, item, isWanted = () => false }: Collection<T>): Schema<Page<T>> {
  return {
    safeParse(value) {
      const page = pageSchema.safeParse(value);
      // An empty collection has links or a count at least: what has nothing of a page must not pass for "there is none".
      const { _links: links, _embedded: embedded, count } = page.data ?? {};
      if (!links && !embedded && count === undefined) return { success: false };
      const listed: unknown = embedded?.[member] ?? [];
      if (!page.success || !Array.isArray(listed)) return { success: false };
      const items: T[] = [];
      for (const entry of listed) {
        const result = item.safeParse(entry);
        if (result.success) items.push(result.data);
        else if (isWanted(entry)) return { success: false };
      }
      return { success: true, data: { items, next: links?.next?.href } };
    },
  };
}
