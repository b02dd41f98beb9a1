/**
 * PingOne's responses: HAL resources with `_links`, and lists in pages whose `next` link holds an opaque cursor.
 * Source: PingOne API docs, Conventions, and Paging, ordering and collections.
 */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import type { JsonObject } from '../json.ts';
import { invalidRequest } from './errors.ts';

/** Where this API is, as the caller addressed it. */
export const apiUrl = (c: Context): string => `${new URL(c.req.url).origin}/v1`;

export const link = (api: string, path: string): { href: string } => ({ href: `${api}${path}` });

/** PingOne answers HAL unless the caller asks for plain JSON by name. Source: the vendor's SDK refuses anything else. */
function mediaType(c: Context): string {
  const accepted = (c.req.header('Accept') ?? '').split(',').map((range) => range.split(';')[0]?.trim().toLowerCase());
  const isPlain = accepted.includes('application/json') && !accepted.includes('application/hal+json');
  return isPlain ? 'application/json' : 'application/hal+json;charset=UTF-8';
}

export const resource = (c: Context, body: JsonObject, status: ContentfulStatusCode = 200): Response =>
  c.json(body, status, { 'Content-Type': mediaType(c) });

interface Page<Row> {
  readonly rows: readonly Row[];
  readonly key: (row: Row) => string;
  readonly size: number;
}

/** Where a page ended: its last row, and how many rows came up to it, in case that the row is deleted in the meantime. */
const cursorSchema = z.object({ after: z.string(), position: z.int() });
type Cursor = z.output<typeof cursorSchema>;

const encodeCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

function decodeCursor(text: string): Cursor {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    throw invalidRequest('The cursor is not valid.', 'cursor');
  }
}

function startOf<Row>(c: Context, { rows, key }: Page<Row>): number {
  const text = c.req.query('cursor');
  if (text === undefined) return 0;
  const { after, position } = decodeCursor(text);
  const index = rows.findIndex((row) => key(row) === after);
  return index < 0 ? position - 1 : index + 1;
}

/** One page of a list, with the link to the next one. `present` is applied to the rows of this page only. */
export function listPage<Row>(c: Context, name: string, page: Page<Row>, present: (row: Row) => JsonObject): Response {
  const start = startOf(c, page);
  const rows = page.rows.slice(start, start + page.size);
  const last = rows.at(-1);
  const path = new URL(c.req.url).pathname.replace(/^\/v1/, '');
  const more = last !== undefined && start + page.size < page.rows.length;
  return resource(c, {
    _links: {
      self: link(apiUrl(c), path),
      ...(more
        ? {
            next: link(
              apiUrl(c),
              `${path}?cursor=${encodeCursor({ after: page.key(last), position: start + page.size })}&limit=${page.size}`,
            ),
          }
        : {}),
    },
    _embedded: { [name]: rows.map(present) },
    count: page.rows.length,
    size: rows.length,
  });
}
