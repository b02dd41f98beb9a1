import type { Direction } from './exchange.ts';
import type { Document, Schema } from './openapi.ts';
import { isReference, resolve } from './openapi.ts';

/** The id under which a document's components are registered with ajv. */
export const componentsId = 'contract';

/**
 * A schema of OpenAPI 3.0 as one that ajv understands, for one half of an exchange. OpenAPI 3.0 is not JSON Schema:
 * `nullable` and boolean `exclusiveMinimum` are its own, `$ref` hides its siblings, and `readOnly` and `writeOnly`
 * properties are neither required nor allowed in the other half. Unions become keywords of ours (union.ts), because
 * ajv's own message for them lists the failures of all branches.
 */
export function toJsonSchema(document: Document, schema: unknown, direction: Direction): Schema {
  if (typeof schema !== 'object' || schema === null) return {};
  if (isReference(schema)) return { $ref: `${componentsId}${schema.$ref}` };
  const source = schema as Schema;
  const translate = (part: unknown): Schema => toJsonSchema(document, part, direction);
  const target: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(source)) {
    Object.assign(target, translateKeyword(keyword, value, source, translate));
  }
  if (isSchemaMap(source['properties'])) {
    Object.assign(target, translateProperties(document, source, direction, translate));
  }
  return source['nullable'] === true ? orNull(target) : target;
}

type Translate = (part: unknown) => Schema;

/** What one keyword becomes. Keywords that need their siblings are handled where the siblings are at hand. */
function translateKeyword(keyword: string, value: unknown, source: Schema, translate: Translate): Schema {
  switch (keyword) {
    case 'anyOf':
    case 'oneOf':
      return translateUnion(keyword, value as readonly unknown[], source, translate);
    case 'allOf':
      return { allOf: (value as readonly unknown[]).map(translate) };
    case 'items':
    case 'not':
      return { [keyword]: translate(value) };
    case 'additionalProperties':
      return { additionalProperties: typeof value === 'boolean' ? value : translate(value) };
    case 'minimum':
    case 'maximum':
      return source[keyword === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum'] === true
        ? { [keyword === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum']: value }
        : { [keyword]: value };
    case 'properties':
    case 'required':
      return isSchemaMap(source['properties']) ? {} : { [keyword]: value };
    default:
      return kept.has(keyword) ? { [keyword]: value } : {};
  }
}

/** Keywords that mean the same in both languages. Whatever is in no list here says nothing about validity. */
const kept = new Set([
  ...['type', 'enum', 'format', 'pattern', 'minLength', 'maxLength', 'multipleOf'],
  ...['minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties'],
]);

function translateUnion(keyword: string, branches: readonly unknown[], source: Schema, translate: Translate): Schema {
  const discriminator = source['discriminator'] as Discriminator | undefined;
  if (!discriminator) return { [keyword === 'anyOf' ? 'anyBranch' : 'oneBranch']: branches.map(translate) };
  const named = discriminator.mapping ?? namesOf(branches);
  const mapping = Object.entries(named).map(([value, $ref]) => [value, translate({ $ref })]);
  return { branchBy: { property: discriminator.propertyName, mapping: Object.fromEntries(mapping) } };
}

type Discriminator = { readonly propertyName: string; readonly mapping?: Readonly<Record<string, string>> };

/** OpenAPI's rule for a discriminator without mapping: its value is the name of the component. */
function namesOf(branches: readonly unknown[]): Record<string, string> {
  const references = branches.filter(isReference).map(({ $ref }) => [$ref.slice($ref.lastIndexOf('/') + 1), $ref]);
  return Object.fromEntries(references) as Record<string, string>;
}

/** `properties` and `required`, without the properties that belong to the other half of the exchange. */
function translateProperties(document: Document, source: Schema, direction: Direction, translate: Translate): Schema {
  const marker = direction === 'request' ? 'readOnly' : 'writeOnly';
  const never = direction === 'request' ? { neverSent: true } : { neverAnswered: true };
  const properties = Object.entries(source['properties'] as Readonly<Record<string, unknown>>);
  const foreign = new Set(properties.filter(([, part]) => isMarked(document, part, marker)).map(([name]) => name));
  const required = ((source['required'] ?? []) as readonly string[]).filter((name) => !foreign.has(name));
  return {
    properties: Object.fromEntries(
      properties.map(([name, part]) => [name, foreign.has(name) ? never : translate(part)]),
    ),
    ...(required.length > 0 ? { required } : {}),
  };
}

/** Whether a property's schema, or the component it refers to, carries the marker. */
function isMarked(document: Document, part: unknown, marker: string): boolean {
  if ((part as Schema | null)?.[marker] === true) return true;
  return isReference(part) && resolve<Schema>(document, part)[marker] === true;
}

function orNull(schema: Record<string, unknown>): Schema {
  if (typeof schema['type'] !== 'string') return { anyBranch: [{ type: 'null' }, schema] };
  const values = schema['enum'];
  const allowed = Array.isArray(values) ? { enum: [...(values as readonly unknown[]), null] } : {};
  return { ...schema, ...allowed, type: [schema['type'], 'null'] };
}

/** Whether `properties` is the keyword: a property may itself be called `properties`, but then never here. */
function isSchemaMap(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}
