import * as z from 'zod/mini';
import type { Schema } from '../http/json.ts';
import type { PingOne } from './client.ts';
import { strayLink } from './client.ts';

// PingOne allows 1,000 applications and 3,500 role assignments in a place; more pages than this is a loop.
const mostPages = 1_000;

const linkSchema = z.object({ href: z.string() });
const pageSchema = z.object({
  _links: z.optional(z.object({ next: z.optional(linkSchema) })),
  _embedded: z.optional(z.record(z.string(), z.unknown())),
  count: z.optional(z.number()),
});

/**
 * Reads a whole collection, page by page: `_links.next.href` is followed verbatim until there is none.
 * Source: PingOne API docs, "Paging, ordering, and filtering collections". `_embedded` may be missing when empty.
 *
 * @param path of the first page
 * @param member the collection's name in `_embedded`
 * @param itemSchema what one item must look like
 */
export async function readCollection<T>(
  pingone: PingOne,
  path: string,
  member: string,
  itemSchema: z.ZodMiniType<T>,
): Promise<T[]> {
  const itemsSchema = z.array(itemSchema);
  const schema: Schema<{ items: T[]; next: string | undefined }> = {
    safeParse(value) {
      const page = pageSchema.safeParse(value);
      // An empty collection has links or a count at least: what has nothing of a page must not pass for "there is none".
      const { _links: links, _embedded: embedded, count } = page.data ?? {};
      if (!links && !embedded && count === undefined) return { success: false };
      const items = itemsSchema.safeParse(page.data?._embedded?.[member] ?? []);
      if (!page.success || !items.success) return { success: false };
      return { success: true, data: { items: items.data, next: page.data._links?.next?.href } };
    },
  };

  const all: T[] = [];
  const seen = new Set<string>();
  let next: string | undefined = path;
  while (next !== undefined) {
    if (seen.has(next) || seen.size >= mostPages) throw strayLink(`leads in a circle through the pages of ${member}`);
    seen.add(next);
    const page: { items: T[]; next: string | undefined } = await pingone.json(
      { kind: 'read', method: 'GET', path: next },
      schema,
    );
    all.push(...page.items);
    next = page.next;
  }
  return all;
}
