/** Reading a request: path parameters and JSON bodies, with PingOne's responses to malformed ones. */
import type { Context } from 'hono';
import type { JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import { invalidRequest } from './errors.ts';

export const pathParameter = (c: Context, name: string): string => c.req.param(name) ?? '';

/** The body as a JSON object, or `undefined` when there is none. */
export async function optionalJsonBody(c: Context): Promise<JsonObject | undefined> {
  const text = await c.req.text();
  if (text === '') return undefined;
  if (!/^application\/(\S+\+)?json\b/i.test(c.req.header('Content-Type') ?? '')) {
    throw invalidRequest('The content type must be application/json.', 'Content-Type', 415);
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw invalidRequest('The request body is not valid JSON.');
  }
  if (!isObject(body)) throw invalidRequest('The request body must be a JSON object.');
  return body;
}

export async function jsonBody(c: Context): Promise<JsonObject> {
  const body = await optionalJsonBody(c);
  if (body === undefined) throw invalidRequest('The request body is missing.');
  return body;
}
