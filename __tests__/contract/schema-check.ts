import type { AnySchemaObject, ErrorObject, ValidateFunction } from 'ajv';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import type { Direction } from './exchange.ts';
import { componentsId, toJsonSchema } from './json-schema.ts';
import type { Document, Schema } from './openapi.ts';
import { addUnionKeywords } from './union.ts';

/** One way in which a value breaks its schema. */
export type Fault = { readonly at: string; readonly message: string };

/** Checks values against the schemas of one document. Schemas are translated and compiled when first used. */
export type SchemaCheck = (direction: Direction, schema: Schema, value: unknown) => readonly Fault[];

export function createSchemaCheck(document: Document): SchemaCheck {
  const validators = { request: lazily(document, 'request'), response: lazily(document, 'response') };
  return (direction, schema, value) => {
    const validate = validators[direction](schema);
    return validate(value) ? [] : distinct((validate.errors ?? []).map(toFault));
  };
}

function lazily(document: Document, direction: Direction): (schema: Schema) => ValidateFunction {
  let ajv: Ajv | undefined;
  const compiled = new WeakMap<Schema, ValidateFunction>();
  return (schema) => {
    ajv ??= createAjv(document, direction);
    const validate = compiled.get(schema) ?? ajv.compile(toJsonSchema(document, schema, direction) as AnySchemaObject);
    compiled.set(schema, validate);
    return validate;
  };
}

/** An ajv that knows the document's components, as they look in one half of an exchange. */
function createAjv(document: Document, direction: Direction): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, logger: false });
  formats.default(ajv);
  addUnionKeywords(ajv);
  ajv.addKeyword({ keyword: 'neverSent', validate: () => false, error: { message: 'is read-only: never sent' } });
  ajv.addKeyword({
    keyword: 'neverAnswered',
    validate: () => false,
    error: { message: 'is write-only: never answered' },
  });
  const schemas = Object.entries(document.components?.['schemas'] ?? {}).map(([name, schema]) => [
    name,
    toJsonSchema(document, schema, direction),
  ]);
  ajv.addSchema({ components: { schemas: Object.fromEntries(schemas) } }, componentsId);
  return ajv;
}

/** An error of ajv in few words, with the values that would have been right. */
function toFault({ instancePath, keyword, params, message }: ErrorObject): Fault {
  const at = instancePath;
  switch (keyword) {
    case 'enum':
      return { at, message: `must be one of ${(params['allowedValues'] as readonly unknown[]).join(', ')}` };
    case 'additionalProperties':
      return { at: `${at}/${String(params['additionalProperty'])}`, message: 'is not known' };
    default:
      return { at, message: message ?? `breaks ${keyword}` };
  }
}

/** The same fault is met once per branch of an `allOf` that repeats it. */
function distinct(faults: readonly Fault[]): readonly Fault[] {
  return [...new Map(faults.map((fault) => [`${fault.at} ${fault.message}`, fault])).values()];
}
