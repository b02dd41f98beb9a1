import type { Direction, Exchange } from './exchange.ts';
import { requestHeader } from './exchange.ts';
import { answeredType, entryFor, isJson, mediaType } from './media-type.ts';
import type { Content, Schema } from './openapi.ts';
import type { Problem } from './problem.ts';
import type { SchemaCheck } from './schema-check.ts';

type Finding = Omit<Problem, 'operation'>;

/** One half of an exchange: its body, what the body says it is, and how messages name it. */
type Half = {
  readonly direction: Direction;
  readonly name: string;
  readonly contentType: string | undefined;
  readonly body: Buffer;
};

export function requestHalf(exchange: Exchange): Half {
  const contentType = requestHeader(exchange, 'content-type');
  return { direction: 'request', name: 'request', contentType, body: exchange.requestBody };
}

export function responseHalf(exchange: Exchange): Half {
  const { status, responseHeaders, responseBody } = exchange;
  const contentType = answeredType(responseHeaders['content-type'], requestHeader(exchange, 'accept'));
  return { direction: 'response', name: `response ${status}`, contentType, body: responseBody };
}

/** Content type and body of one half against what the contract declares; `undefined`: it declares no body. */
export function checkBody(half: Half, content: Content | undefined, optional: boolean, check: SchemaCheck): Finding[] {
  const { direction, name, body } = half;
  const finding = (kind: 'type' | 'body', detail: string): Finding => ({ kind: `${direction}-${kind}`, detail });
  if (!content || Object.keys(content).length === 0) {
    return body.length === 0 ? [] : [finding('body', `${name} body: none is in the contract`)];
  }
  if (body.length === 0) return optional ? [] : [finding('body', `${name} body: is empty`)];
  const type = mediaType(half.contentType);
  if (type === undefined) return [finding('type', `${name} has no content type`)];
  const entry = entryFor(content, type);
  if (!entry) return [finding('type', `${name} content type ${type}: must be ${Object.keys(content).join(' or ')}`)];
  return entry.schema && isJson(type) ? checkJson(half, entry.schema, check) : [];
}

/** A JSON body against its schema. */
export function checkJson({ direction, name, body }: Half, schema: Schema, check: SchemaCheck): Finding[] {
  const kind = `${direction}-body` as const;
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    return [{ kind, detail: `${name} body: is not JSON` }];
  }
  return check(direction, schema, value).map(({ at, message }) => ({
    kind,
    detail: `${name} body: ${at}${at && ' '}${message}`,
    at,
  }));
}
