import type { HttpResponse } from './message.ts';
import { NetworkError } from './message.ts';

/** What a schema library offers to check a value: zod's `safeParse`. */
export interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}

/**
 * The JSON body of an answer of success, checked.
 * The body itself is never part of the message.
 *
 * @throws NetworkError `garbled` where the body is not JSON or not of that shape: a captive proxy's page, a document
 *   cut short, or an API that has changed
 */
export function decodeJson<T>(response: HttpResponse, schema: Schema<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(response.body);
  } catch {
    throw new NetworkError('garbled', `status ${response.status} with a body that is not JSON`);
  }
  const result = schema.safeParse(value);
  if (!result.success) throw new NetworkError('garbled', `status ${response.status} with JSON of another shape`);
  return result.data;
}
