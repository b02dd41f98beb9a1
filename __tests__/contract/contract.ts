import { checkBody, checkJson, requestHalf, responseHalf } from './body-check.ts';
import type { Exchange } from './exchange.ts';
import { pathname } from './exchange.ts';
import type { Document, RequestBody, Response, Schema } from './openapi.ts';
import { resolve } from './openapi.ts';
import type { FoundOperation, Missing } from './operation.ts';
import { findOperation } from './operation.ts';
import { checkParameters } from './parameter-check.ts';
import type { Problem } from './problem.ts';
import type { SchemaCheck } from './schema-check.ts';
import { createSchemaCheck } from './schema-check.ts';

/** An OpenAPI document that exchanges can be held against. */
export type Contract = {
  readonly check: (exchange: Exchange) => Problem[];
  /** The response body against a schema that is not the operation's own. */
  readonly checkResponseBody: (exchange: Exchange, schema: Schema) => Problem[];
};

/** @param base what the server's paths begin with before those of the document. */
export function createContract(document: Document, base = ''): Contract {
  const check = createSchemaCheck(document);
  const find = (exchange: Exchange): FoundOperation | Missing => {
    const path = pathname(exchange);
    return path.startsWith(`${base}/`)
      ? findOperation(document, exchange.method, path.slice(base.length))
      : { missing: 'path' };
  };
  return {
    check(exchange) {
      const found = find(exchange);
      const operation = nameOf(found, exchange, base);
      if ('missing' in found) {
        return [{ kind: found.missing, operation, detail: `${found.missing} is not in the contract` }];
      }
      return checkFound(document, found, exchange, check).map((finding) => ({ ...finding, operation }));
    },
    checkResponseBody(exchange, schema) {
      const operation = nameOf(find(exchange), exchange, base);
      return checkJson(responseHalf(exchange), schema, check).map((finding) => ({ ...finding, operation }));
    },
  };
}

/** Method and template, so that the same problem of two resources reads the same. */
function nameOf(found: FoundOperation | Missing, exchange: Exchange, base: string): string {
  return `${exchange.method} ${'template' in found ? `${base}${found.template}` : pathname(exchange)}`;
}

function checkFound(
  document: Document,
  found: FoundOperation,
  exchange: Exchange,
  check: SchemaCheck,
): Omit<Problem, 'operation'>[] {
  const request = found.operation.requestBody && resolve<RequestBody>(document, found.operation.requestBody);
  return [
    ...checkParameters(document, found, exchange, check),
    ...checkBody(requestHalf(exchange), request?.content, request?.required !== true, check),
    ...checkResponse(document, found, exchange, check),
  ];
}

function checkResponse(
  document: Document,
  { operation: { responses } }: FoundOperation,
  exchange: Exchange,
  check: SchemaCheck,
): Omit<Problem, 'operation'>[] {
  const { status } = exchange;
  const declared = responses[status] ?? responses[`${Math.floor(status / 100)}XX`] ?? responses['default'];
  if (!declared) return [{ kind: 'status', detail: `response ${status} is not in the contract` }];
  return checkBody(responseHalf(exchange), resolve<Response>(document, declared).content, false, check);
}
