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
 * @param statuses those that mean success; others of 2xx do not say that it was done
 * @throws NetworkError `garbled` if the body is not JSON, by its media type or its text: a captive proxy's page, or a
 *   document cut short. `unexpected` if it is JSON of another shape: an API that has changed, or another API
 */
export function decodeJson<T>(response: HttpResponse, schema: Schema<T>, statuses: readonly number[] = [200, 201]): T {
  const { status } = response;
  if (status === 204) throw new NetworkError('unexpected', 'status 204, which has no content');
  const value = parseJson(response);
  if (!statuses.includes(status)) throw new NetworkError('unexpected', `status ${status} instead of ${statuses[0]}`);
  const result = schema.safeParse(value);
  if (!result.success) {
    throw new NetworkError('unexpected', `status ${status} with JSON that has another shape`);
  }
  return result.data;
}

const mediaType = /^application\/([\w.+-]+\+)?json\s*(;|$)/i;

function parseJson({ status, headers, body }: HttpResponse): unknown {
  if (!mediaType.test(headers['content-type'] ?? '')) {
    throw new NetworkError('garbled', `status ${status} with a body that is not declared as JSON`);
  }
  try {
    return JSON.parse(body);
  } catch {
    throw new NetworkError('garbled', `status ${status} with a body that is not JSON`);
  }
}
