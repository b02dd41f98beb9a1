import type { Exchange } from './exchange.ts';
import { query, requestHeader } from './exchange.ts';
import type { Document, Parameter, Schema } from './openapi.ts';
import { resolve } from './openapi.ts';
import type { FoundOperation } from './operation.ts';
import type { Problem } from './problem.ts';
import type { SchemaCheck } from './schema-check.ts';

/** What is wrong with the parameters of an exchange: missing, not as their schema says, or unknown to the contract. */
export function checkParameters(
  document: Document,
  found: FoundOperation,
  exchange: Exchange,
  check: SchemaCheck,
): Omit<Problem, 'operation'>[] {
  const sent = found.parameters.flatMap((parameter) => {
    const values = valuesOf(parameter, found, exchange);
    const where = `${parameter.in} parameter ${parameter.name}`;
    if (values.length === 0) {
      return parameter.required
        ? [{ kind: 'parameter', detail: `${where} is missing`, at: parameter.name } as const]
        : [];
    }
    if (!parameter.schema) return [];
    const faults = check('request', parameter.schema, typed(document, parameter.schema, values));
    return faults.map(
      ({ at, message }) => ({ kind: 'parameter', detail: `${where}${at} ${message}`, at: parameter.name }) as const,
    );
  });
  return [...sent, ...undeclared(found, exchange)];
}

/** OpenAPI: these are described elsewhere in an operation, and a parameter of the name is to be ignored. */
const describedElsewhere = new Set(['accept', 'content-type', 'authorization']);

function valuesOf(parameter: Parameter, { pathValues }: FoundOperation, exchange: Exchange): string[] {
  if (parameter.in === 'query') return query(exchange).getAll(parameter.name);
  const name = parameter.name.toLowerCase();
  const header = describedElsewhere.has(name) ? undefined : requestHeader(exchange, name);
  const value = parameter.in === 'path' ? pathValues[parameter.name] : parameter.in === 'header' ? header : undefined;
  return value === undefined ? [] : [value];
}

/** The text of a parameter as a value of the type that its schema asks for; the text itself where it is none. */
function typed(document: Document, schema: Schema, values: readonly string[]): unknown {
  const { type, items } = resolve<Schema>(document, schema);
  if (type === 'array') return values.map((value) => typed(document, (items ?? {}) as Schema, [value]));
  const [value = ''] = values;
  if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (type === 'boolean' && /^(true|false)$/.test(value)) return value === 'true';
  return value;
}

/** OpenAPI says nothing about other query parameters, but a server ignores them: most likely a misspelling. */
function undeclared({ parameters }: FoundOperation, exchange: Exchange): Omit<Problem, 'operation'>[] {
  const known = new Set(parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name));
  return [...new Set(query(exchange).keys())]
    .filter((name) => !known.has(name))
    .map((name) => ({
      kind: 'undeclared-parameter',
      detail: `query parameter ${name} is not in the contract`,
      at: name,
    }));
}
